"""The users' manual as a PDF (manual §5.2): anyone may read it who may sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gql.http.files import PDF, download
from models import Conflict
from rendering.pages.manual import manual_key
from resolvers import manual

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.awaited import Awaited
    from gql.http.door import Door


class ManualDoor:
    """GET /manuel.pdf: printed by a worker, once a version of its text."""

    def __init__(self, door: Door, awaited: Awaited) -> None:
        self._door = door
        self._awaited = awaited

    async def answer(self, request: Request) -> Response:
        """The manual. Raises Unauthenticated, Conflict MANUAL_NOT_READY."""
        admission = await self._door.admit(request)
        admission.required()
        found = await self._awaited.made(manual_key(), manual.ask)
        if found is None:
            raise Conflict(
                "MANUAL_NOT_READY",
                "Le manuel s’imprime encore\u00a0: redemandez-le dans quelques instants.",
                details={"seconds": 10},
            )
        return download(admission, found, "Manuel d’utilisation d’Harmonia.pdf", PDF)
