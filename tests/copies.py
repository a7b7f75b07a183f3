"""A sealed copy that is there already, without a worker nor a browser, for tests that take it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models import CopyKind, SealedCopy, SnapshotState
from resolvers import dossiers, snapshots
from resolvers.copy_rows import copy_file
from tests.rendering.copies import zipped

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer
    from models import FileStore

# What only whoever takes it is told.
SEAL = hashlib.sha256(b"sceau").hexdigest()
DOSSIER, RECEIPT = b"%PDF-1.7 un dossier", b"%PDF-1.7 un accuse"
ARCHIVE = zipped({"dossier.pdf": DOSSIER})
STATES = {CopyKind.TRANSMITTED: SnapshotState.TRANSMITTED, CopyKind.CLOSED: SnapshotState.CLOSED}


async def seal(
    viewer: Viewer, dossier_id: UUID, files: FileStore, kind: CopyKind = CopyKind.TRANSMITTED
) -> SealedCopy:
    """Keep the dossier's values and a copy of that kind, made a moment ago."""
    row, at = await dossiers.read(viewer, dossier_id), datetime.now(UTC)
    kept = await snapshots.keep(row, STATES[kind], at, "0" * 64)
    number = await SealedCopy.filter(dossier_id=dossier_id).count() + 1
    key = f"copies/{dossier_id}/{number}"
    await files.put(f"{key}.zip", ARCHIVE)
    await files.put(f"{key}.pdf", RECEIPT)
    return await SealedCopy.create(
        dossier_id=dossier_id,
        kind=kind,
        number=number,
        snapshot_id=kept,
        frozen={"author": {"name": "Alix", "organization": "Office"}, "attachments": []},
        at=at,
        author="Alix",
        made_at=at,
        seal=SEAL,
        file_name=copy_file(row.year, row.organism.siren, kind),
        file_key=f"{key}.zip",
        file_size=len(ARCHIVE),
        file_sha256=hashlib.sha256(ARCHIVE).hexdigest(),
        receipt_key=f"{key}.pdf",
        receipt_size=len(RECEIPT),
        receipt_sha256=hashlib.sha256(RECEIPT).hexdigest(),
    )
