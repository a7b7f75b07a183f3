"""The rows of a list that leaves, as PostgreSQL writes them: of what a search finds, of one moment."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from authz.authority import unavailable
from forms import load_pack
from models import Outlet, transaction
from resolvers import journal, packs
from resolvers.convention_words import CATEGORIES
from resolvers.criteria import Criteria, Sort
from resolvers.events import Kind
from resolvers.finding_relation import ATTEMPTS, VERSION, relation
from resolvers.list_columns import STANDARD, Column
from resolvers.list_sql import Told, column_as, joins_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator
    from uuid import UUID

    from authz import Viewer
    from resolvers.finding_relation import Relation
    from resolvers.list_sql import Dialect

    Written = Callable[[Iterator[bytes]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list to take away: what is searched, its order, its columns, and the rows chosen by hand.

    `without`: those left out; `only`: the sole rows taken, those of them that the search finds.
    """

    criteria: Criteria = field(default_factory=Criteria)
    sort: Sort = Sort.CODE
    descending: bool = False
    columns: tuple[Column, ...] = STANDARD
    without: tuple[UUID, ...] = ()
    only: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class ListFound:
    """A list about to leave, its rows counted exactly; whoever holds it reads its blocks or closes it."""

    outlet: Outlet
    total: int
    query: str
    values: tuple[Any, ...]

    def blocks(self, written: Written) -> AsyncGenerator[bytes]:
        """The file, as `written` makes it of the rows' CSV lines; the connection goes with its end."""
        return self.outlet.copy_out(self.query, self.values, written)


async def find_list(viewer: Viewer, asked: ListAsked, dialect: Dialect, channel: str) -> ListFound:
    """All that the viewer may read of what is asked for; that he takes any of it is noted.

    `channel`: the kind of file, `csv`. Raises as `finding_relation.relation`, and Problem LISTS_BUSY.
    """
    for _attempt in range(ATTEMPTS):
        found = await relation(viewer, asked.criteria, sort=asked.sort, descending=asked.descending)
        outlet = await Outlet.opened(viewer.subject)
        try:
            list_found = await _of_moment(viewer, asked, dialect, found, outlet)
            if list_found is not None:
                if list_found.total:
                    await _note(viewer, asked, channel, list_found.total)
                return list_found
        except BaseException:
            outlet.close()
            raise
        outlet.close()
        await viewer.authority.refresh()
    raise unavailable()


async def _of_moment(
    viewer: Viewer, asked: ListAsked, dialect: Dialect, found: Relation, outlet: Outlet
) -> ListFound | None:
    """The list, if the rights that it was found by are those of the outlet's moment."""
    chosen = f"{found.condition} AND d.id <> ALL(%s::uuid[])"
    values = (*found.values, list(asked.without))
    if asked.only is not None:
        chosen, values = f"{chosen} AND d.id = ANY(%s::uuid[])", (*values, list(asked.only))
    counted = await outlet.read(
        f"SELECT {VERSION} AS version, pack, n FROM (SELECT NULL AS pack, 0 AS n UNION ALL "  # noqa: S608 - the values are apart
        f"(SELECT d.pack, count(*) FROM {found.source} WHERE {chosen} GROUP BY d.pack)) counted",
        values,
    )
    if counted[0]["version"] != found.version:
        return None
    stages = await _stages([record["pack"] for record in counted if record["pack"] is not None])
    before, joins, given = joins_of(viewer, asked.columns, Told(dialect, stages, CATEGORIES))
    told = ", ".join(column_as(column, dialect) for column in asked.columns)
    query = (
        f"{before}SELECT {told} FROM {found.source} {joins} "  # noqa: S608 - the values are apart
        f"WHERE {chosen} ORDER BY {found.order}"
    )
    return ListFound(outlet, sum(record["n"] for record in counted), query, (*given, *values))


async def _stages(names: list[str]) -> list[tuple[str, int, str]]:
    """What each step of each form is called: the pack, the step, « 3 – Contrôle »."""
    await packs.ensure(names)
    loaded = [await asyncio.to_thread(load_pack, name) for name in names]
    return [
        (name, int(one.step), f"{int(one.step)} – {pack.cycle.label(one.step)}")
        for name, pack in zip(names, loaded, strict=True)
        for one in pack.cycle.steps
    ]


async def _note(viewer: Viewer, asked: ListAsked, channel: str, total: int) -> None:
    told = {
        "list": "dossiers",
        "format": channel,
        "count": total,
        "forms": sorted(asked.criteria.all_forms),
        "years": sorted(asked.criteria.all_years),
        "columns": [column.value for column in asked.columns],
    }
    async with transaction():
        await journal.record(viewer, Kind.LIST_TAKEN, "", told)
