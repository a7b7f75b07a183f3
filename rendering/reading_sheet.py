"""Who has read an organism's dossiers, as a workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import xlsxwriter

from rendering.consent_sheet import DATE, HEAD
from rendering.pages.words import PARIS
from rendering.sheets.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resolvers.consent_rows import ReadingRow

NAME: Final = "registre-des-lectures.xlsx"
CHANNELS: Final[Mapping[str, str]] = {
    "screen": "À l’écran",
    "pdf": "Impression PDF",
    "zip": "Archive",
    "xml": "Fichier XML",
    "xlsx": "Classeur",
    "csv": "Fichier CSV",
    "attachment": "Pièce jointe",
    "copy": "Copie scellée",
    "api": "Système (API)",
}
COLUMNS: Final = (
    ("Premier instant du jour", 22),
    ("Personne ou système", 32),
    ("Organisation", 44),
    ("Formulaire", 12),
    ("Année", 8),
    ("Moyen", 20),
    ("Au titre de", 60),
)


def write_readings(rows: Sequence[ReadingRow], organism: str) -> bytes:
    """The workbook: one line a person, a dossier, a day and a way of reading; every column is filtered."""
    target = io.BytesIO()
    # What a person calls himself is never a formula.
    options = {"in_memory": True, "remove_timezone": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        styles = Styles(workbook)
        sheet = workbook.add_worksheet("Lectures")
        plain = styles.head("plain")
        moment = workbook.add_format({**DATE, "num_format": "[$-40C]dd/mm/yyyy hh:mm"})
        sheet.write_string(0, 0, f"Lectures des dossiers de {organism}", styles.head("title"))
        sheet.write_string(1, 0, f"{len(rows)} lecture(s)", styles.head("statement"))
        for column, (label, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD, column, label, styles.head("label"))
        for number, row in enumerate(rows, HEAD + 1):
            sheet.write_datetime(number, 0, row.at.astimezone(PARIS), moment)
            for column, text in enumerate(_texts(row), 1):
                sheet.write_string(number, column, text, plain)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.autofilter(HEAD, 0, HEAD + len(rows), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
    return target.getvalue()


def _texts(row: ReadingRow) -> tuple[str, ...]:
    channel = CHANNELS.get(row.channel, row.channel)
    return row.name, row.organization.name, row.form, str(row.year), channel, row.ref
