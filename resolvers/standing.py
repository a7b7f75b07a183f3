"""What stood in a dossier when a write opened it, and which values are different since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from resolvers.documents import Document, fingerprints
from resolvers.hiding import without_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forms import Evaluation
    from resolvers.documents import Documents
    from resolvers.edits import Address

# The rows of a tab by their key.
Rows = dict[str, dict[str, Any]]


class Standing:
    """The documents as they stood, kept as text: a tab is read again only where it is asked about.

    Thousands of rows are neither copied nor named one by one for a write of one cell. Where the form's
    conditions hid, nothing stood.
    """

    def __init__(self, documents: Documents, hides: Evaluation) -> None:
        self.seen = fingerprints(documents)
        self._hides = hides
        self._read: dict[str, tuple[dict[str, str], Rows]] = {}

    def value(self, address: Address) -> str | None:
        """The value that a reader saw at an address; None for blank."""
        fixed, rows = self._tab(address.tab)
        if address.key is None:
            return fixed.get(address.place)
        row = rows.get(address.key)
        if row is None:
            return None
        typed: str | None = row["values"].get(address.place)
        return row.get("computed", {}).get(address.place) if typed is None else typed

    def changed(self, documents: Documents, hides: Evaluation) -> dict[str, str | None]:
        """Every cell whose value is now different, under its full address, with its new value."""
        now = fingerprints(documents)
        same_eyes = hides.hidden == self._hides.hidden
        found: dict[str, str | None] = {}
        for tab in {**self.seen, **now}:
            if not (same_eyes and self.seen.get(tab) == now.get(tab)):
                old = self._tab(tab)
                new = _read(tab, documents.get(tab, Document()), hides)
                found |= {f"{tab}.{place}": value for place, value in _differences(old[0], new[0])}
                found |= _row_differences(tab, old[1], new[1])
        return found

    def _tab(self, tab: str) -> tuple[dict[str, str], Rows]:
        if tab not in self._read:
            kept = Document(*orjson.loads(self.seen[tab])) if tab in self.seen else Document()
            self._read[tab] = _read(tab, kept, self._hides)
        return self._read[tab]


def _read(tab: str, document: Document, hides: Evaluation) -> tuple[dict[str, str], Rows]:
    shown = without_hidden({tab: document}, hides)[tab]
    return shown.effective(), {row["key"]: row for row in shown.rows}


def _values(row: Mapping[str, Any]) -> dict[str, str]:
    return {**row.get("computed", {}), **row["values"]}


def _row_differences(tab: str, old: Rows, new: Rows) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if before != after:
            values = [{} if row is None else _values(row) for row in (before, after)]
            found |= {f"{tab}[{key}].{place}": value for place, value in _differences(*values)}
    return found


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    return ((place, new.get(place)) for place in {**old, **new} if old.get(place) != new.get(place))
