"""What never finished arriving is forgotten, and no file stays that no document nor question names."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from models import Attachment, AttachmentState, FileStore, execute, fetch, transaction
from models.jobs import SCAN_ATTACHMENT, defer
from resolvers import support

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    _Named = Callable[[Sequence[str]], Awaitable[set[str]]]

FOLDER: Final = "attachments"
ARRIVING_KEPT: Final = timedelta(days=1)
REFUSED_KEPT: Final = timedelta(days=30)
JOINED_KEPT: Final = timedelta(days=30)
# A part is written before its row names it: a young file is nobody's orphan yet.
YOUNG: Final = timedelta(hours=1)
AT_ONCE: Final = 500


def folder(attachment_id: UUID) -> str:
    """Where the files of a document lie."""
    return f"{FOLDER}/{attachment_id}"


async def tidy(files: FileStore, attachment_id: UUID) -> int:
    """Delete the files of a document but the one that it names; how many.

    One that is arriving is left alone: a part may be between the store and its row.
    """
    found = [file.key async for file in files.listed(folder(attachment_id))]
    stored = await Attachment.get_or_none(id=attachment_id)
    if stored is not None and stored.state is AttachmentState.ARRIVING:
        return 0
    kept = "" if stored is None else stored.file_key
    return await _delete(files, [key for key in found if key != kept])


async def forget_unfinished(files: FileStore, now: datetime) -> int:
    """Forget documents that did not arrive in a day or were refused a month ago; how many."""
    async with transaction():
        records = await fetch(
            "DELETE FROM attachment WHERE sent_at IS NULL AND (state = 'arriving' AND added_at < %s "
            "OR state = 'refused' AND added_at < %s) RETURNING id",
            [now - ARRIVING_KEPT, now - REFUSED_KEPT],
        )
    for record in records:
        await tidy(files, record["id"])
    return len(records)


async def forget_answered(now: datetime) -> int:
    """Have what was joined to questions told a month ago named no more, and so deleted; how many."""
    return await execute(
        "UPDATE support_request SET file_key = '' "
        "WHERE file_key <> '' AND coalesce(mailed_at, refused_at) < %s",
        [now - JOINED_KEPT],
    )


async def forget_orphans(files: FileStore, now: datetime) -> int:
    """Delete the files that no document nor question names, left by a process that died; how many."""
    joined = await _forget_unnamed(files, support.FOLDER, now, _by_questions)
    return joined + await _forget_unnamed(files, FOLDER, now, _by_documents)


async def _forget_unnamed(files: FileStore, place: str, now: datetime, named: _Named) -> int:
    old: list[str] = []
    count = 0
    async for file in files.listed(place):
        if file.at < now - YOUNG:
            old.append(file.key)
        if len(old) >= AT_ONCE:
            count += await _forget(files, old, named)
            old = []
    return count + await _forget(files, old, named)


async def _forget(files: FileStore, found: Sequence[str], named: _Named) -> int:
    kept = await named(found)
    return await _delete(files, [key for key in found if key not in kept])


async def _by_documents(found: Sequence[str]) -> set[str]:
    owners = {owner for key in found if (owner := _owner(key)) is not None}
    records = await fetch("SELECT file_key, parts FROM attachment WHERE id = ANY(%s)", [list(owners)])
    named = {record["file_key"] for record in records}
    return named | {part["key"] for record in records for part in record["parts"]}


async def _by_questions(found: Sequence[str]) -> set[str]:
    asked = "SELECT file_key FROM support_request WHERE file_key = ANY(%s)"
    return {record["file_key"] for record in await fetch(asked, [list(found)])}


def _owner(key: str) -> UUID | None:
    with suppress(ValueError, IndexError):
        return UUID(key.split("/")[1])
    return None


async def _delete(files: FileStore, keys: Sequence[str]) -> int:
    for key in keys:
        await files.delete(key)
    return len(keys)


async def ask_again(tries: int) -> int:
    """Have those that were scanned in vain as often as a job is tried scanned once more; how many."""
    async with transaction():
        records = await fetch(
            "UPDATE attachment SET attempts = 0 WHERE state = 'quarantined' AND attempts >= %s RETURNING id",
            [tries],
        )
        for record in records:
            await defer(SCAN_ATTACHMENT, attachment=str(record["id"]))
    return len(records)
