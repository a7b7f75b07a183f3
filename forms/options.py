"""The options of a line: `pour=`, `cols=`, `na=`, `saisie=`, `unite=`, `f.X=`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.source import Record, Source
from forms.structure import Only
from forms.units import is_known
from forms.words import OrganismKind


@dataclass(frozen=True, slots=True)
class Options:
    """What a line says of its cells beyond its kind and its formula.

    `columns`: the only columns that its formula or its entry concerns (None: all);
    `absent`: columns without a cell; `typed`: computed columns whose cell is typed here all the
    same; `overrides`: column → formula that replaces all others.
    """

    only: Only
    columns: frozenset[str] | None
    absent: frozenset[str]
    typed: frozenset[str]
    unit: str | None
    overrides: Mapping[str, Source]


def read_options(record: Record, start: int) -> Options:
    """The options in the fields from `start` on, separated by bars or semicolons."""
    found: dict[str, str] = {}
    overrides: dict[str, Source] = {}
    for index in range(start, len(record.fields)):
        text = record.field(index)
        if text.startswith("f."):
            column, _, formula = text[2:].partition("=")
            place = record.place(index).shifted(len(column) + 3)
            overrides[column] = Source(formula, place)
        elif text:
            found.update(_options(record, index))
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
    )


def _options(record: Record, index: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in record.field(index).split(";"):
        name, equals, value = text.partition("=")
        if not equals or name not in {"pour", "cols", "na", "saisie", "unite"}:
            raise record.fault(f"L’option « {text} » n’existe pas.", index)
        found[name] = value
    if "unite" in found and not is_known(found["unite"]):
        raise record.fault(f"L’unité « {found['unite']} » n’existe pas.", index)
    for kind in _codes(found, "pour"):
        if kind not in OrganismKind.__members__:
            raise record.fault(f"Le type d’organisme « {kind} » n’existe pas.", index)
    return found


def _codes(found: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(code for code in found.get(name, "").split(",") if code)
