"""The ground every test stands on: a real PostgreSQL of its own, one fresh migrated database a test."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest

from models import close_database, open_database
from models.embedded import EmbeddedServer
from models.schema import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from pytest import TempPathFactory  # noqa: PT013 - a type

TEMPLATE = "template_harmonia"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: TempPathFactory) -> Iterator[EmbeddedServer]:
    """An embedded server for the session; durability is off, for nothing outlives it."""
    server = EmbeddedServer(tmp_path_factory.mktemp("postgres"))
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.stop()


@pytest.fixture(scope="session")
async def template(postgres: EmbeddedServer) -> str:
    """The name of a migrated, empty database that others are copied from."""
    await migrate(postgres.ensure_database(TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def new_database(postgres: EmbeddedServer) -> Callable[[str], str]:
    """Make a database, copied from the named one; its address."""

    def make(source: str) -> str:
        name = f"test_{next(_numbers)}"
        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return postgres.url(name)

    return make


@pytest.fixture
async def database(template: str, new_database: Callable[[str], str]) -> AsyncIterator[str]:
    """A fresh migrated database, its pool open; the value is its address (`DATABASE_URL`)."""
    url = new_database(template)
    await open_database(url)
    yield url
    await close_database()
