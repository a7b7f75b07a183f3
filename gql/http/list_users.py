"""The users of the organisms of a work list, as CSV or as a workbook."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gql.arguments import identifier
from gql.http.files import SHEET, named
from gql.http.list_answers import list_response
from rendering.lists.csv_list import csv_list
from rendering.lists.heads import ListHead
from rendering.lists.sheet_list import sheet_list
from rendering.lists.words import fit
from resolvers.list_sql import GUARDED, SERIAL
from resolvers.list_users import USER_COLUMNS, find_users
from resolvers.work_list_rows import unknown

if TYPE_CHECKING:
    from starlette.requests import Request

    from gql.http.door import Door
    from gql.http.list_answers import ListResponse
    from resolvers.list_users import UsersFound

DEFAULT = "Ma liste de travail"


class ListUsersDoor:
    """Each is read as its caller: the people of whom he reads no personal data are not in it."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def csv(self, request: Request) -> ListResponse:
        """GET /work-lists/{id}/users.csv. Raises as `list_users.find_users`."""
        return await self._answer(request, "csv")

    async def workbook(self, request: Request) -> ListResponse:
        """GET /work-lists/{id}/users.xlsx. Raises as `csv`."""
        return await self._answer(request, "xlsx")

    async def _answer(self, request: Request, suffix: str) -> ListResponse:
        admission = await self._door.admit(request)
        viewer = admission.required()
        asked = identifier(request.path_params["id"], unknown())
        users = await find_users(viewer, asked, GUARDED if suffix == "csv" else SERIAL, suffix)
        head = _head(users)
        written = csv_list(head, _left(users)) if suffix == "csv" else sheet_list(head, "Utilisateurs")
        headers = {**named(head.file_name(suffix)), "x-total-count": str(users.found.total)}
        kind = "text/csv; charset=utf-8" if suffix == "csv" else SHEET
        return await list_response(admission, users.found.blocks(written), headers, kind)


def _head(users: UsersFound) -> ListHead:
    left = _left(users)
    return ListHead(
        "utilisateurs",
        "Utilisateurs des organismes d’une liste de travail",
        ("utilisateur", "utilisateurs"),
        USER_COLUMNS,
        users.found.total,
        datetime.now(UTC),
        (
            f"Liste de travail\u00a0: «\u00a0{fit(users.row.name or DEFAULT)}\u00a0»",
            *([left] if left else []),
        ),
    )


def _left(users: UsersFound) -> str:
    if not users.left:
        return ""
    many = "s" if users.left > 1 else ""
    return (
        f"{users.left} organisme{many} de la liste sans utilisateur ici\u00a0: leurs données personnelles ne "
        "vous sont pas ouvertes"
    )
