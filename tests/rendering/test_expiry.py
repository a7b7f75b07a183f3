"""An export's file lives as long as its requester was told, and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from models import Export, FileStore
from rendering.expiry import forget_expired
from resolvers import exports
from tests.world import build_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("database")


async def test_only_files_past_their_date_are_deleted_and_their_lines_stay(tmp_path: Path) -> None:
    world, files = await build_world(), FileStore.local(tmp_path)
    made = [
        await exports.request_print(world["saisie"], world.dossier, ["A1"], accessible=False, key=key)
        for key in ("old", "lost", "fresh")
    ]
    now = datetime.now(UTC)
    for export, age in zip(made, (8, 8, 6), strict=True):
        await Export.filter(id=export.id).update(
            file_key=f"exports/{export.id}", expires_at=now + timedelta(days=7 - age)
        )
    for export in (made[0], made[2]):
        await files.put(f"exports/{export.id}", b"%PDF")
    assert await forget_expired(files, now=now) == 2
    assert await forget_expired(files, now=now) == 0
    with pytest.raises(FileNotFoundError):
        await files.read(f"exports/{made[0].id}")
    assert await files.read(f"exports/{made[2].id}") == b"%PDF"
    assert await Export.all().count() == 3
