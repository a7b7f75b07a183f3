"""One world for the whole folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models import close_database, open_database
from tests.channels.setting import Setting, build_setting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


@pytest.fixture(scope="package")
async def setting(
    template: str, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Setting]:
    url = new_database(template)
    await open_database(url)
    try:
        yield await build_setting(url, tmp_path_factory.mktemp("channels"))
    finally:
        await close_database()
