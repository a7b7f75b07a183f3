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


def test_a_folder_that_we_make_is_ours_alone_and_another_stays_as_it_was(tmp_path: Path) -> None:
    FileStore.local(tmp_path / "new" / "files")
    assert (tmp_path / "new" / "files").stat().st_mode & 0o777 == 0o700
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o750)
    FileStore.local(shared)
    assert shared.stat().st_mode & 0o777 == 0o750


async def test_a_deleted_file_is_gone(tmp_path: Path) -> None:
    store = FileStore.local(tmp_path)
    await store.put("a", b"1")
    await store.delete("a")
    with pytest.raises(FileNotFoundError):
        await store.read("a")
