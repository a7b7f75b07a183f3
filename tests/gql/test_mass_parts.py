"""A large download by many parts: reckoned once a minute, and never past a right that was lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pytest

from authz import viewer_of_user
from gql.http import kept_layouts, mass_export_files
from gql.http.kept_layouts import KeptLayouts, Laid
from models import Dossier, MassExportItem, User
from rendering.mass_manifest import composed
from resolvers import convention_edits, mass_exports
from tests.agreements import article, build_agreements, content, published
from tests.gql.test_mass_downloads import CONTENT, fetched, ready
from tests.masses import own_mass

if TYPE_CHECKING:
    from rendering.mass_archive import Archive
    from resolvers.mass_export_taking import MassTaken
    from tests.gql.conftest import House


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tag of each archive that was composed."""
    tags: list[str] = []

    def counted(taken: MassTaken) -> tuple[Archive, str]:
        made = composed(taken)
        tags.append(made[1])
        return made

    monkeypatch.setattr(mass_export_files, "composed", counted)
    return tags


async def test_the_parts_of_a_download_are_reckoned_once(fresh: House, reckoned: list[str]) -> None:
    by, made = await ready(fresh)
    parts = await asyncio.gather(*(fetched(fresh, by, made, range=f"bytes={at}-{at}") for at in range(20)))
    assert {part.status_code for part in parts} == {206}
    assert len(reckoned) == 1
    whole = await fetched(fresh, by, made)
    assert b"".join(part.content for part in parts) == whole.content[:20]
    # Whole, it is reckoned anew, and goes on from there.
    rest = await fetched(fresh, by, made, range="bytes=20-", if_range=whole.headers["etag"])
    assert (len(reckoned), rest.status_code, rest.content) == (2, 206, whole.content[20:])
    # Another person's is never his.
    other = await fresh.sign_in("hierarchie")
    assert (await fetched(fresh, other, made, range="bytes=0-0")).status_code == 404


async def test_a_right_lost_between_two_parts_is_heeded_at_once(fresh: House, reckoned: list[str]) -> None:
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    world = await build_agreements(fresh.world)
    agreed = await published(world, article())
    session, key = await fresh.sign_in("ancols"), uuid4().hex
    await world.authority.refresh()
    viewer = await viewer_of_user(world.authority, (await User.get(login="ancols")).id)
    await fresh.files.put(key, CONTENT)
    made = await own_mass(viewer, world.dossier, key, CONTENT)
    await MassExportItem.filter(export_id=made).update(held=["A2"])
    assert (await fetched(fresh, session, made, range="bytes=0-0")).status_code == 206
    admin = await viewer_of_user(world.authority, (await User.get(login="admin")).id)
    narrow = content(article(tabs=(("ER", ("A1",)),)))
    await convention_edits.update(admin, agreed.id, narrow, agreed.revision)
    closed = await fetched(fresh, session, made, range="bytes=1-")
    assert (closed.status_code, closed.json()["extensions"]["code"]) == (403, "MASS_EXPORT_CLOSED")
    assert CONTENT not in closed.content
    assert len(reckoned) == 1


async def test_few_layouts_are_kept_and_none_for_long(fresh: House) -> None:
    now, times = [100.0], [0]
    layouts = KeptLayouts(lambda: now[0])

    async def make() -> Laid:
        times[0] += 1
        return cast("Laid", object())

    viewer = fresh.world["saisie"]
    _, made = await ready(fresh)
    row = (await mass_exports.mass_exports(viewer, 1)).rows[0]
    assert str(row.id) == made
    first = await layouts.laid(viewer, row, make, part=True)
    now[0] += kept_layouts.KEPT - 1
    assert await layouts.laid(viewer, row, make, part=True) is first
    assert await layouts.laid(fresh.world["ministere"], row, make, part=True) is not first
    assert await layouts.laid(viewer, replace(row, failed=1), make, part=True) is not first
    now[0] += 1
    again = await layouts.laid(viewer, row, make, part=True)
    assert again is not first
    for number in range(kept_layouts.MOST_KEPT):
        await layouts.laid(viewer, replace(row, total=100 + number), make, part=True)
    assert await layouts.laid(viewer, row, make, part=True) is not again
    assert times[0] == 5 + kept_layouts.MOST_KEPT
