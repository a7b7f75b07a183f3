"""Plain rows of a campaign as whoever conducts it meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from forms import Step
    from models import MassOutcome
    from resolvers.rows import DossierRow


@dataclass(frozen=True, slots=True)
class Asked:
    """Which campaign: of one platform's form for one year."""

    platform: str
    form: str
    year: int

    @property
    def values(self) -> list[Any]:
        """For `d.platform = %s AND d.form = %s AND d.year = %s`."""
        return [self.platform, self.form, self.year]


@dataclass(frozen=True, slots=True)
class CampaignPlace:
    """A campaign as whoever does not conduct it knows it: whose, of which form and year."""

    asked: Asked
    platform_name: str

    @property
    def platform(self) -> str:
        """The platform's code."""
        return self.asked.platform


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """The last day to leave a step, for a kind of organism ("" for all others)."""

    step: Step
    category: str
    due_on: date


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many of the campaign's dossiers that one may read stand at a step, and how many are late there."""

    step: Step
    label: str
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign; `categories`: the kinds of organism that have a dossier in it."""

    id: int
    asked: Asked
    platform: str
    platform_name: str
    pack: str
    opens_on: date
    closes_on: date | None
    deadlines: tuple[DeadlineRow, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueRow:
    """A dossier and its last day."""

    dossier: DossierRow
    due_on: date | None
    late: bool
    days_late: int


@dataclass(frozen=True, slots=True)
class GrantedRow:
    """Another last day for one dossier."""

    dossier: DossierRow
    step: Step
    due_on: date
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandedBackRow:
    """A time during which an organism corrected its dossier in review."""

    dossier: DossierRow
    reason: str
    due_on: date | None
    handed_at: datetime
    handed_by: str
    taken_at: datetime | None
    taken_by: str | None
    taken_reason: str


@dataclass(frozen=True, slots=True)
class TransmittedRow:
    """A dossier transmitted, and the last day that it had; `late`: after it."""

    dossier: DossierRow
    at: datetime
    due_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class MassRow:
    """A move of many dossiers and how far it has come."""

    id: UUID
    platform: str
    form: str
    move: str
    label: str
    reason: str
    author_id: UUID
    author: str
    at: datetime
    finished_at: datetime | None
    total: int
    moved: int
    refused: int


@dataclass(frozen=True, slots=True)
class MassItemRow:
    """What became of one dossier of a mass move; None for a dossier that its reader may read no more."""

    dossier: DossierRow | None
    outcome: MassOutcome
    code: str
    message: str
