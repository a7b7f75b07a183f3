"""A group stands once for each key; a condition that fails hides a tab or a line from every reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import (
    Data,
    EntryError,
    Pack,
    PackError,
    canonical,
    case_data,
    evaluate,
    read_entry,
    read_row_entry,
    verify,
)
from forms.values import decimal, micro
from tests.forms.family import CHECKS, PART, family_pack
from tests.forms.tiny import row, tiny_pack

SPOUSE = 'si=R1.L012.V = "oui"'
FAMILY = Data(
    "OPH",
    cells={
        "R1.L013.V": "200",
        "R1.L012.V": "non",
        "C1.L011.V": "Camille",
        "C1.L012.V": "1000",
        "E1[1].L011.V": "Ana",
        "E1[1].L012.V": "oui",
        "E1[1].L013.V": "3",
        "E1[2].L011.V": "Bo",
        "E1[2].L012.V": "oui",
        "E1[2].L013.V": "1",
        "E1[3].L012.V": "non",
        "E1[3].L013.V": "4",
        "E1[9].L013.V": "4",
    },
    rows={
        "V1[1]": [row("a", T="DTP", R="oui", P="10"), row("b", T="ROR", R="non", P="5")],
        "V1[2]": [row("a", R="oui", P="2.5")],
    },
    previous={"E1[1].L014.V": "44", "E1.L014.V": "7"},
    forced={"E1[2].L018.V": "99", "C1.L013.V": "5"},
    groups={"ENFANT": ["1", "2", "3"]},
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return family_pack(tmp_path_factory.mktemp("family"))


def test_each_instance_is_computed_for_itself_and_read_together(pack: Pack) -> None:
    evaluation = evaluate(pack, FAMILY)
    cells = evaluation.cells
    lines = ("L014", "L015", "L016", "L017", "L018")
    children = {key: [cells[f"E1[{key}].{line}.V"] for line in lines] for key in "123"}
    assert children == {
        "1": ["6", "75", "15", "44", "6"],
        "2": ["2", "25", "2.5", None, "99"],
        "3": ["0", "0", None, None, "0"],
    }
    assert [cells[f"R1.L0{line}.V"] for line in range(14, 20)] == ["3", "3", "8", "8", "17.5", "12.5"]
    assert evaluation.rows["V1[1]"] == [{"D": "20"}, {"D": "10"}]
    assert evaluation.automatic == {"E1[2].L018.V": "2", "C1.L013.V": None}


def test_what_a_condition_hides_is_blank_for_all(pack: Pack) -> None:
    evaluation = evaluate(pack, FAMILY)
    assert evaluation.hidden == {"C1", "E1[3].L013"}
    # The spouse's income and its forced double are not read; the third child eats no meal.
    assert evaluation.cells["C1.L013.V"] is None
    hidden = ("C1", "C1.L011", "C1.L011.V", "E1[3].L013.V")
    assert [evaluation.hides(place) for place in (*hidden, "E1[1].L013.V", "E1[3]")] == [True] * 4 + [
        False
    ] * 2
    shown = evaluate(pack, replace(FAMILY, cells={**FAMILY.cells, "R1.L012.V": "oui", "E1[3].L012.V": "oui"}))
    assert shown.hidden == frozenset()
    assert [shown.cells[f"E1[{key}].L018.V"] for key in "123"] == ["1006", "99", "1008"]
    assert (shown.cells["C1.L013.V"], shown.automatic["C1.L013.V"]) == ("5", "2000")


@pytest.mark.parametrize(
    ("condition", "hidden"),
    [
        ('R1.L012.V = "oui"', True),
        ('R1.L012.V <> "non"', False),
        ("R1.L013.V", True),
        ("NON(R1.L013.V > 1)", False),
        ("VIDE()", True),
        ('PARAM("seuil") = 3', False),
    ],
)
def test_a_condition_of_blanks_holds_as_it_would_in_si(tmp_path: Path, condition: str, hidden: bool) -> None:
    pack = tiny_pack(tmp_path, PART.replace(SPOUSE, f"si={condition}"), CHECKS)
    assert evaluate(pack, Data("OPH")).hides("C1") == hidden


def test_a_hidden_nested_tab_counts_no_row(pack: Pack) -> None:
    cells = {**FAMILY.cells, "E1[1].L012.V": "peut-être"}
    evaluation = evaluate(pack, replace(FAMILY, cells=cells))
    assert {"V1[1]", "E1[1].L013"} <= evaluation.hidden
    assert [evaluation.cells[f"R1.L0{line}.V"] for line in (15, 18, 19)] == ["1", "2.5", "2.5"]
    assert evaluation.cells["E1[1].L016.V"] is None


def test_an_instance_keeps_its_own_checks(pack: Pack) -> None:
    cells = {**FAMILY.cells, "E1[2].L013.V": "6", "E1[3].L013.V": "9"}
    data = replace(FAMILY, cells=cells)
    found = {(a.check, a.instance): a for a in verify(pack, data, evaluate(pack, data))}
    # The third child's meals are hidden, and so is the spouse without a name.
    assert set(found) == {("F-1", "2"), ("F-3", "1")}
    assert found["F-1", "2"].target == "E1[2].L013.V"
    assert found["F-1", "2"].cells == (("E1[2].L013.V", "6"),)
    assert (found["F-1", "2"].gap, found["F-3", "1"].gap) == ("1", "9")


@pytest.mark.parametrize(("keys", "failing"), [([], "ENFANT-MIN"), (["1", "2", "3", "4"], "ENFANT-MAX")])
def test_too_few_or_too_many_instances_stop_a_dossier(pack: Pack, keys: list[str], failing: str) -> None:
    data = Data("OPH", groups={"ENFANT": keys})
    (found,) = verify(pack, data, evaluate(pack, data))
    assert (found.check, found.severity) == (failing, "blocking")
    assert evaluate(pack, data).cells["R1.L015.V"] == "0"


def test_cells_and_rows_of_instances_are_read_by_their_address(pack: Pack) -> None:
    assert read_entry(pack, "E1[k-1].L013.V", "1 000") == "1000"
    assert read_row_entry(pack, "V1[k-1]", "P", "2,5") == "2.5"
    for name in ("E1.L013.V", "R1[1].L013.V", "E1[a b].L013.V", "E1[1].L099.V", "E1[].L013.V"):
        with pytest.raises(EntryError) as caught:
            read_entry(pack, name, "1")
        assert caught.value.code == "CELL_UNKNOWN"
    for tab in ("V1", "R1[1]", "E1[1]"):
        with pytest.raises(EntryError) as caught:
            read_row_entry(pack, tab, "P", "1")
        assert caught.value.code == "CELL_UNKNOWN"


def test_a_wrong_number_of_an_instance_is_named(pack: Pack) -> None:
    with pytest.raises(EntryError) as caught:
        evaluate(pack, replace(FAMILY, cells={"E1[2].L013.V": "trois"}))
    assert caught.value.code == "CELL_NOT_NUMBER"
    assert "E1[2].L013.V" in caught.value.message


def test_readers_are_shown_groups_and_conditions(pack: Pack) -> None:
    shown = canonical(pack)
    assert shown["groups"]["ENFANT"]["maximum"] == 3
    assert shown["tabs"]["V1"]["group"] == "ENFANT"
    assert shown["tabs"]["C1"]["condition"] == 'R1.L012.V = "oui"'
    assert set(shown["condition_trees"]) == {"C1", "V1", "E1.L013"}
    assert (shown["check_groups"]["F-1"], shown["check_groups"]["F-4"]) == ("ENFANT", None)


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("| NBLIG(ENFANT)", "| NBLIG(PARENT)", "REFERENCE_UNKNOWN", "NBLIG(PARENT)"),
        ("C | COL(E1.L014.V)", "C | 1 + E1.L014.V", "REFERENCE_UNKNOWN", "E1.L014.V"),
        ("C | COL(E1.L014.V)", "C | COL(E1.L099.V)", "REFERENCE_UNKNOWN", "COL(E1.L099.V)"),
        ('E1.L012.V; "oui") |', 'R1.L012.V; "oui") |', "REFERENCE_UNKNOWN", "SOMMESI("),
        ('E1.L012.V; "oui") |', "E1.L012.V; 3) |", "FORMULA_UNREADABLE", "SOMMESI("),
        (SPOUSE, "si=C1.L011.V", "FORMULA_CYCLE", "C1.L011.V"),
        ("si=L012.V = ", "si=L015.V = ", "FORMULA_CYCLE", "SIVIDE(L013; 0)"),
        (SPOUSE, "si=1 = L012.V", "REFERENCE_UNKNOWN", "L012.V"),
        (SPOUSE, "si=", "PACK_UNREADABLE", "si="),
        (SPOUSE, "sauf=L011", "PACK_UNREADABLE", "sauf=L011"),
        ("dyn | groupe=ENFANT", "dyn | groupe=PARENT", "PACK_UNREADABLE", "@onglet V1"),
        ("| 1 | 3 |", "| 4 | 3 |", "PACK_UNREADABLE", "3 |"),
        ("| 1 | 3 |", "| un | 3 |", "PACK_UNREADABLE", "un | 3"),
        ("@groupe ENFANT", "@groupe E1", "PACK_UNREADABLE", "@groupe E1"),
        ("@groupe ENFANT", "@groupe enfant", "PACK_UNREADABLE", "@groupe enfant"),
    ],
)
def test_a_fault_has_its_line_and_column(tmp_path: Path, old: str, new: str, code: str, at: str) -> None:
    assert PART.count(old) == 1
    part = PART.replace(old, new)
    with pytest.raises(PackError) as caught:
        tiny_pack(tmp_path, part, CHECKS)
    place = caught.value.place
    assert (caught.value.code, place.file) == (code, "part-01.txt")
    assert part.splitlines()[place.line - 1][place.column - 1 :].startswith(at)


def test_a_cycle_through_a_condition_tells_its_path(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        tiny_pack(tmp_path, PART.replace(SPOUSE, "si=C1.L011.V"), CHECKS)
    assert "si(C1) → si(C1)" in caught.value.message


AMOUNTS = st.none() | st.integers(-(10**9), 10**9).map(lambda cents: decimal(cents * 10_000))


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["oui", "non", None]), AMOUNTS), max_size=6),
    st.sampled_from(["oui", "non", None]),
)
def test_sums_are_those_of_the_instances_that_are_seen(
    pack: Pack, children: list[tuple[int, str | None, str | None]], spouse: str | None
) -> None:
    keys = [f"k{index}" for index in range(len(children))]
    cells: dict[str, str] = {"R1.L013.V": "100", "C1.L012.V": "70"} | (
        {"R1.L012.V": spouse} if spouse else {}
    )
    rows = {}
    for key, (meals, eats, price) in zip(keys, children, strict=True):
        cells[f"E1[{key}].L013.V"] = str(meals)
        cells |= {f"E1[{key}].L012.V": eats} if eats else {}
        rows[f"V1[{key}]"] = [row("1", R=eats or "?", **({"P": price} if price else {}))]
    evaluation = evaluate(pack, Data("OPH", cells, rows, groups={"ENFANT": keys}))
    found = evaluation.cells

    def total(wanted: list[str | None]) -> str | None:
        present = [micro(value) for value in wanted if value is not None]
        return decimal(sum(present)) if present else None

    costs = [found[f"E1[{key}].L014.V"] for key in keys]
    assert costs == [str(meals) if eats == "oui" else "0" for meals, eats, _ in children]
    assert found["R1.L016.V"] == total(costs)
    assert found["R1.L017.V"] == total(
        [c for c, (_, eats, _) in zip(costs, children, strict=True) if eats == "oui"]
    )
    assert found["R1.L018.V"] == total([price for _, eats, price in children if eats])
    assert found["R1.L019.V"] == total([price for _, eats, price in children if eats == "oui"])
    assert found["R1.L015.V"] == str(sum(eats is not None for _, eats, _ in children))
    assert evaluation.hides("C1.L012.V") == (spouse != "oui") == (found["C1.L013.V"] is None)
    for key, (_, eats, _) in zip(keys, children, strict=True):
        assert evaluation.hides(f"E1[{key}].L013") == (eats != "oui")
        assert evaluation.hides(f"V1[{key}]") == (eats is None)


def test_a_hidden_nested_tab_shows_blank_columns(pack: Pack) -> None:
    cells = {**FAMILY.cells, "E1[1].L012.V": "peut-être"}
    assert evaluate(pack, replace(FAMILY, cells=cells)).rows["V1[1]"] == [{"D": None}, {"D": None}]


CASE = {
    "pack": "ESSAI/2024/1",
    "organism": {"kind": "OPH"},
    "inputs": {"R1.L013.V": "200", "E1[a].L012.V": "oui", "E1[a].L013.V": "2"},
    "rows": {"V1[a]": [{"P": "3", "D": "6"}]},
    "forced": {"E1[a].L018.V": "9"},
    "previous_year": {"E1[a].L014.V": "5"},
    "groups": {"ENFANT": ["a"]},
}


def test_a_case_holds_groups(pack: Pack) -> None:
    evaluation = evaluate(pack, case_data(pack, CASE))
    lines = ("L014", "L016", "L017", "L018")
    assert [evaluation.cells[f"E1[a].{line}.V"] for line in lines] == ["4", "3", "5", "9"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"groups": {"PARENT": []}}, "CELL_UNKNOWN"),
        ({"groups": {"ENFANT": "a"}}, "CASE_UNREADABLE"),
        ({"groups": {"ENFANT": ["a", "a"]}}, "CASE_UNREADABLE"),
        ({"groups": {"ENFANT": ["a.b"]}}, "CASE_UNREADABLE"),
        ({"inputs": {"E1.L013.V": "2"}}, "CELL_UNKNOWN"),
        ({"inputs": {"E1[a].L014.V": "2"}}, "CELL_COMPUTED"),
        ({"rows": {"V1": []}}, "CELL_UNKNOWN"),
        ({"rows": {"E1[a]": []}}, "TAB_NOT_DYNAMIC"),
    ],
)
def test_a_bad_case_of_groups_is_refused(pack: Pack, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(EntryError) as caught:
        case_data(pack, {**CASE, **changes})
    assert caught.value.code == code
