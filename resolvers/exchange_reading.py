"""Reading the exchange space: a page of threads with their messages, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Viewer, decide, require
from models import Audience, Level, Nature, NotFound, ThreadState, fetch
from resolvers import dossiers, readings
from resolvers.exchange_anchors import label_of
from resolvers.exchange_rows import MessageRow, ThreadRow
from resolvers.exchange_scope import (
    MESSAGE,
    PLACES,
    THREAD,
    UNREAD,
    from_platform,
    message_unknown,
    place_of,
    places,
    thread_unknown,
)
from resolvers.paging import Paged, check_first, decode_moment, encode, paged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.rows import DossierRow

# The page first, then its messages; those published in the order in which others read them, drafts last.
_PAGE = f"""
WITH page AS (
    SELECT t.*, p.reader FROM {PLACES} JOIN thread t ON {THREAD}
    WHERE {{wanted}} ORDER BY t.opened_at DESC, t.id DESC LIMIT %s
)
SELECT p.id AS thread, p.level, p.anchor, p.audience, p.state, p.due_on, p.opened_at, p.settled_at,
       p.carried_from, p.organization_id, b.name AS opened_by, m.id, m.nature, m.text, m.written_at,
       m.published_at, u.first_name || ' ' || u.last_name AS author, g.name AS organization,
       (m.author_id = p.reader) IS TRUE AS mine, {UNREAD} AS unread
FROM page p JOIN organization b ON b.id = p.organization_id
JOIN message m ON m.thread_id = p.id AND {MESSAGE}
JOIN user_account u ON u.id = m.author_id JOIN organization g ON g.id = m.organization_id
LEFT JOIN thread_reading r ON r.thread_id = p.id AND r.user_id = p.reader
ORDER BY p.opened_at DESC, p.id DESC, coalesce(m.published_at, 'infinity'), m.written_at, m.id
"""  # noqa: S608 - made of the constants of this room alone


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads; `anchor` of no level is a place and all that is in it."""

    level: Level | None = None
    anchor: str | None = None
    states: tuple[ThreadState, ...] | None = None


EVERY = Wanted()


async def threads(
    viewer: Viewer, dossier: DossierRow, wanted: Wanted = EVERY, first: int = 50, after: str | None = None
) -> Paged[ThreadRow]:
    """One page of the threads of a dossier that the viewer may see, the latest opened first.

    Raises Refused, Invalid FIRST_OUT_OF_BOUNDS or CURSOR_INVALID. Who reads from outside is noted.
    """
    check_first(first)
    require(viewer, Right.EXCHANGE_READ, dossier.target)
    terms, values = _terms(wanted, after)
    await readings.note([dossier])
    rows = await _read(viewer, dossier, terms, [*values, first + 1])
    return paged(rows, [encode(row.opened_at.isoformat(), row.id) for row in rows], first)


def _terms(wanted: Wanted, after: str | None) -> tuple[list[str], list[Any]]:
    terms, values = list[str](), list[Any]()
    if wanted.level is not None:
        terms.append("t.level = %s")
        values.append(wanted.level.value)
    if wanted.anchor is not None:
        within = [] if wanted.level is not None else [f"{wanted.anchor}.", f"{wanted.anchor}["]
        terms.append(" OR ".join(["t.anchor = %s", *("starts_with(t.anchor, %s)" for _ in within)]))
        values += [wanted.anchor, *within]
    if wanted.states is not None:
        terms.append("t.state = ANY(%s)")
        values.append([state.value for state in wanted.states])
    if after is not None:
        terms.append("(t.opened_at, t.id) < (%s::timestamptz, %s::uuid)")
        values += decode_moment(after)
    return terms, values


async def read_thread(viewer: Viewer, thread: UUID, *, lock: bool = False) -> ThreadRow:
    """One thread; with `lock`, its dossier is held until the transaction ends. Raises NotFound."""
    return await _one(
        viewer, "SELECT dossier_id, id FROM thread WHERE id = %s", thread, thread_unknown(), lock
    )


async def read_message(viewer: Viewer, message: UUID, *, lock: bool = False) -> tuple[ThreadRow, MessageRow]:
    """One message in its thread; as `read_thread`. Raises NotFound."""
    unknown = message_unknown()
    query = "SELECT t.dossier_id, t.id FROM thread t JOIN message m ON m.thread_id = t.id WHERE m.id = %s"
    row = await _one(viewer, query, message, unknown, lock)
    for one in row.messages:
        if one.id == message:
            return row, one
    raise unknown


async def _one(viewer: Viewer, query: str, sought: UUID, unknown: NotFound, lock: bool) -> ThreadRow:  # noqa: FBT001 - passed on as it is
    for record in await fetch(query, [sought]):
        try:
            dossier = await dossiers.read(viewer, record["dossier_id"], lock=lock)
        except NotFound:
            raise unknown from None
        for row in await _read(viewer, dossier, ["t.id = %s"], [record["id"], 1]):
            return row
    raise unknown


async def _read(
    viewer: Viewer, dossier: DossierRow, terms: Sequence[str], values: Sequence[Any]
) -> list[ThreadRow]:
    place = place_of(viewer, dossier)
    if place is None:
        return []
    wanted = " AND ".join(f"({term})" for term in terms) or "TRUE"
    records = await fetch(_PAGE.format(wanted=wanted), [places([place]), *values])
    settles = _settles(viewer, dossier)
    return [
        _thread(dossier, list(ones), settles) for _, ones in groupby(records, lambda record: record["thread"])
    ]


def _settles(viewer: Viewer, dossier: DossierRow) -> frozenset[UUID] | None:
    """Whose threads the viewer may close: None for everyone's."""
    if viewer.user_id is None or not decide(viewer, Right.EXCHANGE_WRITE, dossier.target).allowed:
        return frozenset()
    return None if from_platform(viewer, dossier) else frozenset({viewer.organization_id})


def _thread(
    dossier: DossierRow, records: Sequence[dict[str, Any]], settles: frozenset[UUID] | None
) -> ThreadRow:
    head = records[0]
    level, anchor = Level(head["level"]), head["anchor"]
    return ThreadRow(
        id=head["thread"],
        dossier=dossier,
        level=level,
        anchor=anchor,
        label=label_of(dossier.definition, level, anchor),
        audience=Audience(head["audience"]),
        state=ThreadState(head["state"]),
        due_on=head["due_on"],
        opened_at=head["opened_at"],
        settled_at=head["settled_at"],
        carried=head["carried_from"] is not None,
        organization=head["opened_by"],
        messages=tuple(_message(record, settles) for record in records),
        may_settle=settles is None or head["organization_id"] in settles,
    )


def _message(record: dict[str, Any], settles: frozenset[UUID] | None) -> MessageRow:
    return MessageRow(
        id=record["id"],
        nature=Nature(record["nature"]),
        text=record["text"],
        author=record["author"],
        organization=record["organization"],
        written_at=record["written_at"],
        published_at=record["published_at"],
        mine=record["mine"],
        unread=record["unread"],
        may_turn=settles is None or (record["mine"] and bool(settles)),
    )
