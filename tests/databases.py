"""Databases of tests: copied from a template, and emptied to serve again where nothing of a test can be left.

A copy costs several times what emptying the dozen tables of a test does, and a thousand tests ask for one.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from models.embedded import EmbeddedServer

_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
# Whatever is created, changed or dropped leaves another row in one of these, with a later number.
_CATALOGUES = (
    "pg_attrdef",
    "pg_attribute",
    "pg_class",
    "pg_constraint",
    "pg_index",
    "pg_namespace",
    "pg_proc",
    "pg_statistic",
    "pg_trigger",
    "pg_type",
    "tortoise_migrations",
)
_SHAPE = " UNION ALL ".join(
    f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}"  # noqa: S608 - the names above
    for name in _CATALOGUES
)
_WRITTEN = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
AND relname <> 'tortoise_migrations'
"""
_NUMBERED = """
SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences
WHERE last_value IS NOT NULL
"""
Shape = list[tuple[object, ...]]


class Databases:
    """The databases of one server."""

    def __init__(self, server: EmbeddedServer, prefix: str = "test") -> None:
        self._server = server
        self._prefix = prefix
        self._numbers = count(1)
        self._spare: list[str] = []
        self._shapes: dict[str, Shape] = {}

    def copy(self, source: str) -> str:
        """Make a database from the named one; its address."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._order(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source)))
        return self._server.url(name)

    def drop(self, url: str) -> None:
        """Drop a database by its address, whoever is still there."""
        name = Identifier(urlsplit(url).path.lstrip("/"))
        self._order(SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    def take(self, template: str) -> str:
        """An empty migrated database that is nobody else's until it is given back; its address."""
        if self._spare:
            return self._spare.pop()
        url = self.copy(template)
        with psycopg.connect(url, autocommit=True) as connection:
            self._shapes[url] = connection.execute(_SHAPE.encode()).fetchall()
        return url

    def give_back(self, url: str) -> None:
        """Empty it for another test, or drop it where the test changed more than rows."""
        shape = self._shapes.pop(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_OTHERS)
            clean = connection.execute(_SHAPE.encode()).fetchall() == shape and _emptied(connection)
            if clean:
                self._shapes[url] = connection.execute(_SHAPE.encode()).fetchall()
        if clean:
            self._spare.append(url)
        else:
            self.drop(url)

    def _order(self, statement: psycopg.sql.Composed) -> None:
        with psycopg.connect(self._server.url(), autocommit=True) as connection:
            connection.execute(statement)


def _emptied(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Leave each table without a page, each sequence at its start; whether that succeeded.

    Not TRUNCATE, which makes each file of each table anew. VACUUM gives the pages back, and what it
    notes of the tables is forgotten: a plan depends on nothing that went before.
    """
    written = [str(name) for (name,) in connection.execute(_WRITTEN)]
    connection.execute("SET session_replication_role = replica")
    with connection.transaction():
        for name in written:
            connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
        connection.execute(_NUMBERED)
    if written:
        connection.execute(SQL("VACUUM {}").format(SQL(", ").join(map(Identifier, written))))
        connection.execute(
            "SELECT pg_clear_relation_stats('public', name) FROM unnest(%s::text[]) AS name", [written]
        )
    return connection.execute(_WRITTEN).fetchone() is None
