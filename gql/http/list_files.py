"""Lists to take away: what a search finds, as CSV, XML, a workbook or a page to print, in constant memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gql.arguments import dossier_id
from gql.criteria_text import read_criteria
from gql.http.files import SHEET, named
from gql.http.list_answers import list_response
from models import Invalid
from rendering.lists.csv_list import csv_list
from rendering.lists.heads import ListHead
from rendering.lists.html_list import html_list, page_policy
from rendering.lists.sheet_list import MOST_ROWS, sheet_list
from rendering.lists.words import asked_in_words
from rendering.lists.xml_list import xml_list
from resolvers.criteria import Criteria, sort_named
from resolvers.list_columns import COLUMNS, columns_named
from resolvers.list_names import names_of
from resolvers.list_rows import ListAsked, find_list
from resolvers.list_sql import FRENCH, GUARDED, ISO, SERIAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from gql.http.door import Door
    from gql.http.list_answers import ListResponse
    from resolvers.list_sql import Dialect

    Written = Callable[[Iterator[bytes]], Iterator[bytes]]

MOST_NAMED = 1_000
WAYS = {"asc": False, "desc": True}


@dataclass(frozen=True, slots=True)
class Suffix:
    """A kind of file: its media type, how the database writes its values, what makes it of the rows.

    `most`: how many it can hold.
    """

    kind: str
    dialect: Dialect
    written: Callable[[ListHead], Written]
    inline: bool = False
    most: int | None = None


KINDS = {
    "csv": Suffix("text/csv; charset=utf-8", GUARDED, csv_list),
    "xml": Suffix("application/xml", ISO, xml_list),
    "xlsx": Suffix(SHEET, SERIAL, lambda head: sheet_list(head, "Dossiers"), most=MOST_ROWS),
    "html": Suffix("text/html; charset=utf-8", FRENCH, html_list, inline=True),
}


class ListFilesDoor:
    """Each is read as its caller, of one moment of the database."""

    def __init__(self, door: Door, suffix: str) -> None:
        self._door = door
        self._suffix = suffix

    async def answer(self, request: Request) -> ListResponse:
        """GET /dossiers.csv?q={"search":"habitat"}&tri=CODE&sens=desc&colonnes=code,name&sauf=….

        All but `q` may be left out; without `q`, all that the caller reads. `seuls`, instead of `sauf`,
        names the sole dossiers taken: those of them that `q` finds. Raises Invalid CRITERIA_UNREADABLE,
        CRITERIA_EMPTY, SORT_UNKNOWN, COLUMN_UNKNOWN, LIST_TOO_LONG, LIST_CHOICE; Problem LISTS_BUSY.
        """
        admission = await self._door.admit(request)
        viewer, kind = admission.required(), KINDS[self._suffix]
        asked = asked_of(request.query_params)
        names = await names_of(viewer, asked.criteria)
        found = await find_list(viewer, asked, kind.dialect, self._suffix, most=kind.most)
        head = ListHead(
            "dossiers",
            "Liste de dossiers",
            ("dossier", "dossiers"),
            tuple(COLUMNS[column] for column in asked.columns),
            found.total,
            datetime.now(UTC),
            asked_in_words(asked, names),
        )
        headers = {
            **named(head.file_name(self._suffix), inline=kind.inline),
            "x-total-count": str(found.total),
        }
        if kind.inline:
            headers["content-security-policy"] = page_policy(head)
        return await list_response(admission, found.blocks(kind.written(head)), headers, kind.kind)


def asked_of(given: QueryParams) -> ListAsked:
    """What the address asks for."""
    criteria = read_criteria(given["q"]) if "q" in given else Criteria()
    way = given.get("sens", "asc")
    if way not in WAYS:
        raise Invalid(
            "SORT_UNKNOWN", "Le sens du tri est «\u00a0asc\u00a0» ou «\u00a0desc\u00a0».", path=("sens",)
        )
    if "sauf" in given and "seuls" in given:
        raise Invalid(
            "LIST_CHOICE",
            "Nommez les dossiers à prendre («\u00a0seuls\u00a0») ou ceux à écarter («\u00a0sauf\u00a0»),"
            " pas les deux.",
            path=("seuls",),
        )
    return ListAsked(
        criteria,
        sort_named(given.get("tri", "CODE")),
        WAYS[way],
        columns_named(given.get("colonnes", "").split(",")),
        _named(given, "sauf"),
        _named(given, "seuls") if "seuls" in given else None,
    )


def _named(given: QueryParams, key: str) -> tuple[UUID, ...]:
    """The dossiers that the address names under `key`."""
    ids = [one for one in given.get(key, "").split(",") if one]
    if len(ids) > MOST_NAMED:
        raise Invalid(
            "LIST_TOO_LONG",
            f"Pas plus de {MOST_NAMED} dossiers nommés à la fois\u00a0: précisez plutôt la recherche.",
            path=(key,),
        )
    return tuple(dossier_id(one) for one in ids)
