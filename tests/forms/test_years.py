"""Last year's cells under this year's names, and the rules that have no last year to read."""

from __future__ import annotations

import pytest

from forms import Pack, PackError, lint, read_pack_texts
from forms.years import Years
from tests.forms.tiny import tiny_files

PART = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col N | n | S
@col P | p | F | N#
L011 | | Un | S
L012 | | Deux | S
L013 | | Texte | S | unite=texte
L019 | | Total | C | S(L011:L012)
@onglet B1 | 01 | Autre | État | eur | H | fixe
@col N | n | S
L011 | | Un | S
"""
CHECKS = """\
T-1 | majeure | A1.L011.N | = | A1.L011.N# | 0 | ignorer_si_tout_vide | un
T-2 | majeure | A1.L012.N | = | A1.L012.N# | 0 | ignorer_si_tout_vide | deux
T-3 | majeure | A1.L019.N | = | A1.L019.N# | 0 | ignorer_si_tout_vide | total
"""
YEARS = """\
A1.L010 | A1.L011
A1.L030.N | A1.L011.N
A1.L012 | -
A1.L014 | A1.L013
C1 | B1
- | A1.L019.N
"""


def pack(years: str = YEARS) -> Pack:
    return read_pack_texts(tiny_files(PART, CHECKS, years=years))


def test_values_of_last_year_are_carried_added_and_left_out() -> None:
    last = {
        "A1.L010.N": "1.5",
        "A1.L011.N": "2",
        "A1.L030.N": "3",
        "A1.L030.P": "4",
        "A1.L012.N": "5",
        "A1.L013.N": "mot",
        "A1.L014.N": "autre",
        "A1.L019.N": "10",
        "A1.L019.P": "11",
        "C1.L011.N": "7",
        "C1.L099.N": "8",
        "Z9.L011.N": "9",
        "n'importe quoi": "1",
    }
    assert pack().from_last_year(last) == {
        "A1.L011.N": "6.5", "A1.L013.N": "mot", "A1.L019.P": "11", "B1.L011.N": "7",
    }  # fmt: skip


def test_without_rules_every_cell_keeps_its_name() -> None:
    assert pack("").from_last_year({"A1.L011.N": "2", "A1.L011.P": "mot"}) == {"A1.L011.N": "2"}
    assert pack("").disabled_checks == ()


def test_a_rule_without_a_past_to_read_is_disabled_and_named() -> None:
    found = pack()
    assert [check.id for check in found.checks] == ["T-1"]
    assert found.disabled_checks == ("T-2", "T-3")
    told = [(item.line, item.code) for item in lint(found) if item.code == "CHECK_DISABLED"]
    assert told == [(2, "CHECK_DISABLED"), (3, "CHECK_DISABLED")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A1.L010.N", "A1.L011.N"),
        ("A1.L010", "A1.L011"),
        ("A1.L012.N", None),
        ("C1", "B1"),
        ("C1.L011.N", "B1.L011.N"),
        ("C1.L099", None),
        ("A1", "A1"),
        ("Z9", None),
        ("", None),
    ],
)
def test_talk_about_a_cell_goes_on_where_the_cell_stands_now(old: str, new: str | None) -> None:
    assert pack().thread_cell(old) == new


def test_an_instance_of_a_group_keeps_its_key() -> None:
    years = Years({"E1": ("F1",), "E1.L011.N": ("F1.L012.N", "F1.L013.N")})
    assert years.new_places("E1[Zoé B.].L012.N") == ("F1[Zoé B.].L012.N",)
    assert years.new_places("E1[a].L011.N") == ("F1[a].L012.N", "F1[a].L013.N")


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("A1.L010", 8, "ce que la cellule devient"),
        ("A1.10 | A1.L011", 1, "n’est ni un onglet"),
        ("A1.L010 | l011", 11, "n’est ni un onglet"),
        ("A1.L010 | A1", 11, "une ligne une ligne"),
        ("A1.L010 | A1.L011 -", 11, "seul de son côté"),
        ("- | -", 5, "seul de son côté"),
        ("A1 | B1\nA1 | A1", 1, "déjà"),
    ],
)
def test_a_faulty_rule_has_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(PackError) as caught:
        pack(text)
    assert (caught.value.file, caught.value.line) == ("years.txt", text.count("\n") + 1)
    assert caught.value.column == column
    assert words in caught.value.message
