"""The grammar: what a formula means as a tree, and where a faulty one is faulty."""

from __future__ import annotations

import pytest

from forms.errors import FormulaError
from forms.nodes import Binary, Call, ColumnSum, Name, Negate, Node, Number, Param, RowCount, Span, Text
from forms.parser import parse

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
        parse("(" * 5000)


def test_trees_that_differ_by_their_place_only_are_equal() -> None:
    assert parse("A + B") == parse("A  +  B")
