"""A form as a workbook of the same columns, for those who would rather not edit text files."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter
from openpyxl import load_workbook

from forms import PackError, files_from_sheet, sheet_rows
from models import Invalid
from rendering.sheets import gate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
PATH = ("upload", "sheet")
MOST_SHEETS = 100
WIDTH = 18
MOST_NUMBER = 10**15


def read_sheet(content: bytes) -> tuple[tuple[str, str], ...]:
    """The files that a workbook holds, name and text; stored tests are no sheets.

    Raises Invalid: SHEET_TOO_LARGE, as `gate.check`, SHEET_FORMULA, SHEET_VALUE, SHEET_ROWS, and with sheet,
    row and column PACK_SHEET_INVALID.
    """
    if len(content) > MOST_BYTES:
        raise too_large()
    try:
        gate.check(content)
    except Invalid as refusal:
        # Said of a form: the gate speaks of the workbook of a dossier.
        raise (malformed() if refusal.code == "SHEET_MALFORMED" else refusal) from None
    sheets = _sheets(content)
    try:
        return tuple(files_from_sheet(sheets).items())
    except PackError as error:
        where = f"Feuille « {error.file} », ligne {error.line}, colonne {error.column} : "
        path = (*PATH, error.file, str(error.line), str(error.column))
        raise Invalid("PACK_SHEET_INVALID", where + error.message, path=path) from error


def _sheets(content: bytes) -> dict[str, list[list[str]]]:
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:
        raise malformed() from error
    try:
        if len(workbook.sheetnames) > MOST_SHEETS:
            raise _too_many()
        return {name: list(_rows(workbook[name])) for name in workbook.sheetnames}
    except (KeyError, TypeError, AttributeError, SyntaxError, IndexError, ValueError) as error:
        raise malformed() from error
    finally:
        workbook.close()


def _rows(sheet: Any) -> Iterator[list[str]]:  # noqa: ANN401 - openpyxl's sheets have no common type
    # What a file declares of its extent may be false, or immense.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise _too_many()
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:  # noqa: ANN401 - openpyxl's cells have no common type
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise Invalid(
            "SHEET_FORMULA",
            f"La case {cell.coordinate} contient une formule de tableur : remplacez-la "
            "par son texte, au format « Texte ».",
            path=(*PATH, cell.coordinate),
        )
    if isinstance(value, str) and cell.data_type != "e":
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST_NUMBER:
        return str(int(value)) if value == int(value) else repr(value)
    raise Invalid(
        "SHEET_VALUE",
        f"La case {cell.coordinate} ne contient pas un texte : mettez-la au format « Texte », puis "
        "retapez-la.",
        path=(*PATH, cell.coordinate),
    )


def write_sheet(files: Mapping[str, str]) -> bytes:
    """The workbook of a form: every square is text, so that no spreadsheet turns `01` into 1."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        text = workbook.add_format({"num_format": "@", "valign": "top"})
        head = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for name, rows in sheet_rows(files).items():
            sheet = workbook.add_worksheet(name)
            sheet.set_column(0, len(rows[0]) - 1, WIDTH, text)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write_string(number, column, value, text if number else head)
    return target.getvalue()


def write_archive(files: Mapping[str, str]) -> bytes:
    """The texts of a form in one ZIP file, the same bytes for the same texts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def too_large() -> Invalid:
    """More than a form can be."""
    return Invalid(
        "SHEET_TOO_LARGE",
        f"Le classeur dépasse {MOST_BYTES // 1_000_000} Mo, ou serait démesuré une fois décompressé : "
        "n’y laissez que le formulaire.",
        path=PATH,
    )


def _too_many() -> Invalid:
    return Invalid(
        "SHEET_ROWS",
        f"Une feuille dépasse {MOST_ROWS} lignes ou {MOST_COLUMNS} colonnes, ou les feuilles sont plus de "
        f"{MOST_SHEETS} : supprimez celles qui ne sont pas du formulaire.",
        path=PATH,
    )


def malformed() -> Invalid:
    """What is no workbook, or one that cannot be read."""
    return Invalid(
        "SHEET_MALFORMED",
        "Ce fichier n’est pas un classeur XLSX lisible : enregistrez-le de nouveau depuis votre tableur.",
        path=PATH,
    )
