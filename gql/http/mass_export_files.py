"""Fetching a mass export: rights are asked again of each dossier, and any part of it can be fetched again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gql.arguments import identifier
from gql.http.files import PDF, ZIP, download
from gql.http.kept_layouts import KeptLayouts, Laid
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
        self._layouts = KeptLayouts()

    async def file(self, request: Request) -> Response:
        """GET and HEAD /mass-exports/{id}/file: the archive, or the one PDF.

        Raises as `mass_export_taking.take`, NotFound EXPORT_EXPIRED.
        """
        admission = await self._door.admit(request)
        taking = request.method != "HEAD"
        laid = await self._laid(admission, request, part=taking and "range" in request.headers)
        if taking:
            await mass_export_taking.note(admission.required(), laid.taken, laid.whole.etag)
        return given(admission, request, laid.whole)

    async def manifest(self, request: Request) -> Response:
        """GET /mass-exports/{id}/manifeste.csv: the manifest alone. Raises as `mass_export_taking.take`."""
        admission = await self._door.admit(request)
        laid = await self._laid(admission, request, part=False)
        return download(admission, manifest(laid.taken), NAME, "text/csv; charset=utf-8")

    async def _laid(self, admission: Admission, request: Request, *, part: bool) -> Laid:
        """What he may take today; of a part, what was reckoned for the part before it."""
        viewer = admission.required()
        asked = identifier(request.path_params["id"], unknown())
        export = await mass_export_taking.downloadable(viewer, asked)

        async def make() -> Laid:
            taken = await mass_export_taking.take_of(viewer, export)
            return Laid(taken, await self._whole(taken))

        return await self._layouts.laid(viewer, export, make, part=part)

    async def _whole(self, taken: MassTaken) -> Whole:
        export = taken.export
        if export.kind is MassExportKind.ONE_PDF:
            if not await self._files.holds(export.file_key):
                raise expired()
            read = partial(self._files.stream, export.file_key)
            return Whole(export.file_name, PDF, export.size, f'"{export.sha256}"', read)
        archive, etag = composed(taken)
        return Whole(export.file_name, ZIP, archive.size, etag, partial(archive.stream, self._files))
