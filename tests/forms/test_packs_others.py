"""SEM, MOI and the federation's three surveys: what they are made of, and that their cases come out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from forms import Kind, Nature, Pack, Severity, Tab, lint, load_pack, run_pack_tests

SEM, MOI = "SEM/2024/1", "MOI/2024/1"
ACTIVITY, STAFF, MEMBERS = "ACTIVITE/2024/1", "EFFECTIFS/2024/1", "ACTIONNARIAT/2024/1"
SURVEYS = (ACTIVITY, STAFF, MEMBERS)
ALL = (SEM, MOI, *SURVEYS)
# The columns by activity are the SEM's own; the two tabs keep ER's lines.
BY_ACTIVITY = {"V1", "V2"}


@pytest.mark.parametrize(
    ("key", "tabs", "dynamic", "cells", "checks"),
    [
        (SEM, 35, 2, 2470, 279),
        (MOI, 10, 2, 378, 43),
        (ACTIVITY, 8, 1, 241, 39),
        (STAFF, 8, 1, 291, 37),
        (MEMBERS, 6, 2, 149, 34),
    ],
)
def test_counts(key: str, tabs: int, dynamic: int, cells: int, checks: int) -> None:
    pack = load_pack(key)
    assert len(pack.tabs) == tabs
    assert sum(tab.nature is Nature.DYNAMIC for tab in pack.tabs.values()) == dynamic
    assert len(pack.cells) == cells
    assert len(pack.checks) == checks
    assert {check.severity for check in pack.checks} == set(Severity)


@pytest.mark.parametrize("key", ALL)
def test_the_linter_has_nothing_but_informative_figures_to_tell(key: str) -> None:
    assert {finding.code for finding in lint(key)} <= {
        "INPUT_UNUSED",
        "CHECK_DROPPED",
        "CHECK_ON_HIDDEN_LINE",
    }


@pytest.mark.parametrize("key", ALL)
def test_every_check_reads_something_of_its_pack(key: str) -> None:
    pack = load_pack(key)
    assert {cell for check in pack.checks for cell in (*check.cells, *check.previous)} <= set(pack.cells)
    assert len(pack.binding.checks) == len(pack.checks)


@pytest.mark.parametrize("key", ALL)
def test_the_stored_cases_come_out(key: str) -> None:
    outcomes = run_pack_tests(load_pack(key))
    assert [(outcome.fault, outcome.differences) for outcome in outcomes] == [("", ())]


@pytest.mark.parametrize("key", ALL)
def test_every_tab_stands_in_a_trade_and_has_its_help(key: str) -> None:
    pack = load_pack(key)
    assert {code for selection in pack.selections for code in selection.tabs} == set(pack.tabs)
    assert set(pack.tabs) <= set(pack.help)


@pytest.mark.parametrize("key", ALL)
def test_what_is_sent_is_named_in_the_list_of_documents(key: str) -> None:
    pack = load_pack(key)
    assert {item.label for item in pack.attachments} <= set(pack.lists["type_piece"])
    kinds = {kind for item in pack.attachments for kind in item.only or ()}
    assert kinds <= {pack.settings["organismes"]}


@pytest.mark.parametrize("key", ALL)
def test_the_cycle_has_seven_steps_and_its_commitments(key: str) -> None:
    cycle = load_pack(key).cycle
    assert [definition.step for definition in cycle.steps] == list(range(7))
    assert len(cycle.commitments) == 3
    assert set(cycle.move("transmit").guards) >= {"no_blocking_anomaly", "commitments_accepted"}


@pytest.mark.parametrize("key", SURVEYS)
def test_the_cooperative_itself_brings_a_survey_to_step_four(key: str) -> None:
    pack = load_pack(key)
    move = pack.cycle.move("transmit")
    assert move.label == "Porter le dossier en fiabilisation"
    assert (move.target, pack.settings["etape_attendue"]) == (4, "4")


def test_the_seventeen_fiches_are_the_parts() -> None:
    sem = load_pack(SEM)
    assert [part.code for part in sem.parts] == [f"{number:02d}" for number in range(1, 18)]
    assert all(part.title.startswith(f"Fiche {int(part.code)} – ") for part in sem.parts)
    assert [code for part in sem.parts for code in part.tabs] == list(sem.tabs)


def test_an_included_tab_is_that_of_the_er(er: Pack) -> None:
    """Labels, kinds, units and formulas stand once, in ER; a fiche leaves lines out or replaces them."""
    sem = load_pack(SEM)
    included = [code for code in sem.tabs if code in er.tabs]
    assert len(included) == 30
    for code in included:
        assert _shape(sem.tabs[code], code) == _shape(_restricted(er, sem, code), code)
    own = {"G01.L037.V", "G01.L038.V", "G12.L022.T"}
    shared = [id for id in sem.cells if id.split(".")[0] in set(included) - BY_ACTIVITY and id not in own]
    assert len(shared) == SHARED
    for id in shared:
        assert sem.cells[id] == er.cells[id]


SHARED = 1869


def _restricted(er: Pack, sem: Pack, code: str) -> Tab:
    """ER's tab with the lines that the fiche keeps; what the fiche replaces or adds is its own."""
    here = {line.code: line for line in sem.tabs[code].lines}
    known = er.tabs[code].lines
    own = {("G12", "L022"), ("G01", "L037"), ("G01", "L038")}
    lines = [here[line.code] if (code, line.code) in own else line for line in known if line.code in here]
    added = [line for line in here.values() if line.code not in {known.code for known in known}]
    return replace(er.tabs[code], lines=(*lines, *added))


def _shape(tab: Tab, code: str) -> tuple[object, ...]:
    return (tab.title, tab.unit, tab.nature, tab.lines, () if code in BY_ACTIVITY else tab.columns)


def test_the_total_by_activity_is_the_sum_of_the_six() -> None:
    sem = load_pack(SEM)
    for tab in ("V1", "V2"):
        assert [column.code for column in sem.tabs[tab].columns] == ["LA", "AL", "AM", "CO", "AU", "ST", "TO"]
    total = sem.cells["V1.L011.TO"]
    assert (total.kind, total.formula) == (Kind.COMPUTED, "LA + AL + AM + CO + AU + ST")


def test_the_checks_of_the_er_that_a_sem_can_answer(er: Pack) -> None:
    sem = {check.id: check for check in load_pack(SEM).checks}
    families = Counter(id.split("-")[0] for id in sem)
    for family in ("EQ", "ID", "PV", "VT", "PA", "N1"):
        assert families[family] >= 5
    for check in er.checks:
        resolved = {*check.cells, *check.previous} <= set(load_pack(SEM).cells)
        if check.id in sem and resolved:
            assert (sem[check.id].left, sem[check.id].right) == (check.left, check.right)


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        # By hand: opening, plus allowances, less what was used and not used.
        (SEM, "T07.L023.E", 1850000 + 300000 - 230000 - 20000),
        # 27 000 + 9 180 actions of 54 000.
        (SEM, "S01.L031.N", 67),
        (SEM, "S01.L013.N", 8640000 // 54000),
        # The five years of the result of the approved activity.
        (SEM, "S17.L012.T", 2210000 + 1900000 + 1980000 + 1700000 + 1500000),
        # Salaries: 390 000 recoverable and 2 080 000 not.
        (SEM, "V1.L031.TO", 390000 + 2080000),
        (SEM, "C1.L449.T", 390000 + 2080000 + 160000 + 905000),
        (SEM, "G04.L019.Q", 2140 + 310 + 24),
        (SEM, "G07.L029.A", 2453 + 42 - 21),
        (MOI, "M05.L060.N", 48000),
        (MOI, "M06.L019.T", (84 + 6 + 25) + (62 + 18) + (118 + 24)),
        (MOI, "M08.L020.N", "4.75"),
        (MOI, "M09.L029.B", "3.4"),
        (ACTIVITY, "AC02.L019.D", 28 + 24 + 5 + 16),
        (ACTIVITY, "AC07.L035.N", "217.65"),
        (ACTIVITY, "AC04.L014.G", "2443.28"),
        (STAFF, "EF02.L029.T", 14),
        (STAFF, "EF02.L029.E", "13.4"),
        (STAFF, "EF05.L031.T", 13 + 2 - 1),
        (MEMBERS, "SO02.L015.N", 20840 + 420 - 60),
        (MEMBERS, "SO03.L013.F", 30),
        (MEMBERS, "SO05.L014.N", "27.46"),
    ],
)
def test_figures_checked_by_hand(key: str, cell: str, value: int | str) -> None:
    [text] = load_pack(key).tests.values()
    assert f'"{cell}": "{value}"' in text.partition('"expected"')[2]


def test_the_list_of_names_is_told_to_be_personal() -> None:
    staff = load_pack(STAFF)
    assert staff.settings["onglets_sensibles"] == "EF08"
    assert "Données personnelles" in staff.help["EF08"]
    assert "EF08" not in {code for part in staff.parts[:-1] for code in part.tabs}
