"""The list of the organisms that gave a partner its access or not, as a workbook (manual §6.3)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import xlsxwriter

from rendering.pages.words import PARIS
from rendering.sheets.styles import FONT, INK, Styles
from resolvers.consent_rows import ConsentAnswer
from resolvers.convention_words import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.consent_list import Asked
    from resolvers.consent_rows import ListedRow

ANSWERS: Final = {
    ConsentAnswer.GIVEN: "Accès donné",
    ConsentAnswer.REFUSED: "Accès refusé",
    ConsentAnswer.NONE: "Sans réponse",
}
COLUMNS: Final = (
    ("SIREN", 12),
    ("Code", 10),
    ("Organisme", 48),
    ("Famille", 40),
    ("Département", 13),
    ("Réponse", 16),
    ("Date de la réponse", 18),
)
DATE: Final = {
    "num_format": "[$-40C]dd/mm/yyyy",
    "align": "left",
    "font_name": FONT,
    "font_size": 10,
    "font_color": INK,
}
HEAD: Final = 2


def sheet_name(asked: Asked) -> str:
    """`acces-donnes-ER-2024.xlsx`."""
    return f"acces-donnes-{asked.form}-{asked.year}.xlsx"


def write_consents(rows: Sequence[ListedRow], asked: Asked, partner: str, platform: str) -> bytes:
    """The workbook: one line an organism, by code; the heads stay in sight, and every column is filtered.

    SIREN, codes and departments are texts: a spreadsheet would take their zeros away.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "remove_timezone": True}) as workbook:
        styles = Styles(workbook)
        sheet = workbook.add_worksheet(f"{asked.form} {asked.year}")
        plain, day = styles.head("plain"), workbook.add_format(DATE)
        given = sum(row.answer is ConsentAnswer.GIVEN for row in rows)
        sheet.write_string(
            0, 0, f"Accès donnés à {partner} – {asked.form} {asked.year}", styles.head("title")
        )
        told = f"{platform}\u00a0: {given} accès donnés sur {len(rows)} organismes"
        sheet.write_string(1, 0, told, styles.head("statement"))
        for column, (label, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD, column, label, styles.head("label"))
        for number, row in enumerate(rows, HEAD + 1):
            for column, text in enumerate(_texts(row)):
                sheet.write_string(number, column, text, plain)
            if row.at is not None:
                sheet.write_datetime(number, len(COLUMNS) - 1, row.at.astimezone(PARIS), day)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.autofilter(HEAD, 0, HEAD + len(rows), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
    return target.getvalue()


def _texts(row: ListedRow) -> tuple[str, ...]:
    family = CATEGORIES.get(row.category, row.category)
    return row.siren, row.code, row.name, family, row.department, ANSWERS[row.answer]
