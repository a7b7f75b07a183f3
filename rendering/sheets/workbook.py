"""A dossier as a workbook with live formulas: recalculated, it gives what we give."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from rendering.sheets.fixed_sheet import FixedSheet
from rendering.sheets.hidden_sheets import write_passport, write_references
from rendering.sheets.layout import PASSPORT, REFERENCES, Layout
from rendering.sheets.rows_sheet import RowsSheet, last_row
from rendering.sheets.sources import Sources
from rendering.sheets.styles import OPTIONS, Styles
from rendering.sheets.summary_sheet import SummarySheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from resolvers.rows import DossierContent


def write_workbook(content: DossierContent, at: datetime, tabs: Sequence[str] | None = None) -> bytes:
    """The XLSX of a dossier whose every tab is in `content`; `tabs` have a sheet, all by default.

    The tabs of repeated groups have none: what formulas read there is written as it stands.
    """
    layout = Layout(content.pack)
    wanted = tabs or list(content.pack.tabs)
    chosen = [tab for tab in content.tabs if tab.code in wanted and tab.code in layout.tabs]
    ends = {tab.code: last_row(tab) for tab in chosen if layout.tabs[tab.code].dynamic}
    shown = frozenset(tab.code for tab in chosen)
    closed = content.closed_past
    sources = Sources(layout, shown, ends, withheld=content.dossier.withheld, closed_past=closed)
    made = io.BytesIO()
    workbook = Workbook(made, OPTIONS)
    styles = Styles(workbook)
    codes = [tab.code for tab in chosen]
    workbook.set_properties(
        {
            "title": f"{content.dossier.form} {content.dossier.year}",
            "author": "Harmonia",
            "created": at.replace(tzinfo=None),
        }
    )
    SummarySheet(workbook, styles).write(content, codes, at)
    for tab in chosen:
        kind = RowsSheet if layout.tabs[tab.code].dynamic else FixedSheet
        sheet = workbook.add_worksheet(tab.code)
        kind(content, layout.tabs[tab.code], sources, styles).write(sheet, tab)
    write_passport(workbook, workbook.add_worksheet(PASSPORT), content, codes)
    values = {f"{tab.code}.{place}": value for tab in content.tabs for place, value in tab.values.items()}
    write_references(workbook.add_worksheet(REFERENCES), content, sources, styles, values)
    workbook.close()
    return made.getvalue()
