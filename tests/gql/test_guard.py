"""The guard: what it refuses, and that its work grows with the document's size and nothing else."""

from __future__ import annotations

import pytest
from graphql import get_introspection_query, parse

from gql.guard import Guard, Limits, Walk, fragments_of, scan
from models import Invalid

SIZES = {"dossiers": 50, "tabs": 20, "cells": 100}
LONGEST = {"cells": 2_000}
LIMITS = Limits()


def check(text: str, limits: Limits = LIMITS, **variables: object) -> Walk:
    scan(text, limits)
    return Guard(limits, SIZES, None, LONGEST).check(parse(text), variables)


def refused(text: str, limits: Limits = LIMITS, **variables: object) -> str:
    with pytest.raises(Invalid) as caught:
        check(text, limits, **variables)
    assert caught.value.code == "DOCUMENT_TOO_COMPLEX"
    return str(caught.value.details["limit"])


def bomb(fragments: int) -> str:
    """Each fragment spreads the next one twice: 2^n fields for whoever walks them as they stand."""
    parts = [f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(fragments)]
    return " ".join(["{ ...f0 }", *parts, f"fragment f{fragments} on Query {{ viewer {{ name }} }}"])


def test_a_plain_document_passes() -> None:
    walk = check("query A { viewer { name organization { name } } }")
    assert (walk.visited, walk.aliases, walk.directives) == (4, 0, 0)


def test_tools_may_read_the_schema() -> None:
    assert check(get_introspection_query(input_value_deprecation=True)).visited < LIMITS.selections


def test_each_fragment_is_walked_once_however_often_it_is_spread() -> None:
    text = bomb(22)
    assert len(text) < 1_000
    walk = Walk(fragments_of(parse(text)), {}, {})
    weights = [walk.definition(node) for node in parse(text).definitions]
    assert walk.visited == 1 + 2 * 22 + 2
    assert weights[0].cost == 2 * 2**22


def test_a_bomb_of_fragments_is_refused_by_its_cost() -> None:
    assert refused(bomb(22)) == "cost"


def test_a_fragment_that_includes_itself_is_refused() -> None:
    assert refused("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }") == "cycle"


def test_an_unknown_fragment_is_left_to_the_validation() -> None:
    assert check("{ ...nowhere }").visited == 1


def test_depth_counts_fields_through_fragments() -> None:
    limits = Limits(depth=4)
    check("{ a { b { c { d } } } }", limits)
    assert refused("{ a { b { c { d { e } } } } }", limits) == "depth"
    assert refused("{ a { b { ...c } } } fragment c on T { c { d { e } } }", limits) == "depth"
    check("{ a { ... on T { ... on T { b { c { d } } } } } }", limits)


def test_brackets_are_counted_before_the_parser_would_recurse() -> None:
    with pytest.raises(Invalid) as caught:
        scan("{a" * 2_000, LIMITS)
    assert caught.value.details == {"limit": "depth", "max": 64}
    scan('{ a(text: "' + "{" * 500 + '") #' + "{" * 500 + "\n }", LIMITS)


@pytest.mark.parametrize(
    "text",
    ["\0", '{ a(b: "x\0") }', r'{ a(b: "\u0000") }', r'{ a(b: "\\\u0000") }', r'{ a(b: "\u{0}\u{00}") }'],
)
def test_a_document_with_a_nul_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        scan(text, LIMITS)
    assert (caught.value.code, caught.value.path) == ("NUL_REFUSED", ("query",))


def test_what_only_looks_like_a_nul_passes() -> None:
    scan(r'{ a(b: "\\u0000 \u0001 \u{10} \u{00A0} u0000") }', LIMITS)


def test_aliases_and_repeated_fields_are_bounded_together() -> None:
    limits = Limits(aliases=3)
    check("{ a: x b: x c: x }", limits)
    assert refused("{ a: x b: x c: x d: x }", limits) == "aliases"
    assert refused("{ x x x x x }", limits) == "aliases"
    assert refused("{ x ... { x x } ... { x x } }", limits) == "aliases"


def test_directives_are_bounded() -> None:
    limits = Limits(directives=2)
    assert refused("{ a @x @x @x }", limits) == "directives"
    assert refused("query @x { ...f @x } fragment f on Query @x { a }", limits) == "directives"


def test_selections_fragments_and_length_are_bounded() -> None:
    assert refused("{ a b c d }", Limits(selections=3)) == "selections"
    assert refused("{ a } fragment f on T { a } fragment g on T { a }", Limits(fragments=1)) == "fragments"
    assert refused("{ a }" + " " * 20_000) == "bytes"


@pytest.mark.parametrize(
    ("text", "variables", "cost"),
    [
        ("{ dossiers(first: 200) { a } }", {}, 201),
        ("{ dossiers { a } }", {}, 51),
        ("query($n: Int!) { dossiers(first: $n) { a } }", {"n": 7}, 8),
        ("query($n: Int = 9) { dossiers(first: $n) { a } }", {}, 10),
        ("query($n: Int) { dossiers(first: $n) { a } }", {}, 51),
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": 200.0}, 201),
        # A page that the field refuses is read not at all: it is of that page that whoever asks is told.
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": 1e300}, 2),
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": 10**9}, 2),
        ("{ dossiers(first: 201) { a } }", {}, 2),
        ("{ cells(first: 2000) { a } }", {}, 2_001),
        ("{ cells(first: 2001) { a } }", {}, 2),
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": 7.5}, 201),
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": float("inf")}, 201),
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": "many"}, 201),
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": True}, 201),
        ("query($n: Int) { dossiers(first: $n) { a } }", {"n": None}, 201),
        ('{ dossiers(first: "1") { a } }', {}, 201),
        ("{ dossiers(first: -5) { a } }", {}, 2),
        ("{ dossiers(first: 2) { tabs { cells { a b } } } }", {}, 1 + 2 * (1 + 20 * (1 + 100 * 2))),
        ("{ dossiers(first: 999999999999999999999) { a } }", {}, 2),
    ],
)
def test_cost_multiplies_fields_by_the_lists_they_stand_in(
    text: str, variables: dict[str, object], cost: int
) -> None:
    document = parse(text)
    defaults = {"n": 9} if "= 9" in text else {}
    weight = Walk({}, SIZES, {**defaults, **variables}, None, LONGEST).definition(document.definitions[0])
    assert min(weight.cost, 10**12) == cost
    if cost > 10:
        assert refused(text, Limits(cost=10), **variables) == "cost"


def test_a_default_of_one_operation_does_not_hide_that_of_another() -> None:
    text = "query A($n: Int = 200) { dossiers(first: $n) { a } } query B($n: Int = 1) { b }"
    assert refused(text, Limits(cost=200)) == "cost"
    check(text, Limits(cost=201))
    # Nor one that its operation refuses, one that it reads.
    beyond = text.replace("= 1)", "= 1000000000)")
    assert refused(beyond, Limits(cost=200)) == "cost"
    check(beyond, Limits(cost=201))


def test_a_page_given_as_a_whole_float_is_measured_each_time() -> None:
    text = "query($n: Int!) { dossiers(first: $n) { a } }"
    assert refused(text, Limits(cost=200), n=200.0) == "cost"
    check(text, Limits(cost=200), n=199.0)


def test_only_documents_sized_by_variables_are_measured_again() -> None:
    assert check("query($n: Int!) { dossiers(first: $n) { a } }", n=1).sized_by_variables
    assert not check("{ dossiers(first: 3) { a } }").sized_by_variables
