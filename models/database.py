"""The one way to PostgreSQL: opening the pool, one transaction per unit of work."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import orjson
import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import set_json_dumps, set_json_loads
from tortoise import Tortoise
from tortoise.connection import get_connection, get_connections
from tortoise.transactions import in_transaction

from models.problem import Problem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

MODULES = [
    "models.organizations",
    "models.users",
    "models.dossiers",
    "models.conventions",
    "models.policy",
    "models.work",
    "models.packs",
    "models.journal",
    "models.life",
    "models.circuits",
    "models.batches",
    "models.exchange",
    "models.attachments",
    "models.sealed",
    "models.support",
    "models.finding",
    "models.exporting",
]

PATIENCE = 5  # seconds for a connection beside the pool
MOST_SNAPSHOTS = 2
# Whoever waits holds nothing that another one's snapshot waits for.
_SNAPSHOTS = asyncio.Semaphore(MOST_SNAPSHOTS)


class Fetch(Protocol):
    """What reads from the database: `fetch`, or one moment's."""

    async def __call__(self, query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows of one SQL query (`%s` placeholders)."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """What makes a connection cut each of its statements after so many seconds."""

    seconds: int

    async def __call__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Bound a connection for as long as it lives."""
        await connection.execute(f"SET statement_timeout = {self.seconds * 1000:d}".encode())
        await connection.commit()


def tortoise_config(url: str, *, pool: int = 10, longest: int | None = None) -> dict[str, Any]:
    """Tortoise's configuration for a PostgreSQL URL (`postgresql://user:password@host:port/name`).

    A `host` in the query (a Unix socket's folder) wins over the one in the authority. `longest`: seconds
    that a statement may take.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    credentials = {
        "host": query.get("host", [parts.hostname or "localhost"])[0],
        "port": parts.port or 5432,
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
        "database": parts.path.lstrip("/") or "postgres",
        "minsize": 1,
        "maxsize": pool,
        "application_name": "harmonia",
        "configure": None if longest is None else Bounded(longest),
    }
    return {
        "connections": {"default": {"engine": "tortoise.backends.psycopg", "credentials": credentials}},
        "apps": {
            "models": {
                "models": MODULES,
                "migrations": "models.migrations",
                "default_connection": "default",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def open_database(url: str, *, pool: int = 10, longest: int | None = None) -> None:
    """Open the process's pool. The fallback lets every task, not only the opener's, reach it.

    `longest`: seconds after which a statement is cut, for a process whose callers wait; None for no bound.
    """
    set_json_loads(orjson.loads)
    set_json_dumps(orjson.dumps)
    await Tortoise.init(config=tortoise_config(url, pool=pool, longest=longest), _enable_global_fallback=True)


async def close_database() -> None:
    """Give every connection back."""
    await Tortoise.close_connections()


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """One unit of work: all of it is saved, or nothing is. Nested, it is a savepoint."""
    async with in_transaction("default"):
        yield


def credentials() -> dict[str, Any]:
    """What psycopg needs for a connection beside the pool."""
    known = get_connections().db_config["default"]["credentials"]
    named = {name: known[name] for name in ("host", "port", "user", "password", "application_name")}
    return {"dbname": known["database"], **named}


@asynccontextmanager
async def snapshot() -> AsyncIterator[Fetch]:
    """What reads one moment of the database, however often it is asked; nothing can be written.

    On one of `MOST_SNAPSHOTS` connections beside the pool: whoever is in a transaction has no snapshot that
    lasts, can ask for none any more, and must not wait for a second connection of the pool while he holds
    one. What he has not committed yet is not in it.
    """
    async with (
        _SNAPSHOTS,
        await psycopg.AsyncConnection.connect(
            connect_timeout=PATIENCE, row_factory=dict_row, **credentials()
        ) as connection,
    ):
        bounded = get_connections().db_config["default"]["credentials"]["configure"]
        if bounded is not None:
            await bounded(connection)
        await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
        await connection.set_read_only(True)

        async def read(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
            return await (await connection.execute(query.encode(), list(values))).fetchall()

        yield read


def raw_connection() -> psycopg.AsyncConnection[Any]:
    """The psycopg connection of the current transaction, so that a job is deferred inside it.

    Raises RuntimeError outside a transaction: a job that survives a rollback would act on nothing.
    """
    wrapper = get_connection("default")
    connection: psycopg.AsyncConnection[Any] | None = getattr(wrapper, "_connection", None)
    if connection is None or not hasattr(wrapper, "savepoint"):
        message = "a job is deferred inside a transaction"
        raise RuntimeError(message)
    return connection


def cut_short(error: BaseException) -> Problem | None:
    """What is told of a statement that the database has cut for its length; None of any other error."""
    if not isinstance(error, psycopg.errors.QueryCanceled):
        return None
    return Problem(
        "QUERY_TOO_LONG",
        "Cette demande prend trop de temps et a été interrompue\u202f; rien n’a été changé. Précisez-la, ou"
        " recommencez dans un moment.",
        details={"seconds": PATIENCE},
    )


async def fetch(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Rows of one SQL query (`%s` placeholders) on the current connection."""
    rows: list[dict[str, Any]] = await get_connection("default").execute_query_dict(query, list(values))
    return rows


async def fetch_planned(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The same, planned for these very values at each time.

    A statement that is asked again and again gets one plan for all values; where one search finds ten rows
    and the next a million, it takes twice as long.
    """
    async with (
        get_connection("default").acquire_connection() as connection,
        connection.cursor(row_factory=dict_row) as cursor,
    ):
        await cursor.execute(query, list(values), prepare=False)
        found: list[dict[str, Any]] = await cursor.fetchall()
        return found


async def execute(query: str, values: Sequence[Any] = ()) -> int:
    """Run one SQL statement; the number of rows it touched."""
    count, _ = await get_connection("default").execute_query(query, list(values))
    return int(count)
