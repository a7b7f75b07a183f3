"""How a person likes his lists: their columns in order, and whether they are cut into pages (manual §6.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import orjson

from models import Invalid, execute, fetch
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer

MOST_COLUMNS: Final = 40
_COLUMN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_SAVE = """
INSERT INTO list_view (user_id, place, columns, paged) VALUES (%s, %s, %s::jsonb, %s)
ON CONFLICT (user_id, place) DO UPDATE SET columns = excluded.columns, paged = excluded.paged
"""


class ListPlace(StrEnum):
    """A list whose columns each person chooses."""

    RESULTS = "results"
    WORK_LIST = "work_list"


@dataclass(frozen=True, slots=True)
class ListViewRow:
    """`columns`: empty for those that the list shows to whoever has chosen none."""

    place: ListPlace
    columns: tuple[str, ...] = ()
    paged: bool = False


async def read(viewer: Viewer, place: ListPlace) -> ListViewRow:
    """How the viewer likes a list; as anyone finds it, if he has not said. Raises Invalid PERSON_REQUIRED."""
    query = "SELECT columns, paged FROM list_view WHERE user_id = %s AND place = %s"
    for record in await fetch(query, [person_of(viewer), place.value]):
        return ListViewRow(place, tuple(record["columns"]), record["paged"])
    return ListViewRow(place)


async def save(viewer: Viewer, place: ListPlace, columns: Sequence[str], *, paged: bool) -> ListViewRow:
    """Keep how the viewer likes a list; the same again changes nothing.

    Raises Invalid COLUMNS_INVALID, PERSON_REQUIRED.
    """
    owner = person_of(viewer)
    named = all(_COLUMN.fullmatch(column) for column in columns)
    if not named or len(columns) > MOST_COLUMNS or len(set(columns)) < len(columns):
        raise Invalid(
            "COLUMNS_INVALID",
            f"Choisissez {MOST_COLUMNS} colonnes au plus, chacune une seule fois.",
            path=("columns",),
        )
    await execute(_SAVE, [owner, place.value, orjson.dumps(list(columns)).decode(), paged])
    return ListViewRow(place, tuple(columns), paged)
