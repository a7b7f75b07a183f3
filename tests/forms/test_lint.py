"""Each thing that the linter finds, in a pack of a few lines that is faulty in that way only."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms import Finding, PackError, lint, load_pack
from tests.forms.tiny import tiny_pack, write_pack

HEAD = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
"""


def findings(folder: Path, part: str, checks: str = "") -> list[tuple[str, int, int, str]]:
    found = lint(write_pack(folder, HEAD + part, checks))
    assert all(finding.message.endswith(".") for finding in found)
    return [(finding.file, finding.line, finding.column, finding.code) for finding in found]


def test_a_sound_pack_has_no_finding(tmp_path: Path) -> None:
    part = """\
@col N | n | S
@col X | x | C | SI(N = 0; VIDE(); 100 / N) | pct
L011 | | Un | S
L012 | | Deux | S
L013 | | dont trois | S
L019 | | Total | C | S(L011:L012)
"""
    check = "T-1 | majeure | A1.L013.N | <= | A1.L019.N | 0 | ignorer_si_tout_vide | partie\n"
    assert findings(tmp_path, part, check) == []


@pytest.mark.parametrize(
    ("formula", "column", "words"),
    [
        ("N + Q", 17, "La cellule A1.L011.Q"),
        ("N + L099", 17, "La cellule A1.L099.X"),
        ("B7.L011.N", 13, "L’onglet B7"),
        ('N + PARAM("x")', 17, "Le paramètre"),
        ("N + NBLIG(A1)", 17, "tableau dynamique"),
        ("S(L011:L099)", 13, "La ligne A1.L099"),
        ("S(L019:L019)", 13, "aucune ligne saisie"),
    ],
)
def test_an_unknown_reference(tmp_path: Path, formula: str, column: int, words: str) -> None:
    part = f"@col N | n | S\n@col X | x | C | {formula}\nL011 | | Un | S\nL019 | | Titre | -\n"
    found = lint(write_pack(tmp_path, HEAD + part))
    assert [(item.line, item.column, item.code) for item in found] == [(4, column + 5, "REFERENCE_UNKNOWN")]
    assert words in found[0].message
    with pytest.raises(PackError) as caught:
        tiny_pack(tmp_path, HEAD + part)
    assert (caught.value.file, caught.value.line, caught.value.column) == ("part-01.txt", 4, column + 5)


def test_a_formula_that_cannot_be_read(tmp_path: Path) -> None:
    part = "@col N | n | S\nL011 | | Un | S\nL012 | | Deux | C | L011 + (2\n"
    # L011 would have been read: that it is not is no news of its own.
    assert findings(tmp_path, part) == [("part-01.txt", 5, 30, "FORMULA_UNREADABLE")]


def test_all_unknown_references_are_told_at_once(tmp_path: Path) -> None:
    part = "@col N | n | C\nL011 | | Un | C | Z1\nL012 | | Deux | C | Z2\n"
    assert [item[3] for item in findings(tmp_path, part)] == ["REFERENCE_UNKNOWN"] * 2


def test_a_cycle_with_its_path(tmp_path: Path) -> None:
    part = """\
@col N | n | C
L011 | | Un | C | L012 + 1
L012 | | Deux | C | L013
L013 | | Trois | C | L011 - 1
"""
    (found,) = lint(write_pack(tmp_path, HEAD + part))
    assert found.code == "FORMULA_CYCLE"
    path = found.message.replace(".", "").split("\u00a0: ")[1].split(" → ")
    reads = {"A1L011N": "A1L012N", "A1L012N": "A1L013N", "A1L013N": "A1L011N"}
    assert len(path) == 4
    assert [reads[cell] for cell in path[:-1]] == path[1:]
    with pytest.raises(PackError, match="se calculent en rond"):
        tiny_pack(tmp_path, HEAD + part)


def test_last_year_makes_no_cycle(tmp_path: Path) -> None:
    part = "@col N | n | C\nL011 | | Un | C | L011# + 1\n"
    assert findings(tmp_path, part) == []


def test_a_cycle_among_the_columns_of_rows(tmp_path: Path) -> None:
    part = """\
@partie 01 | Partie
@onglet D1 | 01 | Rangs | État | eur | H | dyn
@col C01 | un | C | C02
@col C02 | deux | C | C01
"""
    (found,) = lint(write_pack(tmp_path, part))
    assert (found.line, found.code) == (3, "FORMULA_CYCLE")


@pytest.mark.parametrize(
    ("formula", "guarded"),
    [
        ("A / B", False),
        ("A / 12", True),
        ("A / 0", False),
        ('A / PARAM("seuil")', True),
        ("SI(B = 0; VIDE(); A / B)", True),
        ("SI(B <> 0; A / B; VIDE())", True),
        ("SI(B > 0; A / B; 0)", True),
        ("SI(B = 0; A / B; 0)", False),
        ("SI(A = 0; VIDE(); A / B)", False),
        ("SI(A + B = 0; VIDE(); B / (A + B))", True),
        ("SI(A + B = 0; VIDE(); B / (B + A))", False),
        ("SI(B = 0; VIDE(); ARRONDI(A / B * 100; 2))", True),
        ("SI(A / B > 1; A; B)", False),
    ],
)
def test_an_unguarded_division(tmp_path: Path, formula: str, guarded: bool) -> None:
    part = f"@col A | a | S\n@col B | b | S\n@col X | x | C | {formula}\nL011 | | Un | S\nL012 | | Deux | S\n"
    found = [item for item in findings(tmp_path, part) if item[3] != "INPUT_UNUSED"]
    # One finding for the column, however many lines it has.
    place = ("part-01.txt", 5, 18 + formula.find("/"), "DIVISION_UNGUARDED")
    assert found == ([] if guarded else [place])


def test_an_input_masked_by_the_columns(tmp_path: Path) -> None:
    part = """\
@col A | a | S
@col X | x | C | A * 2
L011 | | Un | S
L012 | | Deux | S | na=A
L013 | | Trois | S | na=A;saisie=X
L014 | | Quatre | C | L011 + L013.X
"""
    assert findings(tmp_path, part) == [("part-01.txt", 6, 17, "INPUT_MASKED")]


def test_a_total_that_forgets_a_line(tmp_path: Path) -> None:
    part = """\
@col N | n | S
L010 | | Titre | -
L011 | | Un | S
L012 | | Deux | S
L013 | | Trois | S
L014 | | dont quatre | S
L015 | | Cinq | S | na=N
L016 | | Six | S | unite=nb
L019 | | Total | C | S(L011:L012)
L021 | | Hors du bloc | S
L029 | | Autre | C | L013# + L014 + L021
L030 | | Seul de son unité | C | L016 | unite=nb
"""
    assert findings(tmp_path, part) == [("part-01.txt", 11, 22, "TOTAL_FORGETS_LINE")]


def test_a_total_that_names_the_line_apart_does_not_forget_it(tmp_path: Path) -> None:
    part = """\
@col N | n | S
L011 | | Un | S
L012 | | Deux (en moins) | S
L013 | | Trois | S
L019 | | Total | C | S(L011:L011) - L012 + S(L013:L013)
"""
    assert findings(tmp_path, part) == []


def test_inputs_that_nobody_reads(tmp_path: Path) -> None:
    part = """\
@col N | n | S
L011 | | Lue par une règle | S
L012 | | Lue l’an prochain | S
L013 | | Lue par personne | S
L014 | | Texte | S | unite=texte
L019 | | Total | C | L012#
@onglet D1 | 01 | Rangs | État | eur | H | dyn
@col C01 | additionnée | S
@col C02 | lue par le rang | S
@col C03 | lue par personne | S
@col C04 | calculée | C | C02 + 1
@onglet A2 | 01 | Onglet | État | eur | H | fixe
@col N | n | C
L011 | | Rangs | C | COL(D1.C01)
"""
    check = "T-1 | majeure | A1.L011.N | >= | 0 | 0 | ignorer_si_tout_vide | positif\n"
    assert findings(tmp_path, part, check) == [
        ("part-01.txt", 6, 1, "INPUT_UNUSED"),
        ("part-01.txt", 12, 1, "INPUT_UNUSED"),
    ]


def test_sums_of_differing_units(tmp_path: Path) -> None:
    part = """\
@col A | a | S
@col B | b | S | keur
@col X | x | C | A + B
@col Y | y | C | A + B * 1000
L011 | | Un | S
"""
    assert findings(tmp_path, part) == [("part-01.txt", 5, 20, "UNITS_MIXED")]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("A | keur", True),
        ("SI(A = 0; VIDE(); MAX(A; 5)) | keur", True),
        ("A - B | nb", True),
        ("COL(D1.C01) | keur", True),
        ("A / 1000 | keur", False),
        ("A * 1 + B | eur", False),
        ("VARPCT(A; B) | pct", False),
        ("2024 - ANNEE(D) | nb", False),
        ("NBLIG(D1) | nb2", False),
        ("5 | keur", False),
        ("D | date", False),
    ],
)
def test_a_formula_whose_result_is_of_another_unit(tmp_path: Path, field: str, found: bool) -> None:
    part = f"""\
@col A | a | S
@col B | b | S
@col D | d | S | date
@col X | x | C | {field}
L011 | | Un | S
L012 | | Deux | S
@onglet D1 | 01 | Rangs | État | eur | H | dyn
@col C01 | un | S
"""
    told = [item[1] for item in findings(tmp_path, part) if item[3] == "FORMULA_UNIT_DIFFERS"]
    assert told == ([6] if found else [])


def test_a_check_whose_sides_differ_in_unit(tmp_path: Path) -> None:
    part = "@col A | a | S\n@col B | b | S | nb\nL011 | | Un | S\n"
    checks = """\
T-1 | majeure | A1.L011.A | = | A1.L011.B | 0 | ignorer_si_tout_vide | unités
T-2 | majeure | VARPCT(A1.L011.A; A1.L011.A#) | <= | 15 | 0 | ignorer_si_un_vide | variation
"""
    assert findings(tmp_path, part, checks) == [("checks.txt", 1, 17, "CHECK_UNITS_DIFFER")]


def test_a_check_on_a_line_that_some_do_not_see(tmp_path: Path) -> None:
    part = "@col A | a | S\nL011 | | Un | S | pour=SA,COOP\n"
    check = "T-1 | majeure | A1.L011.A | >= | 0 | 0 | ignorer_si_tout_vide | positif\n"
    assert findings(tmp_path, part, check) == [("checks.txt", 1, 17, "CHECK_ON_HIDDEN_LINE")]


def test_a_pack_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    written = write_pack(tmp_path, "@onglet A1 | 01\n")
    assert [(item.file, item.line, item.code) for item in lint(tmp_path)] == [
        ("part-01.txt", 1, "PACK_UNREADABLE")
    ]
    texts = {file.name: file.read_text(encoding="utf-8") for file in written.iterdir()}
    assert lint(texts) == lint(tmp_path)


def test_er_has_nothing_but_informative_inputs_and_one_line_for_some() -> None:
    found = lint(load_pack("ER/2024"))
    assert found == lint("ER/2024")
    assert {item.code for item in found} == {"INPUT_UNUSED", "CHECK_ON_HIDDEN_LINE"}
    assert [item for item in found if item.code == "CHECK_ON_HIDDEN_LINE"] == [
        Finding(
            "checks.txt",
            124,
            20,
            "CHECK_ON_HIDDEN_LINE",
            "La règle DT-026 lit P2.L356.N, que certains organismes ne voient pas.",
        )
    ]
