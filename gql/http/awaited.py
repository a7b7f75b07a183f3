"""Files that a worker makes once: whoever asks first waits for them, and not for ever."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from gql.http.door import lay_cookie

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gql.http.door import Admission
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


def download(admission: Admission, content: bytes, name: str, kind: str) -> Response:
    """A file for whoever was admitted, under its name, kept by nobody on the way."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "private, no-store",
    }
    response = Response(content, headers=headers, media_type=kind)
    lay_cookie(response, admission.cookie)
    return response
