"""Files of conventions and consents: the annex, the signed text, the list of the organisms that said yes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gql.arguments import four_digits
from gql.conventions import convention_id
from gql.http.files import PDF, SHEET, download
from models import Conflict, Invalid, NotFound
from rendering.consent_sheet import sheet_name, write_consents
from resolvers import consent_list, convention_annex, convention_signed, conventions
from resolvers.consent_list import Asked

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from gql.http.awaited import Awaited
    from gql.http.door import Door


class ConventionFilesDoor:
    """Each is read as its caller; a stranger's convention and none are told alike.

    An annex is printed by a worker, once a revision.
    """

    def __init__(self, door: Door, awaited: Awaited) -> None:
        self._door = door
        self._awaited = awaited

    async def annex(self, request: Request) -> Response:
        """GET /conventions/{id}/annex.pdf. Raises NotFound, Conflict ANNEX_NOT_READY."""
        admission = await self._door.admit(request)
        row = await conventions.read(admission.required(), convention_id(request.path_params["id"]))
        key = convention_annex.annex_key(row)
        found = await self._awaited.made(key, lambda: convention_annex.ask(row))
        if found is None:
            raise Conflict(
                "ANNEX_NOT_READY",
                "L’annexe s’imprime encore\u00a0: redemandez-la dans quelques instants.",
                details={"seconds": 10},
            )
        return download(admission, found, convention_annex.annex_name(row), PDF)

    async def signed(self, request: Request) -> Response:
        """GET /conventions/{id}/signed.pdf. Raises NotFound, NotFound SIGNED_TEXT_MISSING."""
        admission = await self._door.admit(request)
        asked = convention_id(request.path_params["id"])
        row = await convention_signed.signed(admission.required(), asked)
        found = await self._awaited.read(row.signed_key)
        if found is None:
            raise NotFound(
                "SIGNED_TEXT_MISSING", "Le texte signé n’est plus gardé\u00a0: demandez-le à la plateforme."
            )
        return download(admission, found, row.signed_name, PDF)

    async def consents(self, request: Request) -> Response:
        """GET /consents.xlsx?form=ER&year=2024&platform=MIN. Raises Refused, Invalid YEAR_INVALID."""
        admission = await self._door.admit(request)
        viewer = admission.required()
        form, year = request.query_params.get("form", ""), year_of(request.query_params.get("year", ""))
        platform = await consent_list.platform_of(viewer, form, request.query_params.get("platform"))
        asked = Asked(platform, form, year)
        rows = await consent_list.consent_list(viewer, asked)
        name = viewer.authority.policy.platforms.get(platform, platform)
        made = await self._door.made(partial(write_consents, rows, asked, viewer.organization_name, name))
        return download(admission, made, sheet_name(asked), SHEET)


def year_of(text: str) -> int:
    """The year of accounts that an address names. Raises Invalid YEAR_INVALID."""
    wrong = Invalid("YEAR_INVALID", "Donnez l’année des comptes en quatre chiffres.", path=("year",))
    return four_digits(text, wrong)
