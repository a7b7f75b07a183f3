"""Consents as organisms and partners meet them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from resolvers.convention_choices import PartyRow


class ConsentAnswer(StrEnum):
    """What an organism has said to a partner, for a form and a year."""

    GIVEN = "given"
    REFUSED = "refused"
    NONE = "none"


# Platform's code, partner's key, form, year.
ConsentKey = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class ConsentWrite:
    """An answer to give; `was`: the one that its author saw."""

    platform: str
    partner: str
    form: str
    year: int
    given: bool
    was: ConsentAnswer

    @property
    def key(self) -> ConsentKey:
        """What is answered."""
        return self.platform, self.partner, self.form, self.year


@dataclass(frozen=True, slots=True)
class ConsentChangeRow:
    """One answer, kept when the organism changes its mind."""

    given: bool
    at: datetime
    author: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the conventions ask an organism for: their titles, the articles, what a yes opens."""

    conventions: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    effect: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One line of an organism's consents. `readers`: persons of the partner who may read today."""

    key: ConsentKey
    platform: str
    platform_name: str
    partner: PartyRow
    offer: Offer
    history: tuple[ConsentChangeRow, ...]
    answer: ConsentAnswer
    at: datetime | None
    author: str | None
    readers: int


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """Who read or took away a dossier, on a day, by a channel, under an article."""

    id: int
    organization: PartyRow
    name: str
    channel: str
    day: date
    at: datetime
    ref: str
    form: str
    year: int
    dossier_id: UUID


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One organism of a partner's list (manual §6.3), with its answer."""

    id: UUID
    key: str
    name: str
    siren: str
    code: str
    category: str
    department: str
    answer: ConsentAnswer
    at: datetime | None


def answer_of(given: bool | None) -> ConsentAnswer:  # noqa: FBT001 - a column
    """The word of a stored answer."""
    if given is None:
        return ConsentAnswer.NONE
    return ConsentAnswer.GIVEN if given else ConsentAnswer.REFUSED
