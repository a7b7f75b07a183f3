"""Files past their date leave the object store, as their requesters were told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rendering.kept_prints import forget_unused
from rendering.mass_export_files import sweep
from resolvers import export_jobs, mass_exporting

if TYPE_CHECKING:
    from models import FileStore


async def forget_expired(files: FileStore, *, now: datetime | None = None) -> int:
    """Delete the files of expired exports, of one dossier or of many, and unused prints; how many there were.

    The file goes first: a worker that dies in between finds it gone already the next time.
    """
    at = now or datetime.now(UTC)
    found, many = await export_jobs.expired(at), await mass_exporting.expired(at)
    for export_id, key in found:
        await files.delete(key)
        await export_jobs.forget(export_id)
    for export_id in many:
        await sweep(files, export_id)
        await mass_exporting.forget(export_id)
    return len(found) + len(many) + await forget_unused(files, at)
