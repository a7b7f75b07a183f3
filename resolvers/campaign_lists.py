"""The lists of whoever conducts a campaign: its dossiers, the late ones, those to choose from.

Each needs the right to conduct the campaign on the form as a whole, and holds what its reader may read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, require_on_form
from authz.clock import today
from forms import Step
from models import fetch
from resolvers.campaign_rows import Asked, DueRow, StepCount
from resolvers.campaigning import MOST_CHOSEN, count_of, seen, with_dossiers
from resolvers.deadlines import DUE_ON, LATE, late
from resolvers.folding import like_patterns
from resolvers.paging import CountedPage, check_first, counted_page, decode, encode

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierRow

_OF = "FROM dossier d WHERE d.platform = %s AND d.form = %s AND d.year = %s"
_FOLLOWED = "EXISTS (SELECT 1 FROM assignment f WHERE f.dossier_id = d.id AND f.user_id = %s)"
_UNFOLLOWED = "NOT EXISTS (SELECT 1 FROM assignment f WHERE f.dossier_id = d.id)"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which of the campaign's dossiers. `followed_by`: an account; `unfollowed`: nobody follows it."""

    steps: tuple[Step, ...] = ()
    late: bool = False
    followed_by: UUID | None = None
    unfollowed: bool = False
    category: str | None = None
    search: str = ""


async def campaign_dossiers(
    viewer: Viewer, asked: Asked, filters: Filters, first: int = 50, after: str | None = None
) -> CountedPage[DueRow]:
    """One page, by the organism's code. Raises Refused, Invalid FIRST_OUT_OF_BOUNDS, CURSOR_INVALID."""
    check_first(first)
    where, values = _where(viewer, asked, filters)
    counted = await count_of(f"SELECT d.id {_OF} AND {where}", values)
    if after is not None:
        code, dossier = decode(after)
        where, values = f"{where} AND (d.code, d.id) > (%s, %s)", [*values, code, dossier]
    records = await fetch(
        f"SELECT d.id, d.code, {DUE_ON} AS due_on {_OF} AND {where} ORDER BY d.code, d.id LIMIT %s",
        [*values, first + 1],
    )
    return await _page(viewer, records, first, counted)


async def campaign_ids(viewer: Viewer, asked: Asked, filters: Filters) -> list[UUID]:
    """What may be chosen at once: the first of those that the filters leave, as many as a mass move takes."""
    where, values = _where(viewer, asked, filters)
    records = await fetch(
        f"SELECT d.id {_OF} AND {where} ORDER BY d.code, d.id LIMIT %s", [*values, MOST_CHOSEN]
    )
    return [record["id"] for record in records]


async def step_counts(viewer: Viewer, asked: Asked, labels: dict[Step, str]) -> list[StepCount]:
    """How many dossiers stand at each step, and how many of them are late."""
    where, values = _where(viewer, asked, Filters())
    records = await fetch(
        f"SELECT d.step, count(*) AS n, count(*) FILTER (WHERE {LATE}) AS late {_OF} AND {where} "
        "GROUP BY d.step",
        [today().date, *values],
    )
    counts = {record["step"]: record for record in records}
    return [
        StepCount(step, label, counts[step]["n"], counts[step]["late"])
        if step in counts
        else StepCount(step, label, 0, 0)
        for step, label in labels.items()
    ]


def _where(viewer: Viewer, asked: Asked, filters: Filters) -> tuple[str, list[Any]]:
    """The condition after `_OF`, with the values of both. Raises Refused."""
    require_on_form(viewer, Right.CAMPAIGN_MANAGE, asked.platform, asked.form)
    readable, values = seen(viewer, Right.READ)
    parts, values = [readable], [*asked.values, *values]
    wanted: list[tuple[bool, str, list[Any]]] = [
        (bool(filters.steps), "d.step = ANY(%s)", [[int(step) for step in filters.steps]]),
        (filters.late, LATE, [today().date]),
        (filters.followed_by is not None, _FOLLOWED, [filters.followed_by]),
        (filters.unfollowed, _UNFOLLOWED, []),
        (filters.category is not None, "d.category = %s", [filters.category]),
        *((True, "d.search LIKE %s", [pattern]) for pattern in like_patterns(filters.search)),
    ]
    for applies, sql, given in wanted:
        if applies:
            parts.append(sql)
            values.extend(given)
    return " AND ".join(parts), values


async def _page(viewer: Viewer, records: list[dict[str, Any]], first: int, total: int) -> CountedPage[DueRow]:
    shown = await with_dossiers(viewer, records)
    rows = [_row(dossier, record["due_on"]) for record, dossier in shown]
    return counted_page(rows, [encode(record["code"], record["id"]) for record, _ in shown], first, total)


def _row(dossier: DossierRow, due_on: date | None) -> DueRow:
    day = today().date
    is_late = late(due_on, day)
    return DueRow(dossier, due_on, is_late, (day - due_on).days if is_late and due_on is not None else 0)
