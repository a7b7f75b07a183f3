"""Comparisons that come out the same whatever is typed, in formulas, conditions and rules."""

from __future__ import annotations

import pytest

from forms import lint, read_pack_texts
from tests.forms.tiny import tiny_files

PART = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col N | n | S
@col D | d | S | date
@col K | k | S | liste:couleur
@col Z | z | S | cp
@col X | x | C | {formula}
L011 | | Un | S
L012 | | Deux | S
@onglet D1 | 01 | Rangs | État | eur | H | dyn
@col C01 | un | S
@col C02 | deux | S | liste:couleur
"""


def told(formula: str, checks: str = "", more: str = "") -> list[tuple[str, int, int, str]]:
    files = tiny_files(PART.format(formula=formula) + more, checks)
    found = [item for item in lint(read_pack_texts(files)) if item.code == "COMPARISON_IDLE"]
    assert all(item.message.endswith(".") for item in found)
    return [(item.file, item.line, item.column, item.message.rpartition("\u00a0: ")[2]) for item in found]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("D = 5", "un texte n’est jamais égal à un nombre"),
        ("-5 <> Z", "un texte n’est jamais égal à un nombre"),
        ('N = "douze"', "un nombre n’est jamais égal à «\u00a0douze\u00a0»"),
        ('D < "2024-13-45"', "«\u00a02024-13-45\u00a0» n’est pas une date, qui s’écrit AAAA-MM-JJ"),
        ('"31/12/2024" = D', "«\u00a031/12/2024\u00a0» n’est pas une date, qui s’écrit AAAA-MM-JJ"),
        ('K = "bleu"', "«\u00a0bleu\u00a0» n’est pas dans la liste «\u00a0couleur\u00a0»"),
        ('DANS(K; "vert"; "jaune")', "«\u00a0vert\u00a0» n’est pas dans la liste «\u00a0couleur\u00a0»"),
        (
            'SOMMESI(D1.C01; D1.C02; "vert") > 0',
            "«\u00a0vert\u00a0» n’est pas dans la liste «\u00a0couleur\u00a0»",
        ),
    ],
)
def test_a_value_that_the_cell_cannot_hold_is_told_once_for_all_lines(condition: str, reason: str) -> None:
    ((file, line, _, said),) = told(f"SI({condition}; 1; 2)")
    assert (file, line, said) == ("part-01.txt", 7, f"{reason}.")


@pytest.mark.parametrize(
    "condition",
    [
        'D = ""',
        'N <> ""',
        'D >= "2024-02-29"',
        'K = "Bleu"',
        'DANS(K; "vert"; "rouge")',
        "DANS(K; liste:couleur)",
        'Z = "75001"',
        "N = 5",
        'SOMMESI(D1.C01; D1.C02; "rouge") > 0',
    ],
)
def test_a_value_that_may_be_typed_is_left_alone(condition: str) -> None:
    assert told(f"SI({condition}; 1; 2)") == []


def test_rules_and_conditions_are_looked_at() -> None:
    rules = """\
T-1 | majeure | A1.L011.K | = | "vert" | 0 | ignorer_si_tout_vide | liste
T-2 | majeure | SI(A1.L011.Z = 1; 1; 0) | = | 0 | 0 | ignorer_si_tout_vide | texte
T-3 | majeure | A1.L011.D | <= | "2024-12-31" | 0 | ignorer_si_tout_vide | date
"""
    more = (
        '@onglet A2 | 01 | o | e | eur | H | fixe | si=A1.L011.K = "vert"\n@col N | n | S\nL011 | | l | S\n'
    )
    assert [(file, line) for file, line, _, _ in told("N", rules, more)] == [
        ("checks.txt", 1),
        ("checks.txt", 2),
        ("part-01.txt", 13),
    ]
