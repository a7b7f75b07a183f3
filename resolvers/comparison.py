"""What a file says of computed cells, beside what we compute: differences are told, never loaded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from forms import Kind, format_value
from resolvers.edits import Address, current, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms import Pack
    from resolvers.documents import Documents
    from resolvers.loaded import LoadedFile

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Compared:
    """A computed cell of the file; `ours` is None for blank."""

    line: int
    cell: str
    theirs: str
    ours: str | None
    unit: str

    @property
    def equal(self) -> bool:
        """Whether both say the same value, however it is written."""
        if self.ours is None:
            return not self.theirs.strip()
        if self.ours == self.theirs:
            return True
        try:
            return Decimal(self.ours) == Decimal(self.theirs)
        except InvalidOperation:
            return self.ours == self.theirs

    @property
    def sentence(self) -> str:
        """The difference, as the report of the load tells it."""
        shown = "ne donne rien" if self.ours is None else f"donne {format_value(self.ours, self.unit)}"
        theirs = self.theirs if len(self.theirs) <= LONGEST_SHOWN else f"{self.theirs[:LONGEST_SHOWN]}…"
        return (
            f"La cellule {self.cell} est calculée : le fichier dit « {theirs} », la formule {shown}. "
            "La valeur du fichier n’est pas chargée."
        )


def compared(pack: Pack, documents: Documents, file: LoadedFile) -> Iterator[Compared]:
    """Every computed cell that the file names, fixed or of a row, in the file's order."""
    for loaded in file.cells:
        known = pack.cell(loaded.id)
        if known is not None and not loaded.forced and known.kind in {Kind.COMPUTED, Kind.FORCIBLE}:
            value = current(documents, parse_address(loaded.id))
            yield Compared(loaded.line, loaded.id, loaded.value, value, known.unit)
    # Laid out once: looking each row up among thousands would take their square.
    units: dict[str, dict[str, str]] = {}
    rows = {(tab, row["key"]): row for tab in file.tabs_of_rows for row in _rows(documents, tab)}
    for row in file.rows:
        ours = rows.get((row.tab, row.key), {}).get("computed", {})
        if row.tab not in units:
            units[row.tab] = computed_columns(pack, row.tab)
        for column, value in row.values.items():
            found = units[row.tab].get(column)
            if found is not None:
                cell = str(Address(row.tab, column, row.key))
                yield Compared(row.line, cell, value, ours.get(column), found)


def _rows(documents: Documents, tab: str) -> list[dict[str, Any]]:
    return documents[tab].rows if tab in documents else []


def computed_columns(pack: Pack, tab: str) -> dict[str, str]:
    """The unit of each computed column of a tab; none for one that there is not."""
    known = pack.tab(tab)
    return {each.code: each.unit for each in known.columns if each.kind is Kind.COMPUTED} if known else {}
