"""Work lists as their readers meet them: whose each is, and what of it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from authz import Right, scope
from models import NotFound, execute, fetch
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from authz import Viewer

# The default list is the same before and after it is written: nobody's question has to write it.
_DEFAULTS = UUID("5b0a1f6e-8f0e-4c53-9a3f-0d7c3a5b9e21")
_VISIBLE = "(w.owner_id = %s OR (w.shared AND w.organization_id = %s))"
_SELECT = f"""
SELECT w.id, w.name, w.shared, w.owner_id = %s AS mine, u.first_name || ' ' || u.last_name AS owner,
       u.closed_at IS NOT NULL AS owner_left, w.sort, w.descending, w.created_at
FROM work_list w JOIN user_account u ON u.id = w.owner_id WHERE {_VISIBLE}
"""  # noqa: S608 - our own constant
_WRITE_DEFAULT = """
INSERT INTO work_list (id, organization_id, owner_id, name, shared, sort, descending, created_at)
VALUES (%s, %s, %s, '', FALSE, 'code', FALSE, now()) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class WorkListRow:
    """One work list; `name` is "" in the one that each person has.

    `mine`: the viewer owns it; `owner_left`: its owner's account is closed. `created_at`: None for a
    default list in which nothing was ever put.
    """

    id: UUID
    name: str
    shared: bool
    mine: bool
    owner: str
    owner_left: bool
    sort: str
    descending: bool
    created_at: datetime | None

    @property
    def is_default(self) -> bool:
        """Whether it is the list that each person has without having asked for it."""
        return not self.name

    @property
    def managed(self) -> bool:
        """Whether the viewer may name, share and delete it: its owner, or anyone once its owner has left."""
        return self.mine or self.owner_left


def default_id(user_id: UUID) -> UUID:
    """The identifier of a person's default list."""
    return uuid5(_DEFAULTS, str(user_id))


async def every(viewer: Viewer) -> tuple[WorkListRow, ...]:
    """The viewer's default list, his others, then those that his organization shares; each part by name.

    Raises Invalid PERSON_REQUIRED.
    """
    own = default_id(person_of(viewer))
    found = [_row(record) for record in await fetch(_SELECT, _whose(viewer))]
    if own not in {row.id for row in found}:
        found.append(_unwritten(viewer, own))
    return tuple(
        sorted(found, key=lambda row: (not row.mine, not row.is_default, row.name.casefold(), row.id))
    )


async def read(viewer: Viewer, list_id: UUID) -> WorkListRow:
    """One that the viewer may see. Raises NotFound WORK_LIST_UNKNOWN, Invalid PERSON_REQUIRED."""
    own = default_id(person_of(viewer))
    for record in await fetch(f"{_SELECT} AND w.id = %s", [*_whose(viewer), list_id]):
        return _row(record)
    if list_id == own:
        return _unwritten(viewer, own)
    raise unknown()


async def held(viewer: Viewer, list_id: UUID) -> WorkListRow:
    """The same until the transaction ends, written if it was not: two who fill it at once take turns."""
    person = person_of(viewer)
    if list_id == default_id(person):
        await execute(_WRITE_DEFAULT, [list_id, viewer.organization_id, person])
    for record in await fetch(f"{_SELECT} AND w.id = %s FOR UPDATE OF w", [*_whose(viewer), list_id]):
        return _row(record)
    raise unknown()


async def counts(viewer: Viewer, list_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many dossiers of each list, which he may see, the viewer may read; a list without any is absent."""
    readable = scope(viewer, Right.READ)
    records = await fetch(
        "SELECT i.work_list_id AS id, count(*) AS n "  # noqa: S608 - values apart
        "FROM work_list_item i JOIN dossier d ON d.id = i.dossier_id "
        f"WHERE i.work_list_id = ANY(%s) AND ({readable.sql}) GROUP BY i.work_list_id",
        [list(list_ids), *readable.values],
    )
    return {record["id"]: record["n"] for record in records}


def unknown() -> NotFound:
    """The same words whether the list does not exist or is not the viewer's to know."""
    return NotFound(
        "WORK_LIST_UNKNOWN",
        "Cette liste de travail n’existe pas ou n’est plus partagée\u00a0: choisissez-en une autre.",
        path=("list",),
    )


def _whose(viewer: Viewer) -> list[Any]:
    return [viewer.user_id, viewer.user_id, viewer.organization_id]


def _row(record: Mapping[str, Any]) -> WorkListRow:
    return WorkListRow(**record)


def _unwritten(viewer: Viewer, own: UUID) -> WorkListRow:
    return WorkListRow(
        id=own,
        name="",
        shared=False,
        mine=True,
        owner=viewer.name,
        owner_left=False,
        sort="code",
        descending=False,
        created_at=None,
    )
