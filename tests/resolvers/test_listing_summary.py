"""The summary that lists are counted from: it is the dossiers' own count, whatever happens to them."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from authz import Authority, viewer_of_user
from models import Campaign, Dossier, Organism, Platform, PlatformKind, execute, fetch, transaction
from resolvers import listing
from resolvers.criteria import Criteria
from tests.world import OTHER_SIREN, SIREN, World, build_world

pytestmark = pytest.mark.usefixtures("database")

AT_ONCE = 60


async def _faults() -> list[dict[str, object]]:
    return await fetch("SELECT * FROM dossier_tally_faults()")


async def _campaigns(world: World, count: int) -> list[UUID]:
    """A dossier of both organisms in each of so many campaigns, at step 1."""
    made = []
    model = await Dossier.get(id=world.dossier)
    organisms = await Organism.all()
    for year in range(2000, 2000 + count):
        campaign = await Campaign.create(
            platform_id="MIN", form="ER", year=year, pack=model.pack, opens_on="2001-01-01"
        )
        made += [_like(model, campaign, organism) for organism in organisms]
    await Dossier.bulk_create(made)
    return [dossier.id for dossier in made]


def _like(model: Dossier, campaign: Campaign, organism: Organism) -> Dossier:
    return Dossier(
        campaign=campaign,
        organism=organism,
        platform="MIN",
        form="ER",
        year=campaign.year,
        pack=model.pack,
        code=organism.siren[:3],
        category="OPH",
        search=organism.siren,
        step=1,
        step_since=model.step_since,
    )


async def _total(world: World, **criteria: str) -> int:
    return (await listing.search(world["ministere"], Criteria(**criteria))).total  # type: ignore[arg-type] # texts only


async def test_crossings_at_once_are_all_counted_and_none_waits_for_another_for_ever() -> None:
    world = await build_world()
    dossiers = await _campaigns(world, 6)

    async def cross(number: int) -> None:
        """Two dossiers of two campaigns, which others hold the other way round."""
        pair = sorted((dossiers[number % 12], dossiers[(number * 5 + 1) % 12]))
        async with transaction():
            for dossier in pair:
                await execute("UPDATE dossier SET step = (step + %s) %% 7 WHERE id = %s", [number, dossier])
            if number % 10 == 9:
                await Dossier.filter(id=pair[0]).delete()

    await asyncio.gather(*(asyncio.create_task(cross(number)) for number in range(AT_ONCE)))
    assert await _faults() == []
    counted = await fetch("SELECT count(*) AS n FROM dossier")
    assert await _total(world) == counted[0]["n"] < 13
    kept = await fetch("SELECT sum(bit_count(organisms))::int AS n FROM dossier_tally")
    assert kept == counted


async def test_the_summary_follows_whatever_a_list_reads_of_a_dossier() -> None:
    world = await build_world()
    one = Dossier.filter(id=world.dossier)
    await Platform.create(code="EPL", name="Fédération", kind=PlatformKind.FEDERATION)
    for change, found in (
        ({"code": "777", "search": "nouveau nom"}, {"search": "nouveau"}),
        ({"category": "SA"}, {"category": "SA"}),
        ({"step": 5}, {}),
        ({"year": 2022}, {"year": 2022}),
        ({"organism_id": (await Organism.get(siren=OTHER_SIREN)).id}, {}),
    ):
        await one.update(**change)
        assert await _total(world, **found) == 1, change
        assert await _faults() == []
    await one.update(platform="EPL")
    assert await _total(world) == 0
    assert await _faults() == []
    with pytest.raises(ZeroDivisionError):
        await _change_and_fail(world)
    assert await _faults() == []
    await one.delete()
    assert await fetch("SELECT sum(bit_count(organisms))::int AS n FROM dossier_tally") == [{"n": 0}]


async def _change_and_fail(world: World) -> None:
    async with transaction():
        await Dossier.filter(id=world.dossier).update(step=2, code="778")
        raise ZeroDivisionError


async def test_a_wrong_summary_is_told_shows_nobody_else_s_dossier_and_is_made_again() -> None:
    world = await build_world()
    await execute("ALTER TABLE dossier DISABLE TRIGGER USER")
    await _campaigns(world, 2)
    await execute("ALTER TABLE dossier ENABLE TRIGGER USER")
    # As if the summary had the neighbour's dossiers for those of the organism.
    assert [fault["counted"] for fault in await _faults()] == [5]
    await execute("SELECT dossier_tally_rebuild()")
    assert await _faults() == []
    assert await _total(world) == 5
    await execute("UPDATE listed_organism SET organism_id = %s", [(await Organism.get(siren=SIREN)).id])
    authority = await Authority.load()
    reader = await viewer_of_user(authority, world["saisie"].user_id or UUID(int=0))
    page = await listing.search(reader, Criteria())
    assert {row.organism.siren for row in page.rows} == {SIREN}


async def test_the_bit_strings_grow_with_the_organisms() -> None:
    world = await build_world()
    await execute(
        "INSERT INTO listed_organism SELECT n, 'MIN', gen_random_uuid(), 'Z', 'OPH', 'x' "
        "FROM generate_series(2, 1023) n"
    )
    await _campaigns(world, 1)
    lengths = await fetch("SELECT DISTINCT length(organisms) AS n FROM dossier_tally")
    assert lengths == [{"n": 2048}]
    assert await _faults() == []
    assert await _total(world) == 3
