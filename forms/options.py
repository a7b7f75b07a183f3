"""The options of a line: `pour=`, `cols=`, `na=`, `saisie=`, `unite=`, `er=`, `si=`, `f.X=`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from forms.source import Record, Source
from forms.structure import CommonTerm, Only
from forms.units import is_known
from forms.words import OrganismKind

_TERM = re.compile(r"([+-]) *([A-Z][A-Z0-9]*\.L[0-9]{3}(?:\.[A-Z][A-Z0-9]*)?) *")
CONDITION = "si="
# Of a cell written in full.
_DOTS = 2


@dataclass(frozen=True, slots=True)
class Options:
    """What a line says of its cells beyond its kind and its formula.

    `columns`: the only columns that its formula or its entry concerns (None: all);
    `absent`: columns without a cell; `typed`: computed columns whose cell is typed here all the
    same; `overrides`: column → formula that replaces all others; `condition`: what must
    hold for the line to be seen; `common`: column (empty for all)
    → the cells of the ER that hold the same value.
    """

    only: Only
    columns: frozenset[str] | None
    absent: frozenset[str]
    typed: frozenset[str]
    unit: str | None
    overrides: Mapping[str, Source]
    condition: Source | None
    common: Mapping[str, tuple[CommonTerm, ...]]

    def common_of(self, column: str, *, of_line: bool) -> tuple[CommonTerm, ...]:
        """The cells of the ER that hold the value of this column's cell.

        `of_line`: the cell is typed as its line is, or computed as its line is; `er=` speaks of such
        cells only, for the net and last year's column beside them follow by their formulas.
        """
        terms = self.common.get(column) or (self.common.get("", ()) if of_line else ())
        return tuple(replace(term, cell=_with_column(term.cell, column)) for term in terms)


def read_condition(record: Record, index: int) -> Source:
    """`si=FORMULA`, alone in its field: a formula holds semicolons."""
    text = record.field(index).removeprefix(CONDITION)
    if not text.strip():
        raise record.fault("Une condition s’écrit « si=FORMULE ».", index)
    return Source(text, record.place(index).shifted(len(CONDITION)))


def read_options(record: Record, start: int) -> Options:
    """The options in the fields from `start` on, separated by bars or semicolons."""
    found: dict[str, str] = {}
    overrides: dict[str, Source] = {}
    condition: Source | None = None
    common: dict[str, tuple[CommonTerm, ...]] = {}
    for index in range(start, len(record.fields)):
        text = record.field(index)
        if text.startswith("f."):
            column, _, formula = text[2:].partition("=")
            place = record.place(index).shifted(len(column) + 3)
            overrides[column] = Source(formula, place)
        elif text.startswith(CONDITION):
            condition = read_condition(record, index)
        elif text:
            found.update(_options(record, index, common))
    unit = found.get("unite")
    columns = _codes(found, "cols")
    kinds = _codes(found, "pour")
    return Options(
        only=kinds or None,
        columns=columns or None,
        absent=_codes(found, "na"),
        typed=_codes(found, "saisie"),
        unit=unit,
        overrides=overrides,
        condition=condition,
        common=common,
    )


def _options(record: Record, index: int, common: dict[str, tuple[CommonTerm, ...]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in record.field(index).split(";"):
        name, equals, value = text.strip().partition("=")
        if equals and (name == "er" or name.startswith("er.")):
            common[name[3:]] = _common(record, index, value)
            continue
        if not equals or name not in {"pour", "cols", "na", "saisie", "unite"}:
            raise record.fault(f"L’option « {text} » n’existe pas.", index)
        found[name] = value
    if "unite" in found and not is_known(found["unite"]):
        raise record.fault(f"L’unité « {found['unite']} » n’existe pas.", index)
    for kind in _codes(found, "pour"):
        if kind not in OrganismKind.__members__:
            raise record.fault(f"Le type d’organisme « {kind} » n’existe pas.", index)
    return found


def _common(record: Record, index: int, text: str) -> tuple[CommonTerm, ...]:
    """`A1.L019+A1.L021.N-A2.L011`: signed cells, without column for the same one."""
    found = [
        CommonTerm(-1 if sign == "-" else 1, cell)
        for sign, cell in _TERM.findall(text if text.startswith("-") else f"+{text}")
    ]
    written = "".join(f"{'-' if term.sign < 0 else '+'}{term.cell}" for term in found)
    if not found or written.removeprefix("+") != text.replace(" ", "").removeprefix("+"):
        raise record.fault(
            f"« {text} » n’est pas une somme de cellules de l’ER : A1.L019 + A1.L021.N.", index
        )
    return tuple(found)


def _with_column(cell: str, column: str) -> str:
    return cell if cell.count(".") == _DOTS else f"{cell}.{column}"


def _codes(found: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(code for code in found.get(name, "").split(",") if code)
