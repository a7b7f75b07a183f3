"""Files of sealed copies: from the dossier's screens, and by the direct access (manual §3)."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from typing import TYPE_CHECKING

import structlog

from gql.arguments import four_digits, identifier
from gql.http.files import PDF, ZIP, download, named
from models import Problem
from rendering.copy_files import dossier_pdf
from resolvers import copies, direct_access
from resolvers.direct_access import Wanted

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.door import Admission, Door
    from models import FileStore
    from resolvers.copies import Taken
    from resolvers.copy_rows import CopyRow

ARCHIVE, RECEIPT, DOSSIER = "zip", "receipt", "pdf"
# How the name of each ends, after what they share.
ENDS = {ARCHIVE: ".zip", RECEIPT: "-accuse.pdf", DOSSIER: ".pdf"}
log = structlog.get_logger(__name__)


class CopyDoor:
    """Each file is read as its caller, who is noted; a stranger's copy and none are told alike."""

    def __init__(self, door: Door, files: FileStore) -> None:
        self._door = door
        self._files = files

    async def archive(self, request: Request) -> Response:
        """GET /copies/{id}.zip. Raises NotFound, Refused, Conflict COPY_NOT_READY, Problem COPY_ALTERED."""
        return await self._one(request, ARCHIVE)

    async def receipt(self, request: Request) -> Response:
        """GET /copies/{id}/receipt.pdf. Raises as `archive`."""
        return await self._one(request, RECEIPT)

    async def dossier(self, request: Request) -> Response:
        """GET /copies/{id}/dossier.pdf; `?voir=1` has a browser show it. Raises as `archive`."""
        return await self._one(request, DOSSIER)

    async def direct(self, request: Request) -> Response:
        """GET /acces-direct/{platform}/{form}/{year}/{folder}/{file}. Raises as `archive`."""
        admission = await self._door.admit(request)
        viewer, path = admission.required(), request.path_params
        year = four_digits(path["year"], copies.not_found())
        wanted = Wanted(path["platform"], path["form"], year)
        taken = await direct_access.take(viewer, wanted, path["folder"], path["file"])
        return await self._answer(request, admission, taken)

    async def _one(self, request: Request, part: str) -> Response:
        admission = await self._door.admit(request)
        viewer = admission.required()
        asked = identifier(request.path_params["id"], copies.not_found())
        return await self._answer(request, admission, await copies.take(viewer, asked, part))

    async def _answer(self, request: Request, admission: Admission, taken: Taken) -> Response:
        """The file, compared with what was sealed: what the store has altered is given to nobody.

        No transaction is open while the store answers.
        """
        copy, part = taken.copy, taken.part
        content = await self._kept(copy, part)
        if part == DOSSIER:
            content = await asyncio.to_thread(dossier_pdf, content)
        await copies.note(admission.required(), taken)
        name = f"{copy.file_name.removesuffix('.zip')}{ENDS[part]}"
        digest = hashlib.sha256(content).digest()
        shown = part != ARCHIVE and request.query_params.get("voir") == "1"
        more = {
            "etag": f'"{digest.hex()}"',
            "repr-digest": f"sha-256=:{base64.b64encode(digest).decode()}:",
            "x-harmonia-seal": copy.seal,
            **named(name, shown),
        }
        return download(admission, content, name, ZIP if part == ARCHIVE else PDF, more)

    async def _kept(self, copy: CopyRow, part: str) -> bytes:
        proof = part == RECEIPT
        key, digest = (copy.receipt_key, copy.receipt_sha256) if proof else (copy.file_key, copy.file_sha256)
        try:
            content = await self._files.read(key)
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != digest:
            log.error("copy_altered", copy=str(copy.id), part=part)
            raise Problem(
                "COPY_ALTERED",
                "Le fichier gardé n’est plus celui qui a été scellé\u00a0: il n’est pas remis."
                " Prévenez l’assistance.",
            )
        return content
