"""The forms that a server reads before anyone asks: those of the latest campaigns, and no fault stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import load_pack
from models import execute
from resolvers import packs
from tests.world import build_world

if TYPE_CHECKING:
    from forms import Pack

pytestmark = pytest.mark.usefixtures("database")


async def test_the_latest_campaigns_forms_are_read_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    await build_world()
    await execute(
        "INSERT INTO campaign (platform_id, form, year, pack, opens_on) "
        "SELECT platform_id, new.* FROM campaign, (VALUES "
        "('QDIS', 2023, 'QDIS/2023/1', DATE '2024-01-01'), ('ER', 2031, 'ER/2031/9', '2032-01-01'), "
        "('MOI', 2024, 'ER/2024/1', '2025-01-01')) new"
    )
    read: list[str] = []

    def told(name: str) -> Pack:
        read.append(name)
        return load_pack(name)

    monkeypatch.setattr(packs, "load_pack", told)
    await packs.warm()
    assert read == ["ER/2031/9", "ER/2024/1", "QDIS/2023/1"]
