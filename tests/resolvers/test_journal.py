"""What is done is kept in the journal, by codes and identifiers alone, with what it tells or not at all."""

from __future__ import annotations

import asyncio

import orjson
import pytest

from models import Problem, Unauthenticated, fetch, transaction
from resolvers import dossiers, export_jobs, exports, journal, readings, sessions
from resolvers.cells import CellWrite, write
from resolvers.events import Kind
from resolvers.verification import last
from tests.agreements import build_agreements
from tests.world import PASSWORD, World, build_world

pytestmark = pytest.mark.usefixtures("database")


async def _events() -> list[tuple[str, str]]:
    rows = await fetch("SELECT kind, subject FROM event ORDER BY id")
    return [(row["kind"], row["subject"]) for row in rows]


async def test_who_comes_goes_and_is_refused_is_kept_without_what_he_typed() -> None:
    world = await build_world()
    signed = await sessions.sign_in(world.authority, "cdc", PASSWORD)
    await sessions.sign_out(signed.token or "")
    for name in ("cdc", "un mot de passe tapé à la place du nom"):
        with pytest.raises(Unauthenticated):
            await sessions.sign_in(world.authority, name, "faux")
    assert await _events() == [
        ("signed_in", "user:cdc"),
        ("signed_out", ""),
        ("sign_in_refused", ""),
        ("sign_in_refused", ""),
    ]
    refused = await fetch("SELECT details FROM event WHERE kind = 'sign_in_refused' ORDER BY id")
    assert [one["details"] for one in refused] == [{"account": str(world["cdc"].user_id)}, {}]
    kept = orjson.dumps(await fetch("SELECT details FROM event")).decode()
    assert "mot de passe" not in kept
    assert str(world["cdc"].user_id) in kept


async def test_a_reading_is_kept_the_moment_it_is_noted_with_its_article() -> None:
    world = await build_agreements()
    for _ in range(2):
        async with transaction():
            await last(await dossiers.read(world["cdc"], world.dossier))
    rows = await fetch("SELECT kind, subject, ref, dossier_id, organization, details FROM event")
    assert [(row["kind"], row["subject"], row["details"]) for row in rows if row["kind"] == "read"] == [
        ("read", "user:cdc", {"channel": "screen"})
    ]
    (read,) = [row for row in rows if row["kind"] == "read"]
    assert (read["ref"], read["dossier_id"]) == ("convention CDC 2024, art. 3", world.dossier)
    assert read["organization"] == "partner:CDC"


async def test_what_is_asked_for_and_taken_away_is_kept() -> None:
    world = await build_world(step=4)
    asked = await exports.request_print(world["cdc"], world.dossier, None, accessible=False, key="k")
    await exports.request_print(world["cdc"], world.dossier, None, accessible=False, key="k")
    await exports.taken(world["cdc"], asked.id)
    await export_jobs.finish(asked.id, "a.pdf", "a", 1, "0" * 64, [])
    await exports.taken(world["cdc"], asked.id)
    await export_jobs.content(world["cdc"], world.dossier, ["A1"], readings.XLSX)
    kinds = [kind for kind, _ in await _events() if kind != "read"]
    assert kinds == ["export_asked", "export_taken", "export_taken"]


async def test_what_is_undone_was_not_kept() -> None:
    world = await build_world(step=4)
    with pytest.raises(KeyError):
        await _read_and_fail(world)
    assert await _events() == []


async def _read_and_fail(world: World) -> None:
    async with transaction():
        await journal.record(world["cdc"], Kind.READ, await dossiers.read(world["cdc"], world.dossier))
        raise KeyError


async def test_a_reading_is_kept_once_however_often_values_are_asked_for() -> None:
    world = await build_world(step=4)

    async def read() -> None:
        async with transaction():
            row = await dossiers.read(world["cdc"], world.dossier)
            for _ in range(3):
                await readings.note([row])

    await asyncio.gather(read(), read())
    assert await _events() == [("read", "user:cdc")]
    assert len(await fetch("SELECT FROM dossier_reading")) == 1


async def test_a_refusal_leaves_no_event_of_what_was_refused() -> None:
    world = await build_world(step=1)
    with pytest.raises(Problem):
        await exports.request_zip(world["voisin"], world.dossier, "z")
    with pytest.raises(Problem):
        await write(world["cdc"], world.dossier, [CellWrite("A1.L011.B", "1", None)])
    assert await _events() == []
