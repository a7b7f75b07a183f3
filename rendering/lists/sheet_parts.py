"""What a workbook of one list holds beside its sheet: names, styles, what is repeated on each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rendering.sheets.listing import DAY as DAY_SHOWN
from rendering.sheets.styles import BRAND, FONT, INK, LINE, PAPER, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rendering.lists.heads import ListHead

HEAD: Final = 4
TITLE, TOLD, LABEL, TEXT, DAY, NUMBER = range(1, 7)
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OOXML: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_OOXML}/spreadsheetml/2006/main"
_TIES: Final = f"{_OOXML}/officeDocument/2006/relationships"
_KINDS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES: Final = (
    f'{_XML}<Types xmlns="{_OOXML}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>'
)
_FIRST: Final = (
    f'{_XML}<Relationships xmlns="{_OOXML}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_TIES}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_SECOND: Final = (
    f'{_XML}<Relationships xmlns="{_OOXML}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_TIES}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_TIES}/styles" Target="styles.xml"/></Relationships>'
)


def parts_of(head: ListHead, sheet: str) -> Iterator[tuple[str, str]]:
    """The parts, by their names in the archive; `sheet`: the sheet's name, letters alone."""
    yield "[Content_Types].xml", _TYPES
    yield "_rels/.rels", _FIRST
    yield "xl/workbook.xml", _workbook(head, sheet)
    yield "xl/_rels/workbook.xml.rels", _SECOND
    yield "xl/styles.xml", _styles()


def _workbook(head: ListHead, sheet: str) -> str:
    last = chr(ord("A") + len(head.columns) - 1)
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_TIES}">'
        "<bookViews><workbookView/></bookViews><sheets>"
        f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets><definedNames>'
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"{sheet}!$A${HEAD}:${last}${HEAD + head.total}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{sheet}!${HEAD}:${HEAD}</definedName>'
        "</definedNames></workbook>"
    )


def _styles() -> str:
    """In the order of the constants above: the plain style, then theirs."""
    fonts = (_font(INK), _font(BRAND, 16, "<b/>"), _font(SOFT, 10, "<i/>"), _font(PAPER, 10, "<b/>"))
    pattern = '<fill><patternFill patternType="{}"{}</fill>'
    fills = (
        pattern.format("none", "/>"),
        pattern.format("gray125", "/>"),
        pattern.format("solid", f'><fgColor rgb="{_rgb(BRAND)}"/></patternFill>'),
    )
    line = f'<bottom style="thin"><color rgb="{_rgb(LINE)}"/></bottom>'
    borders = (
        "<border><left/><right/><top/><bottom/><diagonal/></border>",
        f"<border><left/><right/><top/>{line}<diagonal/></border>",
    )
    middle = '<alignment horizontal="left" vertical="center" wrapText="1"/>'
    left = '<alignment horizontal="left" vertical="top"/>'
    styles = (
        _style(), _style(font=1), _style(font=2), _style(font=3, fill=2, inside=middle),
        _style(border=1, inside=left), _style(border=1, shown=164, inside=left),
        _style(border=1, inside=left),
    )  # fmt: skip
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
        f'formatCode="{DAY_SHOWN}"/></numFmts>{_listed("fonts", fonts)}{_listed("fills", fills)}'
        f"{_listed('borders', borders)}"
        f"{_listed('cellStyleXfs', (_style(),))}{_listed('cellXfs', styles)}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _listed(name: str, items: tuple[str, ...]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


def _rgb(colour: str) -> str:
    return f"FF{colour[1:]}"


def _font(colour: str, size: int = 10, more: str = "") -> str:
    return f'<font>{more}<sz val="{size}"/><color rgb="{_rgb(colour)}"/><name val="{FONT}"/></font>'


def _style(*, font: int = 0, fill: int = 0, border: int = 0, shown: int = 0, inside: str = "") -> str:
    said = f'numFmtId="{shown}" fontId="{font}" fillId="{fill}" borderId="{border}"'
    applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
    return f"<xf {said} {applied}>{inside}</xf>" if inside else f"<xf {said} {applied}/>"
