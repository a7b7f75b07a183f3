"""What a profile or a return to a version would do, told before; the history by pages."""

from __future__ import annotations

import pytest

from authz import Right
from models import Invalid, NotFound
from resolvers import policy_foreseen, policy_profiles
from resolvers.policy_desk import open_desk
from resolvers.policy_profiles import Box, ProfileWrite
from resolvers.policy_versions import VersionRow, page_of_versions
from tests.authz.stored import stored
from tests.rights_desk import build_desk, changed, editor, number_of, reads
from tests.world import World

READER = "profile:partner_user"


@pytest.fixture(autouse=True)
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_desk()


async def test_a_profile_and_a_return_are_measured_before_they_are_kept() -> None:
    first = (await editor()).authority.version
    await changed(await editor(), reads())
    before, viewer = await stored(), await editor()
    back = await policy_foreseen.foresee_rollback(viewer, "MIN", first)
    assert back.sentence == "ANCOLS perd la lecture de 1 dossier ER."
    assert (back.blocking, back.close) == ((), (await number_of(reads()),))
    prints = (Box(Right.EXPORT.value, "*", (4, 5, 6)),)
    unread = ProfileWrite("MIN", READER, prints, viewer.authority.version, "")
    impact = await policy_foreseen.foresee_profile(viewer, unread)
    assert impact.lost > 0
    assert "ANCOLS perd la lecture" in impact.sentence
    # Whoever takes his own right away is told so first, and by the same words refused.
    boxes = (Box(Right.POLICY_EDIT.value, "*", (0, 1, 2)),)
    alone = ProfileWrite("MIN", "profile:operator_admin", boxes, viewer.authority.version, "Essai")
    shut = await policy_foreseen.foresee_profile(viewer, alone)
    assert "votre propre droit de modifier les règles" in shut.blocking[0]
    with pytest.raises(Exception, match="votre propre droit") as refused:
        await policy_profiles.set_profile(viewer, alone, "k")
    assert str(refused.value) == shut.blocking[0]
    here = await policy_foreseen.foresee_rollback(viewer, "MIN", viewer.authority.version)
    assert (here.add, here.close, len(here.blocking)) == ((), (), 1)
    assert "il n’y a rien à enregistrer" in here.blocking[0]
    for to in (0, 999):
        with pytest.raises(Invalid) as unknown:
            await policy_foreseen.foresee_rollback(viewer, "MIN", to)
        assert unknown.value.code == "POLICY_VERSION_UNKNOWN"
    assert await stored() == before


async def test_who_does_not_edit_foresees_nothing(world: World) -> None:
    for login in ("ministere", "cdc", "saisie"):
        viewer = world[login]
        for asked in (
            policy_foreseen.foresee_rollback(viewer, "MIN", 1),
            policy_foreseen.foresee_profile(viewer, ProfileWrite("MIN", "rien", (), 1, "")),
            open_desk(viewer, "RIEN"),
        ):
            with pytest.raises(NotFound) as closed:
                await asked
            assert closed.value.code == "POLICY_DESK_UNKNOWN"


async def test_the_history_goes_back_to_its_first_version_by_pages_that_do_not_move() -> None:
    steps = [str(step) for step in range(7)]
    for step in steps:
        await changed(await editor(), reads(steps=step, form="QDIS"))
    whole = (await page_of_versions("MIN", 200, None)).rows
    assert [row.version for row in whole] == sorted((row.version for row in whole), reverse=True)
    assert len(whole) > len(steps)
    pages: list[VersionRow] = []
    after: str | None = None
    while True:
        page = await page_of_versions("MIN", 3, after)
        pages += page.rows
        if not page.has_next:
            break
        after = str(page.rows[-1].version)
        # What is written meanwhile begins the list, and moves nothing below.
        await changed(await editor(), reads("partner:CDC", steps="1", ref=f"art. {after}"))
    assert tuple(pages) == whole
    for wrong in ("", "-1", "x", "9" * 10, "²"):
        with pytest.raises(Invalid) as cursor:
            await page_of_versions("MIN", 3, wrong)
        assert cursor.value.code == "CURSOR_INVALID"
