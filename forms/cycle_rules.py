"""What every cycle keeps: no step is skipped, what is sent is sent once, and signed (manual §2.1.3)."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from forms.cycle import TRANSMIT, TRANSMITTING, Move, Step
from forms.source import Record

_SIGNED: Final = ("commitments_accepted", "password_confirmed")


def require_declared(record: Record, index: int, step: Step, declared: Container[Step]) -> None:
    """PackError for a step that the cycle does not name."""
    if step not in declared:
        number = step.value
        raise record.fault(f"L’étape {number} n’est pas définie : ajoutez « @etape {number} ».", index)


def require_move(record: Record, move: Move, declared: Container[Step]) -> None:
    """PackError for a move between steps that are not, or out of order, or signed where it is not."""
    require_declared(record, 2, move.source, declared)
    require_declared(record, 3, move.target, declared)
    _require_order(record, move)
    _require_transmission(record, move)


def _require_order(record: Record, move: Move) -> None:
    """PackError for a move that skips a step, or takes back what was transmitted."""
    source, target = move.source, move.target
    if source >= Step.REVIEW > target:
        raise record.fault("Un dossier transmis ne revient pas avant l’étape 4.", 3)
    if abs(target - source) != 1 and not source > target == Step.REVIEW:
        raise record.fault(
            "Une étape ne se saute pas : un mouvement va à l’étape voisine, ou revient à l’étape 4.", 3
        )


def _require_transmission(record: Record, move: Move) -> None:
    """PackError for a transmission under another name or unsigned, and for another move that is signed."""
    if ((move.source, move.target) == TRANSMITTING) != (move.name == TRANSMIT):
        raise record.fault(f"Le mouvement de l’étape 3 à l’étape 4, et lui seul, s’appelle « {TRANSMIT} ».")
    for guard in _SIGNED:
        if (guard in move.guards) != (move.name == TRANSMIT):
            raise record.fault(f"La garde « {guard} » est celle de la transmission, et d’elle seule.", 5)
