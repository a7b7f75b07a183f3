"""The grammar: what a formula means as a tree, and where a faulty one is faulty."""

from __future__ import annotations

from contextlib import suppress

import pytest

from forms import Data, evaluate, lint, read_pack_texts, script
from forms.errors import FormulaError
from forms.nodes import Binary, Call, ColumnSum, Name, Negate, Node, Number, Param, RowCount, Span, Text
from forms.parser import parse
from tests.forms.tiny import FORMULA, line, tiny_files

A, B, C = (Name(None, None, code, previous=False) for code in "ABC")
ONE = 1_000_000


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("A + B * C", Binary("+", A, Binary("*", B, C))),
        ("(A + B) * C", Binary("*", Binary("+", A, B), C)),
        ("A - B - C", Binary("-", Binary("-", A, B), C)),
        ("A / B * C", Binary("*", Binary("/", A, B), C)),
        ("-A + B", Binary("+", Negate(A), B)),
        ("A + B <= C", Binary("<=", Binary("+", A, B), C)),
        ("A <> B", Binary("<>", A, B)),
        ("1.5", Number(1_500_000)),
        ("0.000001", Number(1)),
        ('"oui"', Text("oui")),
        ("L011", Name(None, "L011", None, previous=False)),
        ("L011.B", Name(None, "L011", "B", previous=False)),
        ("V1.L090", Name("V1", "L090", None, previous=False)),
        ("A1.L011.B", Name("A1", "L011", "B", previous=False)),
        ("T06.*.T", Name("T06", "*", "T", previous=False)),
        ("N#", Name(None, None, "N", previous=True)),
        ("A1.L011.B#", Name("A1", "L011", "B", previous=True)),
        ("L / S", Binary("/", Name(None, None, "L", previous=False), Name(None, None, "S", previous=False))),
        ("S(A:B)", Span(A, B)),
        ("COL(F01.C06)", ColumnSum("F01", "C06")),
        ("NBLIG(F01)", RowCount("F01")),
        ('PARAM("seuil")', Param("seuil")),
        ("VIDE()", Call("VIDE", ())),
        ("SI(A = 0; VIDE(); B)", Call("SI", (Binary("=", A, Number(0)), Call("VIDE", ()), B))),
        ("MAX(A; 0; B)", Call("MAX", (A, Number(0), B))),
        ("ARRONDI(A; 2)", Call("ARRONDI", (A, Number(2 * ONE)))),
        ("VARPCT(A; A#)", Call("VARPCT", (A, Name(None, None, "A", previous=True)))),
    ],
)
def test_a_formula_is_its_tree(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("", 0, "la fin du texte"),
        ("A +", 3, "la fin du texte"),
        ("A B", 2, "la fin de la formule"),
        ("(A + B", 6, "« ) »"),
        ("A ! B", 2, "« ! »"),
        ("A + é", 4, "« é »"),
        ("1.1234567", 0, "six décimales"),
        ("SOMME(A)", 0, "« SOMME »"),
        ("A + SI(A; B)", 4, "2 argument(s)"),
        ("MAX()", 0, "0 argument(s)"),
        ("MAX(A;)", 6, "« ) »"),
        ("S(A)", 3, "« : »"),
        ("COL(F01)", 7, "« . »"),
        ("NBLIG(1)", 6, "code d’onglet"),
        ("PARAM(seuil)", 6, "« s »"),
        ("PARAM(SEUIL)", 6, "entre guillemets droits"),
        ("A1.B", 0, "ONGLET.LIGNE.COLONNE"),
        ("A1.L011.B.C", 0, "ONGLET.LIGNE.COLONNE"),
        ("A = B = C", 6, "la fin de la formule"),
        ('"sans fin', 0, '« " »'),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, offset: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.offset == offset
    assert words in caught.value.message.replace("\u00a0", " ")


def test_parentheses_without_end_are_refused_before_the_stack_is_full() -> None:
    with pytest.raises(FormulaError, match="trop de parenthèses"):
        parse("(" * 1500)


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("A+" * 1000 + "A", 2000, "2000 caractères"),
        (" " * 200_000, 2000, "2000 caractères"),
        ("+".join(["A"] * 101), 200, "100 termes"),
        ("*".join(["A"] * 500), 200, "100 termes"),
        ("A + " + "9" * 16, 4, "quinze chiffres"),
        ("9" * 1900, 0, "quinze chiffres"),
        ("(" * 20 + "A" + ")" * 20, 20, "trop de parenthèses"),
    ],
)
def test_what_is_larger_than_any_formula_is_refused_at_its_place(text: str, offset: int, words: str) -> None:
    with pytest.raises(FormulaError, match=words) as caught:
        parse(text)
    assert caught.value.offset == offset


# Each takes parentheses of its own once it is written in Python, which nests two hundred at most.
NESTS = ["({})", "-({})", "SI({}; A; B)", "SI(A; B; {})", "NON({})", "ET(A; {})", "VIDEQ({})", "ABS({})"]
NESTS += ["SIVIDE(A; {})", "VARPCT(A; {})", "({} > A) * 2", "A - ({}) / 3", "LUHN({})", "MAX(A; 1 + {})"]
CHECK = "T-1 | mineure | A1.L011.X | <> | A1.L011.A | 0 | toujours | Règle\n"


@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("operator", "*-")
def test_the_largest_formula_is_compiled_and_translated(nest: str, operator: str) -> None:
    formula = _largest(nest, operator)
    pack = read_pack_texts(tiny_files(FORMULA.format(formula=formula, unit="eur"), CHECK))
    assert script(pack)
    assert {finding.code for finding in lint(pack)} >= {"INPUT_UNUSED"}
    assert evaluate(pack, Data("OPH", line(A="2", B="3"))).cells.keys() == {"A1.L011.X"}


def _largest(nest: str, operator: str) -> str:
    """As deep as the grammar lets it, around a chain as long as it then lets it."""
    for depth in range(20, 0, -1):
        for room in range(90, 1, -8):
            text = operator.join("A" * room)
            for _ in range(depth):
                text = nest.format(text)
            with suppress(FormulaError):
                parse(text)
                return text
    raise AssertionError(nest)


def test_trees_that_differ_by_their_place_only_are_equal() -> None:
    assert parse("A + B") == parse("A  +  B")
