"""The archive of a mass export, composed while it is downloaded: any part of it, and its exact size before.

Its entries are stored as they are, and their sizes and sums are known beforehand: so where each byte stands
is known before any is read, and a download that was cut goes on without reading what came before. What the
store has altered no longer has its sum, which whoever opens the archive is told.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from authz.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime

    from models import FileStore

# APPNOTE.TXT 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s4B4H3L5H2L")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_END: Final = struct.Struct("<4s4H2LH")
# Names are UTF-8; contents are stored.
_FLAGS: Final = 0x800
_STORED: Final = 0
_UNIX: Final = 3
_FILE: Final = 0o100644 << 16
_PLAIN, _LARGE = 20, 45
_WIDE: Final = 0xFFFFFFFF
_MANY: Final = 0xFFFF
_BLOCK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive: its path, its sum, and its content at hand or by its key in the store."""

    name: str
    at: datetime
    size: int
    crc32: int
    key: str = ""
    content: bytes = b""

    @property
    def moment(self) -> tuple[int, int]:
        """Time and date as MS-DOS wrote them, Paris's."""
        at = self.at.astimezone(PARIS)
        return at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - 1980) << 9 | at.month << 5 | at.day


class Archive:
    """The layout of an archive: where each of its pieces begins."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._pieces: list[tuple[int, int, bytes | Entry]] = []
        self.size = 0
        central = []
        for entry in entries:
            central.append(_central(entry, self.size))
            self._add(_local(entry))
            self._add(entry)
        start = self.size
        self._add(b"".join(central))
        self._add(_end(len(entries), self.size - start, start))

    def _add(self, piece: bytes | Entry) -> None:
        stop = self.size + (piece.size if isinstance(piece, Entry) else len(piece))
        self._pieces.append((self.size, stop, piece))
        self.size = stop

    async def stream(self, files: FileStore, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """Its bytes from `start` to `stop`, in blocks.

        FileNotFoundError where a content is gone, which cuts the archive short for all to see.
        """
        end = self.size if stop is None else stop
        for first, last, piece in self._pieces:
            low, high = max(start, first) - first, min(end, last) - first
            if low >= high:
                continue
            if isinstance(piece, bytes):
                yield piece[low:high]
            elif piece.key:
                async for block in files.stream(piece.key, low, high):
                    yield block
            else:
                for block in _cut(piece.content[low:high]):
                    yield block


def _cut(content: bytes) -> Iterator[bytes]:
    for place in range(0, len(content), _BLOCK):
        yield content[place : place + _BLOCK]


def _local(entry: Entry) -> bytes:
    name, (time, date) = entry.name.encode(), entry.moment
    large = entry.size >= _WIDE
    extra = struct.pack("<2H2Q", 1, 16, entry.size, entry.size) if large else b""
    size, version = (_WIDE, _LARGE) if large else (entry.size, _PLAIN)
    head = _LOCAL.pack(
        b"PK\x03\x04", version, _FLAGS, _STORED, time, date, entry.crc32, size, size, len(name), len(extra)
    )
    return head + name + extra


def _central(entry: Entry, offset: int) -> bytes:
    name, (time, date) = entry.name.encode(), entry.moment
    wide = [value for value in (entry.size, entry.size, offset) if value >= _WIDE]
    extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    size, version = min(entry.size, _WIDE), _LARGE if wide else _PLAIN
    head = _CENTRAL.pack(
        *(b"PK\x01\x02", version, _UNIX, version, 0),
        *(_FLAGS, _STORED, time, date),
        *(entry.crc32, size, size),
        *(len(name), len(extra), 0, 0, 0),
        *(_FILE, min(offset, _WIDE)),
    )
    return head + name + extra


def _end(count: int, size: int, offset: int) -> bytes:
    """The end of the central directory; its 64-bit twin before it where a number is too large for it."""
    large = b""
    if count >= _MANY or size >= _WIDE or offset >= _WIDE:
        wide = _END_64.pack(
            b"PK\x06\x06", _END_64.size - 12, _LARGE, _LARGE, 0, 0, count, count, size, offset
        )
        large = wide + _LOCATOR_64.pack(b"PK\x06\x07", 0, offset + size, 1)
    number = min(count, _MANY)
    return large + _END.pack(b"PK\x05\x06", 0, 0, number, number, min(size, _WIDE), min(offset, _WIDE), 0)
