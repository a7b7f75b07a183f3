"""Reading `circuits.txt`: the visas that a step asks for before it is left."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from forms.circuit import Answer, Circuit, Visa, VisaNature
from forms.cycle import Cycle, Step
from forms.source import Record

NATURES = {"avis": VisaNature.OPINION, "validation": VisaNature.VALIDATION, "signature": VisaNature.SIGNATURE}
REFUSALS = {"refuser": Answer.REFUSED, "renvoyer": Answer.RETURNED}
MOST_DAYS, MOST_QUORUM, MOST_VISAS = 365, 20, 20
GUARD = "circuit_approved"
# As the answers are kept.
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


def read_circuits(records: Sequence[Record], cycle: Cycle, cells: Container[str]) -> tuple[Circuit, ...]:
    """`@circuit`, each followed by its `@visa`; one circuit a step, whose last rank decides.

    `cells`: those of which a dossier has one each, on which a visa may depend.
    """
    found: list[Circuit] = []
    for position, record in enumerate(records):
        if record.word == "@circuit":
            visas = _visas(records[position + 1 :], cells)
            found.append(_circuit(record, visas, cycle, found))
        elif record.word != "@visa":
            raise record.fault("Les circuits se disent par « @circuit » et « @visa ».")
        elif not found:
            raise record.fault("Un visa suit le circuit dont il est : écrivez d’abord « @circuit ».")
    return tuple(found)


def require_circuits(moves: Sequence[Record], circuits: Sequence[Circuit]) -> None:
    """PackError at a move of `cycle.txt` that waits for the circuit of a step that has none."""
    steps = {str(circuit.step.value) for circuit in circuits}
    for record in moves:
        waits = GUARD in (guard.strip() for guard in record.field(5).split(","))
        if record.word == "@mouvement" and waits and record.field(2) not in steps:
            raise record.fault(
                f"L’étape {record.field(2)} n’a pas de circuit : écrivez-le dans « circuits.txt », ou "
                f"retirez « {GUARD} ».",
                5,
            )


def _circuit(record: Record, visas: tuple[Visa, ...], cycle: Cycle, known: Sequence[Circuit]) -> Circuit:
    code = _code(record)
    step = next((one.step for one in cycle.steps if str(one.step.value) == record.field(2)), None)
    if step is None:
        raise record.fault(f"L’étape « {record.field(2)} » n’est pas de ce cycle.", 2)
    if any(circuit.code == code for circuit in known):
        raise record.fault(f"Le circuit {code} est déjà défini.")
    if any(circuit.step == step for circuit in known):
        raise record.fault("Cette étape a déjà un circuit : ajoutez-y des visas.", 2)
    if not any(move.source == step and GUARD in move.guards for move in cycle.moves):
        raise record.fault(
            f"Aucun passage ne quitte cette étape avec la garde « {GUARD} » : personne ne l’attendrait.",
            2,
        )
    if len(visas) > MOST_VISAS:
        raise record.fault(f"Un circuit a {MOST_VISAS} visas au plus.")
    last = max((visa.rank for visa in visas), default=None)
    if not any(visa.rank == last and visa.nature.decides and not visa.condition for visa in visas):
        raise record.fault(
            "Un avis ne décide pas : le dernier rang d’un circuit a une validation ou une signature "
            "sans condition."
        )
    return Circuit(code, record.words(1), Step(step), visas)


def _visas(records: Sequence[Record], cells: Container[str]) -> tuple[Visa, ...]:
    found: dict[str, Visa] = {}
    for record in records:
        if record.word != "@visa":
            break
        visa = _visa(record, cells)
        if visa.code in found:
            raise record.fault(f"Le visa {visa.code} est déjà défini.")
        found[visa.code] = visa
    return tuple(found.values())


def _visa(record: Record, cells: Container[str]) -> Visa:
    nature = NATURES.get(record.field(3))
    if nature is None:
        raise record.fault(f"La nature d’un visa est {_listed(NATURES)}.", 3)
    said = _options(record, nature)
    condition = record.field(8) or None
    if condition is not None and condition not in cells:
        raise record.fault(
            f"La cellule {condition} n’existe pas dans ce formulaire, ou s’y répète par exemplaire.", 8
        )
    if not record.field(2):
        raise record.fault("Un visa a un rôle.", 2)
    return Visa(
        code=_code(record),
        label=record.words(1),
        role=record.field(2),
        nature=nature,
        rank=_number(record, 4, 1, MOST_QUORUM, "Le rang"),
        days=_number(record, 5, 1, MOST_DAYS, "Le délai, en jours,") if record.field(5) else None,
        quorum=_number(record, 6, 1, MOST_QUORUM, "Le quorum") if record.field(6) else 1,
        refusals=frozenset(REFUSALS[word] for word in said if word in REFUSALS),
        overruled="motiver" in said,
        delegable="personnel" not in said,
        condition=condition,
    )


def _code(record: Record) -> str:
    if not _CODE.fullmatch(record.field(0)):
        raise record.fault(
            "Le code d’un circuit ou d’un visa tient 40 capitales, chiffres et « _ » au plus : « AVIS_PAYE »."
        )
    return record.field(0)


def _options(record: Record, nature: VisaNature) -> list[str]:
    fit = (*REFUSALS, "personnel") if nature.decides else ("motiver", "personnel")
    said = [word.strip() for word in record.field(7).split(",") if word.strip()]
    for word in said:
        if word not in fit:
            raise record.fault(f"« {word} » ne se dit pas d’un tel visa : {_listed(fit)}.", 7)
    return said


def _number(record: Record, index: int, least: int, most: int, what: str) -> int:
    text = record.field(index)
    if not (text.isascii() and text.isdecimal() and least <= int(text[:9]) <= most):
        raise record.fault(f"{what} est un nombre de {least} à {most}.", index)
    return int(text)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"« {word} »" for word in words)
