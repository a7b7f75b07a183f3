from collections.abc import Mapping
from functools import cache

import pytest

from forms import Anomaly, Nature, Severity, is_luhn, load_pack, read_entry, read_row_entry, verify
from resolvers.demo.books.money import spread, spread_within
from resolvers.demo.case import CompleteSet, pack_key, two_years
from resolvers.demo.cast import Part, cast
from resolvers.demo.content import content_of
from resolvers.demo.slips import SLIPS

pack = load_pack(pack_key(2024))
EQUALITIES = {check.id for check in pack.checks if check.operator == "="}
PARTS = cast().parts
# A stock may shrink in a year: 603, 71 and what splits or sums them up.
SIGNED = ("C1.L404.", "R1.L620.", "V1.L011.", "V2.L021.", "V3.L015.", "V3.L021.", "R2.L691.", "T02.")


@cache
def sets_of(rank: int) -> tuple[CompleteSet, CompleteSet]:
    return two_years(PARTS[rank].organism, PARTS[rank].slips)


def failing(complete: CompleteSet) -> tuple[Anomaly, ...]:
    return verify(pack, complete.data, complete.evaluation)


def name_of(part: Part) -> str:
    return f"{part.organism.category}-{part.organism.siren}"


each = pytest.mark.parametrize("rank", range(len(PARTS)), ids=[name_of(part) for part in PARTS])


def test_the_pack_has_the_equalities_that_we_hold() -> None:
    assert len(EQUALITIES) == 339


@each
def test_every_equality_holds_and_only_the_slips_fail_as_major(rank: int) -> None:
    for complete, slips in zip(sets_of(rank), ((), PARTS[rank].slips), strict=True):
        found = failing(complete)
        assert [anomaly.check for anomaly in found if anomaly.check in EQUALITIES] == []
        majors = [anomaly.check for anomaly in found if anomaly.severity is not Severity.MINOR]
        assert majors == list(slips)
        assert len(found) <= 4


@each
def test_every_tab_is_filled(rank: int) -> None:
    for complete in sets_of(rank):
        for tab in pack.tabs.values():
            if tab.nature is Nature.DYNAMIC:
                assert complete.data.rows[tab.code], tab.code
        typed = {
            cell.id for cell in pack.cells.values() if cell.kind.typed and cell.applies_to(complete.data.kind)
        }
        assert set(complete.data.cells) == typed
        assert len(complete.effective) > (4300 if complete.year == 2024 else 3300)


@each
def test_what_is_typed_is_canonical_and_would_be_accepted(rank: int) -> None:
    for complete in sets_of(rank):
        for cell, text in {**complete.data.cells, **complete.data.forced}.items():
            assert read_entry(pack, cell, text) == text, cell
        for tab, rows in complete.data.rows.items():
            assert len({row.key for row in rows}) == len(rows)
            for row in rows:
                for column, text in row.values.items():
                    assert read_row_entry(pack, tab, column, text) == text, (tab, column)


@each
def test_amounts_are_positive_where_they_should_be(rank: int) -> None:
    for complete in sets_of(rank):
        negative = [cell for cell, value in complete.data.cells.items() if value.startswith("-")]
        assert [cell for cell in negative if not cell.startswith(SIGNED)] == []


@each
def test_ratios_are_sane(rank: int) -> None:
    for complete in sets_of(rank):
        ratios = {
            line: float(complete.evaluation.cells[f"S1.{line}.N"] or 0)
            for line in ("L011", "L021", "L033", "L034", "L041", "L046", "L051", "L053")
        }
        assert -10 < ratios["L011"] < 40
        assert 15 < ratios["L021"] < 60
        assert 3500 < ratios["L033"] < 6500
        assert 10 < ratios["L034"] < 25
        assert 1 < ratios["L041"] < 6
        assert 90 < ratios["L046"] < 105
        assert 25 < ratios["L051"] < 75
        assert 25 < ratios["L053"] < 50


@each
def test_the_second_year_reads_the_first(rank: int) -> None:
    first, second = sets_of(rank)

    assert second.data.previous == first.effective
    assert second.evaluation.cells["A2.L199.P"] == first.evaluation.cells["A2.L199.N"]
    assert second.data.forced == {}
    assert {cell.split(".")[0] for cell in first.data.forced} == {
        "T03",
        "T04",
        "T05",
        "T07",
        "F06",
        "F08",
        "F10",
        "G03",
        "G07",
        "G15",
    }


def test_each_body_has_its_own_figures() -> None:
    main = ("A2.L199.N", "R1.L619.N", "C1.L470.T", "R2.L690.N", "F12.L030.N", "G04.L019.T", "P2.L313.N")
    for cell in main:
        values = [sets_of(rank)[1].effective[cell] for rank in range(len(PARTS))]
        assert len(set(values)) == len(PARTS)
    shared = [shared_values(sets_of(0)[1].data.cells, sets_of(rank)[1].data.cells) for rank in range(1, 40)]
    assert max(shared) < 0.25


def shared_values(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    common = [cell for cell in one.keys() & other.keys() if not (one[cell] == other[cell] == "0")]
    return sum(one[cell] == other[cell] for cell in common) / len(common)


def test_a_set_is_always_the_same() -> None:
    again = two_years(PARTS[3].organism, PARTS[3].slips)

    assert again == sets_of(3)


def test_every_slip_is_made_by_someone() -> None:
    assert {check for part in PARTS for check in part.slips} == set(SLIPS)


def test_schemes_keep_their_number_from_year_to_year() -> None:
    first, second = sets_of(0)
    before = {row.key for row in first.data.rows["F01"]}
    after = {row.key for row in second.data.rows["F01"]}

    assert before < after
    assert after - before <= {row.key for row in first.data.rows["F02"]}


def test_subsidiaries_have_true_keys() -> None:
    rows = [row for rank in range(40) for row in sets_of(rank)[1].data.rows["T11"]]

    assert all(is_luhn(row.values["C02"]) for row in rows)


def test_content_shows_what_the_set_holds() -> None:
    complete = sets_of(0)[1]
    content = content_of(complete)
    shown = {f"{tab.code}.{cell}": value for tab in content.tabs for cell, value in tab.values.items()}

    assert shown == complete.effective
    assert {tab.code: len(tab.rows) for tab in content.tabs if tab.rows} == {
        tab: len(rows) for tab, rows in complete.data.rows.items()
    }
    assert content.draft


def test_forced_cells_are_shown_with_their_reason() -> None:
    complete = sets_of(0)[0]
    content = content_of(complete)
    forced = {f"{tab.code}.{cell}": kept for tab in content.tabs for cell, kept in tab.forced.items()}

    assert {cell: kept.value for cell, kept in forced.items()} == complete.data.forced
    assert all(kept.reason for kept in forced.values())


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, (1, 1, 2), [25, 25, 50]),
        (10, (1, 1, 1), [3, 4, 3]),
        (-7, (1, 1), [-4, -3]),
        (5, (0, 0), [5, 0]),
        (0, (3, 4), [0, 0]),
    ],
)
def test_parts_add_up_to_the_whole(amount: int, weights: tuple[float, ...], parts: list[int]) -> None:
    assert spread(amount, weights) == parts
    assert sum(parts) == amount


def test_no_part_passes_its_limit() -> None:
    parts = spread_within(17, [0, 3, 40, 1])

    assert sum(parts) == 17
    assert all(part <= limit for part, limit in zip(parts, [0, 3, 40, 1], strict=True))
