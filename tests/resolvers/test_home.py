"""Where a person begins when he signs in (manual §11.2.2)."""

from __future__ import annotations

import pytest

from models import User
from resolvers.home import Home, home_of
from tests.world import build_world

pytestmark = pytest.mark.usefixtures("database")


async def test_each_begins_where_he_chose() -> None:
    world = await build_world()
    await User.filter(login="cdc").update(home_form="ER", home_year=2024)

    assert await home_of(world["cdc"]) == Home("ER", 2024)
    assert await home_of(world["saisie"]) == Home("", None)
    assert await home_of(world["machine"]) == Home("", None)
