"""A reference case, from its JSON to what it must come to (see docs/packs.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.checks import verify
from forms.data import Data, Row
from forms.errors import EntryError
from forms.evaluate import evaluate
from forms.french import quoted
from forms.library import load_pack
from forms.pack import Pack
from forms.units import is_text
from forms.values import CANONICAL


def evaluate_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """`{"cells": {cell: value or None}, "failing": [{"rule", "severity", "gap"}]}`.

    PackError if the pack is not published, EntryError if a value is not of its cell's unit.
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
    """What a case holds, its computed columns left aside; EntryError at the first bad value."""
    organism = _mapping(case, "organism")
    return Data(
        kind=_text(organism, "kind"),
        cells=_cells(pack, _mapping(case, "inputs")),
        rows={tab: _rows(pack, tab, rows) for tab, rows in _mapping(case, "rows").items()},
        forced=_cells(pack, _mapping(case, "forced")),
        previous=_cells(pack, _mapping(case, "previous_year")),
    )


def _cells(pack: Pack, values: Mapping[str, object]) -> dict[str, str]:
    for cell, value in values.items():
        if cell not in pack.cells:
            raise EntryError("CELL_UNKNOWN", f"La cellule {quoted(cell)} n’existe pas : vérifiez son code.")
        _require(value, pack.cells[cell].unit, cell)
    return {cell: str(value) for cell, value in values.items()}


def _rows(pack: Pack, tab: str, rows: object) -> list[Row]:
    if tab not in pack.tabs:
        raise EntryError("CELL_UNKNOWN", f"Le tableau {quoted(tab)} n’existe pas : vérifiez son code.")
    if not isinstance(rows, list):
        raise _unreadable(f"Les lignes de {tab} forment une liste")
    return [_row(pack, tab, number, row) for number, row in enumerate(rows, start=1)]


def _row(pack: Pack, tab: str, number: int, row: object) -> Row:
    if not isinstance(row, Mapping):
        raise _unreadable(f"La ligne {number} de {tab} est un objet, colonne par colonne")
    columns = {column.code: column for column in pack.tabs[tab].columns}
    for code, value in row.items():
        if code not in columns:
            message = f"La colonne {quoted(f'{tab}.{code}')} n’existe pas : vérifiez son code."
            raise EntryError("CELL_UNKNOWN", message)
        _require(value, columns[code].unit, f"{tab}.{code}")
    return Row(str(number), {code: value for code, value in row.items() if columns[code].kind.typed})


def _require(value: object, unit: str, name: str) -> None:
    if not isinstance(value, str) or not (is_text(unit) or CANONICAL.fullmatch(value)):
        message = f"La valeur de {name} n’est pas un nombre décimal : écrivez par exemple « 1234.56 »."
        raise EntryError("CELL_NOT_NUMBER", message)


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
