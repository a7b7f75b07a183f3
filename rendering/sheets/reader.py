"""A workbook of ours, filled and sent back: its passport, its layout, its values; not yet believed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook

from rendering.sheets import gate
from rendering.sheets.gate import invalid, malformed
from rendering.sheets.layout import PASSPORT, VERSION, Layout
from rendering.sheets.passport import FORMAT, Passport, read_passport
from rendering.sheets.read_tabs import read_fixed, read_rows
from rendering.sheets.squares import squares
from resolvers.addressee import check_addressee
from resolvers.loaded import FileOrigin, LoadedCell, LoadedFile, LoadedRow

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from resolvers.rows import DossierRow

# A passport is a page at most: a longer one is none of ours.
_PASSPORT_ROWS: Final = 500


def read_workbook(data: bytes, dossier: DossierRow) -> LoadedFile:
    """The values of a workbook exported from this dossier.

    Raises Invalid: as `gate.check`; SHEET_FOREIGN (not ours, or laid out by another version),
    SHEET_OTHER_ORGANISM, SHEET_OTHER_CAMPAIGN, SHEET_OTHER_PACK; SHEET_TAB_MISSING; with the tab and the
    square, SHEET_COLUMN_MOVED, SHEET_LINE_MOVED, SHEET_FORMULA, SHEET_KEY.
    """
    gate.check(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - openpyxl raises what its parts raise: whatever it is, it cannot be read
        raise malformed() from None
    try:
        return _file(workbook, dossier)
    except (KeyError, TypeError, AttributeError, SyntaxError, ValueError, IndexError):
        raise malformed() from None
    finally:
        workbook.close()


def _file(workbook: Workbook, dossier: DossierRow) -> LoadedFile:
    passport = _passport(workbook)
    head = _loaded(passport)
    check_addressee(dossier, head, same_pack=True)
    pack = dossier.definition
    if passport.seal != pack.sha256:
        raise invalid(
            "SHEET_OTHER_PACK",
            "Le formulaire a changé depuis l’export de ce classeur\u00a0: exportez de nouveau le dossier"
            " et reportez-y vos valeurs.",
        )
    layout = Layout(pack)
    cells: list[LoadedCell] = []
    rows: list[LoadedRow] = []
    for code in passport.tabs:
        if code not in workbook.sheetnames or code not in layout.tabs:
            raise invalid(
                "SHEET_TAB_MISSING",
                f"La feuille {code} manque à ce classeur\u00a0: repartez du classeur exporté.",
                tab=code,
            )
        found = squares(_rows(workbook, code))
        if layout.tabs[code].dynamic:
            rows += read_rows(layout.tabs[code], found)
        else:
            cells += read_fixed(pack, layout.tabs[code], found)
    dynamic = frozenset(code for code in passport.tabs if layout.tabs[code].dynamic)
    return _loaded(passport, tuple(cells), tuple(rows), dynamic)


def _loaded(
    passport: Passport,
    cells: tuple[LoadedCell, ...] = (),
    rows: tuple[LoadedRow, ...] = (),
    replaced: frozenset[str] = frozenset(),
) -> LoadedFile:
    return LoadedFile(
        form=passport.form,
        year=passport.year,
        siren=passport.siren,
        pack=passport.pack,
        cells=cells,
        rows=rows,
        origin=FileOrigin.SPREADSHEET,
        replaced=replaced,
    )


def _passport(workbook: Workbook) -> Passport:
    if PASSPORT in workbook.sheetnames:
        sheet: Any = workbook[PASSPORT]
        passport = read_passport(squares(sheet.iter_rows(max_row=_PASSPORT_ROWS)))
        if passport is not None and passport.format == f"{FORMAT}/{VERSION}":
            return passport
    raise invalid(
        "SHEET_FOREIGN",
        "Ce classeur n’est pas un export de ce dossier, ou celui d’une autre version d’Harmonia\u00a0:"
        " exportez le dossier et reportez-y vos valeurs.",
    )


def _rows(workbook: Workbook, code: str) -> Any:  # noqa: ANN401 - openpyxl's rows
    sheet: Any = workbook[code]
    # What a file declares of its extent may be false, or immense.
    sheet.reset_dimensions()
    return sheet.iter_rows()
