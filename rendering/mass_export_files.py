"""The files of one dossier of a mass export, made as its requester and put in the object store."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from authz import Right
from models import MassExportKind, NotFound, Problem
from rendering import kept_prints
from rendering.names import stem
from rendering.sheets.workbook import write_workbook
from rendering.storing import store
from rendering.xml_out import write_dossier
from resolvers import copies, dossiers, export_jobs, mass_exporting, readings
from resolvers.anomalies import tabs_told
from resolvers.kept_past import NOTHING, past_of
from resolvers.mass_export_rows import MassFile, MassMade

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from authz import Viewer
    from models import FileStore
    from rendering.services import Services
    from resolvers.copy_rows import CopyRow
    from resolvers.mass_export_rows import MassExportRow
    from resolvers.mass_exporting import ItemTask
    from resolvers.rows import DossierContent, DossierRow

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Making:
    """One dossier to be made, and the viewer as whom it is read."""

    viewer: Viewer
    export: MassExportRow
    item: ItemTask

    @property
    def tabs(self) -> list[str] | None:
        """The tabs asked for; None for all."""
        return list(self.export.tabs) or None


async def make_files(services: Services, making: Making) -> MassMade:
    """Read the dossier as its requester of this moment, make its files, keep them.

    Raises NotFound or Refused when he may not take it (any more), TAB_UNKNOWN, COPY_NONE, COPY_ALTERED,
    STORE_FAILED, and as the printer does.
    """
    kind = making.export.kind
    if kind is MassExportKind.COPY:
        return await _copies(services.files, making)
    channel = readings.PDF if kind in {MassExportKind.PDF, MassExportKind.ONE_PDF} else readings.ZIP
    # A workbook's formulas read every tab, and some tabs are cut out of the print of the whole.
    cut = kind in {MassExportKind.SHEET, MassExportKind.PDF, MassExportKind.ONE_PDF}
    tabs, named = (None, making.tabs or ()) if cut else (making.tabs, ())
    content = await export_jobs.content(making.viewer, making.item.dossier_id, tabs, channel, named)
    dossier = content.dossier
    files = [
        await _keep(services.files, making, await _name(making, dossier, suffix), written)
        for suffix, written in await _written(services, making, content)
    ]
    article = dossiers.article(making.viewer, Right.EXPORT, dossier)
    return MassMade(tuple(files), _held(making, content), article, past_of(content))


async def _written(services: Services, making: Making, content: DossierContent) -> list[tuple[str, bytes]]:
    """What the dossier gives, each by the end of its name."""
    now, kind = datetime.now(UTC), making.export.kind
    if kind is MassExportKind.SHEET:
        return [("xlsx", await asyncio.to_thread(write_workbook, content, now, making.tabs))]
    found = []
    if kind in {MassExportKind.XML, MassExportKind.DOSSIER}:
        found.append(("xml", await asyncio.to_thread(write_dossier, content, written_at=now)))
    if kind is not MassExportKind.XML:
        found.append(("pdf", await _pdf(services, making, content, now)))
    return found


async def _pdf(services: Services, making: Making, content: DossierContent, now: datetime) -> bytes:
    accessible = making.export.accessible
    return await kept_prints.printed(services, content, now, accessible=accessible, only=making.tabs)


def _held(making: Making, content: DossierContent) -> tuple[str, ...]:
    """The tabs of which the files say something."""
    kind = making.export.kind
    held = [tab.code for tab in content.tabs if kind is MassExportKind.SHEET or _asked(making, tab.code)]
    if kind in {MassExportKind.XML, MassExportKind.DOSSIER} and content.verification is not None:
        # Whichever tabs are chosen, an XML file tells every anomaly.
        held += sorted(tabs_told(content.verification.anomalies))
    return tuple(dict.fromkeys(held))


def _asked(making: Making, code: str) -> bool:
    return making.tabs is None or code in making.tabs


async def _name(making: Making, dossier: DossierRow, suffix: str, name: str = "") -> str:
    """Its path in the archive, `er/2024/er_2024_732829320.pdf` (manual §7.3).

    Where two platforms have a dossier of the same name, each says its own besides.
    """
    twin = await mass_exporting.has_twin(making.export.id, dossier)
    whose = f"_{dossier.platform}" if twin else ""
    return f"{dossier.form}/{dossier.year}/{name or stem(dossier)}{whose}.{suffix}".lower()


async def _keep(files: FileStore, making: Making, name: str, content: bytes) -> MassFile:
    key = f"{place(making.export.id, making.item)}/{name.rpartition('/')[2]}"
    await store(files, key, content)
    digest = await asyncio.to_thread(hashlib.sha256, content)
    return MassFile(name, key, len(content), digest.hexdigest(), zlib.crc32(content))


async def _copies(files: FileStore, making: Making) -> MassMade:
    """The latest sealed copy of each kind, as it was kept: nothing is made again."""
    viewer = making.viewer
    dossier = await dossiers.read(viewer, making.item.dossier_id)
    article = copies.check_whole(viewer, dossier, Right.EXPORT)
    listed = (await copies.of_many(viewer, [dossier]))[dossier.id]
    found = {} if isinstance(listed, Problem) else _latest(listed)
    if not found:
        raise NotFound(
            "COPY_NONE", "Aucune copie scellée de ce dossier n’est encore faite\u00a0: exportez-le lui-même."
        )
    for copy in found.values():
        refused = copies.refusal(viewer, dossier, copy, Right.EXPORT)
        if refused is not None:
            raise refused
    made = [await _copied(files, making, dossier, copy) for copy in found.values()]
    # No copy holds anything of last year.
    return MassMade(tuple(made), None, article, NOTHING)


def _latest(listed: Iterable[CopyRow]) -> dict[str, CopyRow]:
    """By kind; they come the latest first."""
    found: dict[str, CopyRow] = {}
    for copy in listed:
        if copy.ready:
            found.setdefault(copy.kind.value, copy)
    return found


async def _copied(files: FileStore, making: Making, dossier: DossierRow, copy: CopyRow) -> MassFile:
    crc, digest = 0, hashlib.sha256()
    try:
        async for block in files.stream(copy.file_key):
            crc = zlib.crc32(block, crc)
            digest.update(block)
    except FileNotFoundError:
        digest.update(b"gone")
    if digest.hexdigest() != copy.file_sha256:
        log.error("copy_altered", copy=str(copy.id))
        raise Problem(
            "COPY_ALTERED",
            "Le fichier gardé n’est plus celui qui a été scellé\u00a0: il n’est pas remis."
            " Prévenez l’assistance.",
        )
    name = await _name(making, dossier, "zip", copy.file_name.removesuffix(".zip"))
    return MassFile(name, copy.file_key, copy.file_size, copy.file_sha256, crc, str(copy.id))


def place(export_id: UUID, item: ItemTask) -> str:
    """The folder of one attempt at a dossier."""
    return f"{mass_exporting.folder(export_id)}/{item.position}-{item.attempt}"


async def sweep(files: FileStore, export_id: UUID, item: ItemTask | None = None) -> None:
    """Delete what is kept of an export, or of one attempt at one of its dossiers, noted or not."""
    within = mass_exporting.folder(export_id) if item is None else place(export_id, item)
    async for found in files.listed(within):
        await files.delete(found.key)
