"""The workbook: what it shows and locks, what comes back of it, each way of spoiling it refused."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from bench.sample import AT, REASON, reference_content
from models import Invalid
from rendering.sheets import gate
from rendering.sheets.layout import CODE_ROW, FIRST_ROW, LABEL_ROW, PASSPORT, REFERENCES, Layout
from rendering.sheets.reader import read_workbook
from rendering.sheets.workbook import write_workbook
from resolvers.loaded import FileOrigin, LoadedFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from resolvers.rows import DossierContent

TABS = ["A1", "A2", "F01"]


@cache
def content() -> DossierContent:
    return reference_content("forced")


@cache
def made() -> bytes:
    return write_workbook(content(), AT, TABS)


def read(data: bytes) -> LoadedFile:
    return read_workbook(data, content().dossier)


def changed(change: Callable[[Any], object]) -> bytes:
    """The workbook, opened, changed and saved again by another program."""
    workbook = load_workbook(io.BytesIO(made()))
    change(workbook)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def refusal(data: bytes) -> Invalid:
    with pytest.raises(Invalid) as found:
        read(data)
    return found.value


def test_every_value_comes_back_as_it_stood() -> None:
    whole = reference_content("plain")
    file = read_workbook(write_workbook(whole, AT), whole.dossier)
    assert (file.origin, file.form, file.year, file.pack) == (FileOrigin.SPREADSHEET, "ER", 2024, "ER/2024/1")
    typed = {
        f"{tab.code}.{place}": value
        for tab in whole.tabs
        for place, value in tab.values.items()
        if whole.pack.cells[f"{tab.code}.{place}"].kind.typed
    }
    assert {cell.id: cell.value for cell in file.cells if cell.value} == typed
    rows = {
        (tab.code, row.key): {
            code: value
            for code, value in row.values.items()
            if (column := whole.pack.tabs[tab.code].column(code)) is not None and column.formula is None
        }
        for tab in whole.tabs
        for row in tab.rows
    }
    assert {(row.tab, row.key): dict(row.values) for row in file.rows} == rows
    assert file.replaced == {code for code, tab in Layout(whole.pack).tabs.items() if tab.dynamic}


def test_what_computes_is_locked_and_what_is_forced_says_why() -> None:
    workbook, layout = load_workbook(io.BytesIO(made())), Layout(content().pack)
    sheet = workbook["A1"]
    assert sheet.protection.sheet
    assert (workbook[PASSPORT].sheet_state, workbook[REFERENCES].sheet_state) == ("veryHidden", "veryHidden")

    def square(cell: str) -> Any:  # noqa: ANN401 - openpyxl's cell
        place = layout.place(cell)
        return workbook[place.sheet].cell(place.row + 1, place.column + 1)

    assert (square("A1.L011.B").protection.locked, square("A1.L019.N").protection.locked) == (False, True)
    assert square("A1.L019.N").value.startswith("=IF(COUNT(")
    (tab,) = (tab for tab in content().tabs if tab.code == "A2")
    place, forced = next(iter(tab.forced.items()))
    assert str(square(f"A2.{place}").value) == str(float(forced.value)).removesuffix(".0")
    assert REASON in square(f"A2.{place}").comment.text
    assert square(f"A2.{place}").fill.fgColor.rgb.endswith("BFE6FF")
    assert square("A1.L011.N").number_format.startswith('[$-40C]"ƒ ')


def test_typed_over_forced_and_added_values_are_read() -> None:
    layout = Layout(content().pack)
    free = FIRST_ROW + len(next(tab for tab in content().tabs if tab.code == "F01").rows) + 1

    def change(workbook: Any) -> None:  # noqa: ANN401 - openpyxl's workbook
        place = layout.place("A1.L012.B")
        workbook["A1"].cell(place.row + 1, place.column + 1).value = "1 234,56"
        place = layout.place("A1.L012.P")
        workbook["A1"].cell(place.row + 1, place.column + 1).value = 0.1 + 0.2
        workbook["F01"].cell(free, layout.tabs["F01"].columns["C06"] + 1).value = 7

    file = read(changed(change))
    cells = {cell.id: cell for cell in file.cells}
    assert (cells["A1.L012.B"].value, cells["A1.L012.B"].forced) == ("1 234,56", False)
    assert (cells["A1.L012.P"].value, cells["A1.L012.P"].forced) == ("0.3", True)
    assert dict(file.rows[-1].values) == {"C06": "7"}
    assert file.rows[-1].key not in {row.key for row in file.rows[:-1]}


def _passport(name: str, value: str) -> Callable[[Any], object]:
    def change(workbook: Any) -> None:  # noqa: ANN401 - openpyxl's workbook
        for row in workbook[PASSPORT].iter_rows(max_col=2):
            if row[0].value == name:
                row[1].value = value

    return change


def _set(sheet: str, row: int, column: int, value: object) -> Callable[[Any], object]:
    return lambda workbook: setattr(workbook[sheet].cell(row + 1, column + 1), "value", value)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (_passport("siren", "552100554"), "SHEET_OTHER_ORGANISM", "552100554"),
        (_passport("annee", "2023"), "SHEET_OTHER_CAMPAIGN", "ER 2023"),
        (_passport("formulaire", "QDIS"), "SHEET_OTHER_CAMPAIGN", "QDIS 2024"),
        (_passport("pack", "ER/2024/9"), "SHEET_OTHER_PACK", "ER/2024/9"),
        (_passport("sceau", "0" * 64), "SHEET_OTHER_PACK", "a changé"),
        (_passport("format", "harmonia-xlsx/9"), "SHEET_FOREIGN", "exportez"),
        (_passport("annee", "9" * 5000), "SHEET_FOREIGN", "exportez"),
        (lambda workbook: workbook.remove(workbook[PASSPORT]), "SHEET_FOREIGN", "exportez"),
        (lambda workbook: workbook.remove(workbook["A1"]), "SHEET_TAB_MISSING", "feuille A1"),
        (lambda workbook: workbook["A1"].insert_cols(4), "SHEET_COLUMN_MOVED", "case D5"),
        (lambda workbook: workbook["A1"].delete_rows(9), "SHEET_LINE_MOVED", "ligne 9"),
        (lambda workbook: workbook["A1"].delete_rows(3, 500), "SHEET_COLUMN_MOVED", "case A5"),
        (_set("A1", LABEL_ROW, 3, "Montant"), "SHEET_COLUMN_MOVED", "Brut"),
        (_set("F01", CODE_ROW, 2, "C03"), "SHEET_COLUMN_MOVED", "F01, case C5"),
        (_set("A1", 500, 3, 12), "SHEET_LINE_MOVED", "ligne 501"),
        (_set("A1", FIRST_ROW + 1, 3, "=1+1"), "SHEET_FORMULA", "A1.L011.B"),
        (_set("F01", FIRST_ROW, 7, "=1+1"), "SHEET_FORMULA", "F01, case H7"),
        (_set("A1", FIRST_ROW + 1, 3, "1,234.56"), "SHEET_NUMBER_ENGLISH", "A1.L011.B"),
        (_set("A1", FIRST_ROW + 1, 3, " 1.234 "), "SHEET_NUMBER_ENGLISH", "case D8"),
        (_set("F01", FIRST_ROW, 7, "1234.5"), "SHEET_NUMBER_ENGLISH", "F01, case H7"),
        (_set("F01", FIRST_ROW, 0, "0002"), "SHEET_KEY", "case A8"),
        (lambda workbook: workbook["A1"].merge_cells("D8:E8"), "SHEET_MERGED", "fusion"),
    ],
)
def test_what_was_spoilt_is_told_with_its_place(
    change: Callable[[Any], object], code: str, said: str
) -> None:
    found = refusal(changed(change))
    assert found.code == code
    assert said in found.message
    assert found.path == ("file",)


def _zipped(**entries: bytes) -> bytes:
    return _packed(zipfile.ZIP_DEFLATED, entries)


def _packed(packing: int, entries: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, data in entries.items():
            archive.writestr(f"xl/worksheets/{name}.xml", data)
    return packed.getvalue()


def _lying() -> bytes:
    """An archive whose entry declares less than it holds."""
    data = bytearray(_zipped(sheet=b"a" * 5000))
    place = data.rindex((5000).to_bytes(4, "little"))
    data[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def _damaged(packing: int, places: slice) -> bytes:
    """An archive whose only entry no longer unfolds."""
    data = bytearray(_packed(packing, {"sheet": b"hello" * 2000}))
    begin = 30 + len("xl/worksheets/sheet.xml")
    packed = data[begin + (places.start or 0) : begin + places.stop]
    data[begin + (places.start or 0) : begin + places.stop] = bytes(byte ^ 0xFF for byte in packed)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * (gate.MOST_BYTES + 1), "SHEET_TOO_LARGE"),
        (b"not a workbook", "SHEET_MALFORMED"),
        (b"", "SHEET_MALFORMED"),
        (_zipped(sheet=b"<worksheet/>"), "SHEET_MALFORMED"),
        (_lying(), "SHEET_MALFORMED"),
        (_damaged(zipfile.ZIP_BZIP2, slice(0, 20)), "SHEET_MALFORMED"),
        (_damaged(zipfile.ZIP_LZMA, slice(4, 9)), "SHEET_MALFORMED"),
        (_zipped(sheet=b"\0" * (gate.MOST_UNFOLDED + 1)), "SHEET_BOMB"),
        (_zipped(**{f"s{number}": b"" for number in range(gate.MOST_ENTRIES + 1)}), "SHEET_BOMB"),
        (_zipped(sheet=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "SHEET_FORBIDDEN"),
        (_zipped(sheet="<a/>".encode("utf-16")), "SHEET_FORBIDDEN"),
    ],
)
def test_what_was_made_to_harm_is_refused_before_it_is_opened(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def _spoilt(part: str, old: bytes, new: bytes) -> bytes:
    """The workbook, one of whose parts says something else."""
    spoilt = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made())) as source,
        zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for name in source.namelist():
            data = source.read(name)
            assert name != part or old in data
            to.writestr(name, data.replace(old, new, 1) if name == part else data)
    return spoilt.getvalue()


END = b"</sheetData>"


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("xl/worksheets/sheet4.xml", END, b'<row r="1000000000000"/>' + END, "SHEET_MALFORMED"),
        ("xl/worksheets/sheet4.xml", END, b'<row r="3"/>' + END, "SHEET_MALFORMED"),
        ("xl/worksheets/sheet4.xml", END, b"<row/>" * 100_001 + END, "SHEET_TOO_LARGE"),
        ("xl/worksheets/sheet4.xml", END, b"<c/>" * gate.MOST_TAGS + END, "SHEET_BOMB"),
        (
            "xl/worksheets/sheet4.xml",
            END,
            b"<row>" + b"<c/>" * 1_000_000 + b"</row>" + END,
            "SHEET_MALFORMED",
        ),
        ("xl/styles.xml", b"</fonts>", b"<font/>" * gate.MOST_NAMED + b"</fonts>", "SHEET_BOMB"),
        ("xl/worksheets/sheet5.xml", END, b'<row r="1000000000000"/>' + END, "SHEET_MALFORMED"),
        ("xl/workbook.xml", b'r:id="rId3"', b'r:id="rId2"', "SHEET_MALFORMED"),
        ("xl/sharedStrings.xml", b"A1,A2,F01", b"A1,F01,F01", "SHEET_FOREIGN"),
    ],
)
def test_a_small_file_that_would_take_for_ever_is_refused(
    part: str, old: bytes, new: bytes, code: str
) -> None:
    data, started = _spoilt(part, old, new), time.process_time()
    assert (refusal(data).code, time.process_time() - started < 3) == (code, True)


def test_what_is_far_away_and_blank_costs_nothing() -> None:
    rows = b"".join(
        b'<row r="%d"><c r="ZZZ%d" s="1"/></row>' % (number, number) for number in range(4000, 7000)
    )
    data = _spoilt("xl/worksheets/sheet4.xml", END, rows + b'<row r="1048576"/>' + END)
    tracemalloc.start()
    file = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (file.rows, peak < 60_000_000) == (read(made()).rows, True)


def test_more_rows_than_a_tab_may_have_are_refused() -> None:
    rows = b"".join(b'<row r="%d"><c r="B%d"><v>1</v></c></row>' % (n, n) for n in range(9000, 59_001))
    found = refusal(_spoilt("xl/worksheets/sheet4.xml", END, rows + END))
    assert (found.code, "F01 a plus de 50\u202f000 rangs" in found.message) == ("SHEET_TOO_LARGE", True)


def test_a_workbook_cut_short_is_no_workbook() -> None:
    assert refusal(made()[:-2000]).code == "SHEET_MALFORMED"


def test_some_tabs_alone_keep_the_values_that_they_read_elsewhere() -> None:
    workbook = load_workbook(io.BytesIO(write_workbook(content(), AT, ["F10"])))
    assert workbook.sheetnames == ["Sommaire", "F10", PASSPORT, REFERENCES]
    copied = {
        row[0]: row[1] for row in workbook[REFERENCES].iter_rows(min_row=2, max_col=2, values_only=True)
    }
    ours = next(tab for tab in content().tabs if tab.code == "P2").values["L359.N"]
    assert str(copied["P2.L359.N"]) == str(float(ours)).removesuffix(".0")
    file = read_workbook(write_workbook(content(), AT, ["F10"]), content().dossier)
    assert {cell.id.partition(".")[0] for cell in file.cells} == {"F10"}
    assert file.replaced == frozenset()
