"""A mass export as the worker makes it: a dossier at a time, each once, as its requester of that moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

import orjson

from authz import Viewer, viewer_of_client, viewer_of_user
from models import (
    MachineClient,
    MassExport,
    MassExportItemState,
    MassExportKind,
    MassExportState,
    execute,
    fetch,
    transaction,
)
from models.jobs import MAKE_MASS_EXPORT, defer
from resolvers import notifications
from resolvers.events import Told
from resolvers.kept_past import stored
from resolvers.mass_export_rows import FINAL, MassExportItemRow, MassExportRow, MassFile, MassMade, row_of
from resolvers.mass_export_taking import opened_of
from resolvers.mass_exports import KEPT
from resolvers.notifications import About

if TYPE_CHECKING:
    from collections.abc import Collection

    from authz import Authority
    from resolvers.rows import DossierRow

MOST_ATTEMPTS: Final = 3
MOST_FORGOTTEN: Final = 100
FOLDER: Final = "mass"
# What is cancelled, or was made by another worker meanwhile, gives nothing.
_NEXT = """
SELECT i.id, i.position, i.dossier_id, i.attempts
FROM mass_export_item i JOIN mass_export e ON e.id = i.export_id
WHERE e.id = %s AND e.state = 'running' AND i.state = 'waiting' AND i.position > %s
ORDER BY i.position LIMIT 1 FOR UPDATE OF i
"""
_MADE = """
UPDATE mass_export_item i
SET state = 'made', files = %s::jsonb, held = %s::jsonb, past = %s::jsonb, article = %s, made_at = now()
FROM mass_export e WHERE i.id = %s AND i.state = 'waiting' AND e.id = i.export_id AND e.state = 'running'
"""
_FAILED = """
UPDATE mass_export_item i
SET state = 'failed', files = '[]', held = NULL, past = NULL, error_code = %s, error = %s
FROM mass_export e WHERE i.id = %s AND i.state <> 'failed' AND e.id = i.export_id AND e.state = 'running'
RETURNING i.export_id
"""
# Counted, not added up: whatever was killed in between, the figures are those of the lines.
_COUNT = """
UPDATE mass_export e SET done = n.done, failed = n.failed FROM (
  SELECT count(*) FILTER (WHERE state = 'made') AS done, count(*) FILTER (WHERE state = 'failed') AS failed
  FROM mass_export_item WHERE export_id = %s) n WHERE e.id = %s
"""
_WEIGHED = """
SELECT count(*) FILTER (WHERE i.state = 'waiting') AS waiting,
       count(*) FILTER (WHERE i.state = 'made') AS done,
       array_remove(array_agg(CASE WHEN i.state = 'made' THEN i.id END), NULL) AS made,
       coalesce(sum((f->>'size')::bigint), 0)::bigint AS size
FROM mass_export_item i LEFT JOIN LATERAL jsonb_array_elements(i.files) f ON true WHERE i.export_id = %s
"""
# The figures are counted by one at a time: of two at once, the later would not have seen the other's line.
_TURN = """
SELECT e.id FROM mass_export e JOIN mass_export_item i ON i.export_id = e.id WHERE i.id = %s FOR UPDATE OF e
"""
_TRIED = """
UPDATE mass_export SET attempts = attempts + 1 WHERE id = %s AND state = 'running' RETURNING attempts
"""
_TWIN = """
SELECT 1 FROM mass_export_item i JOIN dossier d ON d.id = i.dossier_id
WHERE i.export_id = %s AND d.organism_id = %s AND d.form = %s AND d.year = %s AND d.id <> %s LIMIT 1
"""
_EXPIRED = (
    "SELECT id FROM mass_export WHERE expires_at <= %s AND file_name <> '' ORDER BY expires_at LIMIT %s"
)
NOUNS: Final = {
    MassExportKind.PDF: "en PDF",
    MassExportKind.ONE_PDF: "en un seul PDF",
    MassExportKind.XML: "en XML",
    MassExportKind.DOSSIER: "en XML et PDF",
    MassExportKind.SHEET: "en Excel",
    MassExportKind.COPY: "en copies scellées",
}


@dataclass(frozen=True, slots=True)
class MassTask:
    """What the worker is to make, and for whom."""

    export: MassExportRow
    user_id: UUID | None
    client_id: str | None


@dataclass(frozen=True, slots=True)
class ItemTask:
    """One dossier of it; `attempt` is part of the place of its files, so that two workers never share one."""

    id: int
    position: int
    dossier_id: UUID
    attempt: int


async def begin(export_id: UUID) -> MassTask | None:
    """Start, or go on with, a mass export; None when nothing is left to do."""
    async with transaction():
        export = await MassExport.select_for_update().get_or_none(id=export_id)
        if export is None or export.state in FINAL or not row_of(vars(export)).kept:
            return None
        export.state = MassExportState.RUNNING
        await export.save(update_fields=["state"])
    return MassTask(row_of(vars(export)), export.user_id, export.client_id)


async def requester(authority: Authority, task: MassTask) -> Viewer:
    """Who asked, with the rights of this moment. Raises Unauthenticated when the account was closed."""
    await authority.refresh()
    if task.user_id is not None:
        return await viewer_of_user(authority, task.user_id)
    client = await MachineClient.get(id=task.client_id)
    return await viewer_of_client(authority, client.id, frozenset(client.scopes))


async def next_item(export_id: UUID, after: int) -> ItemTask | None:
    """The next dossier that waits, after a place; None when none is left, or the export is given up.

    A dossier that killed its worker three times is not tried again.
    """
    while True:
        async with transaction():
            found = await fetch(_NEXT, [export_id, after])
            if not found:
                return None
            item = found[0]
            await execute("UPDATE mass_export_item SET attempts = attempts + 1 WHERE id = %s", [item["id"]])
        if item["attempts"] < MOST_ATTEMPTS:
            return ItemTask(item["id"], item["position"], item["dossier_id"], item["attempts"] + 1)
        await failed(
            item["id"],
            "JOB_ABANDONED",
            "Ce dossier a interrompu trois fois le travail\u00a0: exportez-le seul, depuis son écran.",
        )
        after = item["position"]


async def leave_again(export_id: UUID) -> bool:
    """Leave the job again for what still waits; False when nothing does, or the export is given up."""
    async with transaction():
        waiting = bool(await fetch(_NEXT, [export_id, -1]))
        if waiting:
            await defer(MAKE_MASS_EXPORT, export=str(export_id))
        return waiting


async def made(export_id: UUID, item: ItemTask, done: MassMade) -> bool:
    """The files of a dossier are in the store; False when they are not wanted any more."""
    kept = orjson.dumps([file.stored() for file in done.files]).decode()
    tabs = None if done.held is None else orjson.dumps(list(done.held)).decode()
    past = orjson.dumps(stored(done.past)).decode()
    async with transaction():
        await fetch(_TURN, [item.id])
        if not await execute(_MADE, [kept, tabs, past, done.article[:200], item.id]):
            return False
        await execute(_COUNT, [export_id, export_id])
        return True


async def failed(item_id: int, code: str, message: str) -> None:
    """A dossier cannot be exported: say why, in French, under a stable code; the others go on."""
    async with transaction():
        await fetch(_TURN, [item_id])
        found = await fetch(_FAILED, [code, message[:500], item_id])
        for record in found:
            await execute(_COUNT, [record["export_id"], record["export_id"]])


async def has_twin(export_id: UUID, dossier: DossierRow) -> bool:
    """Whether another platform's dossier of the same organism, form and year is in it, of the same name."""
    place = [export_id, dossier.organism.id, dossier.form, dossier.year, dossier.id]
    return bool(await fetch(_TWIN, place))


async def try_merging(export_id: UUID) -> bool:
    """Count one more try at putting one PDF together; False after three that did not end."""
    found = await fetch(_TRIED, [export_id])
    return bool(found) and found[0]["attempts"] <= MOST_ATTEMPTS


async def finish(
    export_id: UUID, merged: MassFile | None = None, of: Collection[int] = ()
) -> MassExportState:
    """The export is ready, or failed when nothing of it was made; its requester is told. Where it stands.

    Nothing changes while a dossier waits, or once it is final. `merged`: the one PDF of ONE_PDF, made `of`
    these lines; nor does anything where another worker has failed one of them meanwhile, whom it holds.
    """
    async with transaction():
        export = await MassExport.select_for_update().get(id=export_id)
        weighed = (await fetch(_WEIGHED, [export_id]))[0]
        if export.state is not MassExportState.RUNNING or weighed["waiting"]:
            return export.state
        if merged is not None and set(weighed["made"]) != set(of):
            return export.state
        if weighed["done"]:
            export.state, export.size = MassExportState.READY, weighed["size"]
        else:
            export.state, export.error_code = MassExportState.FAILED, "MASS_NOTHING_MADE"
            export.error = "Aucun des dossiers n’a pu être exporté\u00a0: lisez pourquoi, ligne par ligne."
        if merged is not None:
            export.file_key, export.size, export.sha256 = merged.key, merged.size, merged.sha256
        await _end(export)
        return export.state


async def fail(export_id: UUID, code: str, message: str) -> None:
    """The whole cannot be made: say why, in French, under a stable code."""
    async with transaction():
        export = await MassExport.select_for_update().get(id=export_id)
        if export.state is MassExportState.RUNNING:
            export.state, export.error_code, export.error = MassExportState.FAILED, code, message[:500]
            await _end(export)


async def _end(export: MassExport) -> None:
    export.finished_at = datetime.now(UTC)
    export.expires_at = export.finished_at + KEPT
    await export.save()
    if export.user_id is None:
        return
    subject = f"{export.total} dossier{'s' * (export.total > 1)} {NOUNS[export.kind]}"
    if export.failed:
        subject += f", dont {export.failed} en erreur"
    path = f"/exports?masse={export.id}"
    await notifications.tell({export.user_id}, Told.EXPORT_ENDED, About(subject=subject, path=path))


def folder(export_id: UUID) -> str:
    """Where its files are kept."""
    return f"{FOLDER}/{export_id}"


async def expired(now: datetime) -> list[UUID]:
    """Those past their date whose files are not forgotten yet."""
    return [record["id"] for record in await fetch(_EXPIRED, [now, MOST_FORGOTTEN])]


async def forget(export_id: UUID) -> None:
    """Its files are gone; the lines that say who asked for what stay. One that never ended is failed."""
    async with transaction():
        export = await MassExport.select_for_update().get(id=export_id)
        if export.state not in FINAL:
            export.state, export.error_code = MassExportState.FAILED, "JOB_ABANDONED"
            export.error = "L’export n’a pas pu être fait à temps\u00a0: relancez-le depuis votre liste."
            export.finished_at = datetime.now(UTC)
        export.file_name, export.file_key, export.size, export.sha256 = "", "", 0, ""
        await export.save()
        await execute("UPDATE mass_export_item SET files = '[]' WHERE export_id = %s", [export_id])


async def still_opened(viewer: Viewer, export: MassExportRow) -> list[MassExportItemRow]:
    """What is made and its requester may still take, in order; what he may take no more is failed."""
    opened = []
    for item in await opened_of(viewer, export):
        if item.opened:
            opened.append(item)
        elif item.state is MassExportItemState.MADE:
            await failed(
                item.id,
                "RIGHT_LOST",
                "Ce dossier ne vous est plus ouvert\u00a0: demandez l’accès à la plateforme qui le collecte.",
            )
    return opened
