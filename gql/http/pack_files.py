"""The files of a published form, for whoever prepares the next revision: a workbook, or the texts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import Response

from gql.http.door import Door, lay_cookie
from gql.http.packs import asked_pack
from rendering import pack_sheet
from resolvers import packs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PackFilesDoor:
    """GET /packs/{form}/{year}/{revision}.xlsx and .zip, for signed-in callers: they are made on demand."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def sheet(self, request: Request) -> Response:
        """The workbook. Raises Unauthenticated, NotFound PACK_UNKNOWN."""
        return await self._answer(request, pack_sheet.write_sheet, "xlsx", SHEET)

    async def archive(self, request: Request) -> Response:
        """The texts, and for an editor the stored tests. Raises Unauthenticated, NotFound PACK_UNKNOWN."""
        return await self._answer(request, pack_sheet.write_archive, "zip", "application/zip")

    async def _answer(
        self, request: Request, write: Callable[[Mapping[str, str]], bytes], suffix: str, kind: str
    ) -> Response:
        admission = await self._door.admit(request)
        viewer = admission.required()
        key = await asked_pack(request)
        content = await asyncio.to_thread(write, await packs.readable_sources(viewer, str(key)))
        name = f"{str(key).replace('/', '-')}.{suffix}"
        headers = {
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "private, no-store",
        }
        response = Response(content, headers=headers, media_type=kind)
        lay_cookie(response, admission.cookie)
        return response
