"""A dossier's history as each kind of reader may know it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from authz import Right, Viewer, add_rows, convention_line
from models import Crossing, Dossier, Invalid, Level, Message, Nature, Thread, execute, transaction
from resolvers import journal
from resolvers.dossiers import read
from resolvers.events import Kind
from resolvers.timeline import timeline
from tests.world import World, build_world

if TYPE_CHECKING:
    from models import Audience

pytestmark = pytest.mark.usefixtures("database")


async def _lived() -> World:
    """A dossier loaded in entry, transmitted, and talked about since."""
    world = await build_world(step=1)
    dossier = await read(world["saisie"], world.dossier)
    await journal.record(world["saisie"], Kind.LOADED, dossier)
    for step in (1, 2, 3):
        async with transaction():
            passage: dict[str, Any] = {
                "dossier_id": world.dossier,
                "source": step,
                "target": step + 1,
                "passage": step + 1,
            }
            who = world["saisie" if step < 3 else "hierarchie"]
            await journal.record(who, Kind.STEP_CROSSED, dossier, {"passage": step + 1})
            await journal.record(who, Kind.COPY_SEALED, dossier) if step == 3 else None
            await Crossing.create(**passage, move=f"m{step}", at=datetime.now(UTC), author_id=who.user_id)
    await Dossier.filter(id=world.dossier).update(step=4, transmitted_at=datetime.now(UTC))
    await journal.record(world["ministere"], Kind.HANDED_BACK, dossier)
    await journal.record(world["cdc"], Kind.READ, dossier, {"channel": "screen"})
    await journal.record(world["ministere"], Kind.ATTACHMENTS_SENT, dossier)
    await journal.record(world["saisie"], Kind.ATTACHMENT_REFUSED, dossier)
    return world


async def _kinds(viewer: Viewer, world: World) -> list[str]:
    page = await timeline(viewer, await read(viewer, world.dossier), 100)
    return [row.kind.value for row in page.rows]


async def test_an_organism_sees_all_of_it_the_latest_first() -> None:
    world = await _lived()
    assert await _kinds(world["saisie"], world) == [
        "attachment_refused",
        "attachments_sent",
        "read",
        "handed_back",
        "step_crossed",
        "copy_sealed",
        "step_crossed",
        "step_crossed",
        "loaded",
    ]
    page = await timeline(world["saisie"], await read(world["saisie"], world.dossier))
    crossed = next(row for row in page.rows if row.source is not None)
    assert (crossed.label, crossed.author) == ("Étape 4 – Fiabilisation", "Hierarchie Essai")
    assert crossed.organization == "Office public de l'habitat d'essai"


async def test_a_partner_sees_nothing_of_before_it_opened_nor_of_other_readers() -> None:
    world = await _lived()
    assert await _kinds(world["cdc"], world) == ["handed_back", "step_crossed", "copy_sealed"]


async def test_what_is_refused_to_one_body_is_no_other_one_s() -> None:
    world = await _lived()
    kinds = await _kinds(world["ministere"], world)
    assert "attachment_refused" not in kinds
    assert "attachments_sent" in kinds
    assert kinds.count("step_crossed") == 3


async def _talk(world: World, login: str, audience: Audience | str, anchor: str = "") -> None:
    viewer = world[login]
    dossier = await read(viewer, world.dossier)
    now = datetime.now(UTC)
    thread = await Thread.create(
        dossier_id=world.dossier,
        level=Level.TAB if anchor else Level.DOSSIER,
        anchor=anchor,
        audience=audience,
        organization_id=viewer.organization_id,
        opened_at=now,
    )
    said: dict[str, Any] = {
        "nature": Nature.COMMENT,
        "text": "secret",
        "author_id": viewer.user_id,
        "written_at": now,
    }
    message = await Message.create(
        thread=thread, organization_id=viewer.organization_id, published_at=now, **said
    )
    await journal.record(viewer, Kind.MESSAGES_PUBLISHED, dossier, {"messages": [str(message.id)]})


async def _open_exchange(world: World) -> None:
    line = convention_line(
        actor="partner:CDC",
        platform="MIN",
        form="ER",
        organisms="category:OPH",
        right=Right.EXCHANGE_READ,
        steps="456",
        consent=True,
        ref="convention CDC 2024, art. 4",
    )
    await add_rows([line], base=world.authority.version, author_id=None, comment="Échanges")
    await world.authority.refresh()


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("all", {"saisie", "ministere", "cdc"}), ("platform", {"saisie", "ministere"}), ("own", {"ministere"})],
)
async def test_messages_are_told_to_those_who_may_read_them(audience: str, readers: set[str]) -> None:
    world = await _lived()
    await _open_exchange(world)
    await _talk(world, "ministere", audience)
    seen = {
        login
        for login in ("saisie", "ministere", "cdc")
        if "messages_published" in await _kinds(world[login], world)
    }
    assert seen == readers


async def test_without_the_exchange_nothing_is_said_of_messages() -> None:
    world = await _lived()
    await _talk(world, "ministere", "all")
    assert "messages_published" not in await _kinds(world["cdc"], world)


async def test_an_event_that_names_no_conversation_is_nobody_s() -> None:
    world = await _lived()
    dossier = await read(world["ministere"], world.dossier)
    await journal.record(world["ministere"], Kind.MESSAGES_PUBLISHED, dossier)
    assert "messages_published" not in await _kinds(world["saisie"], world)


async def test_pages_follow_one_another_without_a_gap() -> None:
    world = await _lived()
    dossier = await read(world["saisie"], world.dossier)
    whole = (await timeline(world["saisie"], dossier, 100)).rows
    found: list[Any] = []
    after = None
    while True:
        page = await timeline(world["saisie"], dossier, 2, after)
        found += page.rows
        if not page.has_next:
            break
        after = page.cursors[-1]
    assert tuple(found) == whole
    for cursor in ("x", "MjAyNnww"):
        with pytest.raises(Invalid) as refusal:
            await timeline(world["saisie"], dossier, 2, cursor)
        assert refusal.value.code == "CURSOR_INVALID"


async def test_a_dossier_that_crossed_nothing_known_shows_a_partner_nothing() -> None:
    world = await build_world(step=4)
    assert await execute("SELECT 1") == 1
    assert await _kinds(world["cdc"], world) == []
