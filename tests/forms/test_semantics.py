"""What formulas come to, one rule of the specification (§8.4) at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms import Data, EntryError, Pack, evaluate, verify
from tests.forms.tiny import computed, formula_pack, line, row, tiny_pack

X = "A1.L011.X"


@pytest.mark.parametrize(
    ("formula", "cells", "expected"),
    [
        # Blank and zero are two things; a blank counts as zero beside anything else.
        ("A + B - C", {}, None),
        ("A + B - C", {"A": "5"}, "5"),
        ("A + B - C", {"A": "0"}, "0"),
        ("A - B", {"A": "1.1", "B": "1.1"}, "0"),
        ("A + 1", {}, None),
        ("VIDE() + VIDE()", {}, None),
        ("(VIDE() - VIDE()) * A", {"A": "1"}, None),
        ("A + VIDE()", {"A": "1"}, "1"),
        ("MAX(0 - A; 0)", {}, None),
        ("MAX(0 - A; 0)", {"A": "-3"}, "3"),
        ("MIN(A; B)", {"B": "4"}, "0"),
        ("MAX(A; B)", {"B": "-4"}, "0"),
        ("SI(A < 3; 1; 0)", {}, None),
        ("SI(A < 3; B; 0)", {"B": "7"}, "7"),
        ("-A", {"A": "2"}, "-2"),
        ("-A", {}, None),
        ("(A + B) / C", {"C": "2"}, None),
        # × and ÷ are rounded at 10⁻⁶, half away from zero, then the cell to its unit.
        ("A * B", {"A": "0.05", "B": "0.1"}, "0.01"),
        ("A * B", {"A": "-0.05", "B": "0.1"}, "-0.01"),
        ("A * B", {"A": "3"}, None),
        ("A / B", {"A": "1", "B": "3"}, "0.33"),
        ("A / B", {"A": "-2", "B": "3"}, "-0.67"),
        ("A / B", {"A": "2", "B": "-3"}, "-0.67"),
        ("A / B", {"A": "1", "B": "0"}, None),
        ("A / B", {"A": "1"}, None),
        ("A / B", {"B": "4"}, None),
        ("A / B * C", {"A": "1", "B": "3", "C": "1000000"}, "333333"),
        ("ARRONDI(A; 0)", {"A": "2.5"}, "3"),
        ("ARRONDI(A; 0)", {"A": "-2.5"}, "-3"),
        ("ARRONDI(A; 1)", {"A": "2.25"}, "2.3"),
        ("ARRONDI(A; -2)", {"A": "1250"}, "1300"),
        # Comparisons give one or zero, and take a blank for zero.
        ("A = B", {"A": "0"}, "1"),
        ("A <> B", {"A": "0"}, "0"),
        ("A >= B", {"A": "1"}, "1"),
        ("SI(A; 1; 2)", {"A": "5"}, "1"),
        ("SI(A = 0; VIDE(); 1 / A)", {"A": "0"}, None),
        ("SI(A = 0; VIDE(); B / A)", {"A": "4", "B": "2"}, "0.5"),
        ("VIDEQ(A)", {}, "1"),
        ("VIDEQ(A)", {"A": "0"}, "0"),
        ('PARAM("seuil") + A', {"A": "1"}, "4"),
        ('PARAM("seuil")', {}, "3"),
        # A variation has no sign, and none without a value to start from.
        ("VARPCT(A; B)", {"A": "80", "B": "100"}, "20"),
        ("VARPCT(A; B)", {"A": "120", "B": "-100"}, "220"),
        ("VARPCT(A; B)", {"A": "120", "B": "0"}, None),
        ("VARPCT(A; B)", {"B": "100"}, None),
        # Amounts keep every digit where floats would not.
        ("A + B", {"A": "9999999999999.99", "B": "0.01"}, "10000000000000"),
        ("A * B", {"A": "9999999999999.99", "B": "9999999.99"}, "99999999899999900000"),
    ],
)
def test_a_formula_comes_to(
    tmp_path: Path, formula: str, cells: dict[str, str], expected: str | None
) -> None:
    assert computed(formula_pack(tmp_path, formula), line(**cells)).cells[X] == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("eur", "1.67"), ("keur", "1.667"), ("nb", "2"), ("pct", "1.67"), ("annee", "2")],
)
def test_a_cell_is_rounded_to_the_scale_of_its_unit(tmp_path: Path, unit: str, expected: str) -> None:
    pack = formula_pack(tmp_path, "A / B", unit)
    assert computed(pack, line(A="5", B="3")).cells[X] == expected


TEXTS = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | texte | H | id
@col V | Valeur | S
@col X | x | C | SI(V = "oui"; 1; 0) | nb
@col Y | y | C | LUHN(V) | nb
@col Z | z | C | V + 1 | nb
@col W | w | C | V
@col Q | q | F | V#
@col R | r | C | SI(V = "oui"; "accord"; V)
L011 | | Ligne | S
"""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"V": "oui"}, {"X": "1", "Y": "0", "Z": "1", "W": "oui", "R": "accord"}),
        ({"V": "732829320"}, {"X": "0", "Y": "1", "Z": "1", "W": "732829320", "R": "732829320"}),
        ({"V": "732829321"}, {"X": "0", "Y": "0", "Z": "1", "W": "732829321"}),
        ({}, {"X": None, "Y": "0", "Z": None, "W": None, "R": None}),
    ],
)
def test_a_text_is_looked_at_by_comparisons_only(
    tmp_path: Path, typed: dict[str, str], expected: dict[str, str | None]
) -> None:
    cells = computed(tiny_pack(tmp_path, TEXTS), line(**typed)).cells
    assert {column: cells[f"A1.L011.{column}"] for column in expected} == expected


def test_last_year_and_forcing_hold_texts_too(tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path, TEXTS)
    data = Data("OPH", {}, forced={"A1.L011.Q": "autre"}, previous={"A1.L011.V": "hier"})
    evaluation = evaluate(pack, data)
    assert evaluation.cells["A1.L011.Q"] == "autre"
    assert evaluation.automatic == {"A1.L011.Q": "hier"}


ROWS = """\
@partie 01 | Partie
@onglet D1 | 01 | Rangs | État | eur | H | dyn
@col C01 | Nom | S | texte
@col C02 | Montant | S
@col C03 | Part | C | SI(C01 = "moitié"; C02 / 2; C02)
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col N | n | C
L011 | | Nombre | C | NBLIG(D1) | unite=nb
L012 | | Montant | C | COL(D1.C02)
L013 | | Part | C | COL(D1.C03)
"""


def test_rows_are_computed_one_by_one_and_read_as_sums(tmp_path: Path) -> None:
    rows = [row("a", C01="moitié", C02="5"), row("b", C02="7"), row("c", C01="vide")]
    evaluation = evaluate(tiny_pack(tmp_path, ROWS), Data("OPH", rows={"D1": rows}))
    assert evaluation.rows == {"D1": [{"C03": "2.5"}, {"C03": "7"}, {"C03": None}]}
    assert evaluation.cells == {"A1.L011.N": "3", "A1.L012.N": "12", "A1.L013.N": "9.5"}


def test_without_rows_a_count_is_zero_and_a_sum_is_blank(tmp_path: Path) -> None:
    evaluation = evaluate(tiny_pack(tmp_path, ROWS), Data("OPH"))
    assert evaluation.rows == {"D1": []}
    assert evaluation.cells == {"A1.L011.N": "0", "A1.L012.N": None, "A1.L013.N": None}


CHECKS = """\
T-1 | bloquante | A1.L011.A | = | A1.L011.B | 0 | ignorer_si_tout_vide | égalité
T-2 | majeure | A1.L011.A | <= | A1.L011.B | 1 | ignorer_si_un_vide | au plus
T-3 | mineure | VIDEQ(A1.L011.A) | = | 0 | 0 | toujours | présence
T-4 | mineure | A1.L011.A | >= | 0 | 0 | ignorer_si_tout_vide | positif
T-5 | mineure | A1.L011.A | <> | A1.L011.C | 0 | ignorer_si_un_vide | différence
T-6 | mineure | A1.L011.A | < | A1.L011.D | 0 | ignorer_si_un_vide | moins
T-7 | mineure | A1.L011.A | > | A1.L011.D | 0 | ignorer_si_un_vide | plus
"""


@pytest.mark.parametrize(
    ("cells", "gaps"),
    [
        ({}, {"T-3": "1"}),
        ({"A": "0"}, {}),
        ({"A": "3"}, {"T-1": "3"}),
        ({"B": "3"}, {"T-1": "-3", "T-3": "1"}),
        ({"A": "3", "B": "2"}, {"T-1": "1"}),
        ({"A": "3.01", "B": "2"}, {"T-1": "1.01", "T-2": "1.01"}),
        ({"A": "-1", "B": "-1"}, {"T-4": "-1"}),
        ({"A": "2", "B": "2", "C": "2"}, {"T-5": "0"}),
        ({"A": "2", "B": "2", "D": "2"}, {"T-6": "0", "T-7": "0"}),
        ({"A": "2", "B": "2", "D": "3"}, {"T-7": "-1"}),
    ],
)
def test_a_check_fails_with_its_gap(tmp_path: Path, cells: dict[str, str], gaps: dict[str, str]) -> None:
    pack = formula_pack(tmp_path, "A", checks=CHECKS)
    data = Data("OPH", line(**cells))
    assert {found.check: found.gap for found in verify(pack, data, evaluate(pack, data))} == gaps


def test_a_check_between_texts_has_no_gap(tmp_path: Path) -> None:
    checks = 'T-1 | majeure | A1.L011.V | = | "oui" | 0 | ignorer_si_tout_vide | accord\n'
    pack = tiny_pack(tmp_path, TEXTS, checks)
    for typed, failing in [({}, []), (line(V="oui"), []), (line(V="non"), [("T-1", None)])]:
        data = Data("OPH", typed)
        found = verify(pack, data, evaluate(pack, data))
        assert [(anomaly.check, anomaly.gap) for anomaly in found] == failing


HIDDEN = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col N | n | S
L011 | | Capital | S | pour=SA
"""


@pytest.mark.parametrize(("kind", "failing"), [("SA", 1), ("OPH", 0)])
def test_a_check_on_hidden_lines_only_is_no_rule(tmp_path: Path, kind: str, failing: int) -> None:
    pack = tiny_pack(tmp_path, HIDDEN, "T-1 | majeure | VIDEQ(A1.L011.N) | = | 0 | 0 | toujours | dû\n")
    data = Data(kind)
    assert len(verify(pack, data, evaluate(pack, data))) == failing


def test_a_forced_cell_is_what_others_read(tmp_path: Path) -> None:
    part = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col A | a | S
@col F | f | F | A * 2
@col X | x | C | F + 1
L011 | | Ligne | S
"""
    pack = tiny_pack(tmp_path, part)
    evaluation = computed(pack, line(A="5"), forced=line(F="100", X="7"))
    assert evaluation.cells == line(F="100", X="101")
    # Only forcible cells are forced: what was sent for X changed nothing.
    assert evaluation.automatic == line(F="10")


@pytest.mark.parametrize(
    "data",
    [
        Data("OPH", {"A1.L011.B": "douze"}),
        Data("OPH", {"A1.L011.B": "1.0000001"}),
        Data("OPH", previous={"A1.L011.N": "1,5"}),
        Data("OPH", forced={"A1.L011.P": "beaucoup"}),
        Data("OPH", rows={"F01": [row("1", C07="cher")]}),
    ],
)
def test_a_stored_value_that_is_no_number_is_named(er: Pack, data: Data) -> None:
    with pytest.raises(EntryError) as caught:
        evaluate(er, data)
    assert caught.value.code == "CELL_NOT_NUMBER"
    assert "?" not in caught.value.message
