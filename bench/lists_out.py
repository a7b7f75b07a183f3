"""Lists that leave: 100,000 rows as each kind of file, beside PostgreSQL writing the same columns."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from bench.report import Measure
from gql.http.list_files import KINDS
from models import execute, fetch
from rendering.lists.heads import ListHead
from rendering.lists.words import asked_in_words
from resolvers.criteria import Criteria
from resolvers.list_columns import COLUMNS, STANDARD
from resolvers.list_rows import ListAsked, find_list

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from authz import Viewer

ROWS, _MEGABYTE = 100_000, 1_000_000
# The same columns, joins and order, without rights, French days nor guards.
_NAMES = """LEFT JOIN (SELECT a.dossier_id, u.first_name || ' ' || u.last_name AS name
  FROM assignment a JOIN user_account u ON u.id = a.user_id WHERE a.role = '{0}') {0}
  ON {0}.dossier_id = d.id"""
_COPIED = f"""COPY (SELECT d.code, g.name, d.category, o.siren, o.department, d.form, d.year, d.step,
  d.step_since, d.transmitted_at, officer.name, account_manager.name
FROM dossier d JOIN organism o ON o.id = d.organism_id JOIN organization g ON g.id = o.organization_id
{_NAMES.format("officer")} {_NAMES.format("account_manager")}
WHERE d.platform = 'MIN' AND d.year >= {{since}} ORDER BY d.code, d.platform, d.form, d.year, d.id)
TO '{{target}}' WITH (FORMAT csv)"""  # noqa: S608 - our own constants


async def list_measures(viewer: Viewer, *, quick: bool) -> AsyncIterator[Measure]:
    """Rows a second for each kind of file; then the memory that they take."""
    counted = await fetch("SELECT year, count(*) AS n FROM dossier WHERE platform = 'MIN' GROUP BY 1")
    years, total = [], 0
    for record in sorted(counted, key=itemgetter("year"), reverse=True):
        if total < ROWS:
            years.append(record["year"])
            total += record["n"]
    asked, rounds = ListAsked(Criteria(years=tuple(years))), 1 if quick else 4
    with _written_by_all() as folder:
        statement = _COPIED.format(since=min(years), target=f"{folder}/list.csv")
        copied, _ = await _fastest(partial(_seconds, partial(execute, statement)), rounds)
    yield await _memory(viewer, asked, total)
    for suffix in KINDS:
        seconds, size = await _fastest(partial(_leave, viewer, asked, suffix), rounds)
        yield Measure(
            f"{suffix} of {total:,} rows in 12 columns with rights ({size / _MEGABYTE:.1f} MB)",
            total / seconds,
            "rows/s",
            "COPY of the same columns to a file, without rights",
            total / copied,
            ">= 0.5 x" if suffix == "csv" else "",
        )


@contextmanager
def _written_by_all() -> Iterator[str]:
    """A folder for a server that writes as a user of its own."""
    with TemporaryDirectory(prefix="harmonia-bench-copy-") as folder:
        Path(folder).chmod(0o777)
        yield folder


async def _memory(viewer: Viewer, asked: ListAsked, total: int) -> Measure:
    """How much higher the process's memory stands, at any block, than before the list was asked for."""
    await _leave(viewer, ListAsked(Criteria(siren="100000042")), "csv")  # what is loaded once is
    gc.collect()
    before = highest = _resident()
    for suffix in KINDS:
        written = KINDS[suffix].written
        found = await find_list(viewer, asked, KINDS[suffix].dialect, suffix)
        async for _ in found.blocks(written(_head(asked, found.total))):
            highest = max(highest, _resident())
    return Measure(
        f"memory above idle while {total:,} rows leave as each kind of file",
        (highest - before) / _MEGABYTE,
        "MB",
        goal="<= 30",
    )


async def _leave(viewer: Viewer, asked: ListAsked, suffix: str) -> tuple[float, int]:
    start, size = perf_counter(), 0
    found = await find_list(viewer, asked, KINDS[suffix].dialect, suffix)
    async for block in found.blocks(KINDS[suffix].written(_head(asked, found.total))):
        size += len(block)
    return perf_counter() - start, size


def _head(asked: ListAsked, total: int) -> ListHead:
    columns = tuple(COLUMNS[column] for column in STANDARD)
    told = asked_in_words(asked, {})
    return ListHead("dossiers", "Liste de dossiers", ("", "s"), columns, total, datetime.now(UTC), told)


async def _seconds(run: Callable[[], Awaitable[object]]) -> tuple[float, int]:
    start = perf_counter()
    await run()
    return perf_counter() - start, 0


async def _fastest(run: Callable[[], Awaitable[tuple[float, int]]], rounds: int) -> tuple[float, int]:
    await run()
    return min([await run() for _ in range(rounds)])


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
