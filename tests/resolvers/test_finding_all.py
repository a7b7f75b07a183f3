"""Searches of any criteria in any order, as a reading of every dossier by `decide` finds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authz import Viewer
from authz.clock import today
from forms import Step
from models import Invalid, Organization, User, execute
from resolvers import listing
from resolvers.criteria import Criteria, Sort
from resolvers.deadlines import due_dates, late
from resolvers.finding_facets import facets
from resolvers.finding_relation import found_ids
from resolvers.finding_suggestions import suggest_organisms
from resolvers.listing_orders import BY_SETS
from resolvers.paging import decode, encode
from tests.authz.random_policies import SUBJECTS, Dice
from tests.authz.sample import viewer
from tests.resolvers.told_keys import FACTS, KEYS, Record, in_order, scattered, sees, siren_of, with_ers

if TYPE_CHECKING:
    from authz.policy import Policy

DAY = date(2026, 3, 10)
MOMENTS = {Sort.STEP_SINCE, Sort.TRANSMITTED}
# Each told by the rules to some of its readers only, or joined to the dossier.
BESIDE = (Sort.ER_TRANSMITTED, Sort.OFFICER, Sort.ACCOUNT_MANAGER)


def _criteria(dice: Dice) -> Criteria:
    """Some of those that a reading of the rows can answer for."""
    found = Criteria(
        search=dice.often(None, ["OFFICE", "1 office", "33", "%", "_", "'", '"', "\\"], 0.7),
        within=dice.often(None, ["11", "office 22"], 0.8),
        name=dice.often(None, ["offi", "OFFICE", "111"], 0.8),
        siren=dice.often(None, ["1", "222 222", "9", "%"], 0.8),
        code=dice.often(None, ["b", "C", "_"], 0.8),
        form=dice.often(None, ["ER"], 0.8),
        forms=tuple(dice.some(["ER", "QDIS"], 0.3)),
        years=tuple(dice.some([2023, 2024], 0.3)),
        steps=tuple(dice.some(list(Step), 0.15)),
        categories=tuple(dice.some(["OPH", "SEM", "COOP"], 0.2)),
        department=dice.often(None, ["75", "69"], 0.8),
        federated=dice.often(None, [True, False], 0.8),
    )
    if dice.one([True, False]):
        since = dice.often(None, [DAY + timedelta(days=n) for n in range(-1, 3)])
        return replace(found, passed_since=since, late=dice.often(None, [False, True], 0.8))
    return found


def _matches(criteria: Criteria, record: Record) -> bool:
    fact = FACTS[record["organism_id"]]
    words = f"{criteria.search or ''} {criteria.within or ''}".lower().split()
    name = record["search"].partition(f" {siren_of(record)}")[0]
    begun = (
        datetime.combine(criteria.passed_since, datetime.min.time(), UTC) if criteria.passed_since else None
    )
    return (
        all(word in record["search"] for word in words)
        and all(word in name for word in (criteria.name or "").lower().split())
        and siren_of(record).startswith((criteria.siren or "").replace(" ", ""))
        and record["code"].startswith((criteria.code or "").lower())
        and (not criteria.all_forms or record["form"] in criteria.all_forms)
        and (not criteria.years or record["year"] in criteria.years)
        and (not criteria.steps or record["step"] in criteria.steps)
        and (not criteria.categories or record["category"] in criteria.categories)
        and criteria.department in (None, fact.department)
        and criteria.federated in (None, fact.federation is not None)
        and (begun is None or record["step_since"] >= begun)
        and criteria.late is not True
    )


async def _pages(
    asker: Viewer, criteria: Criteria, first: int, sort: Sort, *, descending: bool
) -> list[UUID]:
    rows: list[UUID] = []
    totals, after = set(), None
    while True:
        page = await listing.search(asker, criteria, first, after, sort=sort, descending=descending)
        totals.add(page.total)
        rows += [row.id for row in page.rows]
        if not page.has_next:
            assert totals == {len(rows)}
            return rows
        after = page.cursors[-1]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=True))
async def test_any_search_is_a_reading_of_every_dossier(dossiers_of_the_sample: str, random: Random) -> None:
    assert dossiers_of_the_sample
    records, dice = await scattered(), Dice(random)
    policy = dice.policy()
    for subject in SUBJECTS:
        asker, criteria = viewer(policy, subject), _criteria(dice)
        sort, descending = dice.one(list(Sort)), dice.one([True, False])
        wanted = [one for one in with_ers(asker, records) if sees(asker, one) and _matches(criteria, one)]
        expected = in_order(wanted, sort, descending=descending)
        pages = await _pages(asker, criteria, dice.one([1, 3, 50]), sort, descending=descending)
        assert pages == expected, (criteria, sort, descending)
        assert await found_ids(asker, criteria, sort=sort, descending=descending) == expected, repr(
            {k: getattr(criteria, k) for k in criteria.__slots__ if getattr(criteria, k) not in (None, ())}
        )
        await _facets_agree(asker, criteria, records)
        await _suggestions_agree(asker, records)


@pytest.mark.parametrize("descending", [False, True])
async def test_what_stands_beside_a_dossier_orders_lists_as_it_is_told(
    dossiers_of_the_sample: str,
    descending: bool,
) -> None:
    assert dossiers_of_the_sample
    records, keys = await scattered(), set[tuple[Sort, Any]]()
    policies = [Dice(Random(seed)).policy() for seed in range(8, 12)]  # noqa: S311 - the same draws each time
    for asker in (viewer(policy, subject) for policy in policies for subject in SUBJECTS):
        wanted = [one for one in with_ers(asker, records) if sees(asker, one)]
        for sort in BESIDE:
            expected = in_order(wanted, sort, descending=descending)
            assert await _pages(asker, Criteria(), 4, sort, descending=descending) == expected, sort
            assert await found_ids(asker, Criteria(), sort=sort, descending=descending) == expected
            keys |= {(sort, KEYS[sort](one)) for one in wanted}
    assert min(sum(sort is one for one, _ in keys) for sort in BESIDE[1:]) > 2, keys


async def _facets_agree(asker: Viewer, criteria: Criteria, records: list[Record]) -> None:
    seen = [one for one in records if sees(asker, one)]
    found = await facets(asker, criteria)
    blank = {
        "step": {"steps": ()},
        "category": {"category": None, "categories": ()},
        "form": {"form": None, "forms": ()},
        "year": {"year": None, "years": ()},
    }
    told = {"step": found.steps, "category": found.categories, "form": found.forms, "year": found.years}
    for name, left_out in blank.items():
        asked = replace(criteria, **left_out)  # type: ignore[arg-type] # each is blank for its field
        values = [one[name] for one in seen if _matches(asked, one)]
        expected = {value: values.count(value) for value in sorted(set(values), reverse=name == "year")}
        assert list(told[name]) == list(expected.items()), (name, criteria)


async def _suggestions_agree(asker: Viewer, records: list[Record]) -> None:
    seen = {siren_of(one) for one in records if sees(asker, one)}
    assert {one.siren for one in await suggest_organisms(asker, "office", 50)} == seen


HOSTILE = [
    "%",
    "_",
    "\\",
    "'",
    '"',
    "\0",
    "'; DROP TABLE dossier; --",
    "$1",
    "%s",
    "{}",
    "é" * 400,
    "zq " * 133,
]


async def test_hostile_texts_find_nothing_and_break_nothing(dossiers_of_the_sample: str) -> None:
    assert dossiers_of_the_sample
    policy = Dice(Random(8)).policy()  # noqa: S311 - the same draw each time
    asker = await _whosees(policy)
    for text in HOSTILE:
        for field in ("search", "within", "name", "siren", "code", "department", "form", "category", "user"):
            for asked in (None, False):
                criteria = replace(Criteria(late=asked), **{field: text})  # type: ignore[arg-type] # each is a text
                page = await listing.search(asker, criteria)
                assert (page.total, page.rows) == (0, ()), (field, text)
                assert await found_ids(asker, criteria) == []
        assert await suggest_organisms(asker, text) == []


async def _whosees(policy: Policy) -> Viewer:
    """Somebody whose list has several pages."""
    askers = [viewer(policy, subject) for subject in SUBJECTS]
    totals = [(await listing.search(asker, Criteria())).total for asker in askers]
    assert max(totals) > 1
    return askers[totals.index(max(totals))]


async def test_a_cursor_is_of_its_search_its_sort_and_its_direction_alone(
    dossiers_of_the_sample: str,
) -> None:
    assert dossiers_of_the_sample
    await scattered()
    policy = Dice(Random(8)).policy()  # noqa: S311 - the same draw each time
    asker = await _whosees(policy)
    asked = [
        (criteria, sort, descending)
        for criteria in (Criteria(), Criteria(search="office"), Criteria(search="office", late=False))
        for sort in (Sort.CODE, Sort.YEAR, Sort.STEP, Sort.STEP_SINCE, Sort.TRANSMITTED, Sort.OFFICER)
        for descending in (False, True)
    ]
    cursors = {
        one: (await listing.search(asker, one[0], 1, sort=one[1], descending=one[2])).cursors[0]
        for one in asked
    }
    assert len(set(cursors.values())) == len(asked)
    for (criteria, sort, descending), own in cursors.items():
        mark, row_id = decode(own)[0].partition("|")[0], decode(own)[1]
        by_rows = criteria.late is not None or sort not in BY_SETS
        made_up = (
            ["999999999|1|", "1|1", "=", "=2026-99-99", "x"] if sort in MOMENTS else ["999999999|1|", "x"]
        )
        forged = [
            *(cursor for cursor in cursors.values() if cursor != own),
            *(encode(f"{mark}|{rest}", row_id) for rest in made_up),
            *([encode(decode(own)[0], uuid4())] if by_rows else []),
        ]
        for cursor in forged:
            with pytest.raises(Invalid) as refusal:
                await listing.search(asker, criteria, 1, cursor, sort=sort, descending=descending)
            assert refusal.value.code == "CURSOR_INVALID"


async def test_late_is_what_each_dossier_is_told_of_itself(dossiers_of_the_sample: str) -> None:
    assert dossiers_of_the_sample
    await scattered()
    asker = await _whosees(Dice(Random(8)).policy())  # noqa: S311 - the same draw each time
    yesterday, author = today().date - timedelta(days=1), await _author()
    await execute(
        "INSERT INTO deadline (campaign_id, step, category, due_on) "
        "SELECT c.id, step, category, %s::date + floor(random() * 3)::int "
        "FROM campaign c, generate_series(0, 5) step, unnest(%s::text[]) category WHERE random() < 0.3",
        [yesterday, ["", "OPH", "SEM", "COOP"]],
    )
    await execute(
        "INSERT INTO deadline_exception (dossier_id, step, due_on, reason, author_id, at, removed_reason,"
        " removed_at) "
        "SELECT d.id, floor(random() * 6), %s::date + floor(random() * 3)::int, 'x', %s, now(), '',"
        " CASE WHEN random() < 0.3 THEN now() END FROM dossier d WHERE random() < 0.4",
        [yesterday, author],
    )
    rows = (await listing.search(asker, Criteria(), 200)).rows
    days = await due_dates(rows)
    expected = {row.id for row in rows if late(days[row.id], today().date)}
    assert 0 < len(expected) < len(rows)
    assert set(await found_ids(asker, Criteria(late=True))) == expected
    assert set(await found_ids(asker, Criteria(late=False))) == {row.id for row in rows} - expected


async def _author() -> UUID:
    body = await Organization.filter(kind="organism").first()
    user = await User.create(
        organization=body, login="x", password_hash="x", first_name="x", last_name="x", email=""
    )
    return user.id
