"""The rows of a list that leaves, as PostgreSQL writes them: of what a search finds, of one moment."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from authz.authority import unavailable
from forms import format_count, load_pack
from models import Invalid, Outlet, transaction
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
    """A list about to leave, its rows counted exactly; whoever holds it reads its blocks or closes it.

    `platforms`: the codes of those that its dossiers are of.
    """

    outlet: Outlet
    total: int
    query: str
    values: tuple[Any, ...]
    platforms: tuple[str, ...] = ()

    def blocks(self, written: Written) -> AsyncGenerator[bytes]:
        """The file, as `written` makes it of the rows' CSV lines; the connection goes with its end."""
        return self.outlet.copy_out(self.query, self.values, written)


async def find_list(
    viewer: Viewer, asked: ListAsked, dialect: Dialect, channel: str, *, most: int | None = None
) -> ListFound:
    """All that the viewer may read of what is asked for; that he takes any of it is noted.

    `channel`: the kind of file, `csv`; `most`: the rows that it can hold. Raises as
    `finding_relation.relation`, Invalid LIST_TOO_LONG, and Problem LISTS_BUSY.
    """
    for _attempt in range(ATTEMPTS):
        found = await relation(viewer, asked.criteria, sort=asked.sort, descending=asked.descending)
        outlet = await Outlet.opened(viewer.subject)
        try:
            list_found = await _of_moment(viewer, asked, dialect, found, outlet)
            if list_found is not None:
                _check_holds(list_found.total, most)
                if list_found.total:
                    await _note(viewer, asked, channel, list_found)
                return list_found
        except BaseException:
            outlet.close()
            raise
        outlet.close()
        await viewer.authority.refresh()
    raise unavailable()


def _check_holds(total: int, most: int | None) -> None:
    if most is not None and total > most:
        raise Invalid(
            "LIST_TOO_LONG",
            f"Un tel fichier ne tient pas plus de {format_count(most)} lignes\u00a0: prenez la liste"
            " en CSV, ou précisez la recherche.",
            path=("q",),
        )


async def _of_moment(
    viewer: Viewer, asked: ListAsked, dialect: Dialect, found: Relation, outlet: Outlet
) -> ListFound | None:
    """The list, if the rights that it was found by are those of the outlet's moment."""
    chosen = f"{found.condition} AND d.id <> ALL(%s::uuid[])"
    values = (*found.values, list(asked.without))
    if asked.only is not None:
        chosen, values = f"{chosen} AND d.id = ANY(%s::uuid[])", (*values, list(asked.only))
    counted = await outlet.read(
        f"SELECT {VERSION} AS version, pack, platform, n FROM "  # noqa: S608 - the values are apart
        "(SELECT NULL AS pack, NULL AS platform, 0 AS n UNION ALL "
        f"(SELECT d.pack, d.platform, count(*) FROM {found.source} WHERE {chosen} GROUP BY 1, 2)) counted",
        values,
    )
    if counted[0]["version"] != found.version:
        return None
    there = [record for record in counted if record["pack"] is not None]
    stages = await _stages(sorted({record["pack"] for record in there}))
    before, joins, given = joins_of(viewer, asked.columns, Told(dialect, stages, CATEGORIES))
    told = ", ".join(column_as(column, dialect) for column in asked.columns)
    query = (
        f"{before}SELECT {told} FROM {found.source} {joins} "  # noqa: S608 - the values are apart
        f"WHERE {chosen} ORDER BY {found.order}"
    )
    total, platforms = sum(record["n"] for record in there), {record["platform"] for record in there}
    return ListFound(outlet, total, query, (*given, *values), tuple(sorted(platforms)))


async def _stages(names: list[str]) -> list[tuple[str, int, str]]:
    """What each step of each form is called: the pack, the step, « 3 – Contrôle »."""
    await packs.ensure(names)
    loaded = [await asyncio.to_thread(load_pack, name) for name in names]
    return [
        (name, int(one.step), f"{int(one.step)} – {pack.cycle.label(one.step)}")
        for name, pack in zip(names, loaded, strict=True)
        for one in pack.cycle.steps
    ]


async def _note(viewer: Viewer, asked: ListAsked, channel: str, found: ListFound) -> None:
    """What left, and by which criteria, but nothing that somebody typed."""
    criteria = asked.criteria
    told = {
        "list": "dossiers",
        "format": channel,
        "count": found.total,
        "criteria": list(criteria.named),
        "forms": sorted(criteria.all_forms),
        "years": sorted(criteria.all_years),
        "labels": sorted(map(str, criteria.labels)),
        "work_list": criteria.work_list,
        "sort": asked.sort.value,
        "descending": asked.descending,
        "left_out": len(asked.without),
        "chosen": None if asked.only is None else len(asked.only),
        "columns": [column.value for column in asked.columns],
        "platforms": list(found.platforms),
    }
    platform = found.platforms[0] if len(found.platforms) == 1 else ""
    async with transaction():
        await journal.record(viewer, Kind.LIST_TAKEN, platform, told)
