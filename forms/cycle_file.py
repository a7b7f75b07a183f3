"""Reading `cycle.txt`: steps, moves and commitments."""

from __future__ import annotations

from forms.cycle import GUARDS, Cycle, Move, Step, StepDef
from forms.source import Record


def read_cycle(records: list[Record]) -> Cycle:
    """`@etape`, `@mouvement`, `@engagement`; a move joins two steps that exist."""
    steps: list[StepDef] = []
    moves: list[Move] = []
    commitments: list[str] = []
    for record in records:
        if record.word == "@etape":
            steps.append(StepDef(_step(record, 0), record.words(1)))
        elif record.word == "@mouvement":
            moves.append(_move(record, moves))
        elif record.word == "@engagement":
            commitments.append(record.words(0))
        else:
            raise record.fault("Le cycle se dit par « @etape », « @mouvement » et « @engagement ».")
    return Cycle(tuple(steps), tuple(moves), tuple(commitments))


def _move(record: Record, known: list[Move]) -> Move:
    name, right, guards = record.field(0), record.field(4), record.field(5)
    if any(move.name == name for move in known):
        raise record.fault(f"Le mouvement {name} est déjà défini.")
    names = tuple(guard.strip() for guard in guards.split(",") if guard.strip())
    for guard in names:
        if guard not in GUARDS:
            raise record.fault(f"La garde « {guard} » n’existe pas.", 5)
    return Move(name, record.words(1), _step(record, 2), _step(record, 3), right, names)


def _step(record: Record, index: int) -> Step:
    text = record.field(index)
    if not (text.isdecimal() and int(text) in list(Step)):
        raise record.fault(f"L’étape « {text} » n’existe pas.", index)
    return Step(int(text))
