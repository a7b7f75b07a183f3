"""Dossiers put into a work list and taken out of it: never more than the viewer may read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, scope
from models import Conflict, Invalid, execute, fetch
from resolvers import dossiers
from resolvers.campaigning import MOST_CHOSEN
from resolvers.finding_relation import found_ids
from resolvers.idempotency import once
from resolvers.person import person_of
from resolvers.work_list_rows import WorkListRow, counts, held, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.criteria import Criteria

MOST_ITEMS = 20_000
_INSERT = """
INSERT INTO work_list_item (work_list_id, dossier_id, author_id, added_at)
SELECT %s, id, %s, now() FROM unnest(%s::uuid[]) id ON CONFLICT (work_list_id, dossier_id) DO NOTHING
RETURNING dossier_id
"""


@dataclass(frozen=True, slots=True)
class ListChange:
    """What became of a work list: dossiers added, there already, not found, taken out."""

    row: WorkListRow
    added: int = 0
    already: int = 0
    refused: int = 0
    removed: int = 0


async def add(viewer: Viewer, list_id: UUID, dossier_ids: Sequence[UUID], key: str) -> ListChange:
    """Put dossiers in; those that the viewer may not read count as refused, like those that do not exist.

    Raises NotFound where he may read none of them, and WORK_LIST_UNKNOWN; Invalid DOSSIERS_COUNT,
    PERSON_REQUIRED; Conflict WORK_LIST_FULL.
    """
    person_of(viewer)
    wanted = checked(dossier_ids)

    async def act() -> dict[str, Any]:
        await held(viewer, list_id)
        readable = await _readable(viewer, wanted)
        if not readable:
            raise dossiers.not_found()
        added = await put(viewer, list_id, readable)
        return {
            "added": len(added),
            "already": len(readable) - len(added),
            "refused": len(wanted) - len(readable),
        }

    arguments = {"list": list_id, "dossiers": sorted(wanted)}
    done = await once(viewer, key, "add_to_work_list", arguments, act)
    return ListChange(await read(viewer, list_id), **done)


async def remove(viewer: Viewer, list_id: UUID, dossier_ids: Sequence[UUID] | None, key: str) -> ListChange:
    """Take dossiers out; None for all that the viewer may read there. What he may not read stays.

    Raises NotFound WORK_LIST_UNKNOWN, Invalid DOSSIERS_COUNT, PERSON_REQUIRED.
    """
    person_of(viewer)
    wanted = None if dossier_ids is None else checked(dossier_ids)

    async def act() -> dict[str, Any]:
        await held(viewer, list_id)
        readable = scope(viewer, Right.READ)
        named, values = ("", []) if wanted is None else ("AND d.id = ANY(%s::uuid[])", [_text(wanted)])
        removed = await execute(
            "DELETE FROM work_list_item i USING dossier d "  # noqa: S608 - values apart
            f"WHERE d.id = i.dossier_id AND i.work_list_id = %s AND ({readable.sql}) {named}",
            [list_id, *readable.values, *values],
        )
        return {"removed": removed}

    arguments = {"list": list_id, "dossiers": None if wanted is None else sorted(wanted)}
    done = await once(viewer, key, "remove_from_work_list", arguments, act)
    return ListChange(await read(viewer, list_id), **done)


async def add_found(
    viewer: Viewer, list_id: UUID, criteria: Criteria, without: Sequence[UUID], key: str
) -> ListChange:
    """Put in all that a search finds, but the dossiers left out of it.

    Raises NotFound WORK_LIST_UNKNOWN; Conflict WORK_LIST_FULL; Invalid DOSSIERS_COUNT where too many are left
    out, PERSON_REQUIRED and as the search.
    """
    person_of(viewer)
    left_out = sorted(checked(without)) if without else []

    async def act() -> dict[str, Any]:
        await held(viewer, list_id)
        found = await found_ids(viewer, criteria, without=left_out, most=MOST_ITEMS + 1)
        if len(found) > MOST_ITEMS:
            raise full()
        added = await put(viewer, list_id, found)
        return {"added": len(added), "already": len(found) - len(added)}

    arguments = {"list": list_id, "criteria": asdict(criteria), "without": left_out}
    done = await once(viewer, key, "add_found_to_work_list", arguments, act)
    return ListChange(await read(viewer, list_id), **done)


async def put(viewer: Viewer, list_id: UUID, readable: Iterable[UUID]) -> set[UUID]:
    """Write dossiers that the viewer may read into a list that is held; those that were not there yet.

    Only what he may read counts against the limit: a full list would tell him of what he does not see.
    Raises Conflict WORK_LIST_FULL.
    """
    written = await fetch(_INSERT, [list_id, person_of(viewer), _text(readable)])
    if (await counts(viewer, [list_id])).get(list_id, 0) > MOST_ITEMS:
        raise full()
    return {record["dossier_id"] for record in written}


def full() -> Conflict:
    """More than a list holds: nothing was added."""
    return Conflict(
        "WORK_LIST_FULL",
        "Une liste de travail compte 20\u202f000 dossiers au plus\u00a0: retirez-en, ou précisez votre choix."
        " Rien n’a été ajouté.",
        path=("list",),
    )


def checked(dossier_ids: Sequence[UUID]) -> list[UUID]:
    """The dossiers chosen, each once. Raises Invalid DOSSIERS_COUNT."""
    wanted = list(dict.fromkeys(dossier_ids))
    if not 1 <= len(wanted) <= MOST_CHOSEN:
        raise Invalid(
            "DOSSIERS_COUNT", "Choisissez de 1 à 2\u202f000 dossiers à la fois.", path=("dossiers",)
        )
    return wanted


async def _readable(viewer: Viewer, wanted: Iterable[UUID]) -> list[UUID]:
    readable = scope(viewer, Right.READ)
    records = await fetch(
        f"SELECT d.id FROM dossier d WHERE d.id = ANY(%s::uuid[]) AND ({readable.sql})",  # noqa: S608 - values apart
        [_text(wanted), *readable.values],
    )
    return [record["id"] for record in records]


def _text(ids: Iterable[UUID]) -> str:
    """As one text: a list of thousands of identifiers would be written anew for each query."""
    return "{" + ",".join(map(str, ids)) + "}"
