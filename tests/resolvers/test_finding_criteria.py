"""What a search may ask for, and what is refused before anything is looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from forms import Step
from models import Invalid
from resolvers import finding_one_by_one
from resolvers.criteria import (
    LONGEST,
    MOST,
    MOST_WORDS,
    WORDED,
    Criteria,
    Sort,
    require_criteria,
    sort_named,
)
from resolvers.finding_relation import found_ids
from resolvers.finding_sql import of_sets
from tests.world import build_world

MANY_WORDS = " ".join(f"a{number}" for number in range(MOST_WORDS + 1))
BLANK = [Criteria(), Criteria(search=" "), Criteria(name="\u202f", form="", steps=()), Criteria(labels=())]
ASKED = [Criteria(late=False), Criteria(year=2024), Criteria(code="0"), Criteria(steps=(Step.ENTRY,))]


@pytest.mark.parametrize("criteria", BLANK)
def test_nothing_asked_for_is_refused(criteria: Criteria) -> None:
    assert criteria.empty
    with pytest.raises(Invalid) as refusal:
        require_criteria(criteria)
    assert refusal.value.code == "CRITERIA_EMPTY"


@pytest.mark.parametrize("criteria", ASKED)
def test_one_criterion_is_enough(criteria: Criteria) -> None:
    assert not criteria.empty
    require_criteria(criteria)


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        (Criteria(search="a " * LONGEST), "CRITERIA_TOO_LONG"),
        (Criteria(within="é" * (LONGEST + 1)), "CRITERIA_TOO_LONG"),
        *((Criteria(**{name: MANY_WORDS}), "CRITERIA_TOO_LONG") for name in WORDED),  # type: ignore[arg-type] # texts
        (Criteria(years=tuple(range(MOST + 1))), "CRITERIA_TOO_LONG"),
        (Criteria(labels=tuple(UUID(int=number) for number in range(MOST + 1))), "CRITERIA_TOO_LONG"),
        (Criteria(passed_since=date(1, 1, 1)), "DATE_INVALID"),
        (Criteria(handed_until=date(9999, 12, 31)), "DATE_INVALID"),
    ],
)
def test_what_is_out_of_bounds_is_refused(criteria: Criteria, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        criteria.check()
    assert refusal.value.code == code


def test_a_word_said_again_is_looked_for_once() -> None:
    said = " ".join(["Habitat", "hâbitat", "HÉRAULT"] * 16)
    criteria = Criteria(search=said, within=said, name=said)
    criteria.check()
    condition = of_sets(criteria)
    assert condition.values == ("%habitat%", "%herault%", ["%habitat%", "%herault%"])
    assert condition.sql.count("%s") == 3
    assert condition.sql.count("EXISTS") == 1


def test_a_sort_is_named_or_refused() -> None:
    assert [sort_named(sort.name) for sort in Sort] == list(Sort)
    for name in ("", "code; DROP TABLE dossier", "mro", "CODE ", "prénom"):
        with pytest.raises(Invalid) as refusal:
            sort_named(name)
        assert refusal.value.code == "SORT_UNKNOWN"


def test_each_search_has_a_mark_of_its_own() -> None:
    asked = [Criteria(), *ASKED, Criteria(search="a"), Criteria(within="a"), Criteria(labels=(uuid4(),))]
    marks = [
        criteria.mark(sort, descending=descending)
        for criteria in asked
        for sort in Sort
        for descending in (False, True)
    ]
    assert len(set(marks)) == len(marks)
    assert replace(asked[1]).mark(Sort.CODE, descending=True) == asked[1].mark(Sort.CODE, descending=True)


@pytest.mark.usefixtures("database")
async def test_what_would_be_read_dossier_by_dossier_of_too_many_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = await build_world(step=4)
    monkeypatch.setattr(finding_one_by_one, "MOST", -1)
    for criteria in (Criteria(anomalies=True), Criteria(unread=False)):
        with pytest.raises(Invalid) as refusal:
            await found_ids(world["cdc"], criteria)
        assert refusal.value.code == "CRITERIA_TOO_WIDE"
