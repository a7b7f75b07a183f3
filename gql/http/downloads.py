"""Fetching an export: rights are asked again at that moment, then the file streams from the store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import StreamingResponse

from gql.arguments import identifier
from gql.http.door import Door, lay_cookie
from models import Conflict, ExportState, NotFound
from resolvers import exports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from models import FileStore
    from resolvers.rows import ExportRow

KINDS = {".pdf": "application/pdf", ".zip": "application/zip"}


class DownloadDoor:
    """GET /exports/{id}/file."""

    def __init__(self, door: Door, files: FileStore) -> None:
        self._door = door
        self._files = files

    async def answer(self, request: Request) -> StreamingResponse:
        """The file. Raises as `exports.read`, Conflict EXPORT_NOT_READY, NotFound EXPORT_EXPIRED."""
        admission = await self._door.admit(request)
        viewer = admission.required()
        row = await exports.taken(viewer, identifier(request.path_params["id"], exports.not_found()))
        _require_ready(row)
        blocks = self._files.stream(row.file_key)
        try:
            first = await anext(blocks, b"")
        except FileNotFoundError:
            raise expired() from None

        async def stream() -> AsyncIterator[bytes]:
            yield first
            async for block in blocks:
                yield block

        response = StreamingResponse(stream(), headers=_headers(row))
        lay_cookie(response, admission.cookie)
        return response


def _require_ready(row: ExportRow) -> None:
    if row.expires_at <= datetime.now(UTC):
        raise expired()
    if row.state is not ExportState.READY:
        raise Conflict(
            "EXPORT_NOT_READY",
            "Ce fichier n’est pas prêt\u202f: attendez la fin de l’export, puis recommencez.",
        )


def expired() -> NotFound:
    """The file was kept as long as promised."""
    return NotFound(
        "EXPORT_EXPIRED", "Ce fichier n’est plus gardé\u202f: relancez l’export depuis le dossier."
    )


def _headers(row: ExportRow) -> dict[str, str]:
    suffix = row.file_name[row.file_name.rfind(".") :]
    return {
        "content-type": KINDS.get(suffix, "application/octet-stream"),
        "content-length": str(row.size),
        "content-disposition": f"attachment; filename*=UTF-8''{quote(row.file_name)}",
        "cache-control": "private, no-store",
        "etag": f'"{row.sha256}"',
    }
