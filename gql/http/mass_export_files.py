"""Fetching a mass export: rights are asked again of each dossier, and any part of it can be fetched again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gql.arguments import identifier
from gql.http.files import PDF, ZIP, download
from gql.http.ranges import Whole, given
from models import MassExportKind
from rendering.mass_manifest import NAME, composed, manifest
from resolvers import mass_export_taking
from resolvers.mass_export_rows import unknown
from resolvers.mass_exports import expired

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.door import Admission, Door
    from models import FileStore
    from resolvers.mass_export_taking import MassTaken


class MassExportDoor:
    """Whoever asked for it is given what he may take today; for anyone else it does not exist."""

    def __init__(self, door: Door, files: FileStore) -> None:
        self._door = door
        self._files = files

    async def file(self, request: Request) -> Response:
        """GET and HEAD /mass-exports/{id}/file: the archive, or the one PDF.

        Raises as `mass_export_taking.take`, NotFound EXPORT_EXPIRED.
        """
        admission, taken = await self._taken(request)
        whole = await self._whole(taken)
        if request.method != "HEAD":
            await mass_export_taking.note(admission.required(), taken, whole.etag)
        return given(admission, request, whole)

    async def manifest(self, request: Request) -> Response:
        """GET /mass-exports/{id}/manifeste.csv: the manifest alone. Raises as `mass_export_taking.take`."""
        admission, taken = await self._taken(request)
        return download(admission, manifest(taken), NAME, "text/csv; charset=utf-8")

    async def _taken(self, request: Request) -> tuple[Admission, MassTaken]:
        admission = await self._door.admit(request)
        asked = identifier(request.path_params["id"], unknown())
        return admission, await mass_export_taking.take(admission.required(), asked)

    async def _whole(self, taken: MassTaken) -> Whole:
        export = taken.export
        if export.kind is MassExportKind.ONE_PDF:
            if not await self._files.holds(export.file_key):
                raise expired()
            read = partial(self._files.stream, export.file_key)
            return Whole(export.file_name, PDF, export.size, f'"{export.sha256}"', read)
        archive, etag = composed(taken)
        return Whole(export.file_name, ZIP, archive.size, etag, partial(archive.stream, self._files))
