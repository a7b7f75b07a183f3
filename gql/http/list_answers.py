"""A list on its way out, block by block: whoever goes in the middle of it, or stops reading, is left."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from starlette.responses import StreamingResponse

from gql.http.door import lay_cookie

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Mapping

    from starlette.types import Message, Send

    from gql.http.door import Admission

log = structlog.stdlib.get_logger("gql.lists")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many seconds a reader may take: for one block, and for the whole list.

    A list holds one of few connections and a moment of the database, which counts no reader's time.
    """

    block: float = 60
    whole: float = 600


class ListResponse(StreamingResponse):
    """Its connection is given back at its end, at once when its reader goes, and by the deadlines."""

    def __init__(
        self,
        blocks: AsyncGenerator[bytes],
        headers: Mapping[str, str],
        kind: str,
        *,
        first: bytes = b"",
        deadlines: Deadlines | None = None,
    ) -> None:
        super().__init__(_begun(first, blocks), headers=headers, media_type=kind)
        self._blocks = blocks
        self._deadlines = deadlines or Deadlines()

    async def stream_response(self, send: Send) -> None:
        """Send the blocks, and close what they come from, however it ends.

        Past a deadline the answer stays without its end, by which its reader knows that it is not whole.
        """

        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(self._deadlines.block):
                await send(message)

        async with aclosing(self._blocks):
            try:
                async with asyncio.timeout(self._deadlines.whole):
                    await super().stream_response(send_in_time)
            except TimeoutError:
                log.warning("list left by its reader")


async def list_response(
    admission: Admission, blocks: AsyncGenerator[bytes], headers: Mapping[str, str], kind: str
) -> ListResponse:
    """The answer once the first block is there: what is wrong with a list is told, not cut short."""
    told = {"cache-control": "private, no-store", **headers}
    response = ListResponse(blocks, told, kind, first=await anext(blocks, b""))
    lay_cookie(response, admission.cookie)
    return response


async def _begun(first: bytes, blocks: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for block in blocks:
        yield block
