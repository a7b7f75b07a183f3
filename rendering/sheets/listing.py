"""A list as a workbook: a title, what it holds, one line an item; every column is filtered."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xlsxwriter import Workbook

from authz.clock import PARIS
from rendering.sheets.styles import FONT, INK, OPTIONS, Styles

DAY: Final = "[$-40C]dd/mm/yyyy"
MOMENT: Final = f"{DAY} hh:mm"
HEAD: Final = 2
A4: Final = 9
Line = Sequence[str | date | None]


@dataclass(frozen=True, slots=True)
class Listing:
    """`columns`: their heads and widths, in characters; `dates`: how a date or a moment is shown."""

    sheet: str
    title: str
    told: str
    columns: tuple[tuple[str, int], ...]
    dates: str = DAY


def write_listing(listing: Listing, lines: Iterable[Line]) -> bytes:
    """The workbook: the heads stay in sight. Moments are told in French time; None leaves a square blank.

    Codes and numbers are given as texts: a spreadsheet would take their zeros away.
    """
    target = io.BytesIO()
    with Workbook(target, {**OPTIONS, "remove_timezone": True}) as workbook:
        styles = Styles(workbook)
        sheet = workbook.add_worksheet(listing.sheet)
        plain, day = styles.head("plain"), workbook.add_format(_date_format(listing.dates))
        sheet.write_string(0, 0, listing.title, styles.head("title"))
        sheet.write_string(1, 0, listing.told, styles.head("statement"))
        for column, (label, width) in enumerate(listing.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD, column, label, styles.head("label"))
        number = HEAD
        for number, line in enumerate(lines, HEAD + 1):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(number, column, value, plain)
                elif value is not None:
                    sheet.write_datetime(number, column, _local(value), day)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.autofilter(HEAD, 0, number, len(listing.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
    return target.getvalue()


def _date_format(shown: str) -> dict[str, object]:
    return {"num_format": shown, "align": "left", "font_name": FONT, "font_size": 10, "font_color": INK}


def _local(value: date) -> date:
    return value.astimezone(PARIS) if isinstance(value, datetime) else value
