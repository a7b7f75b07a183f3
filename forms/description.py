"""A pack said in short texts, one for each thing that may differ from another pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from forms.aspect import Aspect
from forms.circuit import Visa
from forms.cycle import Cycle
from forms.nodes import Node, Total, children
from forms.structure import Check, Only, Tab
from forms.words import Nature

if TYPE_CHECKING:
    from forms.pack import Pack

# What it is about and where → what is said of it.
Described = Mapping[tuple[Aspect, str], str]
_Entry = tuple[Aspect, str, str]


def describe(pack: Pack) -> dict[tuple[Aspect, str], str]:
    """All that readers see of the pack and all that it computes, empty texts left out."""
    entries = [*_form(pack), *_tabs(pack), *_cells(pack), *_rules(pack), *_around(pack)]
    return {(aspect, place): text for aspect, place, text in entries if text}


def _form(pack: Pack) -> Iterator[_Entry]:
    yield Aspect.FORM, "titre", pack.title
    yield Aspect.FORM, "libellé", pack.form_label
    for name, value in pack.settings.items():
        yield Aspect.SETTING, name, value
    for param in pack.params.values():
        yield Aspect.PARAMETER, param.name, f"{param.value} {param.unit} – {param.label}"
    for part in pack.parts:
        yield Aspect.PART, part.code, f"{part.title} – {' '.join(part.tabs)}"
    for group in pack.groups.values():
        bounds = f"{group.minimum} à {group.maximum or '…'}"
        yield Aspect.GROUP, group.code, f"{group.title} – {bounds} – {group.key_label}"


def _tabs(pack: Pack) -> Iterator[_Entry]:
    for tab in pack.tabs.values():
        columns = " ".join(column.code for column in tab.columns)
        words = (tab.title, tab.statement, tab.unit, tab.confidence, tab.nature.value, tab.group, columns)
        yield Aspect.TAB, tab.code, _joined(*words)
        yield Aspect.CONDITION, tab.code, tab.condition or ""
        for column in tab.columns:
            said = _joined(column.label, column.kind.value, column.unit, column.formula)
            yield Aspect.COLUMN, f"{tab.code}.{column.code}", said
        for line in tab.lines:
            place = f"{tab.code}.{line.code}"
            yield Aspect.LINE, place, _joined(line.accounts, line.label)
            yield Aspect.ORGANISMS, place, _kinds(line.kinds)
            yield Aspect.CONDITION, place, line.condition or ""


def _cells(pack: Pack) -> Iterator[_Entry]:
    for tab in pack.tabs.values():
        if tab.nature is Nature.DYNAMIC:
            yield from _row_cells(tab)
    of_columns = {
        (tab.code, column.code): column.formula for tab in pack.tabs.values() for column in tab.columns
    }
    for cell in pack.cells.values():
        yield Aspect.CELL, cell.id, "cellule"
        yield Aspect.TYPE, cell.id, f"{cell.kind.value} {cell.unit}"
        terms = (f"{'-' if term.sign < 0 else '+'} {term.cell}" for term in cell.common)
        yield Aspect.COMMON, cell.id, " ".join(terms).removeprefix("+ ")
        # A column's formula is told once, with the column.
        if cell.formula and cell.formula != of_columns[cell.tab, cell.column]:
            yield Aspect.FORMULA, cell.id, _formula(cell.formula, pack.binding.formulas[cell.id].tree)


def _row_cells(tab: Tab) -> Iterator[_Entry]:
    for column in tab.columns:
        place = f"{tab.code}.{column.code}"
        yield Aspect.CELL, place, "colonne"
        yield Aspect.TYPE, place, f"{column.kind.value} {column.unit}"
        yield Aspect.FORMULA, place, column.formula or ""


def _formula(text: str, tree: Node) -> str:
    """The text, and how many cells its spans add: a line put in between changes it too."""
    count = _summed(tree)
    return f"{text} ({count} cellules additionnées)" if count else text


def _summed(tree: Node) -> int:
    own = len(tree.cells) if isinstance(tree, Total) else 0
    return own + sum(_summed(child) for child in children(tree))


def _rules(pack: Pack) -> Iterator[_Entry]:
    for check in pack.checks:
        yield Aspect.CHECK, check.id, _check(check)
        yield Aspect.CHECK_LABEL, check.id, check.label
    for identifier in pack.disabled_checks:
        yield Aspect.CHECK, identifier, "sans année précédente : règle désactivée"


def _check(check: Check) -> str:
    tolerance = f" à {check.tolerance} près" if check.tolerance != "0" else ""
    return (
        f"{check.severity.french} : {check.left} {check.operator} {check.right}{tolerance}"
        f" ({check.blanks.french})"
    )


def _around(pack: Pack) -> Iterator[_Entry]:
    for code, values in pack.lists.items():
        yield Aspect.LIST, code, ", ".join(values)
    for selection in pack.selections:
        yield Aspect.SELECTION, selection.title, " ".join(selection.tabs)
    for item in pack.attachments:
        yield Aspect.ATTACHMENT, item.label, _kinds(item.only) or "tous les organismes"
    yield from _cycle(pack.cycle)
    for circuit in pack.circuits:
        yield Aspect.CYCLE, circuit.code, f"{circuit.label} – étape {circuit.step.value}"
        for visa in circuit.visas:
            yield Aspect.CYCLE, f"{circuit.code}.{visa.code}", _visa(visa)
    for function in pack.functions:
        steps = " ".join(str(step) for step in function.steps)
        yield Aspect.FUNCTION, function.code, f"{function.label} – {steps}"
    for place, text in pack.help.items():
        yield Aspect.HELP, place, text
    for old, places in pack.years.moved.items():
        yield Aspect.YEARS, old, " ".join(places) or "-"
    for place in sorted(pack.years.fresh):
        yield Aspect.YEARS, place, "sans passé"


def _cycle(cycle: Cycle) -> Iterator[_Entry]:
    for step in cycle.steps:
        yield Aspect.CYCLE, f"étape {step.step.value}", step.label
    for substep in cycle.substeps:
        yield Aspect.CYCLE, f"sous-étape {substep.code}", f"{substep.label} – étape {substep.step.value}"
    for move in cycle.moves:
        text = f"{move.label} – {move.source.value} → {move.target.value} – {move.right}"
        tells = (f"dit {move.tells}",) if move.tells else ()
        yield Aspect.CYCLE, move.name, " – ".join((text, *move.guards, *tells))
    for number, sentence in enumerate(cycle.commitments, start=1):
        yield Aspect.CYCLE, f"engagement {number}", sentence


def _visa(visa: Visa) -> str:
    said = (
        f"rang {visa.rank}",
        f"{visa.days} jours" if visa.days else "",
        f"quorum {visa.quorum}",
        *sorted(answer.value for answer in visa.refusals),
        "à motiver" if visa.overruled else "",
        "" if visa.delegable else "personnel",
        visa.condition or "",
    )
    return _joined(visa.label, visa.nature.value, visa.role, *said)


def _joined(*words: str | None) -> str:
    return " – ".join(word for word in words if word)


def _kinds(only: Only) -> str:
    return ", ".join(sorted(only or ()))
