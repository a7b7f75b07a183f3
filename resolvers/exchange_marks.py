"""The icons of the exchange space, what is unread, and what was left unpublished (manual §9.2.1, §10.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Viewer, require
from models import Level, Nature, execute, fetch, transaction
from resolvers import dossiers
from resolvers.exchange_rows import NO_MARKS, NO_PRESENCE, MarkRow, Marks, Presence
from resolvers.exchange_scope import PLACES, SEEN, UNREAD, place_of, places
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.rows import DossierRow

_READ = "LEFT JOIN thread_reading r ON r.thread_id = t.id AND r.user_id = p.reader"
# Attachments beside: what is left unpublished is asked with the icons, in one statement.
_MARKS = f"""
SELECT p.dossier, a.attachments, f.* FROM {PLACES}
CROSS JOIN LATERAL (
    SELECT count(*) AS attachments FROM attachment a WHERE p.attaches AND a.dossier_id = p.dossier
    AND a.organization_id = p.body AND a.sent_at IS NULL AND a.state <> 'refused'
) a
LEFT JOIN LATERAL (
    SELECT t.level, t.anchor, m.nature, m.published_at IS NOT NULL AS published,
           bool_or(t.state = 'open') AS open, count(*) AS count, count(*) FILTER (WHERE {UNREAD}) AS unread
    FROM thread t CROSS JOIN message m {_READ} WHERE {SEEN} GROUP BY 1, 2, 3, 4
) f ON TRUE
ORDER BY p.dossier, f.level, f.anchor, f.nature, f.published
"""  # noqa: S608 - made of the constants of this room alone
_PRESENCE = f"""
SELECT p.dossier, bool_or({UNREAD}) AS unread FROM {PLACES}
CROSS JOIN thread t CROSS JOIN message m {_READ}
WHERE {SEEN} AND m.published_at IS NOT NULL GROUP BY p.dossier
"""  # noqa: S608 - made of the constants of this room alone
# As far as he was shown, and not now: what is published meanwhile stays unread. In one order of threads, so
# that two windows of one reader never wait for each other.
_MARK_READ = f"""
INSERT INTO thread_reading (thread_id, user_id, read_at)
SELECT t.id, p.reader, max(m.published_at) FROM {PLACES}, thread t, message m
WHERE {SEEN} AND m.published_at IS NOT NULL AND p.reader IS NOT NULL
AND (%s::uuid[] IS NULL OR t.id = ANY(%s))
GROUP BY t.id, p.reader ORDER BY t.id
ON CONFLICT (thread_id, user_id) DO UPDATE SET read_at = excluded.read_at
WHERE thread_reading.read_at < excluded.read_at
"""  # noqa: S608 - made of the constants of this room alone


async def marks(viewer: Viewer, dossier: DossierRow) -> Marks:
    """The icons of one dossier."""
    return (await marks_many(viewer, [dossier])).get(dossier.id, NO_MARKS)


async def marks_many(viewer: Viewer, rows: Sequence[DossierRow]) -> dict[UUID, Marks]:
    """The icons of several dossiers in one statement; those whose exchanges he may not read are absent."""
    found = [place_of(viewer, row) for row in rows]
    records = await fetch(_MARKS, [places(found)]) if any(found) else []
    grouped: dict[UUID, list[dict[str, Any]]] = {}
    for record in records:
        grouped.setdefault(record["dossier"], []).append(record)
    return {
        dossier: Marks(
            rows=tuple(_mark(one) for one in ones if one["level"] is not None),
            attachments=ones[0]["attachments"],
        )
        for dossier, ones in grouped.items()
    }


def _mark(record: dict[str, Any]) -> MarkRow:
    return MarkRow(
        level=Level(record["level"]),
        anchor=record["anchor"],
        nature=Nature(record["nature"]),
        published=record["published"],
        open=record["open"],
        count=record["count"],
        unread=record["unread"],
    )


async def presence(viewer: Viewer, rows: Sequence[DossierRow]) -> dict[UUID, Presence]:
    """Whether dossiers hold published messages, and unread ones, in one statement; every row is answered."""
    found = [place_of(viewer, row) for row in rows]
    records = await fetch(_PRESENCE, [places(found)]) if any(found) else []
    told = {record["dossier"]: Presence(messages=True, unread=record["unread"]) for record in records}
    return {row.id: told.get(row.id, NO_PRESENCE) for row in rows}


async def mark_read(viewer: Viewer, dossier_id: UUID, threads: Sequence[UUID] | None) -> int:
    """Note that the viewer has read threads, or all that he may see; how many he had not read whole.

    Raises NotFound, Refused, Invalid PERSON_REQUIRED. A thread that he may not see is passed over.
    """
    async with transaction():
        dossier = await dossiers.read(viewer, dossier_id)
        require(viewer, Right.EXCHANGE_READ, dossier.target)
        person_of(viewer)
        chosen = None if threads is None else list(threads)
        return await execute(_MARK_READ, [places([place_of(viewer, dossier)]), chosen, chosen])
