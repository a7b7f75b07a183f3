"""Fetching an export: rights are asked again at that moment, then the file streams from the store."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from gql.arguments import identifier
from gql.http.files import PDF, ZIP
from gql.http.ranges import Whole, given
from models import Conflict, ExportState, NotFound
from resolvers import exports

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.door import Door
    from models import FileStore
    from resolvers.rows import ExportRow

KINDS = {".pdf": PDF, ".zip": ZIP}


class DownloadDoor:
    """GET and HEAD /exports/{id}/file, whole or by parts; `?voir=1` has a PDF shown rather than kept."""

    def __init__(self, door: Door, files: FileStore) -> None:
        self._door = door
        self._files = files

    async def answer(self, request: Request) -> Response:
        """The file. Raises as `exports.read`, Conflict EXPORT_NOT_READY, NotFound EXPORT_EXPIRED."""
        admission = await self._door.admit(request)
        viewer = admission.required()
        asked = identifier(request.path_params["id"], exports.not_found())
        # Whoever asks what there is has taken nothing yet.
        row = await (exports.read if request.method == "HEAD" else exports.taken)(viewer, asked)
        _require_ready(row)
        if not await self._files.holds(row.file_key):
            raise expired()
        kind = KINDS.get(row.file_name[row.file_name.rfind(".") :], "application/octet-stream")
        read = partial(self._files.stream, row.file_key)
        shown = kind == PDF and request.query_params.get("voir") == "1"
        return given(admission, request, Whole(row.file_name, kind, row.size, f'"{row.sha256}"', read, shown))


def _require_ready(row: ExportRow) -> None:
    if row.expires_at <= datetime.now(UTC):
        raise expired()
    if row.state is not ExportState.READY:
        raise Conflict(
            "EXPORT_NOT_READY",
            "Ce fichier n’est pas prêt\u00a0: attendez la fin de l’export, puis recommencez.",
        )


def expired() -> NotFound:
    """The file was kept as long as promised."""
    return NotFound(
        "EXPORT_EXPIRED", "Ce fichier n’est plus gardé\u00a0: relancez l’export depuis le dossier."
    )
