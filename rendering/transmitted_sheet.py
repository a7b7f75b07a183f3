"""The list of the organisms that had transmitted by a day, as a workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import xlsxwriter

from rendering.consent_sheet import DATE
from rendering.pages.words import PARIS
from rendering.sheets.styles import Styles
from resolvers.convention_words import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from resolvers.campaign_rows import Asked, TransmittedRow

COLUMNS: Final = (
    ("SIREN", 12),
    ("Code", 10),
    ("Organisme", 48),
    ("Famille", 40),
    ("Département", 13),
    ("Étape actuelle", 26),
    ("Date de transmission", 20),
    ("Dernier jour", 14),
    ("Retard", 10),
)
HEAD: Final = 2
# Where the two dates stand.
SENT, DUE, LATE = 6, 7, 8


def transmitted_name(asked: Asked, by: date) -> str:
    """`transmis-ER-2024-au-2025-06-30.xlsx`."""
    return f"transmis-{asked.form}-{asked.year}-au-{by.isoformat()}.xlsx"


def write_transmitted(rows: Sequence[TransmittedRow], asked: Asked, by: date, platform: str) -> bytes:
    """The workbook: one line an organism, by code; the heads stay in sight, and every column is filtered.

    SIREN, codes and departments are texts: a spreadsheet would take their zeros away.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "remove_timezone": True}) as workbook:
        styles = Styles(workbook)
        sheet = workbook.add_worksheet(f"{asked.form} {asked.year}")
        title = f"Organismes ayant transmis au {by:%d/%m/%Y} – {asked.form} {asked.year}"
        sheet.write_string(0, 0, title, styles.head("title"))
        sheet.write_string(1, 0, _told(rows, platform), styles.head("statement"))
        for column, (label, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD, column, label, styles.head("label"))
        plain, day = styles.head("plain"), workbook.add_format(DATE)
        for number, row in enumerate(rows, HEAD + 1):
            for column, text in enumerate(_texts(row)):
                sheet.write_string(number, column, text, plain)
            sheet.write_datetime(number, SENT, row.at.astimezone(PARIS), day)
            if row.due_on is not None:
                sheet.write_datetime(number, DUE, row.due_on, day)
            sheet.write_string(number, LATE, "Oui" if row.late else "", plain)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.autofilter(HEAD, 0, HEAD + len(rows), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
    return target.getvalue()


def _told(rows: Sequence[TransmittedRow], platform: str) -> str:
    count, late = len(rows), sum(row.late for row in rows)
    word = "organisme" if count <= 1 else "organismes"
    return f"{platform}\u00a0: {count} {word}, dont {late} après le dernier jour"


def _texts(row: TransmittedRow) -> tuple[str, ...]:
    dossier = row.dossier
    one = dossier.organism
    family = CATEGORIES.get(one.category, one.category)
    step = dossier.definition.cycle.label(dossier.step)
    return one.siren, one.code, one.name, family, one.department, step
