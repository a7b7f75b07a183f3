"""The journal's seal: every event once, in one chain; what is changed behind its triggers is found."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Any

import orjson
import psycopg
import pytest

from models import Event, EventSeal, execute, fetch, transaction
from resolvers import audit, journal
from resolvers.audit import Head
from resolvers.events import Kind
from resolvers.sealing import ORIGIN, seal_events

if TYPE_CHECKING:
    from collections.abc import Sequence

INSERT = """
INSERT INTO event (at, xid, kind, platform, organization, subject, name, ref, details)
SELECT now() - make_interval(mins => %s), coalesce(%s, pg_current_xact_id()::text::bigint),
       'read', '', '', '', '', '', '{}' RETURNING id
"""
NOW = (0, None)
EVENT_COLUMNS = {
    "at": "at + interval '1 microsecond'",
    "xid": "xid - 1",
    "kind": "'read'",
    "platform": "'MIN'",
    "dossier_id": "gen_random_uuid()",
    "organization": "'organism:1'",
    "subject": "'user:autre'",
    "name": "'Autre'",
    "ref": "'art. 2'",
    "details": """'{"login": "autre"}'""",
}


async def _written(count: int) -> list[int]:
    for number in range(count):
        await journal.record(None, Kind.SIGNED_IN, "", {"number": number})
    await seal_events()
    return [event["id"] for event in await fetch("SELECT id FROM event ORDER BY id")]


def _behind(database: str, *statements: str) -> None:
    """What somebody with every power does, triggers off."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


async def _seals() -> list[dict[str, Any]]:
    return await fetch("SELECT position, event_id, hash FROM event_seal ORDER BY position")


async def test_each_event_has_one_place_and_the_chain_is_followed(database: str) -> None:
    assert database
    assert (await audit.head(), (await audit.verify()).faults) == (Head(0, ORIGIN), [])
    ids = await _written(5)
    assert await seal_events() == 0
    await journal.record(None, Kind.READ, "", {"b": 1, "a": 2})
    assert await seal_events(at_once=1) == 1
    seals = await _seals()
    assert [seal["position"] for seal in seals] == [1, 2, 3, 4, 5, 6]
    assert [seal["event_id"] for seal in seals[:5]] == ids
    found = await audit.verify(Head(3, seals[2]["hash"]))
    assert (found.faults, found.broken, found.head) == ([], None, Head(6, seals[5]["hash"]))


async def test_the_hash_is_the_one_that_the_decision_describes(database: str) -> None:
    assert database
    await _written(1)
    event, seal = (await Event.all().values())[0], (await EventSeal.all().values())[0]
    stamp = "%Y-%m-%dT%H:%M:%S.%f+00:00"
    event |= {"at": event["at"].strftime(stamp), "sealed_at": seal["at"].strftime(stamp)}
    event["dossier"] = event.pop("dossier_id")
    canonical = orjson.dumps(event, option=orjson.OPT_SORT_KEYS)
    assert seal["hash"] == hashlib.sha256(ORIGIN.encode() + canonical).hexdigest()


@pytest.mark.parametrize("column", EVENT_COLUMNS)
async def test_a_change_of_any_column_is_found_at_its_place(database: str, column: str) -> None:
    ids = await _written(3)
    _behind(database, f"UPDATE event SET {column} = {EVENT_COLUMNS[column]} WHERE id = {ids[1]}")  # noqa: S608 - a constant of this file
    found = await audit.verify()
    assert found.faults == [f"Position 2\u00a0: l’événement {ids[1]}, ou son scellé, a été changé."]
    assert found.broken == 2


def test_every_column_of_an_event_is_tried() -> None:
    assert set(EVENT_COLUMNS) | {"id"} == {*Event._meta.db_fields}  # noqa: SLF001 - Tortoise tells its columns nowhere else


@pytest.mark.parametrize(
    ("statement", "places"),
    [
        ("UPDATE event_seal SET hash = repeat('a', 64) WHERE position = 2", [2, 3]),
        ("UPDATE event_seal SET at = at - interval '1 second' WHERE position = 2", [2]),
        ("UPDATE event_seal SET position = 9 WHERE position = 3", [3]),
        ("UPDATE event_seal SET event_id = 99 WHERE position = 3", [3]),
        ("DELETE FROM event_seal WHERE position = 2", [2]),
        ("DELETE FROM event WHERE id = (SELECT event_id FROM event_seal WHERE position = 2)", [2]),
        ("UPDATE event SET id = 99 WHERE id = (SELECT event_id FROM event_seal WHERE position = 2)", [2]),
    ],
)
async def test_what_is_changed_or_missing_is_named(
    database: str, statement: str, places: Sequence[int]
) -> None:
    await _written(4)
    _behind(database, statement)
    found = await audit.verify()
    assert found.broken == places[0]
    assert [int(fault.split("\u00a0")[0].split()[1]) for fault in found.faults][: len(places)] == places


async def test_a_tail_cut_off_is_seen_against_a_head_kept_elsewhere(database: str) -> None:
    await _written(4)
    kept = await audit.head()
    _behind(
        database,
        "DELETE FROM event WHERE id = (SELECT event_id FROM event_seal WHERE position = 4)",
        "DELETE FROM event_seal WHERE position = 4",
    )
    assert (await audit.verify()).broken is None
    assert (await audit.verify(kept)).broken == 4
    await _written(1)
    found = await audit.verify(kept)
    assert found.faults == ["Position 4\u00a0: l’empreinte n’est pas celle qui a été notée ailleurs."]


async def test_what_waits_too_long_for_its_seal_is_told(database: str) -> None:
    ids = await _written(2)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(INSERT, (11, 1))
    found = await audit.verify()
    assert (found.broken, len(found.faults)) == (3, 1)
    assert f"l’événement {ids[1] + 1}" in found.faults[0]
    # Older than the transaction sealed last: only a look through the whole journal finds it.
    assert await seal_events() == 0
    assert await seal_events(whole=True) == 1
    assert (await audit.verify()).faults == []


async def test_an_event_of_another_server_s_clock_is_sealed_too(database: str) -> None:
    await _written(1)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(INSERT, (0, 2**60))
    assert await seal_events() == 1
    await journal.record(None, Kind.READ)
    assert await seal_events() == 1
    assert (await audit.verify()).faults == []


async def test_writers_at_once_and_late_commits_are_each_sealed_once(database: str) -> None:
    stop = asyncio.Event()

    async def write(number: int) -> None:
        async with await psycopg.AsyncConnection.connect(database) as connection:
            for _ in range(4):
                await connection.execute(INSERT, NOW)
                await asyncio.sleep(0)
                if number % 5:
                    await connection.commit()
                else:
                    await connection.rollback()

    async def seal() -> None:
        while not stop.is_set():
            await seal_events(at_once=3)

    late = await psycopg.AsyncConnection.connect(database)
    async with late:
        (first,) = await (await late.execute(INSERT, NOW)).fetchone() or (0,)
        sealers = [asyncio.create_task(seal()) for _ in range(2)]
        await asyncio.gather(*(write(number) for number in range(15)))
        assert await _seals() == []  # the first transaction of all is still under way
        await late.commit()
    stop.set()
    await asyncio.gather(*sealers)
    await seal_events()
    events = {event["id"] for event in await fetch("SELECT id FROM event")}
    sealed = [seal["event_id"] for seal in await _seals()]
    assert (len(sealed), set(sealed)) == (len(events), events)
    assert first in events
    assert len(events) == 12 * 4 + 1
    assert (await audit.verify()).faults == []


async def test_two_sealers_never_work_at_once(database: str) -> None:
    await journal.record(None, Kind.READ)
    with psycopg.connect(database) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('harmonia.seal_events'))")
        assert await seal_events() == 0
    assert await seal_events() == 1


@pytest.mark.parametrize("table", ["event", "event_seal"])
async def test_the_triggers_refuse_every_change(database: str, table: str) -> None:
    assert database
    await _written(1)
    column = "name" if table == "event" else "hash"
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608 - constants
        with pytest.raises(Exception, match="append-only"):
            async with transaction():
                await execute(statement)
    assert (await audit.verify()).faults == []
