"""What holds of every number, every formula and every dossier, not of examples only."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.forms_peer import Peer
from forms import Data, Kind, Pack, case_data, evaluate, verify
from forms.values import decimal, micro, quotient, rounded
from tests.forms.tiny import computed, formula_pack, line, tiny_pack

# The machine that runs the tests may be busy: laws are about results, not about time.
law = settings(deadline=None)

MICROS = st.integers(-(10**19), 10**19)
AMOUNTS = st.integers(-(10**15), 10**15).map(lambda cents: decimal(cents * 10_000))


@law
@given(MICROS)
def test_a_value_written_and_read_is_the_same(value: int) -> None:
    assert micro(decimal(value)) == value
    assert Decimal(decimal(value)) == Decimal(value).scaleb(-6)


@law
@given(MICROS, st.sampled_from([1, 10, 1_000, 10_000, 1_000_000]))
def test_rounding_goes_half_away_from_zero(value: int, step: int) -> None:
    nearest = rounded(value, step)
    assert nearest % step == 0
    assert 2 * abs(value - nearest) <= step
    assert rounded(-value, step) == -nearest
    assert rounded(nearest, step) == nearest
    assert nearest == int(Decimal(value / Decimal(step)).quantize(1, ROUND_HALF_UP)) * step
    if 2 * abs(value - nearest) == step:
        assert abs(nearest) > abs(value)


@law
@given(MICROS, st.integers(1, 10**12))
def test_a_quotient_is_never_more_than_half_away(numerator: int, denominator: int) -> None:
    assert 2 * abs(numerator - quotient(numerator, denominator) * denominator) <= denominator


BLOCK = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col N | n | S
L010 | | Titre | -
L011 | | Un | S
L012 | | Deux | T
L013 | | Sous-total | C | L011 + L012
L014 | | Trois | S
L015 | | Forçable | F | L014
L016 | | Sans cellule | S | na=N
L017 | | Quatre | S
L019 | | Total | C | S(L010:L017)
"""


@law
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("L011", "L012", "L014", "L017"), AMOUNTS)))
def test_a_span_adds_the_input_lines_once(block: Pack, typed: dict[str, str]) -> None:
    cells = computed(block, {f"A1.{code}.N": value for code, value in typed.items()}).cells
    total = sum(micro(value) for value in typed.values())
    assert cells["A1.L019.N"] == (decimal(total) if typed else None)


@pytest.fixture(scope="module")
def block(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return tiny_pack(tmp_path_factory.mktemp("block"), BLOCK)


def _formulas() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["A", "B", "C", "D", "A#", "0", "1", "2.5", "100", "VIDE()"])

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        signs = st.sampled_from(["+", "-", "*", "/", "=", "<>", "<", "<=", ">", ">="])
        two = st.tuples(inner, inner)
        return st.one_of(
            st.tuples(inner, signs, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda t: f"(-{t})"),
            st.tuples(inner, inner, inner).map(lambda t: f"SI({'; '.join(t)})"),
            two.map(lambda t: f"MAX({t[0]}; {t[1]})"),
            two.map(lambda t: f"MIN({t[0]}; {t[1]}; 0)"),
            two.map(lambda t: f"VARPCT({t[0]}; {t[1]})"),
            st.tuples(inner, st.integers(0, 3)).map(lambda t: f"ARRONDI({t[0]}; {t[1]})"),
        )

    return st.recursive(leaves, grown, max_leaves=8)


@settings(law, max_examples=150)
@given(
    _formulas(),
    st.fixed_dictionaries({}, optional=dict.fromkeys("ABCD", AMOUNTS)),
    st.none() | AMOUNTS,
    st.sampled_from(["eur", "nb", "keur"]),
)
def test_made_code_and_walked_trees_give_the_same(
    formula: str, typed: dict[str, str], before: str | None, unit: str
) -> None:
    with TemporaryDirectory() as folder:
        pack = formula_pack(Path(folder), formula, unit)
    previous = line(A=before) if before is not None else {}
    data = Data("OPH", line(**typed), previous=previous)
    assert evaluate(pack, data).cells == Peer(pack, data).cells()


@pytest.fixture(scope="module")
def data(er: Pack, plain_case: dict[str, Any]) -> Data:
    return case_data(er, plain_case)


@settings(law, max_examples=25)
@given(chosen=st.data())
def test_forcing_a_cell_to_its_own_value_changes_nothing(er: Pack, data: Data, chosen: st.DataObject) -> None:
    before = evaluate(er, data)
    filled = [
        cell.id
        for cell in er.cells.values()
        if cell.kind is Kind.FORCIBLE and before.cells[cell.id] is not None
    ]
    cells = chosen.draw(st.lists(st.sampled_from(filled), min_size=1, max_size=20, unique=True))
    forced = {cell: value for cell in cells if (value := before.cells[cell]) is not None}
    after = evaluate(er, replace(data, forced=forced))
    assert after.cells == before.cells
    assert after.automatic == forced
    assert verify(er, data, after) == verify(er, data, before)


@settings(law, max_examples=10)
@given(chosen=st.data())
def test_unforcing_gives_the_automatic_value_back(er: Pack, data: Data, chosen: st.DataObject) -> None:
    before = evaluate(er, data)
    forcible = [cell.id for cell in er.cells.values() if cell.kind is Kind.FORCIBLE]
    cell = chosen.draw(st.sampled_from(forcible))
    forced = evaluate(er, replace(data, forced={cell: "12345"}))
    assert forced.cells[cell] == "12345"
    assert forced.automatic == {cell: before.cells[cell]}
    assert evaluate(er, data).cells == before.cells


@settings(law, max_examples=8)
@given(seed=st.integers(2, 9), offset=st.integers(0, 8))
def test_a_dossier_half_filled_is_the_same_to_both_evaluators(
    er: Pack, data: Data, seed: int, offset: int
) -> None:
    kept = {cell: text for n, (cell, text) in enumerate(data.cells.items()) if (n + offset) % seed}
    previous = {cell: text for n, (cell, text) in enumerate(data.previous.items()) if (n + offset) % 3}
    half = replace(data, cells=kept, previous=previous)
    evaluation = evaluate(er, half)
    peer = Peer(er, half)
    assert evaluation.cells == peer.cells()
    assert {found.check: found.gap for found in verify(er, half, evaluation)} == peer.failing()


def test_an_empty_dossier_is_blank_but_for_counts_and_sums_of_nothing(er: Pack) -> None:
    cells = evaluate(er, Data("OPH")).cells
    filled = {cell: value for cell, value in cells.items() if value is not None}
    # Rows are counted even when there are none; C1.L460.R adds lines that have no cell in that
    # column, which makes zero as in the reference cases, and the result of the year is made of it.
    assert {"F05.L011.A", "C1.L460.R", "R2.L690.N"} <= set(filled)
    assert {cell: value for cell, value in filled.items() if value != "0"} == {
        "S1.L060.N": "2",
        "S1.L060.V": "2",
    }
    assert cells["A1.L090.N"] is cells["S1.L011.N"] is cells["S1.L013.N"] is None
    assert len(filled) == 58


def test_an_empty_dossier_fails_only_the_mandatory_fields(er: Pack) -> None:
    data = Data("OPH")
    failing = {found.check for found in verify(er, data, evaluate(er, data))}
    assert {"ID-001", "ID-002", "ID-003", "ID-004", "ID-005", "ID-006"} == failing
