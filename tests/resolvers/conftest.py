"""What several tests of verbs stand on."""

from __future__ import annotations

import pytest

from models import Organism, Organization, Platform, PlatformKind, execute, transaction
from tests.authz.sample import ORGANISMS
from tests.world import PACK


@pytest.fixture
async def dossiers_of_the_sample(database: str) -> str:
    """Every campaign of the small world of `tests.authz.sample`, a dossier for each of its organisms."""
    async with transaction():
        for code in ("MIN", "ESH"):
            await Platform.create(code=code, name=code, kind=PlatformKind.MINISTRY)
        for fact in ORGANISMS:
            body = await Organization.create(key=fact.key, kind="organism", name=fact.key, short_name="x")
            await Organism.create(
                id=fact.id,
                organization=body,
                siren=fact.key[-9:],
                category=fact.category,
                department=fact.department,
                city="Paris",
                federation_id=fact.federation,
            )
        await execute(
            "INSERT INTO campaign (platform_id, form, year, pack, opens_on) "
            "SELECT code, form, year, %s, '2024-01-01' FROM platform, unnest(%s::text[]) form, "
            "unnest(%s::int[]) year",
            [PACK, ["ER", "QDIS", "ZZ"], [2023, 2024, 2030]],
        )
        await execute(
            "INSERT INTO dossier (id, campaign_id, organism_id, platform, form, year, pack, code, category,"
            " search, step, step_since, passes, version) "
            "SELECT gen_random_uuid(), c.id, o.id, c.platform_id, c.form, c.year, c.pack,"
            " substr(md5(o.siren), 1, 3), o.category, o.siren, 0, now(), 0, 0 FROM campaign c, organism o"
        )
        await execute("INSERT INTO policy_version (version, at, comment) VALUES (1, now(), 'x')")
    return database
