"""Files of a dossier made while one waits: the workbook, the XML, the CSV of a dynamic tab."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from gql.arguments import dossier_id
from gql.http.files import SHEET, download
from rendering.names import stem
from rendering.rows_in import dynamic_tab
from rendering.rows_out import rows_name, write_rows
from rendering.sheets.workbook import write_workbook
from rendering.xml_out import write_dossier
from resolvers import export_jobs, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.door import Door
    from resolvers.rows import DossierContent


class DossierFilesDoor:
    """Each read as its caller, rights asked for; a stranger's dossier and none are told alike."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def workbook(self, request: Request) -> Response:
        """GET /dossiers/{id}/export.xlsx?tabs=A1,A2. Raises NotFound, NotFound TAB_UNKNOWN, Refused."""
        tabs = _tabs(request)

        def made(content: DossierContent) -> tuple[str, bytes]:
            return f"{stem(content.dossier)}.xlsx", write_workbook(content, datetime.now(UTC), tabs)

        return await self._answer(request, None, made, (SHEET, readings.XLSX), named=tabs)

    async def xml(self, request: Request) -> Response:
        """GET /dossiers/{id}/export.xml?tabs=A1,A2. Raises as `workbook`."""

        def made(content: DossierContent) -> tuple[str, bytes]:
            return f"{stem(content.dossier)}.xml", write_dossier(content, written_at=datetime.now(UTC))

        return await self._answer(request, _tabs(request), made, ("application/xml", readings.XML))

    async def rows(self, request: Request) -> Response:
        """GET /dossiers/{id}/tabs/{tab}.csv. Raises as `workbook`, and Invalid TAB_NOT_DYNAMIC."""
        tab = request.path_params["tab"]

        def made(content: DossierContent) -> tuple[str, bytes]:
            dynamic_tab(content.dossier, tab)
            return rows_name(content.dossier, tab), write_rows(content)

        return await self._answer(request, [tab], made, ("text/csv; charset=utf-8", readings.CSV))

    async def _answer(
        self,
        request: Request,
        tabs: list[str] | None,
        make: Callable[[DossierContent], tuple[str, bytes]],
        kind: tuple[str, str],
        named: Sequence[str] = (),
    ) -> Response:
        """The file; `kind` is its media type, and the channel that its reader's organism is told of."""
        media_type, channel = kind
        admission = await self._door.admit(request)
        viewer = admission.required()
        dossier = dossier_id(request.path_params["id"])
        content = await export_jobs.content(viewer, dossier, tabs or None, channel, named)
        name, made = await self._door.made(partial(make, content))
        return download(admission, made, name, media_type)


def _tabs(request: Request) -> list[str]:
    return [code for code in request.query_params.get("tabs", "").split(",") if code]
