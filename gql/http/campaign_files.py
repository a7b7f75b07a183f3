"""Files of a campaign: the list of the organisms that had transmitted by a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gql.http.convention_files import year_of
from gql.http.files import SHEET, download
from rendering.transmitted_sheet import transmitted_name, write_transmitted
from resolvers import transmitted
from resolvers.campaign_rows import Asked
from resolvers.days import read_day

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.door import Door

LONGEST = 16


class CampaignFilesDoor:
    """Each is read as its caller."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def transmitted(self, request: Request) -> Response:
        """GET /transmitted.xlsx?platform=MIN&form=ER&year=2024&by=2025-06-30.

        What the caller may read and export. Raises Refused, Invalid YEAR_INVALID, DATE_INVALID and
        LIST_TOO_LONG.
        """
        admission = await self._door.admit(request)
        viewer, given = admission.required(), request.query_params
        platform, form = given.get("platform", "")[:LONGEST], given.get("form", "")[:LONGEST]
        asked, by = Asked(platform, form, year_of(given.get("year", ""))), read_day(given.get("by", ""), "by")
        rows = await transmitted.transmitted_by(viewer, asked, by)
        name = viewer.authority.policy.platforms.get(platform, platform)
        made = await self._door.made(partial(write_transmitted, rows, asked, by, name))
        return download(admission, made, transmitted_name(asked, by), SHEET)
