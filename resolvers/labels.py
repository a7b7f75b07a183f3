"""Words that an organization puts on dossiers for itself; no other organization knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from authz import Right, scope
from models import Conflict, LabelTone, NotFound, execute, fetch
from resolvers import dossiers
from resolvers.folding import fold
from resolvers.idempotency import once
from resolvers.people_entries import Text, checked_text
from resolvers.person import person_of
from resolvers.work_list_items import checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.rows import DossierRow

NAME = Text("Nom de l’étiquette", 40, required=True)
MOST_LABELS = 50
_SELECT = "SELECT id, name, tone FROM label WHERE organization_id = %s"
_CREATE = """
INSERT INTO label (id, organization_id, name, folded, tone, created_at)
VALUES (%s, %s, %s, %s, %s, now()) ON CONFLICT (organization_id, folded) DO NOTHING
"""
_UPDATE = """
UPDATE label l SET name = %s, folded = %s, tone = %s WHERE l.organization_id = %s AND l.id = %s
  AND NOT EXISTS (SELECT 1 FROM label o WHERE o.organization_id = %s AND o.folded = %s AND o.id <> l.id)
"""
_OF_DOSSIERS = """
SELECT p.dossier_id, l.id, l.name, l.tone FROM dossier_label p JOIN label l ON l.id = p.label_id
WHERE l.organization_id = %s AND p.dossier_id = ANY(%s) ORDER BY l.folded, l.id
"""
_PUT = """
INSERT INTO dossier_label (label_id, dossier_id, author_id, at)
SELECT label, dossier, %s, now() FROM unnest(%s::uuid[]) label, unnest(%s::uuid[]) dossier
ORDER BY label, dossier ON CONFLICT (label_id, dossier_id) DO NOTHING RETURNING dossier_id
"""
_TAKE_OFF = """
DELETE FROM dossier_label WHERE label_id = ANY(%s::uuid[]) AND dossier_id = ANY(%s::uuid[])
RETURNING dossier_id
"""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label of the viewer's organization."""

    id: UUID
    name: str
    tone: LabelTone


async def labels(viewer: Viewer) -> tuple[LabelRow, ...]:
    """Those of the viewer's organization, by name."""
    records = await fetch(f"{_SELECT} ORDER BY folded, id", [viewer.organization_id])
    return tuple(_row(record) for record in records)


async def of_many(viewer: Viewer, rows: Sequence[DossierRow]) -> dict[UUID, tuple[LabelRow, ...]]:
    """The labels that the viewer's organization put on each dossier; one without any is absent."""
    found: dict[UUID, tuple[LabelRow, ...]] = {}
    for record in await fetch(_OF_DOSSIERS, [viewer.organization_id, [row.id for row in rows]]):
        dossier = record.pop("dossier_id")
        found[dossier] = (*found.get(dossier, ()), _row(record))
    return found


async def create(viewer: Viewer, name: str, tone: LabelTone, key: str) -> LabelRow:
    """A new label of the viewer's organization.

    Raises Invalid PERSON_REQUIRED, FIELD_REQUIRED and the like; Conflict LABEL_NAMED, LABELS_FULL.
    """
    person_of(viewer)
    named, owner = checked_text(name, NAME, ("name",)), viewer.organization_id

    async def act() -> dict[str, Any]:
        made = uuid4()
        await _in_turn(owner)
        if not await execute(_CREATE, [made, owner, named, fold(named)[:60], tone.value]):
            raise _named(named)
        counted = await fetch("SELECT count(*) AS n FROM label WHERE organization_id = %s", [owner])
        if counted[0]["n"] > MOST_LABELS:
            raise Conflict(
                "LABELS_FULL",
                f"Votre organisation a déjà {MOST_LABELS} étiquettes\u00a0: supprimez-en une d’abord.",
                path=("name",),
            )
        return {"label": str(made)}

    done = await once(viewer, key, "create_label", {"name": named, "tone": tone}, act)
    return await read(viewer, UUID(done["label"]))


async def update(viewer: Viewer, label_id: UUID, name: str, tone: LabelTone, key: str) -> LabelRow:
    """Another name or colour, wherever the label is. Raises as `create`, NotFound LABEL_UNKNOWN."""
    person_of(viewer)
    named, owner = checked_text(name, NAME, ("name",)), viewer.organization_id

    async def act() -> dict[str, Any]:
        await _in_turn(owner)
        await read(viewer, label_id)
        folded = fold(named)[:60]
        if not await execute(_UPDATE, [named, folded, tone.value, owner, label_id, owner, folded]):
            raise _named(named)
        return {"label": str(label_id)}

    await once(viewer, key, "update_label", {"label": label_id, "name": named, "tone": tone}, act)
    return await read(viewer, label_id)


async def delete(viewer: Viewer, label_id: UUID, key: str) -> bool:
    """Take it off every dossier and forget it. Raises NotFound LABEL_UNKNOWN, Invalid PERSON_REQUIRED."""
    person_of(viewer)

    async def act() -> dict[str, Any]:
        await _in_turn(viewer.organization_id)
        await read(viewer, label_id)
        await execute("DELETE FROM dossier_label WHERE label_id = %s", [label_id])
        await execute("DELETE FROM label WHERE id = %s", [label_id])
        return {"deleted": True}

    return bool((await once(viewer, key, "delete_label", {"label": label_id}, act))["deleted"])


@dataclass(frozen=True, slots=True)
class Chosen:
    """Labels to put on and to take off."""

    add: Sequence[UUID]
    remove: Sequence[UUID]


async def put(viewer: Viewer, dossier_ids: Sequence[UUID], chosen: Chosen, key: str) -> int:
    """Put labels on dossiers and take others off, all or nothing; how many dossiers that changed.

    Raises NotFound, the same for a stranger's dossier and for none, and LABEL_UNKNOWN; Invalid
    DOSSIERS_COUNT, PERSON_REQUIRED.
    """
    author, wanted = person_of(viewer), sorted(checked(dossier_ids))
    add, remove = sorted(set(chosen.add)), sorted(set(chosen.remove) - set(chosen.add))

    async def act() -> dict[str, Any]:
        # One at a time in an organization: a label that is deleted meanwhile is put nowhere any more.
        await _in_turn(viewer.organization_id)
        await _check(viewer, wanted, {*add, *remove})
        changed = await fetch(_PUT, [author, add, wanted])
        changed += await fetch(_TAKE_OFF, [remove, wanted])
        return {"changed": len({record["dossier_id"] for record in changed})}

    arguments = {"dossiers": wanted, "add": add, "remove": remove}
    return int((await once(viewer, key, "set_labels", arguments, act))["changed"])


async def read(viewer: Viewer, label_id: UUID) -> LabelRow:
    """One of the viewer's organization. Raises NotFound LABEL_UNKNOWN."""
    for record in await fetch(f"{_SELECT} AND id = %s", [viewer.organization_id, label_id]):
        return _row(record)
    raise unknown()


async def _check(viewer: Viewer, wanted: Sequence[UUID], used: set[UUID]) -> None:
    readable = scope(viewer, Right.READ)
    seen = await fetch(
        f"SELECT d.id FROM dossier d WHERE d.id = ANY(%s) AND ({readable.sql})",  # noqa: S608 - values apart
        [list(wanted), *readable.values],
    )
    if len(seen) < len(wanted):
        raise dossiers.not_found()
    if not used <= {row.id for row in await labels(viewer)}:
        raise unknown()


async def _in_turn(organization_id: UUID) -> None:
    """Hold the organization until the transaction ends: its labels are compared and changed in turn."""
    await fetch("SELECT FROM organization WHERE id = %s FOR NO KEY UPDATE", [organization_id])


def unknown() -> NotFound:
    """The same words whether it does not exist or is another organization's."""
    return NotFound(
        "LABEL_UNKNOWN", "Cette étiquette n’existe plus\u00a0: rechargez la liste.", path=("label",)
    )


def _named(name: str) -> Conflict:
    return Conflict(
        "LABEL_NAMED",
        f"Votre organisation a déjà une étiquette «\u00a0{name}\u00a0»\u00a0: prenez-la, ou changez ce nom.",
        path=("name",),
    )


def _row(record: dict[str, Any]) -> LabelRow:
    return LabelRow(record["id"], record["name"], LabelTone(record["tone"]))
