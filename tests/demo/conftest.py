"""The demonstration, seeded once; each test works on a copy of its own."""

from __future__ import annotations

import sys
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from models import close_database, open_database
from resolvers.demo import seed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


@pytest.fixture(scope="session")
async def seeded_template(template: str, new_database: Callable[[str], str]) -> str:
    """The name of a database that holds the whole demonstration; how long it took is printed."""
    url = new_database(template)
    await open_database(url)
    started = perf_counter()
    await seed(lambda _stage, _done, _total: None)
    sys.stdout.write(f"demonstration seeded in {perf_counter() - started:.1f} s\n")
    await close_database()
    return urlsplit(url).path.lstrip("/")


@pytest.fixture
async def demo(
    seeded_template: str, new_database: Callable[[str], str], drop_database: Callable[[str], None]
) -> AsyncIterator[str]:
    """A copy of the seeded database, its pool open."""
    url = new_database(seeded_template)
    await open_database(url)
    yield url
    await close_database()
    drop_database(url)
