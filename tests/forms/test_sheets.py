"""A pack as the sheets of a spreadsheet: nothing is lost, and what has moved is refused."""

from __future__ import annotations

import pytest

from forms import (
    PackError,
    PackKey,
    Sheets,
    files_from_sheet,
    list_packs,
    load_pack,
    pack_texts,
    read_pack_texts,
    sheet_rows,
)
from tests.forms.tiny import FORMULA, tiny_files

FILES = tiny_files(FORMULA.format(unit="eur", formula="A + B"), help="A1 | Aide", years="A1.L020 | A1.L011")
HEAD = ["Mot", "Onglet", "Code", "Comptes", "Libellé", "Genre", "Formule", "Options"]


@pytest.mark.parametrize("key", list_packs(), ids=str)
def test_every_pack_comes_back_whole(key: PackKey) -> None:
    files = {name: text for name, text in pack_texts(key).items() if name.endswith(".txt")}
    sheets = sheet_rows(files)
    # A spreadsheet gives rows of one width, and spaces that people leave.
    wide = {name: [[*row, "", "  "] for row in rows] for name, rows in sheets.items()}
    back = files_from_sheet(wide)
    assert {name: _lines(text) for name, text in back.items()} == {
        name: _lines(text) for name, text in files.items()
    }
    assert read_pack_texts(back).sha256 == load_pack(key).sha256
    assert sheet_rows(back) == sheets


def _lines(text: str) -> list[str]:
    """The lines, without the bar after which nothing comes."""
    return [line.rstrip().removesuffix("|").rstrip() for line in text.splitlines()]


def test_a_part_has_one_row_a_record() -> None:
    part = """\
# remarque | avec barre
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col A | a | S | nb

@col X | x | F | A * 2 | pct
L010 | | Titre | -
L011 | 20 | Un | S | na=X;unite=nb | f.X=1
L012 | 21 | Deux | C | L011 | cols=A
@inclure ER/2024/1 T01 | code=T1
L099 | | Fin | -
"""
    assert sheet_rows({"part-01.txt": part})["part-01"] == [
        HEAD,
        ["# remarque | avec barre"],
        ["@partie", "01", "Partie"],
        ["@onglet", "A1", "01", "Onglet", "État", "eur", "H", "fixe"],
        ["@col", "A1", "A", "", "a", "S", "", "nb"],
        [],
        ["@col", "A1", "X", "", "x", "F", "A * 2", "pct"],
        ["", "A1", "L010", "", "Titre", "-"],
        ["", "A1", "L011", "20", "Un", "S", "", "na=X;unite=nb", "f.X=1"],
        ["", "A1", "L012", "21", "Deux", "C", "L011", "cols=A"],
        ["@inclure", "ER/2024/1 T01", "code=T1"],
        ["", "T1", "L099", "", "Fin", "-"],
    ]
    assert files_from_sheet(sheet_rows({"part-01.txt": part})) == {"part-01.txt": part}


def test_stored_tests_are_no_sheets() -> None:
    sheets = sheet_rows(FILES | {"tests/un.json": "{}", "autre.txt": "x"})
    assert list(sheets) == [
        "pack", "part-01", "checks", "lists", "selections", "attachments", "cycle", "help", "years",
    ]  # fmt: skip
    head = ["Liste ou valeur", "Libellé"]
    assert sheets["lists"] == [head, ["@liste couleur", "Couleur"], ["rouge"], ["Bleu"]]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text", "place", "words"),
    [
        ("part-01", 1, 5, "Genre", "part-01:1:5", "« Libellé » est attendue ici"),
        ("checks", 1, 1, "", "checks:1:1", "« Règle » est attendue"),
        ("part-01", 4, 2, "Z9", "part-01:4:2", "« Z9 », et non « A1 »"),
        ("part-01", 9, 7, "A + B", "part-01:9:7", "C ou F"),
        ("part-01", 4, 4, "20", "part-01:4:4", "pas de comptes"),
        ("part-01", 9, 5, "a | b", "part-01:9:5", "barre verticale"),
        ("help", 2, 2, "a\nb", "help:2:2", "retour à la ligne"),
    ],
)
def test_what_no_pack_can_hold_is_refused_at_its_cell(
    sheet: str, row: int, column: int, text: str, place: str, words: str
) -> None:
    sheets = sheet_rows(FILES)
    cells = sheets[sheet][row - 1]
    cells += [""] * (column - len(cells))
    cells[column - 1] = text
    with pytest.raises(PackError) as caught:
        files_from_sheet(sheets)
    assert str(caught.value.place) == place
    assert words in caught.value.message.replace("\u00a0", " ")


@pytest.mark.parametrize("sheets", [{"Feuil1": [["a"]]}, {"part-01": []}, {"pack": [[]]}])
def test_a_sheet_that_is_none_of_a_pack_is_refused(sheets: Sheets) -> None:
    with pytest.raises(PackError) as caught:
        files_from_sheet(sheets)
    assert (caught.value.line, caught.value.column) == (1, 1)
