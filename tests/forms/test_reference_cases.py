"""The reference cases, exact to the last decimal; an evaluator is right when nothing differs."""

from __future__ import annotations

from typing import Any

import pytest

from bench.forms_peer import Peer
from forms import Data, EntryError, Evaluation, Pack, PackError, case_data, evaluate, evaluate_case, verify


@pytest.fixture(scope="module")
def data(er: Pack, case: dict[str, Any]) -> Data:
    return case_data(er, case)


@pytest.fixture(scope="module")
def evaluation(er: Pack, data: Data) -> Evaluation:
    return evaluate(er, data)


def test_every_computed_cell(evaluation: Evaluation, case: dict[str, Any]) -> None:
    assert len(case["expected"]) == 2134
    assert evaluation.cells == case["expected"]


def test_every_automatic_value_of_a_forced_cell(evaluation: Evaluation, case: dict[str, Any]) -> None:
    assert evaluation.automatic == case["forced_automatic"]


def test_every_computed_column_of_every_row(er: Pack, evaluation: Evaluation, case: dict[str, Any]) -> None:
    compared = 0
    for tab, rows in case["rows"].items():
        computed = [column.code for column in er.tabs[tab].columns if not column.kind.typed]
        assert evaluation.rows[tab] == [{code: row.get(code) for code in computed} for row in rows]
        compared += len(computed) * len(rows)
    assert compared == 868


def test_every_failing_check_with_its_gap(
    er: Pack, data: Data, evaluation: Evaluation, case: dict[str, Any]
) -> None:
    anomalies = verify(er, data, evaluation)
    found = [{"rule": a.check, "severity": a.severity.french, "gap": a.gap} for a in anomalies]
    assert found == case["failing"]


def test_an_anomaly_shows_the_cells_of_both_sides(er: Pack, data: Data, evaluation: Evaluation) -> None:
    anomaly = next(found for found in verify(er, data, evaluation) if found.check == "VR-013")
    assert anomaly.unit == "pct"
    assert anomaly.target == "P1.L273.N"
    assert anomaly.cells == (("P1.L273.N", data.cells["P1.L273.N"]),)
    assert anomaly.previous == (("P1.L273.N", data.previous["P1.L273.N"]),)


def test_a_case_is_evaluated_as_one(case: dict[str, Any]) -> None:
    assert evaluate_case(case) == {"cells": case["expected"], "failing": case["failing"]}


def test_a_second_evaluator_agrees(er: Pack, data: Data, case: dict[str, Any]) -> None:
    peer = Peer(er, data)
    assert peer.cells() == case["expected"]
    assert peer.failing() == {failing["rule"]: failing["gap"] for failing in case["failing"]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"inputs": {"A1.L011.B": "beaucoup"}}, "CELL_NOT_NUMBER"),
        ({"inputs": {"A1.L011.B": 12.5}}, "CELL_NOT_NUMBER"),
        ({"inputs": {"A1.L999.B": "1"}}, "CELL_UNKNOWN"),
        ({"previous_year": {"A1.L011.B": "1e5"}}, "CELL_NOT_NUMBER"),
        ({"rows": {"F01": [{"C07": "1 000"}]}}, "CELL_NOT_NUMBER"),
        ({"rows": {"F01": [{"C99": "1"}]}}, "CELL_UNKNOWN"),
        ({"rows": {"F99": []}}, "CELL_UNKNOWN"),
        ({"rows": {"F01": "C07"}}, "CASE_UNREADABLE"),
        ({"rows": {"F01": 5}}, "CASE_UNREADABLE"),
        ({"rows": {"F01": [5]}}, "CASE_UNREADABLE"),
        ({"rows": {"F01": [{}, ["C07"]]}}, "CASE_UNREADABLE"),
        ({"rows": {"A1": []}}, "TAB_NOT_DYNAMIC"),
        ({"rows": {"A1": [{"B": "1"}]}}, "TAB_NOT_DYNAMIC"),
        ({"rows": {"F01": [{"C07": "10000000000001"}]}}, "CELL_OUT_OF_RANGE"),
        ({"rows": {"F01": [{"C01": 5}]}}, "CELL_NOT_TEXT"),
        ({"organism": {"kind": "ZZ"}}, "ORGANISM_KIND_UNKNOWN"),
        ({"organism": {}}, "CASE_UNREADABLE"),
        ({"forced": {"A1.L011.B": "1"}}, "CELL_NOT_FORCIBLE"),
        ({"forced": {"A1.L011.N": "1"}}, "CELL_NOT_FORCIBLE"),
        ({"forced": {"A1.L011.P": "9" * 24}}, "CELL_OUT_OF_RANGE"),
        ({"inputs": {"A1.L011.N": "1"}}, "CELL_COMPUTED"),
        ({"inputs": {"A1.L011.P": "1"}}, "CELL_COMPUTED"),
        ({"inputs": {"A1.L011.B": "9" * 24}}, "CELL_OUT_OF_RANGE"),
        ({"inputs": {"A1.L011.B": "-10000000000000.01"}}, "CELL_OUT_OF_RANGE"),
        ({"inputs": {"A1.L011.B": "0.0000001"}}, "CELL_NOT_NUMBER"),
        ({"previous_year": {"A1.L011.N": "9" * 24}}, "CELL_OUT_OF_RANGE"),
        ({"inputs": []}, "CASE_UNREADABLE"),
        ({"pack": None}, "CASE_UNREADABLE"),
    ],
)
def test_a_bad_case_is_refused_in_one_sentence(
    plain_case: dict[str, Any], changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(EntryError) as caught:
        evaluate_case({**plain_case, **changes})
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


def test_a_case_takes_what_may_be(er: Pack, plain_case: dict[str, Any]) -> None:
    """Lines meant for other organisms, any text in a text cell, ten thousand billions, last year's totals."""
    hidden = next(id for id, cell in er.cells.items() if cell.kind.typed and not cell.applies_to("OPH"))
    inputs = {hidden: "5", "G01.L028.V": "x", "A1.L011.B": "-10000000000000"}
    found = case_data(er, {**plain_case, "inputs": inputs, "previous_year": {"A1.L011.N": "12345678901234"}})
    assert found.cells == inputs
    assert found.previous == {"A1.L011.N": "12345678901234"}


def test_a_case_of_an_unpublished_pack_is_refused(plain_case: dict[str, Any]) -> None:
    with pytest.raises(PackError) as caught:
        evaluate_case({**plain_case, "pack": "ER/1999"})
    assert caught.value.code == "PACK_UNKNOWN"
