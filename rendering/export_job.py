"""Making one export: read as its requester, rendered, put in the object store; or failed, with a reason."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog

from models import ExportKind, Problem
from rendering.archive import zip_files
from rendering.dossier_print import blanked
from rendering.kept_prints import printed
from rendering.names import archive_name, stem
from rendering.storing import store
from rendering.xml_out import write_dossier
from resolvers import export_jobs, readings
from resolvers.kept_past import past_of

if TYPE_CHECKING:
    from uuid import UUID

    from rendering.services import Services
    from resolvers.export_jobs import ExportTask
    from resolvers.rows import DossierContent, ExportRow

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Rendered:
    name: str
    content: bytes


async def render_export(services: Services, export_id: UUID) -> None:
    """Make the export, whatever happens to it: at the end it is ready, or failed with a French reason.

    Each phase is its own transaction, and none is open while Chromium prints. What is raised here (the
    database is away) leaves the export as it is, for the job to be run again.
    """
    try:
        task = await export_jobs.begin(services.authority, export_id)
        if task is not None:
            await _make(services, task)
    except Problem as problem:
        log.info("export_refused", export=str(export_id), code=problem.code)
        await export_jobs.fail(export_id, problem.code, problem.message)
    except Exception:
        reference = uuid4().hex[:12]
        log.exception("export_crashed", export=str(export_id), reference=reference)
        await export_jobs.fail(
            export_id,
            "EXPORT_CRASHED",
            f"L’export n’a pas pu être fait à cause d’une erreur de notre côté (référence {reference})\u00a0:"
            " relancez-le, et donnez cette référence à l’assistance si cela se reproduit.",
        )


async def _make(services: Services, task: ExportTask) -> None:
    export = task.export
    zipped = export.kind is ExportKind.ZIP
    channel = readings.ZIP if zipped else readings.PDF
    # Read whole even for some tabs: they are cut out of the whole where it is kept.
    content = await export_jobs.content(task.viewer, export.dossier_id, None, channel, export.tabs)
    made = await (_archive(services, content) if zipped else _print(services, content, export))
    key = f"exports/{export.id}/{made.name}"
    await store(services.files, key, made.content)
    digest = hashlib.sha256(made.content).hexdigest()
    held = list(export.tabs) or [tab.code for tab in content.tabs]
    past = past_of(blanked(content) if export.blank else content)
    await export_jobs.finish(export.id, made.name, key, len(made.content), digest, held, past)
    log.info("export_ready", export=str(export.id), size=len(made.content))


async def _print(services: Services, content: DossierContent, export: ExportRow) -> _Rendered:
    """The dossier, some of its tabs, or its form without a value."""
    shown = blanked(content) if export.blank else content
    pdf = await printed(
        services,
        shown,
        datetime.now(UTC),
        accessible=export.accessible,
        only=export.tabs or None,
        blank=export.blank,
    )
    name = f"{stem(content.dossier)}_vierge" if export.blank else stem(content.dossier)
    return _Rendered(f"{name}.pdf", pdf)


async def _archive(services: Services, content: DossierContent) -> _Rendered:
    """The dossier's archive: XML and PDF (manual §8.3)."""
    name, now = stem(content.dossier), datetime.now(UTC)
    pdf = await printed(services, content, now)
    xml = await asyncio.to_thread(write_dossier, content, written_at=now)
    files = ((f"{name}.xml", xml), (f"{name}.pdf", pdf))
    return _Rendered(archive_name(content.dossier, now), await asyncio.to_thread(zip_files, files))
