"""Making, naming, sharing, sorting and throwing away work lists (manual §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from models import Conflict, Invalid, Refused, execute, fetch
from resolvers.idempotency import once
from resolvers.people_entries import Text, checked_text
from resolvers.person import person_of
from resolvers.work_list_rows import WorkListRow, held, read

if TYPE_CHECKING:
    from authz import Viewer

NAME = Text("Nom de la liste", 80, required=True)
MOST_LISTS = 50
_CREATE = """
INSERT INTO work_list (id, organization_id, owner_id, name, shared, sort, descending, created_at)
VALUES (%s, %s, %s, %s, %s, 'code', FALSE, now()) ON CONFLICT (owner_id, name) DO NOTHING
"""
# Who changes what its owner has left behind takes it over: a list that is shared no more stays somebody's.
_UPDATE = """
UPDATE work_list w SET name = %s, shared = %s, owner_id = %s
WHERE w.id = %s AND NOT EXISTS (
    SELECT 1 FROM work_list o WHERE o.owner_id = %s AND o.name = %s AND o.id <> w.id
)
"""


async def create(viewer: Viewer, name: str, key: str, *, shared: bool) -> WorkListRow:
    """A new list of the viewer's, empty.

    Raises Invalid PERSON_REQUIRED, FIELD_REQUIRED and the like, Conflict WORK_LIST_NAMED, WORK_LISTS_FULL.
    """
    owner, named = person_of(viewer), checked_text(name, NAME, ("name",))

    async def act() -> dict[str, Any]:
        made = uuid4()
        await _in_turn(owner)
        if not await execute(_CREATE, [made, viewer.organization_id, owner, named, shared]):
            raise _named(named)
        counted = await fetch(
            "SELECT count(*) AS n FROM work_list WHERE owner_id = %s AND name <> ''", [owner]
        )
        if counted[0]["n"] > MOST_LISTS:
            raise Conflict(
                "WORK_LISTS_FULL",
                f"Vous avez déjà {MOST_LISTS} listes de travail\u00a0: supprimez-en une d’abord.",
                path=("name",),
            )
        return {"list": str(made)}

    done = await once(viewer, key, "create_work_list", {"name": named, "shared": shared}, act)
    return await read(viewer, UUID(done["list"]))


async def update(viewer: Viewer, list_id: UUID, name: str, key: str, *, shared: bool) -> WorkListRow:
    """Another name, shared with one's organization or no more.

    Raises as `create`, NotFound WORK_LIST_UNKNOWN, Refused WORK_LIST_OF_ANOTHER, Invalid WORK_LIST_DEFAULT.
    """
    owner, named = person_of(viewer), checked_text(name, NAME, ("name",))

    async def act() -> dict[str, Any]:
        _require_managed(await held(viewer, list_id))
        await _in_turn(owner)
        if not await execute(_UPDATE, [named, shared, owner, list_id, owner, named]):
            raise _named(named)
        return {"list": str(list_id)}

    arguments = {"list": list_id, "name": named, "shared": shared}
    await once(viewer, key, "update_work_list", arguments, act)
    return await read(viewer, list_id)


async def delete(viewer: Viewer, list_id: UUID, key: str) -> bool:
    """Throw a list away; its dossiers stay as they are. Raises as `update`."""
    person_of(viewer)

    async def act() -> dict[str, Any]:
        _require_managed(await held(viewer, list_id))
        await execute("DELETE FROM work_list_item WHERE work_list_id = %s", [list_id])
        await execute("DELETE FROM work_list WHERE id = %s", [list_id])
        return {"deleted": True}

    return bool((await once(viewer, key, "delete_work_list", {"list": list_id}, act))["deleted"])


async def set_sort(viewer: Viewer, list_id: UUID, sort: str, key: str, *, descending: bool) -> WorkListRow:
    """Keep the sort of its columns, for all who see it. Raises NotFound WORK_LIST_UNKNOWN."""
    person_of(viewer)

    async def act() -> dict[str, Any]:
        await held(viewer, list_id)
        await execute(
            "UPDATE work_list SET sort = %s, descending = %s WHERE id = %s", [sort, descending, list_id]
        )
        return {"list": str(list_id)}

    arguments = {"list": list_id, "sort": sort, "descending": descending}
    await once(viewer, key, "sort_work_list", arguments, act)
    return await read(viewer, list_id)


async def _in_turn(owner: UUID) -> None:
    """Hold his account until the transaction ends: lists that he names at once are compared in turn."""
    await fetch("SELECT FROM user_account WHERE id = %s FOR NO KEY UPDATE", [owner])


def _require_managed(row: WorkListRow) -> None:
    if row.is_default:
        raise Invalid(
            "WORK_LIST_DEFAULT",
            "Votre liste de travail habituelle garde son nom et reste à vous seul\u00a0: créez-en une autre.",
            path=("list",),
        )
    if not row.managed:
        raise Refused(
            "WORK_LIST_OF_ANOTHER",
            f"Seule la personne qui a créé cette liste peut faire cela\u00a0: demandez-le à {row.owner}.",
            path=("list",),
        )


def _named(name: str) -> Conflict:
    return Conflict(
        "WORK_LIST_NAMED",
        f"Vous avez déjà une liste «\u00a0{name}\u00a0»\u00a0: donnez un autre nom.",
        path=("name",),
    )
