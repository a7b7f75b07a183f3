"""Who follows a dossier at its platform: « chargé de mission » and « responsable d'affaire »."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, decide, require_on_form, viewer_of_user
from models import AssignmentRole, Invalid, fetch
from resolvers import journal
from resolvers.campaigning import chosen, require_managing
from resolvers.events import Kind
from resolvers.idempotency import once
from resolvers.person import PersonRow, person_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.rows import DossierRow

Followers = dict[AssignmentRole, PersonRow]
_NAME = "u.first_name || ' ' || u.last_name AS name"
_OF_OPERATOR = f"""
SELECT u.id, {_NAME} FROM user_account u JOIN organization g ON g.id = u.organization_id
WHERE g.kind = 'operator' AND g.platform_id = %s AND u.closed_at IS NULL
"""  # noqa: S608 - our own constant
_FOLLOWERS = f"""
SELECT a.dossier_id, a.role, u.id, {_NAME} FROM assignment a JOIN user_account u ON u.id = a.user_id
WHERE a.dossier_id = ANY(%s)
"""  # noqa: S608 - our own constant
# Both take the lines in one order, so that two people whose choices overlap never wait for each other.
_ASSIGN = """
INSERT INTO assignment (dossier_id, role, user_id, at, author_id)
SELECT id, %s, %s, now(), %s FROM unnest(%s::uuid[]) id ORDER BY id
ON CONFLICT (dossier_id, role) DO UPDATE SET user_id = excluded.user_id, at = excluded.at,
  author_id = excluded.author_id WHERE assignment.user_id <> excluded.user_id
RETURNING dossier_id
"""
_TAKE_OFF = """
WITH held AS MATERIALIZED (
    SELECT id FROM assignment WHERE role = %s AND dossier_id = ANY(%s) ORDER BY dossier_id FOR UPDATE
)
DELETE FROM assignment a USING held WHERE a.id = held.id RETURNING a.dossier_id
"""


async def assign(
    viewer: Viewer, dossier_ids: Sequence[UUID], role: AssignmentRole, user_id: UUID | None, key: str
) -> int:
    """Have an account follow the dossiers in that role, or nobody (None); how many that changed.

    Raises NotFound, Refused, Invalid DOSSIERS_COUNT, DOSSIERS_MIXED, FOLLOWER_INVALID, PERSON_REQUIRED.
    """
    author = person_of(viewer)

    async def act() -> dict[str, Any]:
        rows = await chosen(viewer, dossier_ids)
        require_managing(viewer, rows[0])
        if user_id is not None:
            await _check(viewer, rows, user_id)
        changed = await _write([one.id for one in rows], role, user_id, author)
        told = [(row, "") for row in rows if row.id in changed]
        await journal.record_many(viewer, Kind.ASSIGNED, told, {"role": role.value, "user": user_id})
        return {"changed": len(changed)}

    arguments = {"dossiers": list(dict.fromkeys(dossier_ids)), "role": role, "user": user_id}
    return int((await once(viewer, key, "assign", arguments, act))["changed"])


async def _write(ids: list[UUID], role: AssignmentRole, user_id: UUID | None, author: UUID) -> set[UUID]:
    """The dossiers whose follower is another than before."""
    if user_id is None:
        return {record["dossier_id"] for record in await fetch(_TAKE_OFF, [role.value, ids])}
    return {record["dossier_id"] for record in await fetch(_ASSIGN, [role.value, user_id, author, ids])}


async def _check(viewer: Viewer, rows: Sequence[DossierRow], user_id: UUID) -> None:
    """Whoever follows is of the platform's operator, and reads each of the dossiers where it stands."""
    if not await fetch(f"{_OF_OPERATOR} AND u.id = %s FOR SHARE OF u", [rows[0].platform, user_id]):
        raise Invalid(
            "FOLLOWER_INVALID",
            "Cette personne n’est pas un utilisateur en service de la plateforme : choisissez-en un autre.",
            path=("user",),
        )
    follower = await viewer_of_user(viewer.authority, user_id)
    closed = sum(not decide(follower, Right.READ, row.target).allowed for row in rows)
    if closed:
        raise Invalid(
            "FOLLOWER_INVALID",
            f"{follower.name} ne peut pas lire {closed} des dossiers choisis : "
            "donnez-lui ce droit d’abord, ou choisissez une autre personne.",
            path=("user",),
        )


async def followers(dossier_ids: Sequence[UUID]) -> dict[UUID, Followers]:
    """Who follows each of the dossiers, by role."""
    found: dict[UUID, Followers] = defaultdict(dict)
    for record in await fetch(_FOLLOWERS, [list(dossier_ids)]):
        found[record["dossier_id"]][AssignmentRole(record["role"])] = PersonRow(record["id"], record["name"])
    return found


async def assignable(viewer: Viewer, platform: str, form: str) -> list[PersonRow]:
    """The open accounts of the platform's operator, by name. Raises Refused."""
    require_on_form(viewer, Right.CAMPAIGN_MANAGE, platform, form)
    records = await fetch(f"{_OF_OPERATOR} ORDER BY u.last_name, u.first_name, u.id", [platform])
    return [PersonRow(record["id"], record["name"]) for record in records]
