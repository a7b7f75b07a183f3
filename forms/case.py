"""A reference case, from its JSON to what it must come to (see docs/packs.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from forms.address import KEY
from forms.catalogue import load_pack
from forms.checks import verify
from forms.data import Data, Row
from forms.errors import EntryError
from forms.evaluate import evaluate
from forms.french import quoted
from forms.pack import Pack
from forms.structure import Tab
from forms.units import MICRO_DIGITS, is_text
from forms.values import CANONICAL, LIMIT, micro
from forms.words import Kind, Nature, OrganismKind

# Any number of digits: too many of them is another fault than no number at all.
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def evaluate_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """`{"cells": {cell: value or None}, "failing": [{"rule", "severity", "gap"}]}`.

    PackError if the pack is not published; EntryError as `case_data`.
    """
    pack = load_pack(_text(case, "pack"))
    data = case_data(pack, case)
    evaluation = evaluate(pack, data)
    failing = [
        {"rule": anomaly.check, "severity": anomaly.severity.french, "gap": anomaly.gap}
        for anomaly in verify(pack, data, evaluation)
    ]
    return {"cells": dict(evaluation.cells), "failing": failing}


def case_data(pack: Pack, case: Mapping[str, Any]) -> Data:
    """What a case holds, the computed columns of its rows left aside.

    EntryError at the first fault: CASE_UNREADABLE, ORGANISM_KIND_UNKNOWN, CELL_UNKNOWN, CELL_COMPUTED,
    CELL_NOT_FORCIBLE, TAB_NOT_DYNAMIC, CELL_NOT_NUMBER, CELL_NOT_TEXT, CELL_OUT_OF_RANGE.
    """
    organism = _mapping(case, "organism")
    return Data(
        kind=_kind(organism),
        cells=_typed(pack, _mapping(case, "inputs")),
        rows={tab: _rows(pack, tab, rows) for tab, rows in _mapping(case, "rows").items()},
        forced=_forced(pack, _mapping(case, "forced")),
        # Last year's totals come with it: this year's formulas read them as they were.
        previous=_cells(pack, _mapping(case, "previous_year")),
        groups={group: _keys(pack, group, keys) for group, keys in _mapping(case, "groups").items()},
    )


def _kind(organism: Mapping[str, Any]) -> str:
    kind = _text(organism, "kind")
    if kind not in OrganismKind.__members__:
        known = ", ".join(OrganismKind)
        message = f"Le type d’organisme {quoted(kind)} n’existe pas : choisissez parmi {known}."
        raise EntryError("ORGANISM_KIND_UNKNOWN", message)
    return kind


def _typed(pack: Pack, values: Mapping[str, object]) -> dict[str, str]:
    found = _cells(pack, values)
    for cell, value in found.items():
        unit, kind = _definition(pack, cell)
        if not kind.typed:
            message = f"La cellule {cell} se calcule : retirez-la de « inputs »."
            raise EntryError("CELL_COMPUTED", message)
        _require_in_range(value, unit, cell)
    return found


def _forced(pack: Pack, values: Mapping[str, object]) -> dict[str, str]:
    found = _cells(pack, values)
    for cell, value in found.items():
        unit, kind = _definition(pack, cell)
        if kind is not Kind.FORCIBLE:
            message = f"La cellule {cell} ne se force pas : retirez-la de « forced »."
            raise EntryError("CELL_NOT_FORCIBLE", message)
        _require_in_range(value, unit, cell)
    return found


def _cells(pack: Pack, values: Mapping[str, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for cell, value in values.items():
        found[cell] = _value(value, _definition(pack, cell)[0], cell)
    return found


def _definition(pack: Pack, name: str) -> tuple[str, Kind]:
    """The unit and the kind of a cell, be it that of an instance of a group."""
    cell = pack.cell(name)
    if cell is None:
        raise EntryError("CELL_UNKNOWN", f"La cellule {quoted(name)} n’existe pas : vérifiez son code.")
    return cell.unit, cell.kind


def _keys(pack: Pack, group: str, keys: object) -> list[str]:
    """The keys of the instances of a group, each once."""
    if group not in pack.groups:
        raise EntryError("CELL_UNKNOWN", f"Le groupe {quoted(group)} n’existe pas : vérifiez son code.")
    found = (
        [key for key in keys if isinstance(key, str) and KEY.fullmatch(key)] if isinstance(keys, list) else []
    )
    if found != keys or len(set(found)) < len(found):
        raise _unreadable(f"Les clés de {group} forment une liste de codes différents")
    return found


def _rows(pack: Pack, tab: str, rows: object) -> list[Row]:
    known = pack.tab(tab)
    if known is None:
        raise EntryError("CELL_UNKNOWN", f"Le tableau {quoted(tab)} n’existe pas : vérifiez son code.")
    if known.nature is not Nature.DYNAMIC:
        message = f"Le tableau {tab} n’a que des lignes fixes : donnez ses cellules sous « inputs »."
        raise EntryError("TAB_NOT_DYNAMIC", message)
    if not isinstance(rows, list):
        raise _unreadable(f"Les lignes de {tab} forment une liste")
    return [_row(known, tab, number, row) for number, row in enumerate(rows, start=1)]


def _row(known: Tab, tab: str, number: int, row: object) -> Row:
    if not isinstance(row, Mapping):
        raise _unreadable(f"La ligne {number} de {tab} est un objet, colonne par colonne")
    columns = {column.code: column for column in known.columns}
    typed: dict[str, str] = {}
    for code, value in row.items():
        name = f"{tab}.{code}"
        if code not in columns:
            message = f"La colonne {quoted(name)} n’existe pas : vérifiez son code."
            raise EntryError("CELL_UNKNOWN", message)
        text = _value(value, columns[code].unit, name)
        if columns[code].kind.typed:
            _require_in_range(text, columns[code].unit, name)
            typed[code] = text
    return Row(str(number), typed)


def _value(value: object, unit: str, name: str) -> str:
    if not isinstance(value, str):
        message = f"La valeur de {name} n’est pas un texte : écrivez-la entre guillemets droits."
        raise EntryError("CELL_NOT_NUMBER" if not is_text(unit) else "CELL_NOT_TEXT", message)
    if is_text(unit) or CANONICAL.fullmatch(value):
        return value
    if not _DECIMAL.fullmatch(value):
        message = f"La valeur de {name} n’est pas un nombre décimal : écrivez par exemple « 1234.56 »."
        raise EntryError("CELL_NOT_NUMBER", message)
    if len(value.partition(".")[2]) > MICRO_DIGITS:
        message = f"La valeur de {name} a plus de six décimales : arrondissez-la."
        raise EntryError("CELL_NOT_NUMBER", message)
    raise _out_of_range(name)


def _require_in_range(value: str, unit: str, name: str) -> None:
    if not is_text(unit) and abs(micro(value)) > LIMIT:
        raise _out_of_range(name)


def _out_of_range(name: str) -> EntryError:
    message = f"La valeur de {name} dépasse dix mille milliards : vérifiez le nombre de chiffres."
    return EntryError("CELL_OUT_OF_RANGE", message)


def _mapping(case: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = case.get(name, {})
    if not isinstance(found, Mapping):
        raise _unreadable(f"« {name} » doit être un objet")
    return found


def _text(case: Mapping[str, Any], name: str) -> str:
    found = case.get(name)
    if not isinstance(found, str):
        raise EntryError("CASE_UNREADABLE", f"« {name} » manque dans le cas : ajoutez-le.")
    return found


def _unreadable(fault: str) -> EntryError:
    return EntryError("CASE_UNREADABLE", f"{fault} : corrigez le fichier du cas.")
