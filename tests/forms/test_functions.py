"""What each function comes to, blanks, wrong texts and wrong dates included, and what holds of all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import Data, Pack, PackError, evaluate, verify
from forms.iban import is_iban
from tests.forms.tiny import FORMULA, computed, formula_pack, line, row, tiny_pack

X = "A1.L011.X"


@pytest.mark.parametrize(
    ("formula", "cells", "expected"),
    [
        ("SIVIDE(A; B)", {"A": "5", "B": "7"}, "5"),
        ("SIVIDE(A; B)", {"B": "7"}, "7"),
        ("SIVIDE(A; B)", {}, None),
        ("SIVIDE(A; 0)", {}, "0"),
        ("SIVIDE(A; 1) * SIVIDE(B; 2)", {"A": "3"}, "6"),
        ("ABS(A)", {"A": "-3.5"}, "3.5"),
        ("ABS(A - B)", {"A": "1", "B": "4"}, "3"),
        ("ABS(A)", {}, None),
        # A blank is false, and a formula of blanks is blank.
        ("ET(A; B > 1; C)", {"A": "1", "B": "2", "C": "-1"}, "1"),
        ("ET(A; B)", {"A": "1"}, "0"),
        ("ET(A; B)", {}, None),
        ("OU(A; B)", {"A": "0", "B": "0.01"}, "1"),
        ("OU(A; B)", {"A": "0"}, "0"),
        ("NON(A)", {"A": "0"}, "1"),
        ("NON(A)", {"A": "2"}, "0"),
        ("NON(A)", {}, None),
        ("SI(ET(A = 1; NON(OU(B; C))); 10; 20)", {"A": "1"}, "10"),
        ("SI(ET(VIDEQ(A); VIDEQ(B)); 1; 0)", {}, "1"),
        ("DANS(A; 1; 2.5)", {"A": "2.5"}, "1"),
        ("DANS(A; 1; 2.5)", {"A": "2"}, "0"),
        ("DANS(A; 0)", {}, None),
        ("DANS(A; 0) + B", {"B": "0"}, "0"),
    ],
)
def test_a_function_of_numbers(
    tmp_path: Path, formula: str, cells: dict[str, str], expected: str | None
) -> None:
    assert computed(formula_pack(tmp_path, formula), line(**cells)).cells[X] == expected


def typed_pack(folder: Path, formula: str, unit: str = "nb", checks: str = "") -> Pack:
    """A and B are dates, C a text, D a colour of the list."""
    part = FORMULA.format(unit="texte", formula=f"{formula} | {unit}")
    for column, its_unit in (("A", "date"), ("B", "date"), ("D", "liste:couleur")):
        label = column.lower()
        part = part.replace(f"@col {column} | {label} | S", f"@col {column} | {label} | S | {its_unit}")
    return tiny_pack(folder, part, checks)


@pytest.mark.parametrize(
    ("formula", "cells", "expected"),
    [
        ("MOIS(A; B)", {"A": "2024-01-15", "B": "2024-03-14"}, "1"),
        ("MOIS(A; B)", {"A": "2024-01-15", "B": "2024-03-15"}, "2"),
        ("MOIS(B; A)", {"A": "2024-01-15", "B": "2024-03-14"}, "-1"),
        ("MOIS(A; B)", {"A": "2024-01-31", "B": "2024-02-29"}, "0"),
        ("MOIS(A; B)", {"A": "2024-01-01", "B": "2024-12-31"}, "11"),
        ("MOIS(A; B)", {"A": "2024-01-01"}, None),
        ("MOIS(A; C)", {"A": "2024-01-01", "C": "bientôt"}, None),
        ("JOURS(A; B)", {"A": "2024-02-28", "B": "2024-03-01"}, "2"),
        ("JOURS(A; B)", {"A": "2023-03-01", "B": "2023-02-28"}, "-1"),
        ('JOURS("2024-01-01"; A)', {"A": "2024-01-01"}, "0"),
        ("JOURS(A; B)", {"A": "2023-02-29", "B": "2024-01-01"}, None),
        ("JOURS(A; B)", {"A": "20240101", "B": "2024-01-01"}, None),
        ("ANNEE(A)", {"A": "1999-12-31"}, "1999"),
        ("ANNEE(A)", {"A": "31/12/1999"}, None),
        ("ANNEE(SIVIDE(A; B))", {"B": "2001-01-01"}, "2001"),
        ("A < B", {"A": "2024-01-01", "B": "2024-01-02"}, "1"),
        ("A < B", {"A": "2024-01-01", "B": "2024-01-01"}, "0"),
        ("A <= B", {"A": "2024-01-01", "B": "2024-01-01"}, "1"),
        ("A > B", {"A": "2024-01-03", "B": "2024-01-02"}, "1"),
        ("A >= B", {"A": "2024-01-01", "B": "2024-01-02"}, "0"),
        ("A < B", {"B": "2024-01-01"}, "0"),
        ("A >= B", {"A": "2024-01-01"}, "0"),
        ("A <= B", {"A": "0000-00-00", "B": "2024-01-01"}, "0"),
        ("A < B", {}, None),
        ('A >= "2024-06-30"', {"A": "2024-07-01"}, "1"),
        ("A = B", {"A": "2024-01-01", "B": "2024-01-01"}, "1"),
        ('DANS(C; "un"; "deux")', {"C": "deux"}, "1"),
        ('DANS(C; "un"; "deux")', {"C": "Deux"}, "0"),
        ('DANS(C; "un")', {}, None),
        ("DANS(D; liste:couleur)", {"D": "Bleu"}, "1"),
        ("DANS(D; liste:couleur)", {"D": "vert"}, "0"),
        ('DANS(D; "vert"; liste:couleur)', {"D": "vert"}, "1"),
        ("IBAN(C)", {"C": "FR14 2004 1010 0505 0001 3M02 606"}, "1"),
        ("IBAN(C)", {"C": "FR1420041010050500013M02607"}, "0"),
        ("IBAN(C)", {}, "0"),
        ("ABS(C)", {"C": "texte"}, "0"),
    ],
)
def test_a_function_of_texts(
    tmp_path: Path, formula: str, cells: dict[str, str], expected: str | None
) -> None:
    assert computed(typed_pack(tmp_path, formula), line(**cells)).cells[X] == expected


def test_a_blank_text_is_replaced_by_another(tmp_path: Path) -> None:
    pack = typed_pack(tmp_path, 'SIVIDE(C; "inconnu")', "texte")
    assert computed(pack, {}).cells[X] == "inconnu"
    assert computed(pack, line(C="connu")).cells[X] == "connu"


@pytest.mark.parametrize(
    ("typed", "failing"),
    [
        ({"A": "2024-01-01", "B": "2024-01-02"}, []),
        ({"A": "2024-01-02", "B": "2024-01-02"}, [("T-1", None)]),
        ({"A": "2024-01-02"}, []),
        ({"A": "2024-01-02", "B": "jamais"}, [("T-1", None)]),
    ],
)
def test_a_check_tells_which_date_comes_first(
    tmp_path: Path, typed: dict[str, str], failing: list[tuple[str, str | None]]
) -> None:
    checks = "T-1 | majeure | A1.L011.A | < | A1.L011.B | 0 | ignorer_si_un_vide | ordre\n"
    pack = typed_pack(tmp_path, "1", checks=checks)
    data = Data("OPH", line(**typed))
    assert [(a.check, a.gap) for a in verify(pack, data, evaluate(pack, data))] == failing


ROWS = """\
@partie 01 | Partie
@onglet D1 | 01 | Rangs | État | eur | H | dyn
@col T | Type | S | texte
@col N | Nombre | S | nb
@col P | Prix | S
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col X | x | C
L011 | | Location | C | SOMMESI(D1.P; D1.T; "location")
L012 | | Trois | C | SOMMESI(D1.P; D1.N; 3)
L013 | | Moins un | C | SOMMESI(D1.P; D1.N; -1)
L014 | | Rien | C | SOMMESI(D1.P; D1.T; "rien")
"""


def test_a_sum_takes_only_the_rows_that_hold_the_value(tmp_path: Path) -> None:
    rows = [
        row("a", T="location", N="3", P="1.5"),
        row("b", T="location", P="2"),
        row("c", N="3", P="4"),
        row("d", T="rien", N="-1"),
    ]
    cells = evaluate(tiny_pack(tmp_path, ROWS), Data("OPH", rows={"D1": rows})).cells
    assert list(cells.values()) == ["3.5", "5.5", None, None]


@pytest.mark.parametrize(
    ("formula", "code", "at"),
    [
        ("A < 3", "FORMULA_UNREADABLE", "<"),
        ("MOIS(A; 3)", "FORMULA_UNREADABLE", "MOIS"),
        ("1 + ANNEE(1)", "FORMULA_UNREADABLE", "ANNEE"),
        ("DANS(C; 3)", "FORMULA_UNREADABLE", "DANS"),
        ('DANS(1; "a")', "FORMULA_UNREADABLE", "DANS"),
        ("DANS(C; D)", "FORMULA_UNREADABLE", "DANS"),
        ("DANS(D; liste:fruit)", "REFERENCE_UNKNOWN", "liste:fruit"),
        ("liste:couleur", "FORMULA_UNREADABLE", "liste:couleur"),
        ("ABS(A; B)", "FORMULA_UNREADABLE", "ABS"),
        ("ET()", "FORMULA_UNREADABLE", "ET"),
        ('SOMMESI(A1.X; A1.X; "a")', "REFERENCE_UNKNOWN", "SOMMESI"),
        ("SOMMESI(A1.X; A1.X; A)", "FORMULA_UNREADABLE", "A)"),
    ],
)
def test_what_a_function_cannot_take_is_a_fault_of_the_pack(
    tmp_path: Path, formula: str, code: str, at: str
) -> None:
    with pytest.raises(PackError) as caught:
        typed_pack(tmp_path, formula)
    place = caught.value.place
    text = (tmp_path / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
    assert caught.value.code == code
    assert text[place.column - 1 :].startswith(at)


def test_a_check_of_a_date_and_a_number_is_a_fault(tmp_path: Path) -> None:
    checks = "T-1 | majeure | A1.L011.A | < | 3 | 0 | toujours | ordre\n"
    with pytest.raises(PackError) as caught:
        typed_pack(tmp_path, "1", checks=checks)
    assert (caught.value.code, caught.value.file, caught.value.column) == (
        "FORMULA_UNREADABLE",
        "checks.txt",
        17,
    )


LAW = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col A | a | S
@col B | b | S
@col D | d | S | date
@col E | e | S | date
@col R | r | C | ET(A; B)
@col S | s | C | NON(OU(NON(A); NON(B)))
@col T | t | C | SIVIDE(A; B)
@col U | u | C | SI(VIDEQ(A); B; A)
@col V | v | C | MAX(A; -A)
@col W | w | C | ABS(A)
@col X | x | C | JOURS(D; E) | nb
@col Y | y | C | MOIS(D; E) | nb
@col Z | z | C | (D < E) + (E <= D) | nb
L011 | | Ligne | S
"""
AMOUNTS = st.sampled_from(["0", "-1.5", "2", "0.01", "-9999999999999.99"])
DATES = st.dates().map(date.isoformat)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return tiny_pack(tmp_path_factory.mktemp("law"), LAW)


@settings(deadline=None, max_examples=50)
@given(
    st.fixed_dictionaries(
        {}, optional={"A": AMOUNTS, "B": AMOUNTS, "D": DATES, "E": DATES | st.just("2024-02-30")}
    )
)
def test_the_functions_keep_their_laws(law: Pack, typed: dict[str, str]) -> None:
    cells: Any = {name[-1]: value for name, value in computed(law, line(**typed)).cells.items()}
    assert cells["R"] == cells["S"]
    assert cells["T"] == cells["U"]
    assert cells["V"] == cells["W"]
    if "D" in typed and "E" in typed and typed["E"] != "2024-02-30":
        start, end = date.fromisoformat(typed["D"]), date.fromisoformat(typed["E"])
        assert timedelta(int(cells["X"])) == end - start
        whole = abs(int(cells["Y"]))
        first, last = sorted((start, end))
        months = last.year * 12 + last.month - first.year * 12 - first.month
        assert whole == months - (last.day < first.day)
        assert cells["Z"] == "1"
    else:
        assert cells["X"] is cells["Y"] is None
        assert cells["Z"] == ("0" if {"D", "E"} & typed.keys() else None)


@settings(deadline=None, max_examples=50)
@given(st.text("ABZ0189", min_size=23, max_size=23))
def test_an_account_number_has_one_key(text: str) -> None:
    keys = [f"FR{key:02}{text}" for key in range(2, 99)]
    assert sum(map(is_iban, keys)) == 1
    assert not any(is_iban(key[:-1]) for key in keys)


def test_a_list_that_is_not_there_is_told_where_a_column_asks_for_it(tmp_path: Path) -> None:
    part = FORMULA.format(unit="eur", formula="A").replace("@col B | b | S", "@col B | b | S | liste:fruit")
    with pytest.raises(PackError) as caught:
        tiny_pack(tmp_path, part)
    assert str(caught.value.place) == "part-01.txt:4:1"
