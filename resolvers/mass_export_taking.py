"""What of a mass export its requester may take today: each dossier's rights are asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, decide
from models import (
    Conflict,
    MassExportItemState,
    MassExportKind,
    Refused,
    fetch,
    transaction,
)
from resolvers import copies, dossiers, journal, readings
from resolvers.copy_rows import row_of as copy_of
from resolvers.events import Kind
from resolvers.kept_past import past_shut
from resolvers.mass_export_rows import MassExportItemRow, MassExportRow, item_of
from resolvers.mass_exports import expired, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from authz import Viewer
    from resolvers.copy_rows import CopyRow
    from resolvers.rows import DossierRow

_ITEMS = "SELECT * FROM mass_export_item WHERE export_id = %s ORDER BY position"
# The same person fetches one file by many ranges: what he takes within the hour is noted once.
_NOTED = """
SELECT 1 FROM event WHERE dossier_id = %s AND kind = 'export_taken' AND subject = %s
AND details->>'mass' = %s AND details->>'etag' = %s AND at > now() - interval '1 hour' LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class MassTaken:
    """A mass export and each of its dossiers, `opened` where the viewer may take it today."""

    export: MassExportRow
    items: tuple[MassExportItemRow, ...]

    @property
    def opened(self) -> tuple[MassExportItemRow, ...]:
        """What he takes."""
        return tuple(item for item in self.items if item.opened)


async def take(viewer: Viewer, export_id: UUID) -> MassTaken:
    """What the viewer may take. Raises as `downloadable` and `take_of`."""
    return await take_of(viewer, await downloadable(viewer, export_id))


async def downloadable(viewer: Viewer, export_id: UUID) -> MassExportRow:
    """The viewer's own export, made and kept.

    Raises NotFound MASS_EXPORT_UNKNOWN, EXPORT_EXPIRED; Conflict EXPORT_NOT_READY.
    """
    export = await read(viewer, export_id)
    if not export.kept:
        raise expired()
    if not export.downloadable:
        raise Conflict(
            "EXPORT_NOT_READY",
            "Ce fichier n’est pas prêt\u00a0: attendez la fin de l’export, puis recommencez.",
            path=("id",),
        )
    return export


async def take_of(viewer: Viewer, export: MassExportRow) -> MassTaken:
    """What the viewer may take of it today; `note` it before he is given a byte.

    Raises Conflict MASS_EXPORT_NARROWED for one PDF that holds what he may take no more; Refused
    MASS_EXPORT_CLOSED where nothing is left to take.
    """
    taken = MassTaken(export, await opened_of(viewer, export))
    made = sum(item.state is MassExportItemState.MADE for item in taken.items)
    if not taken.opened:
        raise Refused(
            "MASS_EXPORT_CLOSED",
            "Aucun dossier de cet export ne vous est plus ouvert\u00a0: demandez l’accès à leur plateforme.",
        )
    if export.kind is MassExportKind.ONE_PDF and len(taken.opened) < made:
        raise Conflict(
            "MASS_EXPORT_NARROWED",
            "Ce PDF contient un dossier qui ne vous est plus ouvert\u00a0: refaites-le, il sera mis à"
            " jour sans lui.",
            path=("id",),
        )
    return taken


async def opened_of(viewer: Viewer, export: MassExportRow) -> tuple[MassExportItemRow, ...]:
    """Every dossier of it, in order, and whether the viewer may take today what was made of it."""
    records = await fetch(_ITEMS, [export.id])
    readable = await dossiers.read_many(viewer, [record["dossier_id"] for record in records])
    held = await _copies(records) if export.kind is MassExportKind.COPY else {}
    rows = [item_of(record, readable.get(record["dossier_id"])) for record in records]
    may = [row for row in rows if _may(viewer, row, held)]
    # A sealed copy holds nothing of last year, and has its own rights.
    past = [] if export.kind is MassExportKind.COPY else await _past_shut(viewer, may)
    opened = {row.id for row in may}.difference(past)
    return tuple(replace(row, opened=row.id in opened) for row in rows)


async def _past_shut(viewer: Viewer, items: Sequence[MassExportItemRow]) -> list[int]:
    """Those whose files hold something of last year that the viewer may have no more."""
    made = [(item, dossiers.taken_away(viewer, item.dossier)) for item in items if item.dossier is not None]
    shut = await past_shut(viewer, [(dossier, item.past) for item, dossier in made])
    return [item.id for (item, _), closed in zip(made, shut, strict=True) if closed]


async def _copies(records: Sequence[Mapping[str, Any]]) -> dict[str, CopyRow]:
    ids = [UUID(file["copy"]) for record in records for file in record["files"] if file["copy"]]
    return {str(record["id"]): copy_of(record) for record in await fetch(copies.SOME, [ids])} if ids else {}


def _may(viewer: Viewer, item: MassExportItemRow, held: Mapping[str, CopyRow]) -> bool:
    if item.state is not MassExportItemState.MADE or item.dossier is None:
        return False
    if not decide(viewer, Right.EXPORT, item.dossier.target).allowed:
        return False
    sealed = [held.get(file.copy) for file in item.files if file.copy]
    if any(
        copy is None or copies.refusal(viewer, item.dossier, copy, Right.EXPORT) is not None
        for copy in sealed
    ):
        return False
    row = dossiers.taken_away(viewer, item.dossier)
    return not any(row.withholds(tab) for tab in item.held or ())


async def note(viewer: Viewer, taken: MassTaken, etag: str) -> None:
    """Who takes it, when and under which articles is kept; the same content once an hour."""
    given = [item.dossier for item in taken.opened if item.dossier is not None]
    told = {"mass": taken.export.id, "kind": taken.export.kind.value, "etag": etag}
    async with transaction():
        if await fetch(_NOTED, [given[0].id, viewer.subject, str(taken.export.id), etag]):
            return
        if taken.export.kind is MassExportKind.COPY:
            rows = [replace(row, channel=readings.COPY) for row in given]
            await readings.note(rows, Right.EXPORT)
        await journal.record_many(
            viewer, Kind.EXPORT_TAKEN, [(row, _article(viewer, row)) for row in given], told
        )


def _article(viewer: Viewer, row: DossierRow) -> str:
    return dossiers.article(viewer, Right.EXPORT, row)
