"""Files past their date leave the object store, as their requesters were told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from resolvers import export_jobs

if TYPE_CHECKING:
    from models import FileStore


async def forget_expired(files: FileStore, *, now: datetime | None = None) -> int:
    """Delete the files of expired exports; how many there were.

    The file goes first: a worker that dies in between finds it gone already the next time.
    """
    found = await export_jobs.expired(now or datetime.now(UTC))
    for export_id, key in found:
        await files.delete(key)
        await export_jobs.forget(export_id)
    return len(found)
