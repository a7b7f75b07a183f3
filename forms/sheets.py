"""A pack as the sheets of a spreadsheet, and back: rows of texts, no file format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forms.errors import PackError, Place
from forms.sheet_layout import PART, SUFFIX, head, is_part, sheets_in_order
from forms.sheet_parts import part_fields, part_row, tab_of
from forms.source import SEPARATOR, record_of
from forms.texts import Texts

Row = list[str]
Sheets = dict[str, list[Row]]


def sheet_rows(files: Texts) -> Sheets:
    """The sheets of a pack: file name without `.txt` → rows, the first one names the columns.

    Comments and blank lines stay, in rows of their own. Stored tests (`tests/…`) are no sheets.
    """
    known = sheets_in_order([file for file in files if head(file)])
    return {
        file.removesuffix(SUFFIX): [[*head(file)], *_rows(file, files[file].splitlines())] for file in known
    }


def files_from_sheet(sheets: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, str]:
    """The files of a pack from its sheets: what `sheet_rows` gave, fields trimmed.

    PackError with the sheet, the row and the column (from 1) at a sheet that no pack has, at a column
    that has moved, and at a cell that no pack file can hold.
    """
    return {name + SUFFIX: _text(name, rows) for name, rows in sheets.items()}


def _rows(file: str, lines: Sequence[str]) -> list[Row]:
    found: list[Row] = []
    tab = ""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            found.append([line.rstrip()] if line.strip() else [])
            continue
        record = record_of(file, number, line)
        tab = tab_of(record) or tab
        first = f"{record.word} {record.field(0)}".strip()
        row = part_row(record, tab) if is_part(file) else [first, *record.fields[1:]]
        found.append(_trimmed(row))
    return found


def _text(name: str, rows: Sequence[Sequence[str]]) -> str:
    expected = head(name + SUFFIX)
    if not expected:
        message = f"La feuille « {name} » n’est pas celle d’un formulaire : elle porte le nom d’un fichier."
        raise PackError(message, Place(name, 1, 1))
    _require_head(name, expected, rows[0] if rows else ())
    lines: list[str] = []
    tab = ""
    for number, row in enumerate(rows[1:], start=2):
        cells = _trimmed([_cell(text, Place(name, number, column)) for column, text in enumerate(row, 1)])
        if not cells or (cells[0].startswith("#") and len(cells) == 1):
            lines.append(cells[0] if cells else "")
            continue
        if expected is PART:
            cells = part_fields(cells, tab, Place(name, number, 1))
        lines.append(_line(cells))
        if expected is PART:
            tab = tab_of(record_of(name, number, lines[-1])) or tab
    return "\n".join([*lines, ""])


def _require_head(name: str, expected: Sequence[str], found: Sequence[str]) -> None:
    for column, title in enumerate(expected, start=1):
        here = found[column - 1].strip() if column <= len(found) else ""
        if here != title:
            message = f"La colonne « {title} » est attendue ici, et non « {here} » : remettez-la à sa place."
            raise PackError(message, Place(name, 1, column))


def _cell(text: str, place: Place) -> str:
    stripped = text.strip()
    is_comment = place.column == 1 and stripped.startswith("#")
    if len(stripped.splitlines()) > 1 or (SEPARATOR in stripped and not is_comment):
        message = "Une cellule ne tient ni barre verticale, ni retour à la ligne : retirez-les."
        raise PackError(message, place)
    return stripped


def _line(fields: Sequence[str]) -> str:
    return SEPARATOR.join(f" {field} " if field else " " for field in fields).strip()


def _trimmed(row: Sequence[str]) -> Row:
    """The row without its empty end, as spreadsheets give more cells than were written."""
    last = max((index for index, text in enumerate(row, start=1) if text), default=0)
    return [*row[:last]]
