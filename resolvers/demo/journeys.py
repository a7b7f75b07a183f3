"""How each dossier got where it stands: every step crossed, when, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from forms import Step
from resolvers.demo.organisms import SEED, Invented

# A campaign opens in the spring that follows the year of its accounts.
OPENS = {2023: date(2024, 3, 18), 2024: date(2025, 3, 17)}
# Move → days that it takes, least and most.
DELAYS = {
    "initialise": (1, 60),
    "submit_entry": (12, 60),
    "return_to_entry": (1, 8),
    "validate_entry": (1, 12),
    "transmit": (1, 15),
    "finalise": (35, 120),
    "reopen_from_finalisation": (3, 20),
    "close": (20, 90),
}
WAY = ("initialise", "submit_entry", "validate_entry", "transmit", "finalise", "close")
BACK = {
    "return_to_entry": (Step.ENTRY_VALIDATION, Step.ENTRY, "Comptes de tiers à compléter avant validation."),
    "reopen_from_finalisation": (
        Step.FINALISATION,
        Step.REVIEW,
        "Rectification du tableau des emprunts demandée par l’organisme.",
    ),
}
# Where the dossiers that nobody fills stand, step by step, in hundredths.
SHARES = {2023: (0, 0, 0, 1, 9, 28, 62), 2024: (7, 12, 6, 6, 37, 32, 0)}
SENT_BACK, REOPENED = 0.1, 0.07


@dataclass(frozen=True, slots=True)
class Passage:
    """One step crossed."""

    move: str
    source: Step
    target: Step
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """All the steps that a dossier crossed, in order."""

    opened: datetime
    passages: tuple[Passage, ...]

    @property
    def since(self) -> datetime:
        """When the dossier came to its step."""
        return self.passages[-1].at if self.passages else self.opened

    @property
    def transmitted(self) -> datetime | None:
        """When the dossier was transmitted; that happens once."""
        return next((passage.at for passage in self.passages if passage.move == "transmit"), None)


def usual_step(organism: Invented, year: int) -> Step:
    """Where a dossier that is not among the filled ones stands."""
    dice = Random(f"{SEED} {organism.siren} {year} step")  # noqa: S311 - an invented world, no secret
    return Step(dice.choices(range(7), SHARES[year])[0])


def journey(organism: Invented, year: int, step: Step, opens: date | None = None) -> Journey:
    """The way to a step, with now and then a step back, from the opening of the ER's campaign or another."""
    dice = Random(f"{SEED} {organism.siren} {year} journey")  # noqa: S311 - an invented world, no secret
    opened = datetime.combine(opens or OPENS[year], time(7), UTC)
    passages: list[Passage] = []
    at = opened
    for source, target, move, reason in _moves(step, dice):
        at = _later(at, *DELAYS[move], dice)
        passages.append(Passage(move, source, target, at, reason))
    return Journey(opened, tuple(passages))


def _moves(step: Step, dice: Random) -> list[tuple[Step, Step, str, str]]:
    found = [(Step(rank), Step(rank + 1), move, "") for rank, move in enumerate(WAY[:step])]
    if step > Step.ENTRY_VALIDATION and dice.random() < SENT_BACK:
        found[2:2] = _detour("return_to_entry", found[1])
    if step >= Step.FINALISATION and dice.random() < REOPENED:
        end = next(rank for rank, move in enumerate(found) if move[2] == "finalise") + 1
        found[end:end] = _detour("reopen_from_finalisation", found[end - 1])
    return found


def _detour(move: str, again: tuple[Step, Step, str, str]) -> list[tuple[Step, Step, str, str]]:
    source, target, reason = BACK[move]
    return [(source, target, move, reason), again]


def _later(at: datetime, least: int, most: int, dice: Random) -> datetime:
    """Some days later, in office hours; never at the weekend."""
    day = at.date() + timedelta(days=dice.randrange(least, most + 1))
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 - Friday
    return datetime.combine(day, time(dice.randrange(7, 17), dice.randrange(60), dice.randrange(60)), UTC)
