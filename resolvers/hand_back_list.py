"""The dossiers handed back to their organisms, by day and by words of the reason (manual §2.1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, require_on_form
from models import fetch
from resolvers.campaign_rows import Asked, HandedBackRow
from resolvers.campaigning import count_of, seen, with_dossiers
from resolvers.days import begins, ends
from resolvers.paging import CountedPage, check_first, counted_page, decode_moment, encode

if TYPE_CHECKING:
    from datetime import date

    from authz import Viewer

_LIST = """
SELECT b.id AS hand_back_id, d.id, b.reason, b.due_on, b.handed_at, b.taken_at, b.taken_reason,
       h.first_name || ' ' || h.last_name AS handed_by, t.first_name || ' ' || t.last_name AS taken_by
FROM hand_back b JOIN dossier d ON d.id = b.dossier_id JOIN user_account h ON h.id = b.handed_by_id
LEFT JOIN user_account t ON t.id = b.taken_by_id
WHERE d.platform = %s AND d.form = %s AND d.year = %s
"""
_SAME = ("reason", "due_on", "handed_at", "handed_by", "taken_at", "taken_by", "taken_reason")


@dataclass(frozen=True, slots=True)
class Sought:
    """Between two days of Paris, both included; `words`: each is in the reason; `still`: not taken back.

    `on`: those in the organism's hands on that day, whole or in part (manual §1.1.4).
    """

    since: date | None = None
    until: date | None = None
    words: str = ""
    still: bool = False
    on: date | None = None


async def handed_back(
    viewer: Viewer, asked: Asked, sought: Sought, first: int = 50, after: str | None = None
) -> CountedPage[HandedBackRow]:
    """One page, the latest first.

    Raises Refused, Invalid FIRST_OUT_OF_BOUNDS, CURSOR_INVALID, DATE_INVALID.
    """
    check_first(first)
    require_on_form(viewer, Right.CAMPAIGN_MANAGE, asked.platform, asked.form)
    readable, values = seen(viewer, Right.READ)
    conditions, given = _conditions(sought)
    query, values = " AND ".join([_LIST, readable, *conditions]), [*asked.values, *values, *given]
    counted = await count_of(query, values)
    if after is not None:
        query, values = f"{query} AND (b.handed_at, d.id) < (%s, %s)", [*values, *decode_moment(after)]
    records = await fetch(f"{query} ORDER BY b.handed_at DESC, d.id DESC LIMIT %s", [*values, first + 1])
    shown = await with_dossiers(viewer, records)
    rows = [HandedBackRow(dossier, **{name: one[name] for name in _SAME}) for one, dossier in shown]
    cursors = [encode(one["handed_at"].isoformat(), one["id"]) for one, _ in shown]
    return counted_page(rows, cursors, first, counted)


def _conditions(sought: Sought) -> tuple[list[str], list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if sought.since is not None:
        parts.append("b.handed_at >= %s")
        values.append(begins(sought.since, "since"))
    if sought.until is not None:
        parts.append("b.handed_at < %s")
        values.append(ends(sought.until, "until"))
    for word in sought.words.split():
        parts.append("strpos(lower(b.reason), lower(%s)) > 0")
        values.append(word)
    if sought.still:
        parts.append("b.taken_at IS NULL")
    if sought.on is not None:
        parts.append("b.handed_at < %s AND (b.taken_at IS NULL OR b.taken_at >= %s)")
        values += [ends(sought.on, "on"), begins(sought.on, "on")]
    return parts, values
