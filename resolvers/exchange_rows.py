"""What is said about a dossier, as its reader meets it: threads, messages, marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from models import Audience, Level, Nature, ThreadState
    from resolvers.rows import DossierRow


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message; `published_at` is None for a draft, which only its author is ever given.

    `may_turn`: its reader may say that it is a question or a comment.
    """

    id: UUID
    nature: Nature
    text: str
    author: str
    organization: str
    written_at: datetime
    published_at: datetime | None
    mine: bool
    unread: bool
    may_turn: bool


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """One thread with the messages that its reader may see, in the order in which they were published.

    `label`: what its anchor is, in words; `carried`: it comes from last year's dossier; `may_settle`: its
    reader may close it, reopen it and set its day, once something of it is published.
    """

    id: UUID
    dossier: DossierRow
    level: Level
    anchor: str
    label: str
    audience: Audience
    state: ThreadState
    due_on: date | None
    opened_at: datetime
    settled_at: datetime | None
    carried: bool
    organization: str
    messages: tuple[MessageRow, ...]
    may_settle: bool

    @property
    def unread(self) -> int:
        """How many of its messages the reader has not seen."""
        return sum(message.unread for message in self.messages)

    @property
    def published(self) -> bool:
        """Whether others see it."""
        return any(message.published_at is not None for message in self.messages)


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One icon of a place: what kind of messages, published or not, how many, and whether one still talks."""

    level: Level
    anchor: str
    nature: Nature
    published: bool
    open: bool
    count: int
    unread: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The icons of a dossier; `attachments`: those that the reader's organization added and did not send."""

    rows: tuple[MarkRow, ...]
    attachments: int

    @property
    def unread(self) -> int:
        """How many published messages the reader has not seen."""
        return sum(row.unread for row in self.rows)

    @property
    def drafts(self) -> int:
        """How many messages the reader has written and not published."""
        return sum(row.count for row in self.rows if not row.published)


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a dossier holds published messages, and some that the reader has not seen."""

    messages: bool
    unread: bool


NO_MARKS = Marks((), 0)
NO_PRESENCE = Presence(messages=False, unread=False)
