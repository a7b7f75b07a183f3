"""The readers' register as a workbook, for the organism whose dossiers were read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gql.arguments import dossier_id, four_digits
from gql.http.files import SHEET, download
from models import Invalid
from rendering.reading_sheet import NAME, write_readings
from resolvers.consent_readers import Within, register
from resolvers.days import FIRST, LAST, read_day

if TYPE_CHECKING:
    from datetime import date

    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.door import Door


class ReadingFilesDoor:
    """Whoever asks is given the register of his own organism, and none of another's."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def register(self, request: Request) -> Response:
        """GET /readings.xlsx?form=&year=&since=&until=&organization=&dossier=; all may be left out.

        Raises Invalid READING_PERIOD_INVALID, NotFound.
        """
        admission = await self._door.admit(request)
        viewer, asked = admission.required(), request.query_params
        dossier = asked.get("dossier")
        within = Within(
            since=_day(asked, "since"),
            until=_day(asked, "until"),
            organization=asked.get("organization") or None,
            dossier=dossier_id(dossier) if dossier else None,
        )
        rows = await register(viewer, asked.get("form") or None, _year(asked), within)
        made = await self._door.made(partial(write_readings, rows, viewer.organization_name))
        return download(admission, made, NAME, SHEET)


def _day(asked: QueryParams, name: str) -> date | None:
    text = asked.get(name)
    try:
        return read_day(text) if text else None
    except Invalid:
        raise _invalid(name) from None


def _year(asked: QueryParams) -> int | None:
    text = asked.get("year")
    if not text:
        return None
    year = four_digits(text, _invalid("year"))
    if not FIRST.year <= year <= LAST.year:
        raise _invalid("year")
    return year


def _invalid(name: str) -> Invalid:
    return Invalid(
        "READING_PERIOD_INVALID",
        "Cette période n’est pas une date\u00a0: donnez l’année en quatre chiffres, et les jours comme "
        "2026-11-22.",
        path=(name,),
    )
