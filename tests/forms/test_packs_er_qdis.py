"""What the families ER and QDIS are made of, year by year, and how 2026 reads the accounts of 2025."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from authz import Right
from bench.forms_peer import Peer
from forms import Data, Kind, Nature, Pack, case_data, evaluate, lint, load_pack, run_pack_tests, verify

ADVICE = {"INPUT_UNUSED", "TOTAL_FORGETS_LINE", "CHECK_ON_HIDDEN_LINE"}
FAMILY = ("ER/2023/1", "ER/2024/1", "ER/2025/1", "ER/2026/1", "QDIS/2023/1", "QDIS/2024/1")
# Totals whose scope the new chart changes: last year's column adds its lines up.
RESTATED = (
    *("C1.L409", "C1.L429", "C1.L439", "C1.L449"),
    *("C1.L463", "C1.L470", "C2.L519", "C2.L529", "C2.L540", "C2.L549"),
    *("R1.L670", "R2.L679", "R2.L686", "R2.L687", "R2.L689", "SG.L717", "SG.L718", "SG.L719", "SG.L720"),
)


@cache
def accounts_of_2025(case_name: str) -> dict[str, str]:
    """A dossier of 2025: every cell that is not blank."""
    pack = load_pack("ER/2025/1")
    case = stored(load_pack("ER/2024/1"), case_name)
    data = case_data(pack, case)
    computed = evaluate(pack, data).cells
    return {**{cell: value for cell, value in computed.items() if value is not None}, **data.cells}


def stored(pack: Pack, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(pack.tests[f"tests/{name}.json"])
    return found


def amount(values: Mapping[str, str | None], *cells: str) -> Decimal:
    return sum((Decimal(values.get(cell) or 0) for cell in cells), Decimal(0))


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_three_years_of_er_have_one_chart(year: int) -> None:
    pack, reference = load_pack(f"ER/{year}/1"), load_pack("ER/2024/1")
    assert (pack.key.year, str(year) in pack.title) == (year, True)
    assert [len(part.tabs) for part in pack.parts] == [9, 22, 16, 13, 3, 2]
    assert sum(tab.nature is Nature.DYNAMIC for tab in pack.tabs.values()) == 8
    assert pack.cells == reference.cells
    assert len(pack.cells) == 4419
    assert pack.checks == reference.checks
    assert len(pack.checks) == 452
    assert pack.params.keys() == reference.params.keys()
    assert (pack.cycle, pack.attachments, pack.help) == (
        reference.cycle, reference.attachments, reference.help,
    )  # fmt: skip


@pytest.mark.parametrize("year", [2023, 2024])
def test_qdis_is_what_its_specification_counts(year: int) -> None:
    pack = load_pack(f"QDIS/{year}/1")
    assert str(year) in pack.title
    assert len(pack.tabs) == 11
    assert sum(len(tab.lines) for tab in pack.tabs.values()) == 163
    assert Counter(cell.kind for cell in pack.cells.values()) == {
        Kind.INPUT: 113, Kind.COMMON: 95, Kind.COMPUTED: 93, Kind.FORCIBLE: 165,
    }  # fmt: skip
    assert sum(cell.formula is not None for cell in pack.cells.values()) == 258
    assert len(pack.checks) == 45
    assert pack.attachments == ()
    assert len(pack.cycle.steps) == 7
    assert any("fédération" in sentence for sentence in pack.cycle.commitments)


@pytest.mark.parametrize("key", FAMILY)
def test_a_pack_is_whole(key: str) -> None:
    pack = load_pack(key)
    assert {finding.code for finding in lint(pack)} <= ADVICE
    assert set(pack.help) >= set(pack.tabs)
    places = set(pack.tabs) | {f"{cell.tab}.{cell.line}" for cell in pack.cells.values()}
    assert set(pack.help) <= places
    assert {function.code for function in pack.functions} <= set(Right)
    assert {move.right for move in pack.cycle.moves} <= {function.code for function in pack.functions}
    for move in pack.cycle.moves:
        steps = next(function.steps for function in pack.functions if function.code == move.right)
        assert move.source in steps, move.name
    assert {code for selection in pack.selections for code in selection.tabs} <= set(pack.tabs)
    assert all(outcome.passed for outcome in run_pack_tests(pack)), run_pack_tests(pack)


def test_er_helps_where_it_is_needed() -> None:
    assert sum("." in place for place in load_pack("ER/2024/1").help) >= 120


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_common_cell_of_qdis_stands_in_er(year: int) -> None:
    qdis, er = load_pack(f"QDIS/{year}/1"), load_pack(f"ER/{year}/1")
    linked = [cell for cell in qdis.cells.values() if cell.common]
    assert len(linked) == 74
    for cell in linked:
        assert cell.kind is Kind.COMMON
        for term in cell.common:
            assert er.cells[term.cell].unit == cell.unit, (cell.id, term.cell)
    # Forecasts are common by kind alone: ER holds what was done.
    alone = {cell.id for cell in qdis.cells.values() if cell.kind is Kind.COMMON and not cell.common}
    assert {(cell.split(".")[0], cell[-1]) for cell in alone} == {("QC", "A"), ("QC", "B"), ("QC", "C")}
    assert len(alone) == 21


@pytest.mark.parametrize(
    ("cell", "terms"),
    [
        ("QE.L012.D", "+A1.L021.D +A1.L022.D +A1.L023.D"),
        ("QG.L061.N", "+R2.L681.N -C2.L522.N"),
        # The columns of the two forms go by other letters here.
        ("QH.L011.T", "+F05.L013.A"),
        ("QH.L013.N", "+F05.L016.B"),
        ("QC.L011.N", "+G08.L011.D"),
    ],
)
def test_a_common_cell_reads_the_right_column(cell: str, terms: str) -> None:
    found = load_pack("QDIS/2024/1").cells[cell].common
    assert " ".join(f"{'+' if term.sign > 0 else '-'}{term.cell}" for term in found) == terms


def test_what_the_new_chart_removes_and_brings() -> None:
    new, old = load_pack("ER/2026/1"), load_pack("ER/2025/1")
    assert set(old.tabs) - set(new.tabs) == {"T18"}
    assert len(new.cells) == 4374
    lines = {f"{cell.tab}.{cell.line}" for cell in new.cells.values()}
    assert not lines & {"R1.L660", "R2.L678", "R2.L680", "R2.L681", "R2.L683", "C2.L521", "C2.L522"}
    assert {"C1.L464", "C2.L511", "C2.L527", "R1.L662", "R1.L663", "R2.L693", "R2.L694"} <= lines
    gone = {check.id for check in old.checks} - {check.id for check in new.checks}
    assert gone == {
        *("RX-001", "RX-002", "RX-007", "VT-041"),
        *(f"N1-{number:03}" for number in (25, 26, 27, 28, 30, 31, 32, 33, 34, 36, 41, 42, 43, 44, 46)),
    }
    blocking = {check.id for check in old.checks if check.severity.french == "bloquante"}
    assert blocking == {check.id for check in new.checks if check.severity.french == "bloquante"}


@pytest.mark.parametrize("name", ["er-2024-plain", "er-2024-forced"])
def test_2026_reads_2025_through_the_mapping(name: str) -> None:
    before, new = accounts_of_2025(name), load_pack("ER/2026/1")
    found = new.from_last_year(before)

    assert amount(found, "C1.L464.T") == amount(before, "C2.L522.N", "C2.L523.N") != 0
    assert found["C1.L464.N"] == found["C1.L464.T"]
    for here, there in {
        "R1.L662.N": "R2.L681.N", "R1.L663.N": "R2.L683.N", "R2.L693.N": "R2.L682.N",
        "C2.L511.N": "C2.L524.N", "C2.L527.N": "T20.L016.C", "R2.L694.N": "T20.L016.D",
        "A1.L024.N": "A1.L024.N", "T03.L025.A1": "T03.L025.A1",
    }.items():  # fmt: skip
        assert found.get(here) == before.get(there), here
    assert set(found) <= set(new.cells)
    assert new.thread_cell("R2.L683") == "R1.L663"
    assert new.thread_cell("C2.L523.N") == "C1.L464.N"
    assert new.thread_cell("T18") is new.thread_cell("T18.L011.N") is new.thread_cell("R1.L660.N") is None


def test_last_year_is_restated_line_by_line_and_what_is_missing_is_told() -> None:
    """Only what the mapping cannot know is left to the organism: account 671/771 and the transfers."""
    before, new = accounts_of_2025("er-2024-plain"), load_pack("ER/2026/1")
    data = Data(kind="OPH", cells={}, rows={}, forced={}, previous=new.from_last_year(before))
    found = evaluate(new, data)
    charges = amount(before, "C2.L521.N") - amount(before, "T20.L016.C")
    products = amount(before, "R2.L680.N") - amount(before, "T20.L016.D")
    transfers = amount(before, "R1.L660.N", "R2.L678.N")

    assert amount(found.cells, "C2.L540.P") == amount(before, "C2.L540.N") - charges
    assert amount(found.cells, "R2.L687.P") == amount(before, "R2.L687.N") - products - transfers
    assert found.cells["R2.L690.P"] == before["R2.L690.N"]
    assert {new.cells[f"{line}.P"].kind for line in RESTATED} == {Kind.COMPUTED}
    gap = charges - products - transfers
    told = {anomaly.check: anomaly.gap for anomaly in verify(new, data, found)}
    assert Decimal(told["RT-001"] or 0) == gap != 0

    missing = {"C1.L462.P": charges, "R1.L661.P": products, "C1.L426.P": -transfers}
    forced = {cell: str(amount(found.cells, cell) + more) for cell, more in missing.items()}
    restated = Data(kind="OPH", cells={}, rows={}, forced=forced, previous=data.previous)
    assert "RT-001" not in {a.check for a in verify(new, restated, evaluate(new, restated))}


def test_the_chain_of_years_goes_through_the_break() -> None:
    """2026 → 2025 → 2024: each year's N-1 becomes the next one's N-2."""
    before, new = accounts_of_2025("er-2024-plain"), load_pack("ER/2026/1")
    data = Data(kind="OPH", cells={}, rows={}, forced={}, previous=new.from_last_year(before))
    found = evaluate(new, data).cells
    assert found["S1.L024.P"] == before["S1.L024.N"]
    assert found["S1.L024.Q"] == before["S1.L024.P"]
    for column, last in (("A1", "N"), ("A2", "A1"), ("A3", "A2"), ("A4", "A3")):
        assert found[f"T03.L025.{column}"] == before.get(f"T03.L025.{last}")
    assert found["T04.L090.A"] == before["T04.L090.H"]


@pytest.mark.parametrize(
    ("key", "name"),
    [("ER/2026/1", "nouveau-plan"), ("QDIS/2023/1", "office"), ("QDIS/2024/1", "office")],
)
def test_a_second_evaluator_agrees_on_the_stored_tests(key: str, name: str) -> None:
    pack = load_pack(key)
    case = stored(pack, name)
    peer = Peer(pack, case_data(pack, case))
    assert len(case["expected"]) == sum(cell.formula is not None for cell in pack.cells.values())
    assert peer.cells() == case["expected"]
    assert peer.failing() == {failing["rule"]: failing["gap"] for failing in case["failing"]}


def test_both_forms_of_one_organism_tell_the_same_accounts() -> None:
    """The stored questionnaire was drawn from the same books as the ER of that organism."""
    case = stored(load_pack("QDIS/2024/1"), "office")
    er = stored(load_pack("ER/2026/1"), "nouveau-plan")
    assert case["organism"]["siren"] == er["organism"]["siren"]
    for here, there in {
        "QE.L039.N": "A2.L199.N", "QF.L049.N": "P2.L399.N", "QG.L069.N": "R2.L690.N",
        "QB.L019.N": "G04.L019.T", "QB.L020.N": "G04.L019.Q", "QB.L050.N": "G10.L020.N",
    }.items():  # fmt: skip
        assert case["expected"][here] == er["expected"][there], here
