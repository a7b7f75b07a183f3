"""A policy that cannot be understood. Doubt refuses: nothing is decided from it."""

from __future__ import annotations


class PolicyFault(Exception):  # noqa: N818 - what is at fault is the policy, not the program
    """The model, a line or a table is not what decisions can be taken from.

    `code` is stable; `message` is one French sentence; `path` names the line and its field.
    """

    def __init__(self, code: str, message: str, *path: str) -> None:
        super().__init__(f"{code} {'.'.join(path)}: {message}")
        self.code = code
        self.message = message
        self.path = path
