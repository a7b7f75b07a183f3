"""Circuits as readers of a dossier meet them: where each visa stands, what was answered, who may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from forms import Answer, VisaNature

if TYPE_CHECKING:
    from forms import Circuit, Outcome, Progress, Standing, Visa
    from resolvers.person import PersonRow
    from resolvers.rows import DossierRow


class VisaState(StrEnum):
    """Where a visa stands; LATE is an opinion that was not given in time, and is waited for no longer."""

    WAITING = "waiting"
    OPEN = "open"
    SETTLED = "settled"
    LATE = "late"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class ActRow:
    """One answer. `author` answered for `holder`, who may be himself.

    `lapsed`: what was decided upon has been changed since, so that it counts no more.
    """

    circuit: str
    visa: str
    label: str
    nature: VisaNature
    answer: Answer
    author: PersonRow
    holder: PersonRow
    reason: str
    at: datetime
    data_hash: str = ""
    lapsed: bool = False

    @property
    def stands_for(self) -> str | None:
        """For whom its author answered, None if for himself."""
        return None if self.author.id == self.holder.id else self.holder.name


@dataclass(frozen=True, slots=True)
class VisaRow:
    """One visa of a circuit under way, as one reader meets it.

    `own`: whether he may answer it himself; `stands_for`: those for whom he may.
    """

    visa: Visa
    standing: Standing
    state: VisaState
    acts: tuple[ActRow, ...]
    own: bool = False
    stands_for: tuple[PersonRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CircuitRow:
    """The circuit of a dossier's present step, in its present round.

    `suspended`: the dossier is handed back, and nobody answers meanwhile. `data_hash`: of the data as they
    stand, "" where nothing has been decided that could lapse.
    """

    dossier: DossierRow
    circuit: Circuit
    opened: date
    round: int
    progress: Progress
    acts: tuple[ActRow, ...]
    suspended: bool
    data_hash: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """How it ended, None while it is under way."""
        return self.progress.outcome


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """Who may answer visas for whom, where, and on which days; `form` "" is every form."""

    id: int
    holder: PersonRow
    delegate: PersonRow
    platform: str
    form: str
    since: date
    until: date
    revoked_at: datetime | None

    def on(self, day: date) -> bool:
        """Whether it is in force that day."""
        return self.revoked_at is None and self.since <= day <= self.until
