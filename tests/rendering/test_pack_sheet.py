"""A form as a workbook: the same form back; what is no form, or no text, is refused with its place."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from forms import list_packs, pack_texts, read_pack_texts
from models import Invalid
from rendering import pack_sheet
from rendering.pack_sheet import read_sheet, write_archive, write_sheet


@pytest.mark.parametrize("key", [key for key in list_packs() if key.form != "ER"], ids=str)
def test_a_form_comes_back_the_same_from_its_workbook(key: Any) -> None:  # noqa: ANN401 - a key
    files = dict(pack_texts(key))
    back = dict(read_sheet(write_sheet(files)))
    tests = {name: text for name, text in files.items() if name.startswith("tests/")}
    assert read_pack_texts({**back, **tests}).sha256 == read_pack_texts(files).sha256


def test_every_square_is_a_text() -> None:
    (key,) = [key for key in list_packs() if str(key) == "SEM/2024/1"]
    workbook = load_workbook(io.BytesIO(write_sheet(pack_texts(key))))
    kinds = {
        cell.data_type
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds == {"s"}


def workbook(change: Any) -> bytes:  # noqa: ANN401 - what the test does to the workbook
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "lists"
    sheet.append(["Liste ou valeur", "Libellé"])
    sheet.append(["@liste couleur", "Couleur"])
    change(made, sheet)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def put(square: str, value: object) -> Any:  # noqa: ANN401 - a change
    def change(_: Workbook, sheet: Any) -> None:  # noqa: ANN401 - openpyxl's sheets
        sheet[square] = value

    return change


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 90_000_000)
    return target.getvalue()


def test_numbers_and_blank_squares_are_read_as_they_are_seen() -> None:
    content = workbook(lambda _, sheet: [sheet.append([2024]), sheet.append([]), sheet.append([1.5])])
    assert dict(read_sheet(content)) == {"lists.txt": "@liste couleur | Couleur\n2024\n\n1.5\n"}


@pytest.mark.parametrize(
    ("code", "place", "content"),
    [
        ("SHEET_MALFORMED", "", lambda: b"no workbook"),
        ("SHEET_TOO_LARGE", "", lambda: b"x" * (pack_sheet.MOST_BYTES + 1)),
        ("SHEET_BOMB", "", bomb),
        ("SHEET_FORMULA", "B2", lambda: workbook(put("B2", "=1+1"))),
        ("SHEET_VALUE", "A3", lambda: workbook(put("A3", date(2024, 1, 1)))),
        ("SHEET_VALUE", "A3", lambda: workbook(put("A3", value=True))),
        ("SHEET_VALUE", "A3", lambda: workbook(put("A3", 1e300))),
        ("SHEET_VALUE", "A3", lambda: workbook(put("A3", "#DIV/0!"))),
        ("SHEET_ROWS", "", lambda: workbook(put("A20001", "x"))),
        ("SHEET_ROWS", "", lambda: workbook(put("CC1", "x"))),
        ("PACK_SHEET_INVALID", "colonne 1", lambda: workbook(put("A1", "Libellé"))),
        ("PACK_SHEET_INVALID", "Autre", lambda: workbook(lambda made, _: made.create_sheet("Autre"))),
    ],
)
def test_a_workbook_that_holds_no_form_is_refused_with_its_place(code: str, place: str, content: Any) -> None:  # noqa: ANN401 - a function
    with pytest.raises(Invalid) as caught:
        read_sheet(content())
    assert caught.value.code == code
    assert place in caught.value.message


def test_the_archive_holds_the_texts_and_is_the_same_each_time() -> None:
    files = {"tests/a.json": "{}", "pack.txt": "é\n"}
    content = write_archive(files)
    assert content == write_archive(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == files
