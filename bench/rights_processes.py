"""Rights that processes share: a refresh, and how soon each process decides by an edit made in another."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING

from authz import Authority, Line, Right, Target, add_rows, convention_line, decide, viewer_of_user
from authz.listening import watching
from bench.ground import fastest, ground
from bench.report import Measure
from models import User, close_database, fetch, open_database
from tests.world import OTHER_SIREN

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

_PROCESSES, _EDITS = 3, 12
_TARGET = Target("MIN", "ER", 2024, f"organism:{OTHER_SIREN}", 6)


async def shared(rounds: int) -> AsyncIterator[Measure]:
    """What a unit of work pays to confirm the version; the time from a commit to the last process's yes."""
    async with ground() as world:
        yield Measure(
            "refresh of an authority, the version unmoved",
            await fastest(world.authority.refresh, rounds),
            "ms",
            peer="SELECT 1",
            peer_value=await fastest(lambda: fetch("SELECT 1"), rounds),
            goal="<= 3 x",
        )
        url = await _address()
        async with AsyncExitStack() as stack:
            others = [await stack.enter_async_context(_listener(url)) for _ in range(_PROCESSES)]
            taken = sorted([await _edit(others, step) for step in range(_EDITS)])
        name = f"from the commit of an edit until the last of {_PROCESSES} processes decides by it"
        yield Measure(f"{name}, median of {_EDITS}", taken[_EDITS // 2], "ms", goal="<= 50")
        yield Measure(f"{name}, slowest", taken[-1], "ms", goal="<= 50")


async def _address() -> str:
    """The embedded database of this process, for others to open."""
    row = (
        await fetch("SELECT current_database() AS name, current_setting('unix_socket_directories') AS host")
    )[0]
    return f"postgresql://postgres:@/{row['name']}?host={row['host']}"


@asynccontextmanager
async def _listener(url: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, url, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        await process.stdout.readline()
        yield process
    finally:
        process.kill()
        await process.wait()


async def _edit(others: list[Process], number: int) -> float:
    """Milliseconds from the commit to the last answer; every clock is the machine's one monotonic clock."""
    version = (await fetch("SELECT max(version) AS n FROM policy_version"))[0]["n"]
    await add_rows([_line(number)], base=version, author_id=None, comment="mesure")
    committed = monotonic()
    last = 0.0
    for process in others:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        last = max(last, float(await process.stdout.readline()))
    return max(0.0, last - committed) * 1_000


def _line(number: int) -> Line:
    """The first opens the neighbour's dossier to the CDC; each of the others is one more rule to hear of."""
    return convention_line(
        actor="partner:CDC",
        platform="MIN",
        form="ER",
        organisms=f"organism:{OTHER_SIREN}",
        right=Right.READ,
        steps="6" if number == 0 else "56",
        ref=f"art. {number}",
    )


async def _listen(url: str) -> None:
    """A process of the product's kind: it watches, and tells when it decides by each newer version."""
    await open_database(url, pool=2)
    authority = await Authority.load()
    viewer = await viewer_of_user(authority, (await User.get(login="cdc")).id)
    async with watching(authority, url):
        known = authority.version
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            await asyncio.sleep(0.0005)
            if authority.version != known and decide(viewer, Right.READ, _TARGET).allowed:
                known = authority.version
                sys.stdout.write(f"{monotonic()}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    try:
        asyncio.run(_listen(sys.argv[1]))
    finally:
        asyncio.run(close_database())
