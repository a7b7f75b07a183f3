"""Searches that a person gave a name, to ask them again (manual §6.2); nobody else sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import orjson

from models import Conflict, Invalid, NotFound, execute, fetch
from resolvers.idempotency import once
from resolvers.people_entries import Text, checked_text
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authz import Viewer

NAME = Text("Nom de la recherche", 80, required=True)
MOST_SAVED = 100
LONGEST_CRITERIA = 8_000
_SELECT = "SELECT id, name, criteria, sort, descending, created_at FROM saved_search WHERE user_id = %s"
_SAVE = """
INSERT INTO saved_search (id, user_id, name, criteria, sort, descending, created_at)
VALUES (%s, %s, %s, %s::jsonb, %s, %s, now())
ON CONFLICT (user_id, name) DO UPDATE SET criteria = excluded.criteria, sort = excluded.sort,
  descending = excluded.descending, created_at = excluded.created_at WHERE %s
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class SavedSearchRow:
    """One search; `criteria` as the schema's input writes them."""

    id: UUID
    name: str
    criteria: Mapping[str, Any]
    sort: str
    descending: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Searched:
    """What is to be kept: the criteria as the schema writes them, and the order of the results."""

    criteria: Mapping[str, Any]
    sort: str
    descending: bool


async def saved_searches(viewer: Viewer) -> tuple[SavedSearchRow, ...]:
    """The viewer's own, by name. Raises Invalid PERSON_REQUIRED."""
    records = await fetch(_SELECT, [person_of(viewer)])
    rows = (SavedSearchRow(**record) for record in records)
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))


async def save(viewer: Viewer, name: str, searched: Searched, key: str, *, replace: bool) -> SavedSearchRow:
    """Keep a search; with `replace`, in the place of the one that has this name.

    Raises Invalid PERSON_REQUIRED, FIELD_REQUIRED and the like, CRITERIA_TOO_LONG; Conflict
    SAVED_SEARCH_NAMED, SAVED_SEARCHES_FULL.
    """
    owner, named = person_of(viewer), checked_text(name, NAME, ("name",))
    written = orjson.dumps(searched.criteria).decode()
    if len(written) > LONGEST_CRITERIA:
        raise Invalid(
            "CRITERIA_TOO_LONG",
            "Ces critères sont trop longs pour être gardés\u00a0: enregistrez une recherche plus courte.",
            path=("criteria",),
        )

    async def act() -> dict[str, Any]:
        # The account is held: two searches kept at once are counted one after the other.
        await fetch("SELECT FROM user_account WHERE id = %s FOR NO KEY UPDATE", [owner])
        values = [uuid4(), owner, named, written, searched.sort, searched.descending, replace]
        kept = await fetch(_SAVE, values)
        if not kept:
            raise _named(named)
        counted = await fetch("SELECT count(*) AS n FROM saved_search WHERE user_id = %s", [owner])
        if counted[0]["n"] > MOST_SAVED:
            raise Conflict(
                "SAVED_SEARCHES_FULL",
                f"Vous avez déjà {MOST_SAVED} recherches enregistrées\u00a0: supprimez-en une d’abord.",
                path=("name",),
            )
        return {"search": str(kept[0]["id"])}

    arguments = {
        "name": named,
        "criteria": written,
        "sort": searched.sort,
        "descending": searched.descending,
        "replace": replace,
    }
    done = await once(viewer, key, "save_search", arguments, act)
    return await read(viewer, UUID(done["search"]))


async def read(viewer: Viewer, search_id: UUID) -> SavedSearchRow:
    """One of the viewer's own. Raises NotFound SAVED_SEARCH_UNKNOWN."""
    for record in await fetch(f"{_SELECT} AND id = %s", [person_of(viewer), search_id]):
        return SavedSearchRow(**record)
    raise unknown()


async def delete(viewer: Viewer, search_id: UUID, key: str) -> bool:
    """Forget a search. Raises NotFound SAVED_SEARCH_UNKNOWN, Invalid PERSON_REQUIRED."""
    owner = person_of(viewer)

    async def act() -> dict[str, Any]:
        if not await execute("DELETE FROM saved_search WHERE user_id = %s AND id = %s", [owner, search_id]):
            raise unknown()
        return {"deleted": True}

    return bool((await once(viewer, key, "delete_search", {"search": search_id}, act))["deleted"])


def unknown() -> NotFound:
    """The same words whether it does not exist or is another's."""
    return NotFound(
        "SAVED_SEARCH_UNKNOWN", "Cette recherche n’existe plus\u00a0: rechargez la liste.", path=("id",)
    )


def _named(name: str) -> Conflict:
    return Conflict(
        "SAVED_SEARCH_NAMED",
        f"Vous avez déjà une recherche «\u00a0{name}\u00a0»\u00a0: remplacez-la, ou donnez un autre nom.",
        path=("name",),
    )
