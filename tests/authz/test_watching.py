"""A process hears of a new version by itself; when it cannot, it finds out, or refuses everything."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from authz import (
    Allowed,
    Authority,
    Right,
    Target,
    Touched,
    add_rows,
    authority,
    bump,
    convention_line,
    decide,
    listening,
    profile_line,
    viewer_of_user,
    watching,
)
from models import Problem, User, execute, fetch, transaction
from tests.authz.stored import settle

if TYPE_CHECKING:
    from authz import Viewer
    from authz.policy import Policy

SOON = 20.0  # seconds; what is waited for comes in milliseconds
READ = Right.READ
TARGET = Target("MIN", "ER", 2024, "organism:111111111", 4)
HOLDS = profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="ER")
LINE = convention_line(actor="partner:CDC", platform="MIN", right=READ, organisms="all", ref="art. 1")
WATCHES = "application_name = 'harmonia policy watch' AND datname = current_database()"
OTHER_PROCESS = """
import asyncio, sys
from authz import Authority, watching
from models import close_database, open_database

class Told(Authority):
    def confirm(self):
        super().confirm()
        print(self.version, flush=True)

async def follow(url):
    await open_database(url)
    async with watching(await Told.load(), url):
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await close_database()

asyncio.run(follow(sys.argv[1]))
"""


class Followed(Authority):
    """An authority whose news can be waited for: a version confirmed, or a doubt (None)."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(policy)
        self.news: asyncio.Queue[int | None] = asyncio.Queue()

    def confirm(self) -> None:
        super().confirm()
        self.news.put_nowait(self.version)

    def doubt(self) -> None:
        super().doubt()
        self.news.put_nowait(None)

    async def hears(self, news: int | None) -> None:
        """Wait for this news, whatever is heard before."""
        async with asyncio.timeout(SOON):
            while await self.news.get() != news:
                pass


async def viewer(of: Authority) -> Viewer:
    return await viewer_of_user(of, (await User.get(login="cdc")).id)


def may(who: Viewer) -> bool:
    return isinstance(decide(who, READ, TARGET), Allowed)


async def edit() -> None:
    await add_rows([LINE], base=1, author_id=None, comment="x", touched=Touched())


async def test_an_edit_is_followed_without_anyone_asking(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle(HOLDS)
    found = await Followed.load()
    who = await viewer(found)
    monkeypatch.setattr(authority, "read_facts", None)  # by what changed, not by reading everything again
    async with watching(found, database):
        await found.hears(1)
        assert not may(who)
        await edit()
        await found.hears(2)
        assert may(who)
        async with transaction():
            await execute("UPDATE user_account SET closed_at = now() WHERE login = 'cdc'")
            await bump(None, "Compte fermé", Touched(accounts=("user:cdc",)))
        await found.hears(3)
        assert not may(who)
    watches = await fetch(f"SELECT 1 FROM pg_stat_activity WHERE {WATCHES} AND state <> 'idle'")  # noqa: S608 - a constant
    assert watches == []


async def test_an_edit_taken_back_is_heard_by_nobody(database: str) -> None:
    await settle(HOLDS)
    found = await Followed.load()
    async with watching(found, database):
        await found.hears(1)
        with pytest.raises(ZeroDivisionError):
            await edit_then_fail()
        await edit()
        await found.hears(2)
    heard = [found.news.get_nowait() for _ in range(found.news.qsize())]
    assert set(heard) <= {2}


async def edit_then_fail() -> None:
    async with transaction():
        await edit()
        raise ZeroDivisionError


async def test_a_notification_lost_is_made_up_for_by_asking(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "CHANNEL", "nothing_is_said_here")
    monkeypatch.setattr(listening, "POLL", 0.02)
    await settle(HOLDS)
    found = await Followed.load()
    async with watching(found, database):
        await found.hears(1)
        await edit()
        await found.hears(2)
        assert may(await viewer(found))


async def test_a_connection_cut_is_opened_again_and_what_was_missed_is_read(database: str) -> None:
    await settle(HOLDS)
    found = await Followed.load()
    async with watching(found, database):
        await found.hears(1)
        await execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {WATCHES}")  # noqa: S608 - a constant
        await edit()
        await found.hears(2)
        assert may(await viewer(found))


async def test_a_database_that_stays_away_refuses_everyone_until_it_is_back(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle(HOLDS, LINE)
    found = await Followed.load()
    who = await viewer(found)
    monkeypatch.setattr(authority, "MAX_STALE", -1.0)
    connect, away = listening._connect, [True] * 3  # noqa: SLF001 - the network, as it may be

    async def fail(url: str) -> object:
        if away and away.pop():
            raise OSError(url)
        return await connect(url)

    monkeypatch.setattr(listening, "_connect", fail)
    async with watching(found, database):
        await found.hears(None)
        with pytest.raises(Problem) as caught:
            may(who)
        assert caught.value.code == "AUTHORITY_UNAVAILABLE"
        await found.hears(1)
        assert may(who)


async def test_a_policy_that_cannot_be_read_does_not_end_the_watch(database: str) -> None:
    await settle(HOLDS, LINE)
    found = await Followed.load()
    async with watching(found, database):
        await found.hears(1)
        async with transaction():
            await execute("UPDATE policy_row SET \"values\" = '[\"short\"]' WHERE ptype = 'g'")
            await bump(None, "x")
        await found.hears(None)
        async with transaction():
            values = f'["{HOLDS.values[0]}", "{HOLDS.values[1]}", "{HOLDS.values[2]}"]'
            await execute("UPDATE policy_row SET \"values\" = %s::jsonb WHERE ptype = 'g'", [values])
            await bump(None, "y")
        await found.hears(3)
        assert may(await viewer(found))


async def test_another_process_follows_by_itself(database: str) -> None:
    await settle(HOLDS)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER_PROCESS, database, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    async with asyncio.timeout(3 * SOON):
        assert await process.stdout.readline() == b"1\n"
        await edit()
        while (line := await process.stdout.readline()) != b"2\n":
            assert line == b"1\n"
        process.stdin.close()
        assert await process.wait() == 0
