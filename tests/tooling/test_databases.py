"""What one test leaves in its database never reaches the next."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.databases import Databases

if TYPE_CHECKING:
    from models.embedded import EmbeddedServer

PLATFORM = "INSERT INTO platform (code, name, kind, second_signature) VALUES ('MIN', 'x', 'MINISTRY', false)"
# The queue notes each job in a table that refers to it.
JOB = "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'x') RETURNING id"
LEFT = "SELECT count(*) FROM platform UNION ALL SELECT count(*) FROM procrastinate_events"
NOTED = "SELECT relpages, reltuples FROM pg_class WHERE relname IN ('platform', 'procrastinate_events')"


@pytest.fixture(scope="module")
def databases(postgres: EmbeddedServer) -> Databases:
    """Names of its own, beside those that other tests hold."""
    return Databases(postgres, prefix="tooling")


def exists(postgres: EmbeddedServer, url: str) -> bool:
    sought = "SELECT 1 FROM pg_database WHERE datname = %s"
    with psycopg.connect(postgres.url()) as connection:
        return connection.execute(sought, [urlsplit(url).path.lstrip("/")]).fetchone() is not None


def test_rows_numbers_and_sessions_are_gone_when_it_serves_again(template: str, databases: Databases) -> None:
    url = databases.take(template)
    with contextlib.closing(psycopg.connect(url)) as left:
        left.execute(PLATFORM)
        first = left.execute(JOB).fetchone()
        left.commit()
        left.execute("SELECT * FROM platform FOR UPDATE")

        databases.give_back(url)

        assert databases.take(template) == url
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
    with psycopg.connect(url) as connection:
        assert connection.execute(LEFT).fetchall() == [(0,), (0,)]
        assert connection.execute(NOTED).fetchall() == [(0, -1.0), (0, -1.0)]
        assert connection.execute(JOB).fetchone() == first
    databases.drop(url)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE more (id int)",
        "ALTER TABLE dossier DISABLE TRIGGER USER",
        "ALTER TABLE platform ALTER COLUMN name SET DEFAULT 'x'",
        "CREATE OR REPLACE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ANALYZE platform",
        "DELETE FROM tortoise_migrations",
    ],
)
def test_what_changed_more_than_rows_serves_nobody(
    template: str, databases: Databases, postgres: EmbeddedServer, change: str
) -> None:
    url = databases.take(template)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(PLATFORM)
        connection.execute(change.encode())

    databases.give_back(url)

    assert not exists(postgres, url)
    other = databases.take(template)
    assert other != url
    databases.drop(other)
