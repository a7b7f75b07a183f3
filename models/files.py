"""The object store: rendered documents, attachments and sealed copies."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import obstore
from obstore.store import LocalStore, from_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterator
    from datetime import datetime
    from pathlib import Path

    from _typeshed import WriteableBuffer
    from obstore import ReadableFile
    from obstore.store import ObjectStore

BLOCK: Final = 256 * 1024
# Least size of a part of an object, but the last, in the S3 protocol.
LEAST_PART: Final = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What a listing says of a file: its key, when it was written, its bytes."""

    key: str
    at: datetime
    size: int


class FileStore:
    """Files by key, in a local folder by default or in an S3-compatible store by its URL."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._part = BLOCK if isinstance(store, LocalStore) else LEAST_PART

    @classmethod
    def local(cls, folder: Path) -> FileStore:
        """A store under `folder`, made where missing, for this account alone: dossiers lie in it."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(folder))

    @classmethod
    def at(cls, url: str) -> FileStore:
        """A store by its URL (`s3://bucket/prefix`); credentials come from its own environment."""
        return cls(from_url(url))

    async def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, whole or not at all."""
        await obstore.put_async(self._store, key, content)

    async def put_stream(self, key: str, blocks: AsyncIterable[bytes]) -> None:
        """Keep what comes in blocks under `key`, whole or not at all, one part in memory at a time.

        What `blocks` raises is raised, and leaves nothing under `key`.
        """
        await obstore.put_async(self._store, key, blocks, chunk_size=self._part, max_concurrency=1)

    async def read(self, key: str) -> bytes:
        """The whole content of `key`. Raises FileNotFoundError."""
        result = await obstore.get_async(self._store, key)
        return bytes(await result.bytes_async())

    async def stream(self, key: str, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """The content of `key`, or from one place to another, in blocks: a large file never sits in memory.

        Raises FileNotFoundError.
        """
        asked = {"offset": start} if stop is None else (start, stop)
        options: Any = {"range": asked} if start or stop is not None else {}
        result = await obstore.get_async(self._store, key, options=options)
        async for block in result.stream(min_chunk_size=BLOCK):
            yield bytes(block)

    async def holds(self, key: str) -> bool:
        """Whether there is a file under `key`."""
        try:
            await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return False
        return True

    def blocks(self, key: str) -> Iterator[bytes]:
        """As `stream`, for a thread that waits. Raises FileNotFoundError at the first block."""
        for block in obstore.get(self._store, key).stream(min_chunk_size=BLOCK):
            yield bytes(block)

    def reader(self, key: str) -> BinaryIO:
        """`key` as a file that one may seek in, for a thread that waits. Raises FileNotFoundError."""
        return io.BufferedReader(_Reader(obstore.open_reader(self._store, key, buffer_size=BLOCK)), BLOCK)

    async def listed(self, prefix: str) -> AsyncIterator[StoredFile]:
        """The files whose keys begin with the folder `prefix`, in no order."""
        async for batch in obstore.list(self._store, prefix):
            for found in batch:
                yield StoredFile(found["path"], found["last_modified"], found["size"])

    async def delete(self, key: str) -> None:
        """Forget `key`, which another may have forgotten already: a remote store does not tell."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)


class _Reader(io.RawIOBase):
    """A stored file as the standard library reads files."""

    def __init__(self, file: ReadableFile) -> None:
        self._file = file

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill as much of `buffer` as there is left."""
        room = memoryview(buffer)
        block = bytes(self._file.read(len(room)))
        room[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go there."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where one is."""
        return self._file.tell()
