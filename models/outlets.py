"""Long lists on their way out: one moment of the database, read row by row beside the pool.

A list of a hundred thousand rows is never held: PostgreSQL writes its lines (`COPY`), a thread takes them as
the caller asks for more, and a caller who goes gives the connection back at once.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg.rows import dict_row

from models.database import PATIENCE, credentials
from models.problem import Problem
from models.slots import Slots

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
    from concurrent.futures import Future

    Written = Callable[[Iterator[bytes]], Iterator[bytes]]

Told = TypeVar("Told")
MOST_OUTLETS, MOST_OF_ONE = 4, 2
BLOCK = 64 * 1024
# A reader who takes longer would keep the database from tidying up behind everyone's writes.
LONGEST = "10min"
# Between its statements an outlet waits for its own process alone.
LONGEST_IDLE = "1min"
# A hundred thousand rows are sorted in memory, not on disk.
SORTED = "32MB"
_SLOTS = Slots(MOST_OUTLETS, MOST_OF_ONE)


class Outlet:
    """One moment of the database, on a connection and a thread of its own; nothing can be written.

    At most `MOST_OUTLETS` at once in a process, `MOST_OF_ONE` of one subject. Whoever opens one closes it, or
    reads `copy_out` to its end, and bounds the time that his own reader takes: the database does not count
    what it waits for a reader.
    """

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="outlet")
        self._connection: psycopg.Connection[dict[str, Any]] | None = None
        self._closed = False

    @classmethod
    async def opened(cls, subject: str = "") -> Outlet:
        """A new one. Raises Problem LISTS_BUSY where too many lists are under way, his own or everyone's."""
        outlet = cls(subject)
        try:
            await outlet._run(outlet._connect, credentials())
        except BaseException:
            outlet.close()
            raise
        return outlet

    async def read(self, query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows of one SQL query (`%s` placeholders): a `Fetch`."""
        return await self._run(self._read, query, values)

    async def copy_out(
        self, query: str, values: Sequence[Any] = (), written: Written = iter
    ) -> AsyncGenerator[bytes]:
        """The rows of a query as CSV lines with `;`, made into a file by `written`, in blocks; then closed.

        `written` runs in the outlet's thread. The lines end with a line feed, texts are UTF-8.
        """
        blocks = _blocks(written(self._lines(query, values)))
        try:
            while block := await self._run(next, blocks, b""):
                yield block
        finally:
            self.close(blocks)

    def close(self, blocks: Iterator[bytes] | None = None) -> None:
        """Give the connection back, behind what its thread still does; never waits."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._shut, blocks)
            self._thread.shutdown(wait=False)

    async def _run(self, act: Callable[..., Told], *values: object) -> Told:
        running: Future[Told] = self._thread.submit(act, *values)
        return await asyncio.wrap_future(running)

    def _connect(self, known: dict[str, Any]) -> None:
        if not _SLOTS.take(self._subject, PATIENCE):
            raise _busy()
        try:
            self._connection = psycopg.connect(
                **known,
                connect_timeout=PATIENCE,
                row_factory=dict_row,
                options=f"-c statement_timeout={LONGEST} -c work_mem={SORTED}"
                f" -c idle_in_transaction_session_timeout={LONGEST_IDLE}",
            )
        except BaseException:
            _SLOTS.give(self._subject)
            raise
        self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self._connection.read_only = True

    def _read(self, query: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        return self._open.execute(query.encode(), list(values)).fetchall()

    def _lines(self, query: str, values: Sequence[Any]) -> Iterator[bytes]:
        statement = f"COPY ({query}) TO STDOUT WITH (FORMAT csv, DELIMITER ';')"
        with self._open.cursor() as cursor, cursor.copy(statement.encode(), list(values)) as copy:
            yield from map(bytes, copy)

    @property
    def _open(self) -> psycopg.Connection[dict[str, Any]]:
        if self._connection is None:
            message = "an outlet is read before it is closed"
            raise RuntimeError(message)
        return self._connection

    def _shut(self, blocks: Iterator[bytes] | None) -> None:
        if self._connection is None:
            return
        try:
            # The server is left in the middle of a list rather than asked for what nobody reads.
            self._connection.pgconn.finish()
            with suppress(psycopg.Error):
                getattr(blocks, "close", bool)()
        finally:
            self._connection.close()
            self._connection = None
            _SLOTS.give(self._subject)


def _blocks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces gathered into blocks: each block is one turn of the event loop."""
    gathered, size = [], 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)


def _busy() -> Problem:
    return Problem(
        "LISTS_BUSY",
        "Trop de listes sont en cours de téléchargement, par vous ou par d’autres\u00a0: redemandez celle-ci"
        f" dans {PATIENCE}\u202fs.",
        details={"seconds": PATIENCE},
    )
