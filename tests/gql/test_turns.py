"""Files that take computing are made in their turn, whichever door they leave by."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

from gql.http.door import AT_ONCE, Door
from tests.world import build_world


async def test_no_more_are_made_at_once_than_there_are_turns(database: str) -> None:
    del database
    door, loop = Door((await build_world()).authority), asyncio.get_running_loop()
    begun: asyncio.Queue[int] = asyncio.Queue()
    may_end = threading.Event()

    def make(number: int) -> int:
        loop.call_soon_threadsafe(begun.put_nowait, number)
        may_end.wait()
        return number

    many = range(AT_ONCE + 3)
    made = [asyncio.create_task(door.made(partial(make, number))) for number in many]
    try:
        assert [await begun.get() for _ in range(AT_ONCE)] == list(range(AT_ONCE))
        # What would begin besides has had its chance: another thread is free, and is used.
        assert await asyncio.to_thread(lambda: "free") == "free"
        assert begun.empty()
    finally:
        may_end.set()
    assert await asyncio.gather(*made) == list(many)
