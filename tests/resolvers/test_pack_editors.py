"""Who may change a form: its platform's people with the box, and nobody else learns of a draft."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from authz import Right, add_rows, box_line, ceiling_line, convention_line
from models import Invalid, NotFound, Platform, PlatformKind, Refused, execute
from resolvers import pack_drafts, pack_publishing, packs
from resolvers.pack_drafts import Upload
from tests.desk import Desk, build_desk, everything

RIGHT = Right.PACK_EDIT
STRANGERS = ["saisie", "hierarchie", "voisin", "ministere", "cdc", "ancols", "machine"]


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_desk()


@pytest.mark.parametrize("login", STRANGERS)
async def test_strangers_change_nothing_and_see_no_draft(desk: Desk, login: str) -> None:
    draft, stranger = await desk.upload(), desk.world[login]
    before = await everything()
    with pytest.raises(Refused) as caught:
        await pack_drafts.upload(stranger, Upload(desk.form, 2024, tuple(desk.files().items())))
    assert caught.value.code == "REFUSED"
    for act in (pack_drafts.read, pack_publishing.publish, pack_drafts.discard):
        for wanted in (draft.id, uuid4()):
            with pytest.raises(NotFound) as missing:
                await act(stranger, wanted)
            assert missing.value.code == "PACK_DRAFT_UNKNOWN"
    assert await pack_drafts.list_drafts(stranger, 20) == ()
    assert not any(one.editable for one in await packs.list_published(stranger))
    assert await everything() == before


async def test_a_form_that_another_platform_collects_is_not_ours(desk: Desk) -> None:
    await Platform.create(code="ESH", name="Fédération", kind=PlatformKind.FEDERATION)
    await execute(
        "INSERT INTO campaign (platform_id, form, year, pack, opens_on) VALUES ('ESH', %s, 2024, 'x', now())",
        [desk.form],
    )
    await desk.world.authority.refresh()
    before = await everything()
    with pytest.raises(Refused) as caught:
        await desk.upload()
    assert caught.value.code == "REFUSED"
    assert await everything() == before


async def test_a_form_of_two_platforms_is_changed_for_one_at_a_time(desk: Desk) -> None:
    await Platform.create(code="ESH", name="Fédération", kind=PlatformKind.FEDERATION)
    lines = [
        convention_line(actor="user:admin", platform="ESH", right=RIGHT, organisms="all", ref="accord"),
        ceiling_line(kind="kind:operator", platform="ESH", right=RIGHT, ref="limite"),
        box_line(subject="user:admin", platform="ESH", right=RIGHT, ref="case"),
    ]
    base = desk.world.authority.version
    await add_rows(lines, base=base, author_id=None, comment="Deux plateformes")
    await desk.world.authority.refresh()
    before = await everything()
    with pytest.raises(Invalid, match="ESH, MIN") as caught:
        await desk.upload()
    assert (caught.value.code, caught.value.path) == ("PACK_PLATFORM_NEEDED", ("platform",))
    assert await everything() == before
    assert (await desk.upload(platform="ESH")).platform == "ESH"


async def test_a_form_is_changed_by_a_person(desk: Desk) -> None:
    before = await everything()
    machine = replace(desk.admin, user_id=None)
    with pytest.raises(Invalid) as caught:
        await pack_drafts.upload(machine, Upload(desk.form, 2024, tuple(desk.files().items())))
    assert caught.value.code == "PERSON_REQUIRED"
    assert await everything() == before
