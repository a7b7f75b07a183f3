"""Reading `cycle.txt`: steps, substeps, moves and commitments."""

from __future__ import annotations

import re

from forms.cycle import GUARDS, TOLD, UNTOLD, Cycle, Move, Step, StepDef, Substep
from forms.cycle_rules import require_declared, require_move
from forms.source import Record

# As a dossier's row keeps it.
_SUBSTEP = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_cycle(records: list[Record]) -> Cycle:
    """`@etape`, `@sousetape`, `@mouvement`, `@engagement`; moves join declared steps, none skipped."""
    steps: list[StepDef] = []
    substeps: list[Substep] = []
    moves: list[Move] = []
    placed: list[tuple[Record, Substep | Move]] = []
    commitments: list[str] = []
    for record in records:
        if record.word == "@etape":
            steps.append(_defined(record, steps))
        elif record.word == "@sousetape":
            substeps.append(_substep(record, substeps))
            placed.append((record, substeps[-1]))
        elif record.word == "@mouvement":
            moves.append(_move(record, moves))
            placed.append((record, moves[-1]))
        elif record.word == "@engagement":
            commitments.append(record.words(0))
        else:
            raise record.fault(
                "Le cycle se dit par « @etape », « @sousetape », « @mouvement » et « @engagement »."
            )
    declared = {definition.step for definition in steps}
    for record, one in placed:
        if isinstance(one, Move):
            require_move(record, one, declared)
        else:
            require_declared(record, 2, one.step, declared)
    return Cycle(tuple(steps), tuple(moves), tuple(commitments), tuple(substeps))


def _defined(record: Record, known: list[StepDef]) -> StepDef:
    step = _step(record, 0)
    if any(definition.step is step for definition in known):
        raise record.fault(f"L’étape {step.value} est déjà définie.")
    return StepDef(step, record.words(1))


def _move(record: Record, known: list[Move]) -> Move:
    name, right, guards = record.field(0), record.field(4), record.field(5)
    if any(move.name == name for move in known):
        raise record.fault(f"Le mouvement {name} est déjà défini.")
    names = tuple(guard.strip() for guard in guards.split(",") if guard.strip())
    for guard in names:
        if guard not in GUARDS:
            raise record.fault(f"La garde « {guard} » n’existe pas.", 5)
    tells = record.field(6)
    if tells not in {"", UNTOLD, *TOLD}:
        raise record.fault(
            f"« {tells} » ne se dit pas aux contacts : {', '.join(sorted(TOLD))}, ou « - ».", 6
        )
    return Move(name, record.words(1), _step(record, 2), _step(record, 3), right, names, tells)


def _substep(record: Record, known: list[Substep]) -> Substep:
    code, label = record.field(0), record.words(1)
    if not _SUBSTEP.fullmatch(code):
        raise record.fault(
            "Le code d’une sous-étape tient 40 minuscules, chiffres et « _ » au plus : « relecture »."
        )
    if any(substep.code == code for substep in known):
        raise record.fault(f"La sous-étape {code} est déjà définie.")
    if not label:
        raise record.fault("Une sous-étape a un libellé.", 1)
    return Substep(code, label, _step(record, 2))


def _step(record: Record, index: int) -> Step:
    text = record.field(index)
    if not (text.isdecimal() and int(text) in list(Step)):
        raise record.fault(f"L’étape « {text} » n’existe pas.", index)
    return Step(int(text))
