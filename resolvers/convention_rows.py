"""What a convention says, as data: its articles, its dates, and the row of it that readers meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping


class ConventionState(StrEnum):
    """Where a convention stands on a day; its dates alone tell, and nobody acts when they come."""

    DRAFT = "draft"
    PLANNED = "planned"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Grant:
    """A function and the steps it is given at (0 to 6)."""

    right: str
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article: functions, for some organisms on some forms, given or (`forbids`) taken away.

    `groups`: as policies name them, `all`, `category:OPH`, `department:34`, `federated:FOPH`…; `included`
    and `excluded`: organisms' keys. `tabs`: the forms of which only some tabs are open. `consent`: only
    once the organism has said yes.
    """

    number: str
    forms: tuple[str, ...]
    grants: tuple[Grant, ...]
    text: str = ""
    groups: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    tabs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    consent: bool = False
    forbids: bool = False

    def tabs_of(self, form: str) -> tuple[str, ...]:
        """The tabs that are open on a form; none when all are."""
        return dict(self.tabs).get(form, ())

    def covers(self, organism: str, groups: frozenset[str]) -> bool:
        """Whether it speaks of an organism, by its key and the groups that it belongs to."""
        named = organism in self.included or not groups.isdisjoint(self.groups)
        return named and organism not in self.excluded

    def stored(self) -> dict[str, Any]:
        """The same, as the table keeps it."""
        return {
            "number": self.number,
            "text": self.text,
            "forms": list(self.forms),
            "groups": list(self.groups),
            "included": list(self.included),
            "excluded": list(self.excluded),
            "grants": [{"right": grant.right, "steps": list(grant.steps)} for grant in self.grants],
            "tabs": [{"form": form, "tabs": list(tabs)} for form, tabs in self.tabs],
            "consent": self.consent,
            "forbids": self.forbids,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Article:
        """An article as it was stored."""
        return cls(
            number=kept["number"],
            text=kept["text"],
            forms=tuple(kept["forms"]),
            groups=tuple(kept["groups"]),
            included=tuple(kept["included"]),
            excluded=tuple(kept["excluded"]),
            grants=tuple(Grant(one["right"], tuple(one["steps"])) for one in kept["grants"]),
            tabs=tuple((one["form"], tuple(one["tabs"])) for one in kept["tabs"]),
            consent=kept["consent"],
            forbids=kept["forbids"],
        )


@dataclass(frozen=True, slots=True)
class Content:
    """What is agreed: `platform` by its code, `partner` by its key; both dates are included."""

    platform: str
    partner: str
    title: str
    purpose: str
    since: date
    until: date
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """The days on which a convention is suspended, both included; `until` None: until it is resumed."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ConventionRow:
    """A convention that its viewer may read."""

    id: UUID
    content: Content
    platform_name: str
    partner_id: UUID
    partner_name: str
    revision: int
    published_at: datetime | None
    pause: Pause | None
    renews_id: UUID | None
    signed_name: str
    signed_key: str
    signed_sha256: str
    signed_size: int
    signed_at: datetime | None

    @property
    def platform(self) -> str:
        """The code of the platform."""
        return self.content.platform

    @property
    def draft(self) -> bool:
        """Whether it was never published: it gives nothing, and only its platform reads it."""
        return self.published_at is None

    def state(self, day: date) -> ConventionState:
        """Where it stands on a day."""
        if self.draft:
            return ConventionState.DRAFT
        if day > self.content.until:
            return ConventionState.ENDED
        if day < self.content.since:
            return ConventionState.PLANNED
        pause = self.pause
        if pause and pause.since <= day and (pause.until is None or day <= pause.until):
            return ConventionState.SUSPENDED
        return ConventionState.IN_FORCE


@dataclass(frozen=True, slots=True)
class EventRow:
    """One accepted change of a convention; `policy_version` None: it changed no rule."""

    revision: int
    event: str
    at: datetime
    author: str | None
    policy_version: int | None
    reason: str = ""

    @property
    def label(self) -> str:
        """What users read of it, with the reason that was given."""
        words = EVENTS.get(self.event, self.event)
        return f"{words} : {self.reason}" if self.reason else words


# Event → what users read of it. The words on the left are stored.
EVENTS = {
    "created": "Création du projet",
    "updated": "Modification",
    "published": "Publication",
    "suspended": "Suspension",
    "resumed": "Reprise",
    "ended": "Fin",
    "signed": "Dépôt du texte signé",
}
