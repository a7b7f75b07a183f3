"""A workbook opened for reading: what its sheets hold and where, nothing made of what they do not hold."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import DATA_TAG, INLINE_STRING, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from rendering.sheets.gate import invalid, malformed
from rendering.sheets.squares import Row, Square

if TYPE_CHECKING:
    from collections.abc import Iterator

# Those of the format; a row may stand at the very last, of which nothing is then read but its number.
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
MOST_ROWS: Final = 50_000
# Of which a form's tab fills MOST_ROWS at most; a spreadsheet may have kept the look of as many more.
_MOST_WRITTEN: Final = 2 * MOST_ROWS
# A row is held whole before it is read: its squares, each with what it says and how.
_MOST_IN_ROW: Final = 4 * LAST_COLUMN
_FORMULA: Final = "f"
_STRING: Final = f"{{{SHEET_MAIN_NS}}}si"
_TEXT: Final = f"{{{SHEET_MAIN_NS}}}t"
_RUN: Final = f"{{{SHEET_MAIN_NS}}}r/{_TEXT}"


class Opened:
    """The sheets of a workbook, each read one row after the other.

    openpyxl's own rows are not used: it makes up those that a sheet skips, be it a thousand million.
    """

    def __init__(self, data: bytes) -> None:
        reader = ExcelReader(io.BytesIO(data), read_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        # Tells which numbers are dates.
        apply_stylesheet(reader.archive, reader.wb)
        self._reader = reader
        self._strings = [*_strings(reader)]
        self._parts = {sheet.name: part.target for sheet, part in reader.parser.find_sheets()}
        if len(set(self._parts.values())) < len(reader.parser.sheets):
            # One part read as many sheets would be read without end.
            raise malformed()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def rows(self, name: str, columns: int = LAST_COLUMN) -> Iterator[tuple[int, Row]]:
        """The rows written in a sheet, in order: number from 0, and what stands in its first columns.

        Raises Invalid: SHEET_TOO_LARGE, SHEET_MALFORMED.
        """
        last = 0
        for count, (number, cells) in enumerate(self._written(name), 1):
            if count > _MOST_WRITTEN:
                raise too_many_rows(name)
            if not last < number <= LAST_ROW:
                # Twice the same row, or one that no spreadsheet has: which of them is meant?
                raise malformed()
            last = number
            yield (
                number - 1,
                {
                    cell["column"] - 1: Square(cell["value"], formula=cell["data_type"] == _FORMULA)
                    for cell in cells
                    if cell["value"] is not None and cell["column"] <= columns
                },
            )

    def _written(self, name: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        book: Any = self._reader.wb
        with self._reader.archive.open(self._parts[name]) as part:
            parser = _Parser(
                part,
                self._strings,
                epoch=book.epoch,
                date_formats=book._date_formats,  # noqa: SLF001 - openpyxl's parser is given them by openpyxl alone
                timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - as above
            )
            element: Any
            inside = 0
            for _, element in iterparse(part):  # noqa: S314 - the gate let no entity through
                inside += 1
                if inside > _MOST_IN_ROW:
                    raise malformed()
                if element.tag == ROW_TAG:
                    yield parser.parse_row(element)
                    element.clear()
                    inside = 0
                elif element.tag == DATA_TAG:
                    return


class _Parser(WorkSheetParser):
    """Reads the cells of a row; that one holds a formula is enough."""

    def parse_cell(self, element: Any) -> dict[str, Any]:  # noqa: ANN401 - openpyxl's signature
        """As openpyxl does, but for a text that stands in the cell itself."""
        text = element.find(INLINE_STRING)
        if text is None:
            return super().parse_cell(element)
        element.remove(text)
        return super().parse_cell(element) | {"value": _plain(text), "data_type": "s"}

    def parse_formula(self, element: object) -> str:  # noqa: ARG002 - openpyxl's signature
        """Not the formula: it may be long, shared by a thousand cells, and written out for each."""
        return "="


def _strings(reader: ExcelReader) -> Iterator[str]:
    """The texts that the cells name by their number. openpyxl makes an object of each run of letters."""
    package: Any = reader.package
    known = package.find(SHARED_STRINGS)
    if known is None:
        return
    with reader.archive.open(known.PartName[1:]) as part:
        for _, element in iterparse(part):  # noqa: S314 - the gate let no entity through
            if element.tag == _STRING:
                yield _plain(element)
                element.clear()


def _plain(element: Any) -> str:  # noqa: ANN401 - any of ElementTree's
    return "".join(text.text or "" for text in (*element.findall(_TEXT), *element.findall(_RUN)))


def too_many_rows(tab: str) -> Exception:
    """No dossier has as many rows."""
    return invalid("SHEET_TOO_LARGE", f"L’onglet {tab} a plus de {MOST_ROWS // 1000}\u202f000 rangs.")
