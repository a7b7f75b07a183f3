"""A list as a workbook, streamed: the sheet's XML goes into the archive as the rows come.

A library that writes workbooks keeps the whole sheet, or a file of it, until its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from zipstream import ZIP_DEFLATED, ZipStream

from rendering.lists.heads import rows_of
from rendering.lists.sheet_parts import DAY, HEAD, LABEL, NUMBER, TEXT, TITLE, TOLD, parts_of
from resolvers.list_columns import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rendering.lists.heads import ListHead

# A sheet has no more rows, whatever opens it.
MOST_ROWS: Final = 1_048_576 - HEAD
# Most of what deflating saves, for a quarter of its time.
_LEVEL: Final = 1
_WIDEST: Final = 26
_STYLES: Final = {Shape.DAY: DAY, Shape.NUMBER: NUMBER}


def sheet_list(head: ListHead, sheet: str) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """What makes the workbook of the database's lines, whose days are serial numbers; `sheet`: its name.

    Texts are texts, whatever they look like: nothing that people typed is a formula. At most 26 columns.
    """

    def written(lines: Iterator[bytes]) -> Iterator[bytes]:
        archive = ZipStream(compress_type=ZIP_DEFLATED, compress_level=_LEVEL)
        for name, content in parts_of(head, sheet):
            archive.add(content.encode(), name)
        archive.add(_sheet(head, lines), "xl/worksheets/sheet1.xml")
        yield from archive

    return written


def letter(place: int) -> str:
    """The letter of a column, the first at 0."""
    return chr(ord("A") + place)


def _sheet(head: ListHead, lines: Iterator[bytes]) -> Iterator[bytes]:
    yield _before(head).encode()
    cells = [
        (f'<c r="{letter(place)}', *_around(_STYLES.get(column.shape)))
        for place, column in enumerate(head.columns)
    ]
    for number, row in enumerate(rows_of(lines), HEAD + 1):
        told = "".join(
            f"{at}{number}{opening}{escape(value)}{closing}"
            for (at, opening, closing), value in zip(cells, row, strict=True)
            if value
        )
        yield f'<row r="{number}">{told}</row>'.encode()
    yield _after(head).encode()


def _around(style: int | None) -> tuple[str, str]:
    if style is None:
        return f'" s="{TEXT}" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
    return f'" s="{style}"><v>', "</v></c>"


def _before(head: ListHead) -> str:
    cols = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(head.columns, 1)
    )
    heads = [(letter(place), LABEL, column.head) for place, column in enumerate(head.columns)]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="{HEAD}" '
        f'topLeftCell="A{HEAD + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="14"/><cols>{cols}</cols><sheetData>'
        + _row(1, 24, [("A", TITLE, head.title)])
        + _row(2, 15, [("A", TOLD, f"{head.counted} · {head.made}")])
        + _row(3, 15, [("A", TOLD, " · ".join(head.asked))])
        + _row(HEAD, 22, heads)
    )


def _row(number: int, height: int, cells: Sequence[tuple[str, int, str]]) -> str:
    told = "".join(
        f'<c r="{at}{number}" s="{style}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        for at, style, value in cells
    )
    return f'<row r="{number}" ht="{height}" customHeight="1">{told}</row>'


def _after(head: ListHead) -> str:
    foot = escape(f"&L{head.title}&CPage &P / &N&R{head.made}")
    return (
        f'</sheetData><autoFilter ref="A{HEAD}:{letter(len(head.columns) - 1)}{HEAD + head.total}"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{foot}</oddFooter></headerFooter></worksheet>"
    )
