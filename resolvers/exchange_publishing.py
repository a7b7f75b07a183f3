"""Publishing: drafts become everyone's whom their audience lets in, and the contacts are told once (§9.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Viewer, require, viewers_of_users
from models import ThreadState, execute, fetch
from resolvers import dossiers, journal, notifications
from resolvers.events import Kind, Told
from resolvers.exchange_scope import (
    PLACES,
    SEEN,
    as_read_by,
    message_unknown,
    narrowed,
    place_of,
    places,
    readers_of,
)
from resolvers.exchange_writing import check_tab, check_unsettled
from resolvers.idempotency import once
from resolvers.notifications import About
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.rows import DossierRow

# Of the open threads alone, on the tabs where the viewer writes: what was drafted before a thread was closed,
# or a tab shut to him, stays his. By the clock and not by the transaction's beginning: whoever holds the
# dossier publishes after all those who held it before, so that what a reader has seen is never later than
# what he has not.
_PUBLISH = f"""
WITH mine AS (
    SELECT m.id FROM {PLACES}, thread t, message m
    WHERE {SEEN} AND m.author_id = p.reader AND m.published_at IS NULL
    AND t.state = 'open' AND (%s::uuid[] IS NULL OR m.id = ANY(%s))
), moment AS MATERIALIZED (SELECT clock_timestamp() AS at)
UPDATE message SET published_at = moment.at FROM mine, moment WHERE message.id = mine.id
RETURNING message.id, message.thread_id, message.published_at
"""  # noqa: S608 - made of the constants of this room alone
# A thread is opened, for everyone else, when something of it is first published.
_OPEN = """
UPDATE thread t SET opened_at = %s WHERE t.id = ANY(%s) AND NOT EXISTS (
    SELECT FROM message m WHERE m.thread_id = t.id AND m.published_at < %s
)
"""
_MINE = f"""
SELECT t.anchor, t.state, m.published_at FROM {PLACES}, thread t, message m
WHERE {SEEN} AND m.author_id = p.reader AND m.id = ANY(%s)
"""  # noqa: S608 - made of the constants of this room alone


async def publish(viewer: Viewer, dossier_id: UUID, messages: Sequence[UUID] | None, key: str) -> int:
    """Publish drafts of the viewer on the dossier, or all that he may still publish; how many were.

    One that was published meanwhile, from another window, is passed over. Raises NotFound (MESSAGE_UNKNOWN),
    Refused, Invalid PERSON_REQUIRED, and for a draft that is named Conflict THREAD_SETTLED, Refused
    TAB_WITHHELD; then nothing is published.
    """

    async def act() -> dict[str, Any]:
        dossier = await dossiers.read(viewer, dossier_id, lock=True)
        require(viewer, Right.EXCHANGE_READ, dossier.target)
        require(viewer, Right.EXCHANGE_WRITE, dossier.target)
        person_of(viewer)
        chosen = None if messages is None else list(dict.fromkeys(messages))
        writable = narrowed(viewer, dossier, Right.EXCHANGE_WRITE)
        if chosen is not None:
            await _check(viewer, dossier, writable, chosen)
        found = await fetch(_PUBLISH, [places([place_of(viewer, writable)]), chosen, chosen])
        if found:
            threads = sorted({record["thread_id"] for record in found})
            at = found[0]["published_at"]
            await execute(_OPEN, [at, threads, at])
            await _tell(viewer, dossier, [record["id"] for record in found], threads)
        return {"published": len(found)}

    done = await once(viewer, key, "publishMessages", {"dossier": dossier_id, "messages": messages}, act)
    return int(done["published"])


async def _check(viewer: Viewer, dossier: DossierRow, writable: DossierRow, chosen: list[UUID]) -> None:
    """Raises for the first of these drafts that is not his, or that he could no longer write."""
    records = await fetch(_MINE, [places([place_of(viewer, dossier)]), chosen])
    if len(records) != len(chosen):
        raise message_unknown()
    for record in records:
        if record["published_at"] is None:
            check_tab(writable, record["anchor"])
            check_unsettled(ThreadState(record["state"]))


async def _tell(viewer: Viewer, dossier: DossierRow, messages: list[UUID], threads: list[UUID]) -> None:
    """The journal, and each contact who may read some of it, once; the author is not told what he did."""
    details = {"messages": sorted(map(str, messages)), "threads": [str(one) for one in threads]}
    await journal.record(viewer, Kind.MESSAGES_PUBLISHED, dossier, details)
    contacts = notifications.contacts(viewer.authority, dossier, dossier.step, Right.EXCHANGE_READ)
    readers = await viewers_of_users(viewer.authority, contacts - {viewer.user_id})
    found = (place_of(reader, as_read_by(reader, dossier)) for reader in readers.values())
    told = await readers_of(messages, found)
    about = About(dossier.id, path=f"/dossiers/{dossier.id}/echanges")
    await notifications.tell(told, Told.MESSAGES_PUBLISHED, about)
