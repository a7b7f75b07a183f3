"""Files go in and come out whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models import FileStore

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_file_comes_back_whole_and_in_blocks(tmp_path: Path) -> None:
    store = FileStore.local(tmp_path / "files")
    content = bytes(range(256)) * 4096
    await store.put("exports/a.pdf", content)
    assert await store.read("exports/a.pdf") == content
    assert b"".join([block async for block in store.stream("exports/a.pdf")]) == content


async def test_a_deleted_file_is_gone(tmp_path: Path) -> None:
    store = FileStore.local(tmp_path)
    await store.put("a", b"1")
    await store.delete("a")
    with pytest.raises(FileNotFoundError):
        await store.read("a")
