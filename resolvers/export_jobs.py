"""An export as the worker meets it: begun as its requester, whose rights are asked for anew, then ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Authority, Right, Viewer, viewer_of_client, viewer_of_user
from models import Export, ExportState, MachineClient, transaction
from resolvers import dossiers, journal, readings, verification
from resolvers.anomalies import without_past
from resolvers.events import Kind
from resolvers.exports import row_of
from resolvers.kept_past import KeptPast, stored
from resolvers.past import open_past
from resolvers.rows import ClosedPast, DossierContent, ExportRow, VerificationRow
from resolvers.tabs import check_tabs, open_tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ATTEMPTS = 3
MOST_FORGOTTEN = 500
FINAL = frozenset({ExportState.READY, ExportState.FAILED})


@dataclass(frozen=True, slots=True)
class ExportTask:
    """What the worker is to make, and the viewer as whom it reads."""

    export: ExportRow
    viewer: Viewer


# Asked for by one who takes them away later, if at all; other files are taken as they are read.
MADE_BY_JOBS = (readings.PDF, readings.ZIP)


async def begin(authority: Authority, export_id: UUID) -> ExportTask | None:
    """Start, or start again, the work on an export; None when nothing is left to do.

    The requester's viewer is built anew: rights lost since the request are lost. A third start that
    did not end fails the export with a reason. Raises Unauthenticated when the account was closed.
    """
    await authority.refresh()
    async with transaction():
        export = await Export.select_for_update().get_or_none(id=export_id)
        if export is None or export.state in FINAL:
            return None
        if export.attempts >= MOST_ATTEMPTS:
            await _fail(
                export, "JOB_ABANDONED", "L’export s’est interrompu trois fois : relancez-le plus tard."
            )
            return None
        export.attempts += 1
        export.state = ExportState.RUNNING
        export.done = 0
        await export.save()
    return ExportTask(row_of(export), await _requester(authority, export))


async def _requester(authority: Authority, export: Export) -> Viewer:
    if export.user_id is not None:
        return await viewer_of_user(authority, export.user_id)
    client = await MachineClient.get(id=export.client_id)
    return await viewer_of_client(authority, client.id, frozenset(client.scopes))


async def content(
    viewer: Viewer,
    dossier_id: UUID,
    tabs: Sequence[str] | None,
    channel: str = readings.PDF,
    named: Sequence[str] = (),
) -> DossierContent:
    """Everything a print or a file shows, read in one transaction as the viewer, who takes it by `channel`.

    `tabs`: those that are read, all when None; `named`: those that he has asked for among them.
    Raises NotFound or Refused when the viewer may not read or export it (any more).
    """
    async with transaction():
        read = replace(await dossiers.read(viewer, dossier_id), channel=channel)
        dossier = dossiers.taken_away(viewer, read)
        # Before anything is read: whoever is refused has taken nothing away that would be noted.
        check_tabs(dossier, [*(tabs or ()), *named])
        if channel not in MADE_BY_JOBS:
            ref = dossiers.article(viewer, Right.EXPORT, dossier)
            await journal.record(viewer, Kind.EXPORT_TAKEN, dossier, {"channel": channel}, ref)
        previous, closed = await open_past(viewer, dossier)
        return DossierContent(
            dossier=dossier,
            pack=dossier.definition,
            tabs=await open_tabs(dossier, tabs),
            verification=_without_past(await verification.last(dossier), closed),
            crossings=await dossiers.crossings(dossier, 200),
            previous=previous,
            closed_past=closed,
        )


def _without_past(found: VerificationRow | None, closed: ClosedPast) -> VerificationRow | None:
    if found is None:
        return None
    return replace(found, anomalies=tuple(without_past(row, closed) for row in found.anomalies))


async def finish(  # noqa: PLR0913, PLR0917 - what is told of a document
    export_id: UUID,
    file_name: str,
    file_key: str,
    size: int,
    sha256: str,
    held: Sequence[str],
    past: KeptPast | None = None,
) -> None:
    """The document is in the object store: the export is ready.

    `held`: the tabs that it was made with; `past`: what of the past was closed, None where it is not known.
    """
    await Export.filter(id=export_id).update(
        state=ExportState.READY,
        done=1,
        file_name=file_name,
        file_key=file_key,
        size=size,
        sha256=sha256,
        held=list(held),
        past=None if past is None else stored(past),
        finished_at=datetime.now(UTC),
    )


async def fail(export_id: UUID, code: str, message: str) -> None:
    """The export cannot be made: say why, in French, under a stable code."""
    async with transaction():
        export = await Export.select_for_update().get(id=export_id)
        if export.state not in FINAL:
            await _fail(export, code, message)


async def _fail(export: Export, code: str, message: str) -> None:
    export.state = ExportState.FAILED
    export.error_code, export.error = code, message[:500]
    export.finished_at = datetime.now(UTC)
    await export.save()


async def expired(now: datetime) -> list[tuple[UUID, str]]:
    """The exports past their date whose file is still kept, with its key in the object store."""
    rows = await Export.filter(expires_at__lte=now).exclude(file_key="").limit(MOST_FORGOTTEN)
    return [(row.id, row.file_key) for row in rows]


async def forget(export_id: UUID) -> None:
    """The file of an export is gone; the line that says who asked for what stays."""
    await Export.filter(id=export_id).update(file_key="", size=0)
