"""One change of one cell: read from what was sent, checked against the pack, laid into the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms import EntryError, Kind, Pack, read_entry, read_row_entry
from forms.address import KEY
from resolvers.documents import Document, Documents
from resolvers.rows import CellRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable

ROW_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
# The tab may itself be named with the key of its instance: `V1[enfant][0001].P`.
_ROW_CELL = re.compile(
    rf"([A-Z][A-Z0-9]*(?:\[{KEY.pattern}\])?)\[({ROW_KEY.pattern})\](?:\.([A-Z][A-Z0-9]*))?"
)
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Address:
    """Where a value stands: `A1.L011.B`, or the column of a dynamic row, `F01[0001].C07`.

    Without a place it is the row itself, `F01[0001]`, or an instance of a group, `ENFANT[1]`. The tab
    names its instance where it is of a group: `E1[1].L011.V`, `V1[1][0001].P`.
    """

    tab: str
    place: str
    key: str | None = None

    def __str__(self) -> str:
        if self.key is None:
            return f"{self.tab}.{self.place}"
        return f"{self.tab}[{self.key}].{self.place}" if self.place else f"{self.tab}[{self.key}]"


def parse_address(text: str) -> Address:
    """Read an address; a text of neither form names no cell, and is refused when it is looked up."""
    found = _ROW_CELL.fullmatch(text)
    if found:
        return Address(tab=found[1], key=found[2], place=found[3] or "")
    tab, _, place = text.partition(".")
    return Address(tab=tab, place=place)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that may be laid down: canonical value, None for blank (a forced cell: automatic again)."""

    address: Address
    value: str | None
    forcing: bool = False
    reason: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change laid down, as the history keeps it."""

    address: Address
    before: str | None
    after: str | None
    reason: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value sent for a cell, as typed or as a file says it; `reason` for a forced cell.

    `address` is the cell's, where it is known already.
    """

    cell: str
    value: str | None
    reason: str | None = None
    address: Address | None = None


def read_loaded(
    pack: Pack, category: str, entry: Entry, *, strict: bool
) -> tuple[Edit | CellRefusal, CellRefusal | None]:
    """Check one entry of a file, and what a strict reading has against it where it is taken all the same."""
    read = read_edit(pack, category, entry)
    if strict or isinstance(read, Edit):
        return read, None
    taken = read_edit(pack, category, entry, lenient=True)
    return taken, read if isinstance(taken, Edit) else None


def read_edit(pack: Pack, category: str, entry: Entry, *, lenient: bool = False) -> Edit | CellRefusal:
    """Check one entry; the refusal carries the stable code and the French sentence.

    `lenient`, for files: a text of another form than its cell asks for is taken (see forms.read_entry),
    and so is a value on a line meant for another kind of organism.
    """
    address, text = entry.address or parse_address(entry.cell), (entry.value or "").strip()
    try:
        if address.key is not None:
            canonical = read_row_entry(pack, address.tab, address.place, text, lenient=lenient)
            return Edit(address, canonical or None)
        canonical = read_entry(pack, str(address), text, lenient=lenient)
    except EntryError as error:
        return CellRefusal(cell=entry.cell, code=error.code, message=error.message)
    cell, reason = pack.cell(str(address)), (entry.reason or "").strip()
    if cell is not None and not lenient and not cell.applies_to(category):
        return _beside_its_kind(str(address), category)
    if cell is None or cell.kind is not Kind.FORCIBLE:
        return Edit(address, canonical or None)
    return _forcing(Edit(address, canonical or None, reason=reason))


def _beside_its_kind(name: str, category: str) -> CellRefusal:
    """Why a cell does not concern this kind of organism (`pour=` in the pack)."""
    return CellRefusal(
        cell=name,
        code="CELL_NOT_APPLICABLE",
        message=f"La cellule {name} ne concerne pas les organismes de type {category} : laissez-la vide.",
    )


def _forcing(edit: Edit) -> Edit | CellRefusal:
    name = str(edit.address)
    if edit.value is not None and not edit.reason:
        return CellRefusal(
            cell=name,
            code="REASON_MISSING",
            message=f"La cellule {name} est calculée : pour la forcer, indiquez le motif.",
        )
    return Edit(edit.address, edit.value, forcing=True, reason=edit.reason[:LONGEST_REASON])


def current(documents: Documents, address: Address) -> str | None:
    """The value that a reader sees at an address; None for blank."""
    document = documents.get(address.tab)
    if document is None:
        return None
    if address.key is None:
        typed = document.cells.get(address.place)
        return typed if typed is not None else document.computed.get(address.place)
    for row in document.rows:
        if row["key"] == address.key:
            found: str | None = row["values"].get(address.place) or row.get("computed", {}).get(address.place)
            return found
    return None


def lay(documents: Documents, edits: Iterable[Edit]) -> list[Change]:
    """Lay the edits into the documents; the changes that were really changes."""
    changes = []
    rows = _RowsByKey(documents)
    for edit in edits:
        document = documents.setdefault(edit.address.tab, Document())
        before = _kept(document, edit, rows)
        if edit.value == before and not edit.forcing:
            continue
        _put(document, edit, rows)
        changes.append(Change(edit.address, before, edit.value, edit.reason, edit.origin))
    return changes


class _RowsByKey:
    """The typed values of rows by their key: one of thousands is not looked for among all of them."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._known: dict[str, dict[str, dict[str, str]]] = {}

    def values(self, tab: str, key: str) -> dict[str, str]:
        """The values of a row, which is made where there is none."""
        rows = self._documents[tab].rows
        known = self._known.get(tab)
        if known is None:
            known = self._known[tab] = {row["key"]: row["values"] for row in rows}
        if key not in known:
            rows.append({"key": key, "values": {}, "computed": {}})
            known[key] = rows[-1]["values"]
        return known[key]


def _kept(document: Document, edit: Edit, rows: _RowsByKey) -> str | None:
    place, key = edit.address.place, edit.address.key
    if edit.forcing:
        kept = document.forced.get(place)
        return None if kept is None else kept["value"]
    if key is None:
        return document.cells.get(place)
    return rows.values(edit.address.tab, key).get(place)


def _put(document: Document, edit: Edit, rows: _RowsByKey) -> None:
    place, key = edit.address.place, edit.address.key
    if edit.forcing:
        _force(document, edit)
        return
    values = document.cells if key is None else rows.values(edit.address.tab, key)
    if edit.value is None:
        values.pop(place, None)
    else:
        values[place] = edit.value


def _force(document: Document, edit: Edit) -> None:
    if edit.value is None:
        document.forced.pop(edit.address.place, None)
    else:
        document.forced[edit.address.place] = {"value": edit.value, "automatic": None, "reason": edit.reason}
