"""Writing in the exchange space: questions, comments, replies: their author's until published (§9.2.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Viewer, require
from models import (
    Audience,
    Conflict,
    Invalid,
    Level,
    Message,
    Nature,
    Refused,
    Thread,
    ThreadState,
    execute,
    transaction,
)
from resolvers import dossiers, journal
from resolvers.due_days import check_due
from resolvers.events import Kind
from resolvers.exchange_anchors import check_anchor
from resolvers.exchange_reading import read_message, read_thread
from resolvers.exchange_scope import from_platform, message_published, narrowed
from resolvers.idempotency import once
from resolvers.legible import is_blank, is_talk
from resolvers.person import person_of
from resolvers.tabs import check_open

if TYPE_CHECKING:
    from resolvers.exchange_rows import MessageRow, ThreadRow
    from resolvers.rows import DossierRow

LONGEST_TEXT = 5_000
# A thread is read whole: beyond, one opens another.
MOST_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class NewThread:
    """What a thread is opened with: where, its first message, who may read it, by when to answer."""

    level: Level
    anchor: str
    nature: Nature
    text: str
    audience: Audience = Audience.ALL
    due_on: date | None = None


async def add_message(viewer: Viewer, dossier_id: UUID, new: NewThread, key: str) -> ThreadRow:
    """Open a thread with a message that nobody else sees yet.

    Raises NotFound, Refused, Invalid PERSON_REQUIRED, MESSAGE_EMPTY…, DUE_DATE_PAST, and as `check_anchor`.
    """
    text = _checked(new.text)

    async def act() -> dict[str, Any]:
        dossier = await dossiers.read(viewer, dossier_id, lock=True)
        author = _writer(viewer, dossier)
        check_due(new.due_on)
        await check_anchor(
            narrowed(viewer, _exchanging(viewer, dossier), Right.EXCHANGE_WRITE), new.level, new.anchor
        )
        thread = await Thread.create(
            dossier_id=dossier.id,
            level=new.level,
            anchor=new.anchor,
            audience=new.audience,
            organization_id=viewer.organization_id,
            due_on=new.due_on,
            opened_at=datetime.now(UTC),
        )
        await _write(viewer, thread.id, author, new.nature, text)
        return {"thread": str(thread.id)}

    arguments = {"dossier": dossier_id, "new": replace(new, text=text)}
    async with transaction():
        done = await once(viewer, key, "addMessage", arguments, act)
        return await read_thread(viewer, UUID(done["thread"]))


async def reply(viewer: Viewer, thread: UUID, nature: Nature, text: str, key: str) -> ThreadRow:
    """Answer in a thread, whose audience the answer has; nobody else sees it yet.

    Raises NotFound THREAD_UNKNOWN, Refused, Invalid, Conflict THREAD_SETTLED or THREAD_FULL.
    """
    kept = _checked(text)

    async def act() -> dict[str, Any]:
        row = await read_thread(viewer, thread, lock=True)
        author = _writer(viewer, row.dossier)
        check_writable(viewer, row)
        check_unsettled(row.state)
        if len(row.messages) >= MOST_MESSAGES:
            raise Conflict(
                "THREAD_FULL",
                f"Cet échange compte {MOST_MESSAGES} messages\u00a0: ouvrez-en un autre.",
                path=("thread",),
            )
        await _write(viewer, row.id, author, nature, kept)
        return {"thread": str(row.id)}

    arguments = {"thread": thread, "nature": nature, "text": kept}
    async with transaction():
        await once(viewer, key, "replyToThread", arguments, act)
        return await read_thread(viewer, thread)


async def edit_draft(viewer: Viewer, message: UUID, text: str, nature: Nature | None, key: str) -> MessageRow:
    """Write a draft of one's own again. Raises NotFound MESSAGE_UNKNOWN, Conflict MESSAGE_PUBLISHED."""
    kept = _checked(text)

    async def act() -> dict[str, Any]:
        thread, row = await read_message(viewer, message, lock=True)
        _writer(viewer, thread.dossier)
        check_writable(viewer, thread)
        if row.published_at is not None:
            raise message_published()
        await Message.filter(id=row.id).update(text=kept, nature=nature or row.nature)
        return {"message": str(row.id)}

    async with transaction():
        await once(viewer, key, "editDraft", {"message": message, "text": kept, "nature": nature}, act)
        return (await read_message(viewer, message))[1]


async def delete_draft(viewer: Viewer, message: UUID, key: str) -> bool:
    """Throw a draft of one's own away, at any step, and its thread where nothing is left in it.

    Raises NotFound MESSAGE_UNKNOWN, Conflict MESSAGE_PUBLISHED.
    """

    async def act() -> dict[str, Any]:
        thread, row = await read_message(viewer, message, lock=True)
        if row.published_at is not None:
            raise message_published()
        await Message.filter(id=row.id).delete()
        await execute(
            "DELETE FROM thread t WHERE t.id = %s "
            "AND NOT EXISTS (SELECT FROM message m WHERE m.thread_id = t.id)",
            [thread.id],
        )
        return {"message": str(row.id)}

    await once(viewer, key, "deleteDraft", {"message": message}, act)
    return True


async def change_nature(viewer: Viewer, message: UUID, nature: Nature, key: str) -> MessageRow:
    """Say that a message is a question, or a comment (manual §1.1.4): its author, or the platform.

    Raises NotFound MESSAGE_UNKNOWN, Refused (NATURE_NOT_YOURS for another's message).
    """

    async def act() -> dict[str, Any]:
        thread, row = await read_message(viewer, message, lock=True)
        _writer(viewer, thread.dossier)
        check_writable(viewer, thread)
        if not row.mine and not from_platform(viewer, thread.dossier):
            raise Refused(
                "NATURE_NOT_YOURS",
                "Seuls l’auteur d’un message et la plateforme peuvent en changer la nature.",
                path=("message",),
            )
        if row.nature is not nature:
            await Message.filter(id=row.id).update(nature=nature)
            # What is not published is its author's own: the journal does not tell that it exists.
            if row.published_at is not None:
                details = {"thread": thread.id, "message": row.id, "nature": nature.value}
                await journal.record(viewer, Kind.NATURE_CHANGED, thread.dossier, details)
        return {"message": str(row.id)}

    async with transaction():
        await once(viewer, key, "changeNature", {"message": message, "nature": nature}, act)
        return (await read_message(viewer, message))[1]


def check_writable(viewer: Viewer, row: ThreadRow) -> None:
    """Nothing, unless the viewer may only read the thread's tab. Raises Refused TAB_WITHHELD."""
    check_tab(narrowed(viewer, row.dossier, Right.EXCHANGE_WRITE), row.anchor)


def check_tab(writable: DossierRow, anchor: str) -> None:
    """Nothing, unless an anchor's tab is not of those where one writes. Raises Refused TAB_WITHHELD."""
    if anchor:
        check_open(writable, anchor.partition(".")[0])


def check_unsettled(state: ThreadState) -> None:
    """Nothing, unless nobody answers in the thread any more. Raises Conflict THREAD_SETTLED."""
    if state is not ThreadState.OPEN:
        raise Conflict(
            "THREAD_SETTLED",
            "Cet échange est clos ou obsolète\u00a0: rouvrez-le pour y répondre, ou ouvrez-en un autre.",
            path=("thread",),
        )


def _exchanging(viewer: Viewer, dossier: DossierRow) -> DossierRow:
    return narrowed(viewer, dossier, Right.EXCHANGE_READ)


def _writer(viewer: Viewer, dossier: DossierRow) -> UUID:
    """The account that writes: who may write may also read. Raises Refused, Invalid PERSON_REQUIRED."""
    require(viewer, Right.EXCHANGE_READ, dossier.target)
    require(viewer, Right.EXCHANGE_WRITE, dossier.target)
    return person_of(viewer)


async def _write(viewer: Viewer, thread: UUID, author: UUID, nature: Nature, text: str) -> None:
    await Message.create(
        thread_id=thread,
        nature=nature,
        text=text,
        author_id=author,
        organization_id=viewer.organization_id,
        written_at=datetime.now(UTC),
    )


def _checked(text: str) -> str:
    """The text without outer blanks. Raises Invalid MESSAGE_EMPTY, MESSAGE_TOO_LONG, MESSAGE_UNREADABLE."""
    kept = text.replace("\r\n", "\n").replace("\t", " ").strip()
    if is_blank(kept):
        raise Invalid("MESSAGE_EMPTY", "Le message est vide\u00a0: écrivez-le.", path=("text",))
    if len(kept) > LONGEST_TEXT:
        raise Invalid(
            "MESSAGE_TOO_LONG",
            "Un message compte 5\u202f000 caractères au plus\u00a0: raccourcissez-le.",
            path=("text",),
        )
    if not is_talk(kept):
        raise Invalid(
            "MESSAGE_UNREADABLE",
            "Le message contient un caractère de commande, qui ne se lit pas\u00a0: retirez-le.",
            path=("text",),
        )
    return kept
