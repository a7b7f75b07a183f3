"""What a user types in a cell, read once and for all: afterwards values are canonical text."""

from __future__ import annotations

from forms.errors import EntryError
from forms.french import quoted
from forms.number_entry import read_number
from forms.pack import Pack
from forms.structure import Column
from forms.text_entry import read_choice, read_exact_text, read_text
from forms.units import is_text, list_name
from forms.words import Kind


def read_entry(pack: Pack, cell_id: str, text: str, *, lenient: bool = False) -> str:
    """The canonical text of what was typed in a fixed cell, empty if it was emptied.

    The cell of an instance of a group is named `E1[key].L011.V`; whether there is such an instance
    is not looked at.
    A forcible cell is read like an input. With `lenient`, a file is being read: a text that is no
    date, no list value, no SIREN… is kept as it stands, as last year's files hold such texts;
    numbers are never lenient. EntryError CELL_UNKNOWN, CELL_COMPUTED, and those of `read_value`.
    """
    cell = pack.cell(cell_id)
    if cell is None:
        message = f"La cellule {quoted(cell_id)} n’existe pas dans ce formulaire : vérifiez son code."
        raise EntryError("CELL_UNKNOWN", message)
    if cell.kind is Kind.COMPUTED:
        raise EntryError("CELL_COMPUTED", _computed(cell_id))
    return read_value(pack, cell.unit, text, lenient=lenient)


def read_row_entry(pack: Pack, tab: str, column: str, text: str, *, lenient: bool = False) -> str:
    """The same for a column of a row of a dynamic tab, `D1` or `D1[key]` in an instance of a group."""
    found = _row_column(pack, tab, column)
    if not found.kind.typed:
        raise EntryError("CELL_COMPUTED", _computed(f"{tab}.{column}"))
    return read_value(pack, found.unit, text, lenient=lenient)


def read_value(pack: Pack, unit: str, text: str, *, lenient: bool = False) -> str:
    """The canonical text of a value of that unit.

    EntryError CELL_NOT_NUMBER, CELL_OUT_OF_RANGE, CELL_NOT_TEXT, CELL_TOO_LONG, CELL_NOT_DATE,
    CELL_NOT_SIREN, CELL_NOT_POSTCODE, CELL_NOT_DEPARTMENT, CELL_NOT_TELEPHONE, CELL_NOT_MAIL or
    CELL_NOT_IN_LIST.
    """
    stripped = text.strip()
    if not stripped:
        return ""
    if not is_text(unit):
        return read_number(stripped, unit)
    composed = read_text(stripped, unit)
    try:
        name = list_name(unit)
        return read_exact_text(composed, unit) if name is None else read_choice(composed, pack.lists[name])
    except EntryError:
        if lenient:
            return composed
        raise


def _row_column(pack: Pack, tab: str, column: str) -> Column:
    known = pack.tab(tab)
    found = known.column(column) if known is not None and not known.lines else None
    if found is None:
        message = (
            f"La colonne {quoted(f'{tab}.{column}')} n’existe pas dans ce formulaire : vérifiez son code."
        )
        raise EntryError("CELL_UNKNOWN", message)
    return found


def _computed(identifier: str) -> str:
    return f"La cellule {identifier} se calcule : modifiez les cellules dont elle dépend."
