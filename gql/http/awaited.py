"""Files that a worker makes once: whoever asks first waits for them, and not for ever."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from models import FileStore


class Awaited:
    """Looks for a file every `pause` seconds, `patience` seconds at most, once it was asked for."""

    def __init__(self, files: FileStore, *, patience: float = 20.0, pause: float = 0.2) -> None:
        self._files = files
        self._tries = max(1, round(patience / pause))
        self._pause = pause

    async def read(self, key: str) -> bytes | None:
        """What is there now; None where nothing is."""
        try:
            return await self._files.read(key)
        except FileNotFoundError:
            return None

    async def made(self, key: str, ask: Callable[[], Awaitable[None]]) -> bytes | None:
        """What is there, asked for by `ask` where nothing was; None where it is not made in time."""
        found = await self.read(key)
        if found is not None:
            return found
        await ask()
        for _ in range(self._tries):
            await asyncio.sleep(self._pause)
            found = await self.read(key)
            if found is not None:
                return found
        return None
