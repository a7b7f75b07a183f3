"""Equalities taken together: a system that holds is left alone, a contradiction is named at its smallest."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import Finding, equations, lint, load_pack, pack_texts, read_pack_texts
from forms.equations import Equation, solve
from tests.forms.tiny import tiny_files

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWNS = [f"x{number}" for number in range(6)]
values = st.integers(-9, 9)
solutions = st.lists(values, min_size=6, max_size=6)
rows = st.lists(st.lists(st.integers(-2, 2), min_size=6, max_size=6), min_size=1, max_size=9)


def equation(name: str, coefficients: Sequence[int], constant: int, tolerance: int = 0) -> Equation:
    pairs = zip(UNKNOWNS, coefficients, strict=False)
    terms = {unknown: Fraction(value) for unknown, value in pairs if value}
    return Equation(name, terms, Fraction(constant), Fraction(tolerance))


def holding(table: list[list[int]], solution: list[int]) -> list[Equation]:
    return [
        equation(f"E{number}", row, sum(a * x for a, x in zip(row, solution, strict=True)))
        for number, row in enumerate(table)
    ]


@settings(max_examples=50, deadline=None)
@given(rows, solutions)
def test_a_system_that_has_a_solution_is_accepted(table: list[list[int]], solution: list[int]) -> None:
    solved = solve(holding(table, solution))
    assert solved.clashes == ()
    known = dict(zip(UNKNOWNS, solution, strict=True))
    assert all(forced.value == known[forced.unknown] for forced in solved.forced)


@settings(max_examples=50, deadline=None)
@given(rows, solutions, st.data())
def test_a_planted_contradiction_is_named(
    table: list[list[int]], solution: list[int], data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.integers(-2, 2), min_size=len(table), max_size=len(table)))
    combined = [sum(w * row[column] for w, row in zip(weights, table, strict=True)) for column in range(6)]
    right = sum(a * x for a, x in zip(combined, solution, strict=True))
    system = [*holding(table, solution), equation("PLANTED", combined, right + 1)]
    (clash,) = solve(system).clashes
    assert "PLANTED" in clash
    named = [item for item in system if item.name in clash]
    assert solve(named).clashes
    # Smallest: without any one of them the others can hold.
    for left_out in named:
        assert solve([item for item in named if item is not left_out]).clashes == ()


@pytest.mark.parametrize(("gap", "clashes"), [(3, 0), (4, 1)])
def test_a_contradiction_within_the_tolerances_is_none(gap: int, clashes: int) -> None:
    system = [
        equation("A", [1, -1], 0, 1),
        equation("B", [0, 1, -1], 0, 2),
        equation("C", [1, 0, -1], gap),
    ]
    assert len(solve(system).clashes) == clashes


def test_what_is_forced_and_by_whom() -> None:
    system = [
        equation("A", [1, 1], 5),
        equation("B", [1, -1], 1),
        equation("C", [0, 0, 1], 7),
        equation("D", [0, 0, 0, 1, 1], 0),
    ]
    forced = [(item.unknown, int(item.value), item.names) for item in solve(system).forced]
    assert forced == [("x0", 3, ("A", "B")), ("x1", 2, ("A", "B")), ("x2", 7, ("C",))]


PART = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col N | n | S
@col P | p | F | N#
@col K | k | S | keur
L011 | | Un | S
L012 | | Deux | S
L013 | | Trois | S
L014 | | Produit | C | L011 * L012 | cols=N
L015 | | Double | C | 2 * L011 - L012 + VIDE() | cols=N
L016 | | Arrondi | C | L011.K | cols=N
L019 | | Total | C | S(L011:L013) | cols=N
"""


def told(*rules: str) -> list[tuple[str, int, str]]:
    checks = "".join(
        f"T-{number} | majeure | {rule} | 0 | toujours | r\n" for number, rule in enumerate(rules, start=1)
    )
    found: list[Finding] = [*lint(read_pack_texts(tiny_files(PART, checks)))]
    return [(item.code, item.line, item.message) for item in found if item.code.startswith("EQUALIT")]


@pytest.mark.parametrize(
    "rules",
    [
        ("A1.L011.N | = | 12",),
        ("A1.L014.N | = | 1", "A1.L011.N * A1.L012.N | = | A1.L014.N"),
        ("A1.L014.N | = | A1.L013.N + 1", "A1.L014.N | = | A1.L012.N + 2"),
        ("A1.L011.P | = | A1.L011.N# + 1", "A1.L011.P | = | A1.L012.P"),
        ("A1.L016.N | = | A1.L011.K + 0.004",),
        ("A1.L011.N | <= | A1.L011.N - 1",),
    ],
)
def test_rules_that_can_hold_are_left_alone(rules: tuple[str, ...]) -> None:
    assert told(*rules) == []


def test_rules_that_clash_through_the_formulas_are_named() -> None:
    rules = (
        "A1.L019.N | = | A1.L013.N + 10",
        "A1.L011.N | = | 5 - A1.L012.N",
        "A1.L015.N | = | 2 * A1.L011.N - A1.L012.N + 1",
        "A1.L013.N | = | 4",
    )
    both = "Les règles T-1 et T-2 ne peuvent pas tenir ensemble\u00a0: aucune saisie n’y répond."
    assert told(*rules) == [
        ("EQUALITIES_CLASH", 1, both),
        ("EQUALITIES_CLASH", 3, "La règle T-3 ne tient pour aucune saisie."),
    ]


def test_an_input_that_the_rules_leave_one_value_is_told() -> None:
    assert told("A1.L019.N | = | A1.L012.N + A1.L013.N") == [
        ("EQUALITY_FORCES", 1, "La règle T-1\u00a0: A1.L011.N ne peut valoir que 0."),
    ]
    found = told("A1.L011.N + A1.L012.N | = | 5", "A1.L011.N - A1.L012.N | = | 2")
    assert [item[2] for item in found] == [
        "Les règles T-1 et T-2\u00a0: A1.L011.N ne peut valoir que 3.5.",
        "Les règles T-1 et T-2\u00a0: A1.L012.N ne peut valoir que 1.5.",
    ]


def test_a_contradiction_planted_in_er_is_named_and_er_has_none() -> None:
    assert not [item for item in lint(load_pack("ER/2024")) if item.code.startswith("EQUALIT")]
    files = dict(pack_texts(load_pack("ER/2024/1").key))
    files["checks.txt"] += "ZZ-1 | majeure | A2.L199.N | = | P2.L399.N + 1 | 0 | toujours | faux\n"
    (found,) = [item for item in lint(read_pack_texts(files)) if item.code == "EQUALITIES_CLASH"]
    assert "EQ-001 et ZZ-1" in found.message


def test_a_dense_system_is_left_unfinished_and_what_was_told_stays() -> None:
    clash = [equation("A", [1], 1), equation("B", [1], 2)]
    dense = [
        Equation(
            f"D{number:03}",
            {
                f"y{column}": Fraction(1 + (number**2 * 31 + column**3 * number + column) % 97)
                for column in range(number % 7, 160, 4 + number % 3)
            },
            Fraction(number),
        )
        for number in range(100)
    ]
    solved = solve([*clash, *dense])
    assert ("A", "B") in solved.clashes
    assert solved.left_out
    assert set(solved.left_out) < {item.name for item in dense}


def test_equalities_that_were_not_compared_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equations, "MOST_WORK", 1)
    rules = ("A1.L011.N | = | A1.L012.N", "A1.L011.N | = | A1.L013.N", "A1.L012.N | = | A1.L013.N")
    ((code, line, message),) = told(*rules)
    assert (code, line) == ("EQUALITIES_TOO_MANY", 3)
    assert message.endswith("1 ne l’ont pas été.")
