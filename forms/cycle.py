"""The life of a dossier, as data: steps and their substeps, moves, what each move asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final


class Step(IntEnum):
    """The seven steps, never skipped (manual §2.1.3)."""

    TO_INITIALISE = 0
    ENTRY = 1
    ENTRY_VALIDATION = 2
    HIERARCHICAL_VALIDATION = 3
    REVIEW = 4
    FINALISATION = 5
    CLOSURE = 6


# By this name every channel finds the move that sends the dossier out of the organism; it goes between these.
TRANSMIT: Final = "transmit"
TRANSMITTING: Final = (Step.HIERARCHICAL_VALIDATION, Step.REVIEW)
GUARDS = frozenset(
    {
        "no_blocking_anomaly",
        "justified_major_anomalies",
        "commitments_accepted",
        "password_confirmed",
        "required_attachments",
        "contacts_confirmed",
        "circuit_approved",
    }
)


# What privileged contacts may be told of a move, and how a pack says that they are told nothing.
TOLD = frozenset({"transmitted", "finalised", "closed", "reopened"})
UNTOLD = "-"
_TOLD_BY_PLACE = {
    (3, 4): "transmitted",
    (4, 5): "finalised",
    (5, 6): "closed",
    (5, 4): "reopened",
    (6, 4): "reopened",
}

# What says nothing is not written in the canonical form: the seals taken before it existed hold.
SPARSE = {"sparse": True}


@dataclass(frozen=True, slots=True)
class StepDef:
    """A step and what users call it."""

    step: Step
    label: str


@dataclass(frozen=True, slots=True)
class Substep:
    """Where a dossier is within a step, for those who follow it: it opens and forbids nothing."""

    code: str
    label: str
    step: Step


@dataclass(frozen=True, slots=True)
class Move:
    """A passage from one step to another: the right it takes, the guards it must satisfy.

    `tells`: the event that the pack names, `-` for none; "" leaves it to where the move goes (`told`).
    """

    name: str
    label: str
    source: Step
    target: Step
    right: str
    guards: tuple[str, ...]
    tells: str = field(default="", metadata=SPARSE)

    @property
    def told(self) -> str:
        """The event that privileged contacts are told of once it is made, "" if of none."""
        if self.tells:
            return "" if self.tells == UNTOLD else self.tells
        return _TOLD_BY_PLACE.get((self.source, self.target), "")

    @property
    def asks_reason(self) -> bool:
        """Whether who makes it says why: whoever goes back does."""
        return self.target < self.source


@dataclass(frozen=True, slots=True)
class Cycle:
    """The steps, the moves, the sentences to which the declarant commits himself."""

    steps: tuple[StepDef, ...]
    moves: tuple[Move, ...]
    commitments: tuple[str, ...]
    substeps: tuple[Substep, ...] = field(default=(), metadata=SPARSE)

    def move(self, name: str) -> Move:
        """The move of that name; KeyError if the cycle has none."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def moves_from(self, step: Step) -> tuple[Move, ...]:
        """The moves that leave the step, in the order of the pack."""
        return tuple(move for move in self.moves if move.source == step)

    def substeps_of(self, step: Step) -> tuple[Substep, ...]:
        """The substeps of the step, in the order of the pack."""
        return tuple(substep for substep in self.substeps if substep.step == step)

    def label(self, step: Step) -> str:
        """What users call the step; KeyError if the cycle has none such."""
        return {definition.step: definition.label for definition in self.steps}[step]
