"""A workbook of ours, filled and sent back: its passport, its layout, its values; not yet believed."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from rendering.sheets import gate
from rendering.sheets.gate import invalid, malformed
from rendering.sheets.layout import PASSPORT, VERSION, Layout
from rendering.sheets.opened import Opened
from rendering.sheets.passport import FORMAT, Passport, read_passport
from rendering.sheets.read_tabs import read_fixed, read_rows
from resolvers.addressee import check_addressee
from resolvers.loaded import FileOrigin, LoadedCell, LoadedFile, LoadedRow

if TYPE_CHECKING:
    from resolvers.rows import DossierRow

# A passport is a page at most: a longer one is none of ours.
_PASSPORT_ROWS: Final = 500


def read_workbook(data: bytes, dossier: DossierRow) -> LoadedFile:
    """The values of a workbook exported from this dossier.

    Raises Invalid: as `gate.check`; SHEET_FOREIGN (not ours, or laid out by another version),
    SHEET_OTHER_ORGANISM, SHEET_OTHER_CAMPAIGN, SHEET_OTHER_PACK; SHEET_TAB_MISSING; with the tab and the
    square, SHEET_COLUMN_MOVED, SHEET_LINE_MOVED, SHEET_FORMULA, SHEET_NUMBER_ENGLISH, SHEET_KEY.
    """
    gate.check(data)
    try:
        workbook = Opened(data)
    except Exception:  # noqa: BLE001 - openpyxl raises what its parts raise: whatever it is, it cannot be read
        raise malformed() from None
    try:
        return _file(workbook, dossier)
    except (KeyError, TypeError, AttributeError, SyntaxError, ValueError, IndexError):
        raise malformed() from None


def _file(workbook: Opened, dossier: DossierRow) -> LoadedFile:
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
        if code not in workbook or code not in layout.tabs:
            raise invalid(
                "SHEET_TAB_MISSING",
                f"La feuille {code} manque à ce classeur\u00a0: repartez du classeur exporté.",
                tab=code,
            )
        tab = layout.tabs[code]
        if tab.dynamic:
            rows += read_rows(tab, workbook.rows(code, len(tab.heads)))
        else:
            cells += read_fixed(pack, tab, workbook.rows(code))
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


def _passport(workbook: Opened) -> Passport:
    if PASSPORT in workbook:
        head = takewhile(lambda row: row[0] < _PASSPORT_ROWS, workbook.rows(PASSPORT))
        passport = read_passport(row for _, row in head)
        if passport is not None and passport.format == f"{FORMAT}/{VERSION}":
            return passport
    raise invalid(
        "SHEET_FOREIGN",
        "Ce classeur n’est pas un export de ce dossier, ou celui d’une autre version d’Harmonia\u00a0:"
        " exportez le dossier et reportez-y vos valeurs.",
    )
