"""Finding and reading: the scope is part of every question, and says nothing of what it hides."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from authz import Right, bump, decide
from forms import Step
from models import Campaign, Consent, Dossier, Invalid, NotFound, Organism, transaction
from resolvers import dossiers
from resolvers.dossiers import Criteria
from resolvers.paging import encode
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

EVERYONE = ["saisie", "comptable", "hierarchie", "voisin", "ministere", "cdc", "ancols", "machine"]
# Who may read the organism's dossier, by step: the same table serves the one and the list.
ALWAYS = frozenset({"saisie", "comptable", "hierarchie", "ministere"})
READERS = {step: ALWAYS if step < 4 else ALWAYS | {"cdc", "machine"} for step in range(7)}


async def _may_read(world: World, login: str) -> bool:
    try:
        await dossiers.read(world[login], world.dossier)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("step", range(7))
async def test_may_she_and_which_may_she_agree_at_every_step(step: int) -> None:
    world = await build_world(step=step)
    target = (await dossiers.read(world["saisie"], world.dossier)).target
    for login in EVERYONE:
        expected = login in READERS[step]
        found = await dossiers.search(world[login], Criteria())
        assert await _may_read(world, login) is expected, login
        assert (found.total, len(found.rows)) == (int(expected), int(expected)), login
        assert decide(world[login], Right.READ, target).allowed is expected, login


async def test_a_hidden_dossier_and_none_answer_alike() -> None:
    world = await build_world(step=2)
    answers = []
    for dossier_id in (world.dossier, uuid4()):
        with pytest.raises(NotFound) as refusal:
            await dossiers.read(world["cdc"], dossier_id)
        answers.append((refusal.value.code, refusal.value.message, refusal.value.path, refusal.value.details))
    assert answers[0] == answers[1]


async def test_without_consent_the_partner_finds_nothing() -> None:
    world = await build_world(step=4)
    async with transaction():
        await Consent.all().update(given=False)
        await bump(None, "L'organisme retire son accord")
    assert (await dossiers.search(world["cdc"], Criteria())).total == 1
    await world.authority.refresh()
    assert (await dossiers.search(world["cdc"], Criteria())).total == 0
    assert not await _may_read(world, "cdc")


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (Criteria(search="habitat"), True),
        (Criteria(search="ESSAI Office"), True),
        (Criteria(search="732829320"), True),
        (Criteria(search="001"), True),
        (Criteria(search="34"), True),
        (Criteria(search="montpellier habitat"), True),
        (Criteria(search="toulouse"), False),
        (Criteria(search="%"), False),
        (Criteria(search="_ffice"), False),
        (Criteria(search="   "), True),
        (Criteria(form="ER", year=2024), True),
        (Criteria(form="QDIS"), False),
        (Criteria(year=2023), False),
        (Criteria(steps=(Step.ENTRY, Step.REVIEW)), True),
        (Criteria(steps=(Step.CLOSURE,)), False),
        (Criteria(category="OPH"), True),
        (Criteria(category="SA"), False),
        (Criteria(department="34"), True),
        (Criteria(department="75"), False),
    ],
)
async def test_each_criterion_finds_or_not(criteria: Criteria, found: bool) -> None:
    world = await build_world()
    page = await dossiers.search(world["saisie"], criteria)
    assert (page.total == 1) is found
    assert len(page.rows) == page.total


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


@pytest.mark.parametrize("first", [1, 3, 7, 200])
async def test_pages_follow_one_another_without_gap_or_repetition(first: int) -> None:
    world = await build_world()
    await _many(world, 11)
    seen, after = [], None
    while True:
        page = await dossiers.search(world["ministere"], Criteria(), first, after)
        assert page.total == 12
        seen += [row.id for row in page.rows]
        if not page.has_next:
            break
        after = page.cursors[-1]
    assert len(seen) == len(set(seen)) == 12
    rows = (await dossiers.search(world["ministere"], Criteria(), 200)).rows
    assert [row.organism.code for row in rows] == sorted(row.organism.code for row in rows)
    assert [row.id for row in rows] == seen


@pytest.mark.parametrize("first", [0, -1, 201, 10**9])
async def test_an_unbounded_list_is_refused(first: int) -> None:
    world = await build_world()
    with pytest.raises(Invalid) as refusal:
        await dossiers.search(world["saisie"], Criteria(), first)
    assert refusal.value.code == "FIRST_OUT_OF_BOUNDS"


@pytest.mark.parametrize("cursor", ["", "x", "é", "MDAxfHg=", "////", encode("0\x001", UUID(int=1))])
async def test_a_forged_cursor_is_refused(cursor: str) -> None:
    world = await build_world()
    with pytest.raises(Invalid) as refusal:
        await dossiers.search(world["saisie"], Criteria(), 5, cursor)
    assert refusal.value.code == "CURSOR_INVALID"
