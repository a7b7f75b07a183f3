"""The object store: rendered documents and, later, attachments and sealed copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import obstore
from obstore.store import LocalStore, from_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from obstore.store import ObjectStore


class FileStore:
    """Files by key, in a local folder by default or in an S3-compatible store by its URL."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

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

    async def read(self, key: str) -> bytes:
        """The whole content of `key`. Raises FileNotFoundError."""
        result = await obstore.get_async(self._store, key)
        return bytes(await result.bytes_async())

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        """The content of `key`, in blocks, so that a large file never sits in memory."""
        result = await obstore.get_async(self._store, key)
        async for block in result.stream(min_chunk_size=256 * 1024):
            yield bytes(block)

    async def holds(self, key: str) -> bool:
        """Whether there is a file under `key`."""
        try:
            await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return False
        return True

    async def delete(self, key: str) -> None:
        """Forget `key`."""
        await obstore.delete_async(self._store, key)
