"""Lists: every criterion, every page, the exact total; and never from a replaced policy."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authz import Authority, Right, Target, Viewer, bump, decide
from forms import Step
from models import (
    Campaign,
    Consent,
    Dossier,
    Invalid,
    Organism,
    Problem,
    execute,
    fetch,
    transaction,
)
from resolvers import listing
from resolvers.criteria import Criteria, Sort
from resolvers.paging import encode
from resolvers.rows import DossierRow
from tests.authz.random_policies import SUBJECTS, Dice
from tests.authz.sample import ORGANISMS, viewer
from tests.world import SIREN, World, build_world

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.usefixtures("database")


FINDING = [
    Criteria(search="habitat"),
    Criteria(search="ESSAI Office"),
    Criteria(search="732829320"),
    Criteria(search="001"),
    Criteria(search="34"),
    Criteria(search="montpellier habitat"),
    Criteria(search="   "),
    Criteria(form="ER", year=2024),
    Criteria(steps=(Step.ENTRY, Step.REVIEW)),
    Criteria(category="OPH"),
    Criteria(department="34"),
]
MISSING = [
    Criteria(search="toulouse"),
    Criteria(search="%"),
    Criteria(search="_ffice"),
    Criteria(form="QDIS"),
    Criteria(year=2023),
    Criteria(steps=(Step.CLOSURE,)),
    Criteria(category="SA"),
    Criteria(department="75"),
]


async def test_each_criterion_finds_or_not() -> None:
    world = await build_world()
    for criteria in (*FINDING, *MISSING):
        page = await listing.search(world["saisie"], criteria)
        assert page.total == len(page.rows) == (1 if criteria in FINDING else 0), criteria


async def _many(world: World, count: int) -> None:
    """More dossiers of the neighbour, one a year, some under the same code."""
    neighbour = await Organism.get(siren="552100554")
    model = await Dossier.get(id=world.dossier)
    for number in range(count):
        campaign = await Campaign.create(
            platform_id="MIN", form="ER", year=2000 + number, pack=model.pack, opens_on="2001-01-01"
        )
        await Dossier.create(
            campaign=campaign,
            organism=neighbour,
            platform="MIN",
            form="ER",
            year=2000 + number,
            pack=model.pack,
            code=f"{number // 3:03}",
            category="OPH",
            search="habitat voisin",
            step=4,
            step_since=model.step_since,
        )


async def _pages(viewer: Viewer, first: int) -> list[DossierRow]:
    """All the pages of the viewer's list, each with the same total as the number of rows in the end."""
    rows: list[DossierRow] = []
    totals, after = [], None
    while True:
        page = await listing.search(viewer, Criteria(), first, after)
        totals.append(page.total)
        rows += page.rows
        assert len(page.rows) == len(page.cursors) <= first
        if not page.has_next:
            assert set(totals) == {len(rows)}
            return rows
        after = page.cursors[-1]


async def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    world = await build_world()
    assert (await listing.search(world["ministere"], Criteria())).total == 1
    await _many(world, 11)
    whole = (await listing.search(world["ministere"], Criteria(), 200)).rows
    codes = [row.organism.code for row in whole]
    years = [row.year for row in whole if row.organism.siren != SIREN]
    assert (codes, years) == (sorted(codes), sorted(years))
    assert len({row.id for row in whole}) == 12
    for first in (1, 3, 7, 11, 12):
        assert [row.id for row in await _pages(world["ministere"], first)] == [row.id for row in whole]


@pytest.mark.parametrize("first", [0, -1, 201, 10**9])
async def test_an_unbounded_list_is_refused(first: int) -> None:
    world = await build_world()
    with pytest.raises(Invalid) as refusal:
        await listing.search(world["saisie"], Criteria(), first)
    assert refusal.value.code == "FIRST_OUT_OF_BOUNDS"


FORGED = [encode("0\x001", UUID(int=1)), encode("001", UUID(int=1)), encode("9|1", UUID(int=1))]


async def test_a_forged_cursor_is_refused() -> None:
    world = await build_world()
    for cursor in ("", "x", "é", "MDAxfHg=", "////", *FORGED, encode("1|9", UUID(int=1))):
        with pytest.raises(Invalid) as refusal:
            await listing.search(world["saisie"], Criteria(), 5, cursor)
        assert refusal.value.code == "CURSOR_INVALID"


async def test_a_cursor_of_what_one_does_not_see_is_as_good_as_none() -> None:
    world = await build_world(step=1)
    await _many(world, 3)
    listed = await fetch(
        "SELECT l.id, o.siren FROM listed_organism l JOIN organism o ON o.id = l.organism_id ORDER BY l.id"
    )
    campaigns = [row["id"] for row in await fetch("SELECT id FROM listed_campaign")]
    assert len(listed) > 1
    accepted, mark = [], Criteria().mark(Sort.CODE, descending=False)
    for login in ("saisie", "ancols"):
        for row, campaign in ((row, campaign) for row in listed for campaign in campaigns):
            try:
                cursor = encode(f"{mark}|{row['id']}|{campaign}|", uuid4())
                await listing.search(world[login], Criteria(), 5, cursor)
            except Invalid as refusal:
                assert refusal.code == "CURSOR_INVALID"  # noqa: PT017 - most are refused, one is not
            else:
                accepted.append((login, row["siren"]))
    assert set(accepted) == {("saisie", SIREN)}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=True))
async def test_a_list_holds_what_is_decided_row_by_row(dossiers_of_the_sample: str, random: Random) -> None:
    assert dossiers_of_the_sample
    await execute("UPDATE dossier SET step = floor(random() * 7)")
    records = await fetch("SELECT * FROM dossier ORDER BY code, platform, organism_id, form, year")
    keys = {fact.id: fact.key for fact in ORGANISMS}
    dice = Dice(random)
    policy = dice.policy()
    for subject in SUBJECTS:
        who = viewer(policy, subject)
        decided = [
            record["id"]
            for record in records
            if decide(who, Right.READ, _target(record, keys[record["organism_id"]])).allowed
        ]
        assert [row.id for row in await _pages(who, dice.one([1, 2, 5, 50]))] == decided


def _target(record: dict[str, Any], organism: str) -> Target:
    return Target(record["platform"], record["form"], record["year"], organism, record["step"])


FACTS = {fact.id: fact for fact in ORGANISMS}
CRITERIA = [
    Criteria(),
    Criteria(form="ER"),
    Criteria(year=2024, steps=(Step.ENTRY,)),
    Criteria(steps=(Step.REVIEW, Step.CLOSURE), category="OPH"),
    Criteria(department="75"),
    Criteria(search="111", department="75"),
    Criteria(search="3 333"),
]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=True))
async def test_lists_are_those_of_a_reading_of_every_dossier_after_any_moves(
    dossiers_of_the_sample: str,
    random: Random,
) -> None:
    assert dossiers_of_the_sample
    dice = Dice(random)
    policy = dice.policy()
    # Each keeps its memory from round to round, as a process does.
    askers = [viewer(policy, subject) for subject in dice.some(SUBJECTS, 0.4)]
    for _round in range(4):
        await execute(
            "UPDATE dossier SET step = floor(random() * 7) WHERE random() < %s", [dice.one([0.02, 0.5])]
        )
        records = await fetch("SELECT * FROM dossier ORDER BY code, platform, organism_id, form, year")
        for asker in askers:
            for criteria in CRITERIA:
                page = await listing.search(asker, criteria, 200)
                wanted = [record["id"] for record in records if _wanted(asker, criteria, record)]
                assert ([row.id for row in page.rows], page.total) == (wanted[:200], len(wanted))


def _wanted(asker: Viewer, criteria: Criteria, record: dict[str, Any]) -> bool:
    fact = FACTS[record["organism_id"]]
    return (
        decide(asker, Right.READ, _target(record, fact.key)).allowed
        and criteria.form in (None, record["form"])
        and criteria.year in (None, record["year"])
        and criteria.category in (None, record["category"])
        and criteria.department in (None, fact.department)
        and (not criteria.steps or record["step"] in criteria.steps)
        and all(word in record["search"] for word in (criteria.search or "").split())
    )


async def test_a_list_never_answers_from_a_replaced_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    world = await build_world(step=4)

    async def edited(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        monkeypatch.setattr(listing, "fetch", fetch)
        async with transaction():
            await Consent.all().update(given=False)
            await bump(None, "L'organisme retire son accord")
        return await fetch(query, values)

    monkeypatch.setattr(listing, "fetch", edited)
    assert (await listing.search(world["cdc"], Criteria())).total == 0
    async with transaction():
        await bump(None, "Rien")

    async def blind(_: Authority) -> None:
        """A process that never hears of the newer policy."""

    monkeypatch.setattr(Authority, "refresh", blind)
    with pytest.raises(Problem) as refusal:
        await listing.search(world["ministere"], Criteria())
    assert refusal.value.code == "AUTHORITY_UNAVAILABLE"
