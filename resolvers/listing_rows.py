"""A page of dossiers that the database finds and sorts: what is asked of them one by one, or sorted on it.

One statement counts, finds and tells of which moment it is (docs/decisions/0018).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from models import fetch, fetch_planned
from resolvers.criteria import Sort
from resolvers.dossiers import COLUMNS
from resolvers.finding_keys import AFTER, AFTER_NONE, key_of, order_by
from resolvers.listing_cursors import key_of as key_said
from resolvers.paging import cursor_invalid

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Scope, Viewer
    from authz.scope import Condition

# The first row always tells of the moment; the page is beside it, if there is one.
_QUERY = """
SELECT now.*, CASE WHEN now.place = 1 THEN {total} END AS total, {columns}, page.key, page.number
  FROM (SELECT *, 1::bigint AS place FROM {now} known) now
  FULL JOIN (SELECT *, row_number() OVER () AS number FROM (
        SELECT d.id AS found, {key} AS key FROM {source} WHERE {condition} ORDER BY {order} LIMIT %s) sorted
       ) page ON page.number = now.place
  LEFT JOIN dossier d ON d.id = page.found
  LEFT JOIN organism o ON o.id = d.organism_id
  LEFT JOIN organization g ON g.id = o.organization_id
  LEFT JOIN platform p ON p.code = d.platform
 ORDER BY page.number
"""
_COUNT = "(SELECT count(*) FROM {} WHERE {})"
# The index on codes is not walked where nobody foresees how many match: of few, the page is far along it.
_BY_CODE = "(d.code || '')"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A list in the database: what it is FROM, its condition, rights included, and how it is sorted.

    `counted`: whether the number of them is asked too. `foreseen`: `Criteria.foreseen`.
    """

    source: Condition
    condition: Condition
    sort: Sort
    descending: bool
    counted: bool
    foreseen: bool


async def read_page(
    viewer: Viewer, asked: Sorted, now: Condition, after: tuple[Any, UUID] | None, most: int
) -> list[dict[str, Any]]:
    """The rows behind `after`, at most so many; the first tells of `now`, and has no dossier if none is."""
    key, of = key_of(viewer, asked.sort), asked.source
    if asked.sort is Sort.CODE and not asked.foreseen:
        key = replace(key, sql=_BY_CODE)
    where, values = asked.condition.sql, list(asked.condition.values)
    if after is not None:
        behind = AFTER_NONE if after[0] is None else AFTER
        where += " AND " + behind.format(key=key.sql, type=key.type, than="<" if asked.descending else ">")
        values += [after[1]] if after[0] is None else [after[0], after[0], after[1]]
    query = _QUERY.format(
        total=_COUNT.format(of.sql, asked.condition.sql) if asked.counted else "NULL",
        columns=COLUMNS,
        now=now.sql,
        key=key.sql,
        source=f"{of.sql} {key.join}",
        condition=where,
        order=order_by(key, descending=asked.descending),
    )
    counted = (*of.values, *asked.condition.values) if asked.counted else ()
    return await fetch_planned(query, [*counted, *now.values, *of.values, *key.values, *values, most])


async def begins_after(seen: Scope, mark: str, cursor: str | None, kind: str) -> tuple[Any, UUID] | None:
    """The key and the row that a page begins after; Invalid CURSOR_INVALID unless the row is one's own.

    As in the sets, at whatever step: it may have moved since.
    """
    if cursor is None:
        return None
    key, row_id = key_said(mark, cursor, kind)
    for row in await fetch("SELECT platform, form, year, organism_id FROM dossier WHERE id = %s", [row_id]):
        steps = seen.steps(row["platform"], row["form"], row["year"])
        if row["organism_id"] in seen.organisms and steps[seen.organisms.index(row["organism_id"])]:
            return key, row_id
    raise cursor_invalid()
