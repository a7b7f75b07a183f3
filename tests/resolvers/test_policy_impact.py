"""What a change of the rules would do, counted on real dossiers and by hand."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from authz import Right, Target
from authz.editing import try_edits
from authz.history import lines_at
from authz.policy import Policy
from models import Campaign, Dossier, Organism
from resolvers.policy_impact import impact_of
from tests.rights_desk import OPH, build_desk, editor, reads
from tests.world import OTHER_SIREN, SIREN, World

READING = {Right.READ.value, Right.EXPORT.value}
# A form that no rule names: it goes with all the others.
UNNAMED = "QRC"


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_desk()


async def test_the_impact_counts_the_dossiers_that_each_body_gains_and_loses(world: World) -> None:
    await spread(world)
    random, admin = Random(7), await editor()  # noqa: S311 - the same draws each time
    dossiers = await Dossier.all().prefetch_related("organism__organization")
    lines = [row.line for row in await lines_at("MIN", admin.authority.version)]
    living = [
        line for line in lines if line.ptype in ("p", "p2") and line.id and line.field("act") in READING
    ]
    for _ in range(5):
        add = [
            reads(
                random.choice(["partner:ANCOLS", "partner:CDC", "user:cdc", "kind:partner", "operator:MIN"]),
                random.choice(["all", OPH, "category:OPH", "department:75"]),
                right=random.choice([Right.READ, Right.EXPORT]),
                steps=random.choice(["456", "4", "16"]),
                form=random.choice(["ER", "QDIS", "*"]),
                deny=random.random() < 0.3,
            )
            for _ in range(2)
        ]
        close = random.sample(living, random.randint(0, 2))
        ids = [line.id for line in close if line.id]
        policies = await try_edits(admin, add, ids, base=admin.authority.version)
        impact = await impact_of(admin, policies, add, close)
        found = {
            (row.organization.key, row.form, row.right): (row.gained, row.lost)
            for row in impact.rows
            if row.gained or row.lost
        }
        assert found == by_hand(policies, dossiers)
    policies = await try_edits(admin, [], [], base=admin.authority.version)
    nothing = await impact_of(admin, policies, [], [])
    assert (nothing.gained, nothing.rows, nothing.sentence) == (
        0,
        (),
        "Aucun dossier ni aucun compte ne change de main.",
    )


async def spread(world: World) -> None:
    """Dossiers of both organisms, of several forms, years and steps."""
    first = await Dossier.get(id=world.dossier)
    for number, (form, year, step) in enumerate(
        [("ER", 2024, 6), ("ER", 2023, 4), ("QDIS", 2024, 4), ("QDIS", 2024, 1), (UNNAMED, 2024, 5)]
    ):
        for siren in (SIREN, OTHER_SIREN):
            await clone(first, siren, form, year, step, number)


async def clone(first: Dossier, siren: str, form: str, year: int, step: int, number: int) -> None:
    campaign, _ = await Campaign.get_or_create(
        platform_id="MIN", form=form, year=year, defaults={"pack": first.pack, "opens_on": date(2025, 1, 1)}
    )
    organism = await Organism.get(siren=siren)
    if await Dossier.filter(campaign=campaign, organism=organism).exists():
        return
    await Dossier.create(
        campaign=campaign,
        organism=organism,
        platform="MIN",
        form=form,
        year=year,
        pack=first.pack,
        code=f"{number:03}",
        category="OPH",
        search=first.search,
        step=step,
        step_since=first.step_since,
    )


def by_hand(
    policies: tuple[Policy, Policy], dossiers: list[Dossier]
) -> dict[tuple[str, str, str], tuple[int, int]]:
    """What `impact_of` counts, one enforce() at a time."""
    sums: dict[tuple[str, str, str], tuple[int, int]] = {}
    before, after = policies
    for dossier in dossiers:
        target = Target("MIN", dossier.form, dossier.year, dossier.organism.organization.key, dossier.step)
        for right in (Right.READ, Right.EXPORT):
            gained: set[str] = set()
            lost: set[str] = set()
            for subject, account in before.accounts.items():
                then, now = (all(one.enforce(subject, right, target)) for one in (before, after))
                if then != now:
                    (gained if now else lost).add(account.organization)
            for key in gained | lost:
                place = (key, "" if dossier.form == UNNAMED else dossier.form, right.value)
                more, less = sums.get(place, (0, 0))
                sums[place] = (more + (key in gained), less + (key in lost))
    return sums
