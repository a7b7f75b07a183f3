"""A mass export as one has it once it is made, for the tests of who may take what of it."""

from __future__ import annotations

import hashlib
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from models import MassExport, MassExportItem, MassExportItemState, MassExportKind, MassExportState

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer

FILE_NAME = "er/2024/er_2024_732829320.pdf"


async def own_mass(viewer: Viewer, dossier: UUID, key: str, content: bytes) -> UUID:
    """An export of one dossier's tab A1, whose file is at `key`."""
    now = datetime.now(UTC)
    export = await MassExport.create(
        kind=MassExportKind.PDF,
        organization_id=viewer.organization_id,
        user_id=viewer.user_id,
        client_id=viewer.client_id,
        tabs=["A1"],
        state=MassExportState.READY,
        done=1,
        total=1,
        size=len(content),
        file_name="harmonia_pdf_20261122-183000.zip",
        requested_at=now,
        finished_at=now,
        expires_at=now + timedelta(days=7),
    )
    file = {
        "name": FILE_NAME,
        "key": key,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "crc32": zlib.crc32(content),
        "copy": "",
    }
    await MassExportItem.create(
        export_id=export.id,
        position=0,
        dossier_id=dossier,
        state=MassExportItemState.MADE,
        files=[file],
        held=["A1"],
        past={"whole": True, "cells": []},
        article="essai",
        made_at=now,
    )
    return export.id
