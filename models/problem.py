"""What a user may be told when something is refused: a stable code, a path, one French sentence."""

from __future__ import annotations

from typing import Any


class Problem(Exception):  # noqa: N818 - a refusal that is explained, not a fault of the program
    """A foreseen refusal. Anything raised that is not a Problem is masked before it leaves the server.

    `code` is stable and upper-case; `message` is one French sentence that says what happened and what
    to do; `path` names the input at fault (`("writes", "3", "value")`); `details` is JSON.
    """

    def __init__(
        self, code: str, message: str, *, path: tuple[str, ...] = (), details: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = path
        self.details = details or {}


class Unauthenticated(Problem):
    """Nobody is signed in, or the proof given does not hold."""


class NotFound(Problem):
    """It does not exist, or the viewer may not know that it does: a stranger cannot tell which."""


class Refused(Problem):
    """The viewer may know of it, but not do this."""


class Conflict(Problem):
    """Someone else, or an earlier try, has changed it meanwhile."""


class Invalid(Problem):
    """What was sent cannot be accepted as it is."""
