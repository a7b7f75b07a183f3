"""Who plays which part: the forty filled dossiers, the bodies whose people sign in, the one left empty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from forms import Step
from resolvers.demo.organisms import SEED, Invented, organisms
from resolvers.demo.slips import SLIPS

# Kind → how many are filled, and between which sizes accounts look their best.
FILLED = {"OPH": (18, 1800, 17000), "SA": (12, 1800, 17000), "COOP": (5, 700, 4200), "SEM": (5, 1000, 7000)}
# Where the forty stand in 2024, the kinds taking turns.
STEPS = (
    *(Step.ENTRY,) * 4,
    *(Step.ENTRY_VALIDATION,) * 4,
    *(Step.HIERARCHICAL_VALIDATION,) * 5,
    *(Step.REVIEW,) * 14,
    *(Step.FINALISATION,) * 9,
    *(Step.CLOSURE,) * 4,
)
# Ranks in that order of those whose people are listed, so that each step has someone to try it.
LISTED = (0, 4, 5, 8, 9, 13, 14, 15, 27, 28, 36)
UNCONSENTING, DENIED = 14, 28
# One in five has made a slip; those of steps 2 and 3 still have to justify theirs.
SLIPPED = (6, 12, 15, 19, 23, 28, 33, 38)


@dataclass(frozen=True, slots=True)
class Part:
    """A body with a filled dossier in both years: where each stands, and what fails in the second."""

    organism: Invented
    first_step: Step
    step: Step
    slips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """`parts`: the forty; `blank`: the body whose dossier of 2024 is open and empty."""

    parts: tuple[Part, ...]
    blank: Invented

    @property
    def listed(self) -> tuple[Invented, ...]:
        """The bodies whose four accounts are shown."""
        return (self.blank, *(self.parts[rank].organism for rank in LISTED))

    @property
    def unconsenting(self) -> Invented:
        """The transmitted dossier that its organism does not show to the CDC."""
        return self.parts[UNCONSENTING].organism

    @property
    def denied(self) -> Invented:
        """The body that the CDC's convention takes out by name."""
        return self.parts[DENIED].organism


@cache
def cast() -> Cast:
    """The same parts each time."""
    dice = Random(f"{SEED} cast")  # noqa: S311 - an invented world, no secret
    chosen = {kind: _candidates(kind, dice) for kind in FILLED}
    blank = chosen["OPH"].pop()
    order = [kind for kind, (count, _, _) in FILLED.items() for _ in range(count)]
    dice.shuffle(order)
    order = _public_first(order)
    checks = tuple(SLIPS)
    parts = [
        Part(
            organism=chosen[kind].pop(),
            first_step=Step.CLOSURE if rank % 3 else Step.FINALISATION,
            step=step,
            slips=(checks[rank % len(checks)],) if rank in SLIPPED else (),
        )
        for rank, (kind, step) in enumerate(zip(order, STEPS, strict=True))
    ]
    return Cast(tuple(parts), blank)


def _public_first(order: list[str]) -> list[str]:
    """The ranks that the CDC's convention singles out must be of a kind that it covers."""
    for rank in (UNCONSENTING, DENIED):
        swap = order.index("OPH", rank + 1)
        order[rank], order[swap] = order[swap], order[rank]
    return order


def _candidates(kind: str, dice: Random) -> list[Invented]:
    count, least, most = FILLED[kind]
    found = [body for body in organisms() if body.category == kind and least <= body.dwellings <= most]
    return dice.sample(found, count + 1)
