"""The life of a dossier, as data: steps, moves, what each move asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Step(IntEnum):
    """The seven steps, never skipped (manual §2.1.3)."""

    TO_INITIALISE = 0
    ENTRY = 1
    ENTRY_VALIDATION = 2
    HIERARCHICAL_VALIDATION = 3
    REVIEW = 4
    FINALISATION = 5
    CLOSURE = 6


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


@dataclass(frozen=True, slots=True)
class StepDef:
    """A step and what users call it."""

    step: Step
    label: str


@dataclass(frozen=True, slots=True)
class Move:
    """A passage from one step to another: the right it takes, the guards it must satisfy."""

    name: str
    label: str
    source: Step
    target: Step
    right: str
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """The steps, the moves, the sentences to which the declarant commits himself."""

    steps: tuple[StepDef, ...]
    moves: tuple[Move, ...]
    commitments: tuple[str, ...]

    def move(self, name: str) -> Move:
        """The move of that name; KeyError if the cycle has none."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def moves_from(self, step: Step) -> tuple[Move, ...]:
        """The moves that leave the step, in the order of the pack."""
        return tuple(move for move in self.moves if move.source == step)

    def label(self, step: Step) -> str:
        """What users call the step; KeyError if the cycle has none such."""
        return {definition.step: definition.label for definition in self.steps}[step]
