"""The cells that two states of a dossier do not hold alike, among those that somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from forms import Kind, split_key, with_key
from resolvers.documents import Document
from resolvers.tabs import all_tabs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms import Cell, Pack
    from resolvers.documents import Documents


class Differing(NamedTuple):
    """A cell that differs: its name, tab and row key ("" outside of dynamic tabs), and both values."""

    cell: str
    tab: str
    row: str
    label: str
    unit: str
    before: str | None
    after: str | None


def differences(pack: Pack, before: Documents, after: Documents) -> Iterator[Differing]:
    """What differs of what was typed, in the order of the form; of rows by their keys."""
    instances = {
        group: tuple(
            dict.fromkeys(row["key"] for one in (before, after) if group in one for row in one[group].rows)
        )
        for group in pack.groups
    }
    for tab in all_tabs(pack, instances):
        old, new = before.get(tab, Document()), after.get(tab, Document())
        if old != new:
            yield from _fixed(pack, tab, old, new)
            yield from _rows(pack, tab, old, new)


def _fixed(pack: Pack, tab: str, old: Document, new: Document) -> Iterator[Differing]:
    plain, key = split_key(tab)
    for cell in _typed(pack, plain):
        place = f"{cell.line}.{cell.column}"
        was, became = _value(old, place), _value(new, place)
        if was != became:
            name = with_key(cell.id, key) if key else cell.id
            yield Differing(name, tab, "", _label(pack, cell), cell.unit, was, became)


def _typed(pack: Pack, tab: str) -> Iterator[Cell]:
    for line in pack.tabs[tab].lines:
        for column in pack.tabs[tab].columns:
            cell = pack.cells.get(f"{tab}.{line.code}.{column.code}")
            if cell is not None and cell.kind is not Kind.COMPUTED:
                yield cell


def _value(document: Document, place: str) -> str | None:
    """What was typed there, over a formula too; what the formula gives is nobody's change."""
    forced = document.forced.get(place)
    return document.cells.get(place) if forced is None else forced.get("value")


def _label(pack: Pack, cell: Cell) -> str:
    tab = pack.tabs[cell.tab]
    line = next((one.label for one in tab.lines if one.code == cell.line), cell.line)
    column = tab.column(cell.column)
    return line if column is None or len(tab.columns) == 1 else f"{line} – {column.label}"


def _rows(pack: Pack, tab: str, old: Document, new: Document) -> Iterator[Differing]:
    plain, _ = split_key(tab)
    columns = [one for one in pack.tabs[plain].columns if one.kind is not Kind.COMPUTED]
    ours, theirs = ({row["key"]: row["values"] for row in one.rows} for one in (old, new))
    for row in dict.fromkeys([*ours, *theirs]):
        for column in columns:
            was, became = ours.get(row, {}).get(column.code), theirs.get(row, {}).get(column.code)
            if (was or None) != (became or None):
                yield Differing(
                    f"{tab}[{row}].{column.code}",
                    tab,
                    row,
                    column.label,
                    column.unit,
                    was or None,
                    became or None,
                )
