"""What a line has in common with the ER, and the functions of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import CommonTerm, FormFunction, Pack, PackError, canonical, lint, read_pack_texts
from tests.forms.tiny import tiny_files, write_pack

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
@partie 01 | Partie
@onglet Q1 | 01 | Onglet | État | eur | H | fixe
@col B | b | S
@col D | d | S
@col N | n | C | B - D
"""
ER = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col B | b | S
@col N | n | S
L011 | | Un | S
L012 | | Deux | S | unite=nb
"""


def common(options: str) -> dict[str, tuple[tuple[int, str], ...]]:
    pack = read_pack_texts(tiny_files(f"{HEAD}L011 | | Ligne | T | {options}\n"))
    cells = (cell for cell in pack.cells.values() if cell.common)
    return {cell.column: tuple((term.sign, term.cell) for term in cell.common) for cell in cells}


def test_a_line_names_the_cells_of_the_er_that_hold_the_same() -> None:
    assert common("er=A1.L019") == {"B": ((1, "A1.L019.B"),), "D": ((1, "A1.L019.D"),)}
    assert common("er.B=A1.L019.N + A1.L020 - A2.L011.P") == {
        "B": ((1, "A1.L019.N"), (1, "A1.L020.B"), (-1, "A2.L011.P"))
    }
    assert common("er=-A1.L019.N;er.N=A1.L011;unite=nb") == {
        "B": ((-1, "A1.L019.N"),),
        "D": ((-1, "A1.L019.N"),),
        "N": ((1, "A1.L011.N"),),
    }


@pytest.mark.parametrize(
    "text", ["er=", "er=A1", "er=A1.L019*2", "er=A1.L019+", "er.B=1", "er=A1.L019 A1.L020"]
)
def test_what_is_no_sum_of_cells_is_refused(text: str) -> None:
    with pytest.raises(PackError) as caught:
        common(text)
    assert (caught.value.file, caught.value.line, caught.value.column) == ("part-01.txt", 6, 22)
    assert "somme de cellules de l’ER" in caught.value.message


COMMON = f"""{HEAD}\
L011 | | Ligne | T | er=A1.L011
L012 | | Autre | T | unite=eur;er.B=A1.L012.N
"""


@pytest.mark.usefixtures("shelf")
def test_without_an_er_of_the_year_nothing_is_common() -> None:
    found = lint(read_pack_texts(tiny_files(COMMON)))
    told = [(item.line, item.column) for item in found if item.code == "COMMON_UNKNOWN"]
    # One for each cell: B and D of the first line, B of the second.
    assert told == [(6, 22), (6, 22), (7, 22)]


def test_the_linter_compares_with_the_er_of_the_year(shelf: Path) -> None:
    write_pack(shelf / "ER" / "2024" / "1", ER, pack="@formulaire ER | 2024 | 1 | Essai | Essai\n")
    found = lint(read_pack_texts(tiny_files(COMMON)))
    told = [(item.line, item.code, item.message) for item in found if item.code.startswith("COMMON")]
    assert told == [
        (6, "COMMON_UNKNOWN", "Q1.L011.D renvoie à A1.L011.D, que l’ER de cette année n’a pas."),
        (7, "COMMON_UNIT", "Q1.L012.B est en eur\u202f; A1.L012.N de l’ER est en nb."),
    ]


def test_the_functions_of_a_form_and_their_steps() -> None:
    text = "dossier:read | Lire le dossier | 0123456\ndossier:write | Saisir : oui | 1, 2\n"
    pack: Pack = read_pack_texts(tiny_files(ER, functions=text))
    assert pack.functions == (
        FormFunction("dossier:read", "Lire le dossier", (0, 1, 2, 3, 4, 5, 6)),
        FormFunction("dossier:write", "Saisir\u00a0: oui", (1, 2)),
    )


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "words"),
    [
        ("functions", "a | A | 7", 1, 9, "« 7 »"),
        ("functions", "a | A | 1\na | A | 1", 2, 1, "déjà"),
        ("functions", " | A | 1", 1, 2, "vide"),
        ("help", "A1", 1, 1, "Une aide"),
    ],
)
def test_a_fault_has_its_place(name: str, text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(PackError) as caught:
        read_pack_texts(tiny_files(ER, **{name: text}))
    assert (caught.value.file, caught.value.line, caught.value.column) == (f"{name}.txt", line, column)
    assert words in caught.value.message.replace("\u00a0", " ")


def test_all_of_it_is_sealed() -> None:
    plain = read_pack_texts(tiny_files(ER))
    common_line = ER.replace("Un | S", "Un | S | er=A1.L012")
    others = [
        read_pack_texts(tiny_files(common_line)),
        read_pack_texts(tiny_files(ER, help="A1 | Une aide\nA1 | en deux paragraphes")),
        read_pack_texts(tiny_files(ER, functions="a | A | 1")),
        read_pack_texts(tiny_files(ER, years="A1.L020 | A1.L011")),
    ]
    assert len({pack.sha256 for pack in [plain, *others]}) == 5
    assert canonical(others[1])["help"] == {"A1": "Une aide\nen deux paragraphes"}
    assert others[0].cells["A1.L011.N"].common == (CommonTerm(1, "A1.L012.N"),)
