"""The screens that a user shows to a hotline: at his word, to that one only, until his session ends."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from models import Event, Invalid, NotFound, Session, SupervisionScreen
from resolvers import sessions, supervision
from tests.agreements import build_agreements
from tests.world import PASSWORD, World

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.supervision import TrailRow


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_agreements()


async def signed(world: World) -> str:
    return (await sessions.sign_in(world.authority, "saisie", PASSWORD)).token or ""


async def test_a_trail_holds_what_was_shown_from_its_beginning_to_its_end(world: World) -> None:
    token, who = await signed(world), world["saisie"]
    assert not await supervision.note_screen(who, token, "/", "Avant")
    begun = await supervision.switch_on(who, token, "MIN")
    assert begun is not None
    assert await supervision.switch_on(who, token, "MIN") == begun
    assert await supervision.note_screen(who, token, "/dossiers/1/A1?cle=secret#x", "A1\u202e")
    page = await supervision.trails(world["admin"], "MIN", 20)
    assert [(row.id, row.ended_at, row.screens) for row in page.rows] == [(begun.id, None, 1)]
    shown = await supervision.screens_many([await supervision.read(world["admin"], begun.id)])
    assert [(row.path, row.title) for row in shown[begun.id]] == [("/dossiers/1/A1", "A1")]
    assert (await supervision.read(who, begun.id)).id == begun.id
    await supervision.switch_off(who, token)
    assert not await supervision.note_screen(who, token, "/", "Après")
    assert (await supervision.trails(world["admin"], "MIN", 20)).rows[0].ended_at is not None


async def test_each_trail_of_a_page_has_its_own_screens(world: World) -> None:
    token, who = await signed(world), world["saisie"]
    for titles in (("A", "B"), (), ("C",)):
        await supervision.switch_on(who, token, "MIN")
        for title in titles:
            assert await supervision.note_screen(who, token, "/", title)
        await supervision.switch_off(who, token)
    rows = (await supervision.trails(world["admin"], "MIN", 20)).rows
    shown = await supervision.screens_many(rows)
    assert [[screen.title for screen in shown[row.id]] for row in rows] == [["C"], [], ["A", "B"]]


async def test_two_windows_that_begin_at_once_lay_one_trail(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, who, known, met = await signed(world), world["saisie"], supervision.current, asyncio.Event()
    waiting: list[None] = []

    async def at_once(viewer: Viewer, key: str | None) -> TrailRow | None:
        found = await known(viewer, key)
        waiting.append(None)
        if len(waiting) >= 2:
            met.set()
        await met.wait()
        return found

    monkeypatch.setattr(supervision, "current", at_once)
    rows = await asyncio.gather(*(supervision.switch_on(who, token, "MIN") for _ in range(2)))
    assert [row and row.platform for row in rows] == ["MIN"] * 2
    assert rows[0] == rows[1]
    assert await Event.filter(kind="supervision_switched").count() == 1


async def test_it_follows_the_session_and_ends_with_it(world: World) -> None:
    token, who = await signed(world), world["saisie"]
    await supervision.switch_on(who, token, "MIN")
    await Session.all().update(created_at=datetime.now(UTC) - timedelta(hours=1))
    renewed = (await sessions.resume(world.authority, token)).token or ""
    assert renewed
    assert await supervision.note_screen(who, renewed, "/", "Suite")
    assert not await supervision.note_screen(who, token, "/", "Ancienne clé")
    await sessions.sign_out(renewed)
    (row,) = (await supervision.trails(world["admin"], "MIN", 20)).rows
    last = await SupervisionScreen.all().order_by("-id").first()
    assert last is not None
    assert row.ended_at == last.at


@pytest.mark.parametrize("login", ["ministere", "cdc", "voisin", "hierarchie", "machine"])
async def test_no_one_else_sees_it(world: World, login: str) -> None:
    begun = await supervision.switch_on(world["saisie"], await signed(world), "MIN")
    assert begun is not None
    with pytest.raises(NotFound):
        await supervision.trails(world[login], "MIN", 20)
    with pytest.raises(NotFound):
        await supervision.read(world[login], begun.id)


async def test_it_needs_a_session_and_a_platform_of_ones_own(world: World) -> None:
    token = await signed(world)
    cases = [("saisie", None, "MIN"), ("saisie", token, "FED"), ("machine", token, "MIN")]
    codes = []
    for login, key, platform in cases:
        with pytest.raises(Invalid) as invalid:
            await supervision.switch_on(world[login], key, platform)
        codes.append(invalid.value.code)
    assert codes == ["SESSION_REQUIRED", "PLATFORM_UNKNOWN", "PERSON_REQUIRED"]
    assert await supervision.current(world["saisie"], token) is None


async def test_trails_come_by_pages(world: World) -> None:
    for _ in range(3):
        await supervision.switch_on(world["saisie"], await signed(world), "MIN")
    first = await supervision.trails(world["admin"], "MIN", 2)
    rest = await supervision.trails(world["admin"], "MIN", 2, first.cursors[-1])
    assert (first.has_next, rest.has_next) == (True, False)
    assert len({row.id for row in (*first.rows, *rest.rows)}) == 3
