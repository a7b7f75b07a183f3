"""A page of dossiers that the database finds and sorts: what is asked of them one by one, or sorted on it.

One statement counts, finds and tells of which moment it is (docs/decisions/0018).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models import fetch
from resolvers.dossiers import COLUMNS
from resolvers.finding_keys import AFTER, AFTER_NONE, key_of, order_by
from resolvers.listing_cursors import key_of as key_said
from resolvers.paging import cursor_invalid

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Scope, Viewer
    from authz.scope import Condition
    from resolvers.criteria import Sort

# The first row always tells of the moment; the page is beside it, if there is one.
_QUERY = """
{found}
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
# Found once and counted: a page of its own would be looked for along an order in which it may be far.
_FOUND = """WITH found AS MATERIALIZED (
  SELECT d.id, d.platform, d.organism_id, d.form, d.year, d.code, d.category, d.search, d.step,
         d.step_since, d.transmitted_at FROM {} WHERE {})"""
_COUNT = "(SELECT count(*) FROM found)"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A list in the database: what it is FROM, its condition, rights included, and how it is sorted.

    `counted`: whether the number of them is asked too.
    """

    source: Condition
    condition: Condition
    sort: Sort
    descending: bool
    counted: bool


async def read_page(
    viewer: Viewer, asked: Sorted, now: Condition, after: tuple[Any, UUID] | None, most: int
) -> list[dict[str, Any]]:
    """The rows behind `after`, at most so many; the first tells of `now`, and has no dossier if none is."""
    key = key_of(viewer, asked.sort)
    where, behind = "TRUE", list[Any]()
    if after is not None:
        pattern = AFTER_NONE if after[0] is None else AFTER
        where = pattern.format(key=key.sql, type=key.type, than="<" if asked.descending else ">")
        behind = [after[1]] if after[0] is None else [after[0], after[0], after[1]]
    of, condition = asked.source, asked.condition
    parts = {"columns": COLUMNS, "now": now.sql, "key": key.sql}
    parts["order"] = order_by(key, descending=asked.descending)
    if asked.counted:
        found = _FOUND.format(of.sql, condition.sql)
        query = _QUERY.format(
            found=found, total=_COUNT, source=f"found d {key.join}", condition=where, **parts
        )
        values = [*of.values, *condition.values, *now.values, *key.values, *behind, most]
    else:
        whole = f"{condition.sql} AND {where}"
        query = _QUERY.format(found="", total="NULL", source=f"{of.sql} {key.join}", condition=whole, **parts)
        values = [*now.values, *of.values, *key.values, *condition.values, *behind, most]
    return await fetch(query, values)


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
