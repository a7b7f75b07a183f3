"""Asking clamd whether a content is harmful, by its INSTREAM command (clamd's manual, « COMMANDS »)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Coroutine

T = TypeVar("T")

COMMAND: Final = b"zINSTREAM\0"
END: Final = b"\0\0\0\0"
CLEAN: Final = "stream: OK"
FOUND: Final = " FOUND"
LONGEST_ANSWER: Final = 4096
LONGEST_CHUNK: Final = 256 * 1024


class ScanError(Exception):
    """No verdict was had, for whatever reason: the content is neither clean nor harmful yet."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """A clamd by its address, `host:port` or the path of its Unix socket.

    `patience`: seconds without an answer to a connection, a write or the verdict before giving up.
    """

    address: str
    patience: float = 60.0

    async def scan(self, blocks: AsyncIterable[bytes]) -> str:
        """The name of what was found in a content, or "" for nothing. Raises ScanError for no verdict."""
        try:
            reader, writer = await self._within(self._connect())
        except (OSError, TimeoutError, ValueError) as error:
            raise ScanError(f"clamd unreachable: {error}") from error
        try:
            return verdict(await self._answer(reader, writer, blocks))
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise ScanError(f"clamd without a verdict: {error!r}") from error
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.address.startswith("/"):
            return await asyncio.open_unix_connection(self.address, limit=LONGEST_ANSWER)
        host, _, port = self.address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port), limit=LONGEST_ANSWER)

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, blocks: AsyncIterable[bytes]
    ) -> str:
        """Send it all, each chunk after its length, then hear the verdict."""
        writer.write(COMMAND)
        async for block in blocks:
            for start in range(0, len(block), LONGEST_CHUNK):
                chunk = block[start : start + LONGEST_CHUNK]
                writer.write(len(chunk).to_bytes(4, "big") + chunk)
                await self._within(writer.drain())
        writer.write(END)
        await self._within(writer.drain())
        return (await self._within(reader.readuntil(b"\0"))).rstrip(b"\0").decode(errors="replace")

    async def _within(self, waited: Coroutine[object, object, T]) -> T:
        return await asyncio.wait_for(waited, self.patience)


def verdict(answer: str) -> str:
    """What an answer says: the name of what was found, or "". Raises ScanError for any other answer."""
    if answer == CLEAN:
        return ""
    if answer.endswith(FOUND):
        return answer.removeprefix("stream: ").removesuffix(FOUND) or "?"
    raise ScanError(f"clamd answered: {answer}")
