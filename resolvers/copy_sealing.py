"""A sealed copy as the worker meets it: begun, made in the order of its dossier's copies, kept once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import orjson

from models import CopyKind, execute, fetch, transaction
from models.jobs import SEAL_COPY, defer
from resolvers import journal, packs
from resolvers.copy_content import content
from resolvers.copy_rows import Kept, SealTask
from resolvers.events import Kind

# A copy that ends its worker each time is left to the hourly round, which begins it once.
MOST_ATTEMPTS = 20
MOST_LEFT = 100
_ORDER = """
SELECT c.id FROM sealed_copy c JOIN sealed_copy asked ON asked.dossier_id = c.dossier_id
WHERE asked.id = %s AND c.number <= asked.number AND c.made_at IS NULL ORDER BY c.number
"""
_BEGIN = """
UPDATE sealed_copy SET attempts = attempts + 1 WHERE id = %s AND made_at IS NULL AND attempts < %s
RETURNING dossier_id, kind, number, at, attempts, frozen, snapshot_id
"""
_BEFORE = "SELECT seal FROM sealed_copy WHERE dossier_id = %s AND number = %s AND made_at IS NOT NULL"
_ANCHOR = "SELECT position, hash FROM event_seal ORDER BY position DESC LIMIT 1"
_FINISH = """
UPDATE sealed_copy SET made_at = %s, seal = %s, anchor = %s::jsonb, error = '', file_name = %s, file_key = %s,
       file_size = %s, file_sha256 = %s, receipt_key = %s, receipt_size = %s, receipt_sha256 = %s
WHERE id = %s AND made_at IS NULL
"""
_LEFT = """
UPDATE sealed_copy SET attempts = %s WHERE id IN (
  SELECT id FROM sealed_copy WHERE made_at IS NULL AND attempts >= %s ORDER BY at LIMIT %s)
RETURNING id, dossier_id
"""


async def waiting(copy_id: UUID) -> list[UUID]:
    """The copies to make before and with this one, in order; none when it is made."""
    return [record["id"] for record in await fetch(_ORDER, [copy_id])]


async def begin(copy_id: UUID) -> SealTask | None:
    """Begin, or begin again, the work on a copy; None when it is made, or was begun too often."""
    async with transaction():
        records = await fetch(_BEGIN, [copy_id, MOST_ATTEMPTS])
        if not records:
            return None
        record = records[0]
        await packs.ensure([record["frozen"]["pack"]["key"]])
        kept = await fetch("SELECT documents FROM snapshot WHERE id = %s", [record["snapshot_id"]])
        before = await fetch(_BEFORE, [record["dossier_id"], record["number"] - 1])
        anchor = await fetch(_ANCHOR)
        return SealTask(
            id=copy_id,
            kind=CopyKind(record["kind"]),
            number=record["number"],
            at=record["at"],
            attempt=record["attempts"],
            frozen=record["frozen"],
            content=content(record["dossier_id"], record["frozen"], kept[0]["documents"]),
            previous=before[0]["seal"] if before else "",
            anchor=anchor[0] if anchor else None,
        )


async def finish(task: SealTask, seal: str, file: Kept, receipt: Kept) -> bool:
    """The files are in the object store: the copy is sealed. False when another worker was quicker."""
    files = [file.name, file.key, file.size, file.sha256, receipt.key, receipt.size, receipt.sha256]
    anchor = None if task.anchor is None else orjson.dumps(task.anchor).decode()
    async with transaction():
        made = await execute(_FINISH, [datetime.now(UTC), seal, anchor, *files, task.id])
        if made:
            told = {"copy": task.id, "kind": task.kind.value, "number": task.number, "seal": seal}
            await journal.record(None, Kind.COPY_SEALED, task.content.dossier, told)
        return bool(made)


async def fail(copy_id: UUID, reason: str) -> None:
    """Note why a try came to nothing; the job tries again."""
    await execute(
        "UPDATE sealed_copy SET error = %s WHERE id = %s AND made_at IS NULL", [reason[:500], copy_id]
    )


async def leave_again() -> int:
    """Ask once more for the copies whose tries are used up, the oldest first; how many there are."""
    async with transaction():
        left = await fetch(_LEFT, [MOST_ATTEMPTS - 1, MOST_ATTEMPTS, MOST_LEFT])
        for record in left:
            await defer(SEAL_COPY, lock=f"copy {record['dossier_id']}", copy=str(record["id"]))
    return len(left)
