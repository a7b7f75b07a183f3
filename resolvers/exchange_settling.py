"""Closing a thread, calling it obsolete, opening it again, and its day (§1.1.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from authz import Right, Viewer, require
from models import Conflict, Refused, Thread, ThreadState, transaction
from resolvers import journal
from resolvers.due_days import check_due
from resolvers.events import Kind
from resolvers.exchange_reading import read_thread
from resolvers.exchange_writing import check_writable
from resolvers.idempotency import once
from resolvers.person import person_of

if TYPE_CHECKING:
    from uuid import UUID

    from resolvers.exchange_rows import ThreadRow


async def settle(viewer: Viewer, thread: UUID, state: ThreadState, key: str) -> ThreadRow:
    """Close a thread, call it obsolete, or open it again: who opened it, or the platform.

    Raises NotFound THREAD_UNKNOWN, Refused (THREAD_NOT_YOURS), Conflict THREAD_UNPUBLISHED.
    """

    async def act() -> dict[str, Any]:
        row = await _settled_by(viewer, thread)
        if row.state is not state:
            at = None if state is ThreadState.OPEN else datetime.now(UTC)
            await Thread.filter(id=row.id).update(state=state, settled_at=at)
            details = {"thread": str(row.id), "state": state.value}
            await journal.record(viewer, Kind.THREAD_SETTLED, row.dossier, details)
        return {"thread": str(row.id)}

    async with transaction():
        await once(viewer, key, "settleThread", {"thread": thread, "state": state}, act)
        return await read_thread(viewer, thread)


async def set_due(viewer: Viewer, thread: UUID, due_on: date | None, key: str) -> ThreadRow:
    """Say by which day a thread is to be answered, if by any. Raises as `settle`, Invalid DUE_DATE_PAST."""

    async def act() -> dict[str, Any]:
        row = await _settled_by(viewer, thread, drafted=True)
        check_due(due_on)
        if row.due_on != due_on:
            await Thread.filter(id=row.id).update(due_on=due_on)
            # What is not published is its author's own: the journal does not tell that it exists.
            if row.published:
                details = {"thread": row.id, "due_on": due_on}
                await journal.record(viewer, Kind.THREAD_DUE_SET, row.dossier, details)
        return {"thread": str(row.id)}

    async with transaction():
        await once(viewer, key, "setThreadDue", {"thread": thread, "due": due_on}, act)
        return await read_thread(viewer, thread)


async def _settled_by(viewer: Viewer, thread: UUID, *, drafted: bool = False) -> ThreadRow:
    """The thread, held, for whoever may settle it; `drafted`: nothing of it need be published."""
    row = await read_thread(viewer, thread, lock=True)
    require(viewer, Right.EXCHANGE_WRITE, row.dossier.target)
    person_of(viewer)
    check_writable(viewer, row)
    if not row.may_settle:
        raise Refused(
            "THREAD_NOT_YOURS",
            "Seuls l’organisation qui a ouvert cet échange et la plateforme peuvent le clore, le rouvrir ou "
            "en fixer l’échéance.",
            path=("thread",),
        )
    if not row.published and not drafted:
        raise Conflict(
            "THREAD_UNPUBLISHED",
            "Rien n’est encore publié dans cet échange\u00a0: publiez-le, ou supprimez-en les messages.",
            path=("thread",),
        )
    return row
