"""The rules of a platform as a file, for whoever edits them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import Response

from gql.arguments import INTEGER, number
from gql.http.door import Door, lay_cookie
from models import Invalid
from resolvers import policy_csv

if TYPE_CHECKING:
    from starlette.requests import Request


class PolicyCsvDoor:
    """GET /policy.csv?platform=MIN&version=12&relations=true, for those who edit the platform's rules."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def answer(self, request: Request) -> Response:
        """The lines, in Casbin's form.

        Raises Unauthenticated, NotFound POLICY_DESK_UNKNOWN, Invalid POLICY_VERSION_UNKNOWN.
        """
        admission = await self._door.admit(request)
        viewer = admission.required()
        asked = request.query_params
        platform, version = asked.get("platform", ""), _version(asked.get("version"))
        lines = await policy_csv.export(viewer, platform, version, relations=asked.get("relations") == "true")
        # A hundred thousand lines take a moment to write.
        text = await asyncio.to_thread("".join, lines)
        name = f"regles-{platform}-{version or viewer.authority.version}.csv"
        headers = {
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "private, no-store",
        }
        response = Response(text, headers=headers, media_type="text/csv; charset=utf-8")
        lay_cookie(response, admission.cookie)
        return response


def _version(text: str | None) -> int | None:
    if not text:
        return None
    unknown = Invalid(
        "POLICY_VERSION_UNKNOWN",
        "Cette version des droits n’existe pas : choisissez-en une dans l’historique.",
        path=("version",),
    )
    return number(text, INTEGER, unknown)
