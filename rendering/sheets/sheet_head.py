"""What every sheet of a tab has alike: its title, its help, its protection, its page."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from rendering.pages.words import UNIT_SENTENCES
from rendering.sheets.layout import (
    CODE_ROW,
    FIRST_ROW,
    HELP_ROW,
    LABEL_ROW,
    STATEMENT_ROW,
    TITLE_ROW,
    TabLayout,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from rendering.sheets.styles import Styles
    from resolvers.rows import DossierContent

_HELP_WIDTH: Final = 150
_A4: Final = 9
# What the protection leaves to whoever fills the sheet; it has no password, for it only guards from slips.
_ALLOWED: Final = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def write_head(sheet: Worksheet, content: DossierContent, layout: TabLayout, styles: Styles) -> None:
    """Title, statement, unit, help, codes and labels of the columns."""
    tab, dossier = layout.tab, content.dossier
    sheet.write_string(TITLE_ROW, 0, f"{tab.code} – {tab.title}", styles.head("title"))
    sheet.set_row(TITLE_ROW, 24)
    said = [
        tab.statement,
        UNIT_SENTENCES.get(tab.unit, ""),
        f"{dossier.organism.name}, {dossier.form} {dossier.year}",
    ]
    sheet.write_string(STATEMENT_ROW, 0, " · ".join(each for each in said if each), styles.head("statement"))
    _write_help(sheet, content.pack.help.get(tab.code, ""), styles)
    for column, (code, label) in enumerate(layout.heads):
        sheet.write_string(CODE_ROW, column, code, styles.head("code"))
        sheet.write_string(LABEL_ROW, column, " ".join(label.split()), styles.head("label"))
    longest = max(len(label) for _, label in layout.heads)
    sheet.set_row(LABEL_ROW, 30 if longest <= 30 else 44)  # noqa: PLR2004 - two lines hold thirty letters


def _write_help(sheet: Worksheet, text: str, styles: Styles) -> None:
    """On the rows kept for it: a merged square, wrapped, would be refused when it comes back."""
    shown = textwrap.wrap(" ".join(text.split()), _HELP_WIDTH, max_lines=CODE_ROW - HELP_ROW, placeholder="…")
    for row, line in enumerate(shown, HELP_ROW):
        sheet.write_string(row, 0, line, styles.head("help"))


def finish(sheet: Worksheet, content: DossierContent, layout: TabLayout, freeze: int) -> None:
    """Protection, page, and heads that stay in sight."""
    sheet.protect("", _ALLOWED)
    sheet.freeze_panes(FIRST_ROW, freeze)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(CODE_ROW, LABEL_ROW)
    name = content.dossier.organism.name.replace("&", "&&")
    sheet.set_header(f"&L&8{name[:80]}&R&8{content.dossier.form} {content.dossier.year}")
    sheet.set_footer(f"&L&8{layout.tab.code}&R&8&P / &N")
