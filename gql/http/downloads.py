"""Fetching an export: rights are asked again at that moment, then the file streams from the store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gql.arguments import identifier
from gql.http.files import PDF, ZIP, opened, streamed
from models import Conflict, ExportState, NotFound
from resolvers import exports

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import StreamingResponse

    from gql.http.door import Door
    from models import FileStore
    from resolvers.rows import ExportRow

KINDS = {".pdf": PDF, ".zip": ZIP}


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
        blocks = await opened(self._files, row.file_key, expired())
        suffix = row.file_name[row.file_name.rfind(".") :]
        kind = KINDS.get(suffix, "application/octet-stream")
        more = {"content-length": str(row.size), "etag": f'"{row.sha256}"'}
        return streamed(admission, blocks, row.file_name, kind, more)


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
