"""What one request carries: who asks, on which policy, with which loaders and what to answer by cookie."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from strawberry.types import Info

from gql.loaders import Loaders
from models import Unauthenticated
from resolvers.attachment_rows import Intake

if TYPE_CHECKING:
    from authz import Authority, Viewer
    from gql.documents import Prepared
    from models import FileStore
    from resolvers.sessions import SignedIn


@dataclass(slots=True)
class Cookie:
    """What becomes of the browser's session: a token to keep, or, when it is empty, one to forget."""

    token: str
    seconds: int

    @classmethod
    def of(cls, signed: SignedIn) -> Cookie:
        """The cookie that carries a session's new token until the session ends."""
        left = signed.expires_at - datetime.now(UTC)
        return cls(signed.token or "", int(left.total_seconds()))


@dataclass(slots=True)
class Context:
    """One request's own state; `session` is the token that the browser sent, if it did."""

    authority: Authority
    viewer: Viewer | None
    prepared: Prepared
    session: str | None = None
    cookie: Cookie | None = None
    files: FileStore | None = None
    intake: Intake = field(default_factory=Intake)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self)

    @property
    def asker(self) -> Viewer:
        """The viewer. Raises Unauthenticated where nobody has signed in."""
        if self.viewer is None:
            raise unauthenticated()
        return self.viewer

    @property
    def store(self) -> FileStore:
        """The object store. RuntimeError where the process was given none."""
        if self.files is None:
            message = "no object store was given to the engine"
            raise RuntimeError(message)
        return self.files


Ask = Info[Context, None]


def unauthenticated() -> Unauthenticated:
    """What a caller without a proof of who he is reads."""
    return Unauthenticated("UNAUTHENTICATED", "Connectez-vous pour continuer.")
