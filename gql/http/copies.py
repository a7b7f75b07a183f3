"""Files of sealed copies: from the dossier's screens, and by the direct access (manual §3)."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import structlog

from gql.arguments import four_digits, identifier
from gql.http.files import PDF, ZIP, download
from models import Problem
from resolvers import copies, direct_access
from resolvers.direct_access import Wanted

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.door import Admission, Door
    from models import FileStore
    from resolvers.copies import Taken

ARCHIVE, RECEIPT = "zip", "receipt"
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

    async def direct(self, request: Request) -> Response:
        """GET /acces-direct/{platform}/{form}/{year}/{folder}/{file}. Raises as `archive`."""
        admission = await self._door.admit(request)
        viewer, named = admission.required(), request.path_params
        year = four_digits(named["year"], copies.not_found())
        wanted = Wanted(named["platform"], named["form"], year)
        taken = await direct_access.take(viewer, wanted, named["folder"], named["file"])
        return await self._answer(admission, taken)

    async def _one(self, request: Request, part: str) -> Response:
        admission = await self._door.admit(request)
        viewer = admission.required()
        asked = identifier(request.path_params["id"], copies.not_found())
        return await self._answer(admission, await copies.take(viewer, asked, part))

    async def _answer(self, admission: Admission, taken: Taken) -> Response:
        """The file, compared with what was sealed: what the store has altered is given to nobody.

        No transaction is open while the store answers.
        """
        copy, zipped = taken.copy, taken.part == ARCHIVE
        key, digest = (copy.file_key, copy.file_sha256) if zipped else (copy.receipt_key, copy.receipt_sha256)
        try:
            content = await self._files.read(key)
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != digest:
            log.error("copy_altered", copy=str(copy.id), part=taken.part)
            raise Problem(
                "COPY_ALTERED",
                "Le fichier gardé n’est plus celui qui a été scellé\u202f: il n’est pas remis."
                " Prévenez l’assistance.",
            )
        await copies.note(admission.required(), taken)
        name = copy.file_name if zipped else f"{copy.file_name.removesuffix('.zip')}-accuse.pdf"
        more = {
            "etag": f'"{digest}"',
            "repr-digest": f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:",
            "x-harmonia-seal": copy.seal,
        }
        return download(admission, content, name, ZIP if zipped else PDF, more)
