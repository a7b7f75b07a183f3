"""Last year's values beside this year's cells: proposed to those who may read both, never imposed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from forms import Evaluation, Nature, is_text, load_pack, split_key, with_key
from resolvers import dossiers, readings
from resolvers.documents import Document
from resolvers.edits import Address, Entry, current, parse_address, read_edit
from resolvers.hiding import NOTHING_HIDDEN
from resolvers.past import closed_by
from resolvers.reading import read_documents
from resolvers.rows import CellRefusal
from resolvers.snapshots import previous_rows, previous_values
from resolvers.tabs import check_tabs, tab_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from authz import Viewer
    from forms import Pack
    from resolvers.documents import Documents
    from resolvers.rows import DossierRow

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Last year's value of a cell; `variation` in percent from it to the current one.

    `acceptable`: the cell is blank and takes the value as it is.
    """

    cell: str
    label: str
    unit: str
    previous: str
    current: str | None
    variation: str | None
    acceptable: bool


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's dossier, which the viewer may read, and its cells under this year's names."""

    dossier: DossierRow
    values: Mapping[str, str]


async def last_year(viewer: Viewer, dossier: DossierRow) -> LastYear | None:
    """What may be proposed; None without a dossier of last year that the viewer may read."""
    found = (await dossiers.last_year_of(viewer, [dossier])).get(dossier.id)
    if found is None:
        return None
    await readings.note([found])
    values, closed = await previous_values(dossier), closed_by(dossier, found)
    return LastYear(found, {cell: value for cell, value in values.items() if not closed.closes(cell)})


async def suggestions(
    dossier: DossierRow,
    before: LastYear,
    documents: Documents,
    tabs: Sequence[str],
    hides: Evaluation = NOTHING_HIDDEN,
) -> list[Suggestion]:
    """The suggestions of some tabs, in order; of a dynamic tab, last year's rows while it is empty.

    Nothing is proposed where the form's conditions hide.
    """
    tabs = [tab for tab in tabs if not hides.hides(tab)]
    empty = {
        tab: [old for old in _old_tabs(dossier, tab) if not before.dossier.withholds(old)]
        for tab in tabs
        if _is_dynamic(dossier.definition, tab) and not documents.get(tab, Document()).rows
    }
    rows = await previous_rows(before.dossier.id, [old for names in empty.values() for old in names])
    found: list[Suggestion] = []
    for tab in tabs:
        of_lines = _of_lines(dossier, before, documents, tab)
        found += (one for one in of_lines if not hides.hides(one.cell))
        for old in empty.get(tab, ()):
            found += _of_rows(dossier, rows.get(old, ()), tab)
    return found


async def acceptable(dossier: DossierRow, before: LastYear | None, tab: str | None) -> int:
    """How many values may be taken over as they are, in a tab or in all. Raises NotFound TAB_UNKNOWN."""
    if tab is not None:
        check_tabs(dossier, [tab])
    if before is None:
        return 0
    found = await read_documents(dossier, None if tab is None else [tab])
    tabs = tab_names(dossier, found.instances) if tab is None else [tab]
    proposed = await suggestions(dossier, before, found.documents, tabs, found.hides)
    return sum(one.acceptable for one in proposed)


def _of_lines(dossier: DossierRow, before: LastYear, documents: Documents, tab: str) -> Iterator[Suggestion]:
    pack, kind, labels = dossier.definition, dossier.organism.category, line_labels(dossier.pack)
    plain, key = split_key(tab)
    for name in typed_cells(dossier.pack).get(plain, ()):
        cell_id, cell = with_key(name, key) if key else name, pack.cells[name]
        previous = before.values.get(cell_id)
        if previous is None or not cell.applies_to(kind):
            continue
        stands = current(documents, parse_address(cell_id))
        yield Suggestion(
            cell=cell_id,
            label=labels.get(f"{cell.tab}.{cell.line}", cell_id),
            unit=cell.unit,
            previous=previous,
            current=stands,
            variation=variation(previous, stands, cell.unit),
            acceptable=stands is None and _takes(dossier, cell_id, previous),
        )


def _of_rows(dossier: DossierRow, rows: Sequence[Mapping[str, Any]], tab: str) -> Iterator[Suggestion]:
    known = dossier.definition.tab(tab)
    typed = [column for column in known.columns if column.kind.typed] if known is not None else []
    for row in rows:
        for column in typed:
            value = row["values"].get(column.code)
            if value is not None:
                cell = str(Address(tab, column.code, row["key"]))
                takes = _takes(dossier, cell, value)
                yield Suggestion(cell, column.label, column.unit, value, None, None, takes)


def _old_tabs(dossier: DossierRow, tab: str) -> list[str]:
    """The names that a tab had last year."""
    years, (plain, key) = dossier.definition.years, split_key(tab)
    olds = [old for old in {plain, *years.moved} if "." not in old and plain in years.new_places(old)]
    return [with_key(old, key) if key else old for old in olds]


def _is_dynamic(pack: Pack, tab: str) -> bool:
    known = pack.tab(tab)
    return known is not None and known.nature is Nature.DYNAMIC


def _takes(dossier: DossierRow, cell: str, value: str) -> bool:
    """Whether the value may be typed in the cell: a text of an old list may not."""
    read = read_edit(dossier.definition, dossier.organism.category, Entry(cell, value))
    return not isinstance(read, CellRefusal)


def variation(previous: str, stands: str | None, unit: str) -> str | None:
    """The percent by which a number changed, to the hundredth; None where there is none to tell."""
    if stands is None or is_text(unit):
        return None
    try:
        old, new = Decimal(previous), Decimal(stands)
    except InvalidOperation:
        return None
    if not old:
        return None
    return str(((new - old) / abs(old) * 100).quantize(HUNDREDTH, ROUND_HALF_UP))


@lru_cache(maxsize=32)
def typed_cells(pack: str) -> Mapping[str, tuple[str, ...]]:
    """The cells that are only ever typed, by tab, in the pack's order."""
    found: dict[str, tuple[str, ...]] = {}
    for cell in load_pack(pack).cells.values():
        if cell.kind.typed:
            found[cell.tab] = (*found.get(cell.tab, ()), cell.id)
    return found


@lru_cache(maxsize=32)
def line_labels(pack: str) -> Mapping[str, str]:
    """The label of each line, by `TAB.LINE`."""
    return {
        f"{tab.code}.{line.code}": line.label for tab in load_pack(pack).tabs.values() for line in tab.lines
    }
