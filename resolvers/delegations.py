"""Delegations: who answers visas for whom, among the people of one organization, on which days.

A delegation gives no right: its holder has to have the right himself when his delegate answers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz.clock import today
from models import Conflict, Invalid, NotFound, execute, fetch, transaction
from resolvers import idempotency, journal
from resolvers.circuit_rows import DelegationRow
from resolvers.events import Kind
from resolvers.person import PersonRow, person_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from authz import Viewer
    from resolvers.rows import DossierRow

# A year and a day: longer, it is a right that is meant.
LONGEST = timedelta(days=366)
MOST = 50
MOST_COLLEAGUES = 50
_FROM = """
FROM delegation d JOIN user_account h ON h.id = d.holder_id JOIN user_account p ON p.id = d.delegate_id
"""
_SELECT = (
    """
SELECT d.id, d.platform, d.form, d.since, d.until, d.revoked_at,
       d.holder_id, h.first_name || ' ' || h.last_name AS holder,
       d.delegate_id, p.first_name || ' ' || p.last_name AS delegate
"""
    + _FROM
)
# Both still there, and still of one organization.
_IN_FORCE = (
    "d.revoked_at IS NULL AND d.since <= %s AND d.until >= %s "
    "AND h.closed_at IS NULL AND p.closed_at IS NULL AND h.organization_id = p.organization_id"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A delegation as it is asked for; `form` "" for every form of the platform."""

    delegate: UUID
    platform: str
    form: str
    since: date
    until: date


async def delegate(viewer: Viewer, asked: Asked, key: str) -> DelegationRow:
    """Let a colleague answer the viewer's visas for him.

    Raises Invalid PERSON_REQUIRED, DELEGATION_DATES, NotFound COLLEAGUE_UNKNOWN, DELEGATION_FORM_UNKNOWN,
    Conflict TOO_MANY_DELEGATIONS.
    """
    holder = person_of(viewer)
    said = asdict(asked)

    async def act() -> dict[str, Any]:
        await _check(viewer, asked)
        made = {"id": await _insert(holder, asked)}
        await journal.record(viewer, Kind.DELEGATION_CHANGED, asked.platform, said | made)
        return made

    return await _read(viewer, (await idempotency.once(viewer, key, "delegate", said, act))["id"])


async def _check(viewer: Viewer, asked: Asked) -> None:
    day = today().date
    if not (asked.since <= asked.until and day <= asked.until and asked.until - asked.since <= LONGEST):
        raise Invalid(
            "DELEGATION_DATES",
            "Une délégation finit après avoir commencé, pas avant aujourd’hui, et dure un an au plus : "
            "corrigez ses dates.",
            path=("until",),
        )
    if asked.delegate not in {one.id for one in await colleagues(viewer, only=asked.delegate)}:
        raise colleague_unknown()
    known = "SELECT 1 FROM campaign WHERE platform_id = %s AND (%s = '' OR form = %s) LIMIT 1"
    if not await fetch(known, [asked.platform, asked.form, asked.form]):
        raise NotFound(
            "DELEGATION_FORM_UNKNOWN",
            "Ce formulaire n’est pas collecté par cette plateforme : choisissez dans la liste.",
            path=("form",),
        )
    given = [one for one in await of_person(viewer) if one.holder.id == viewer.user_id and one.until >= day]
    if len([one for one in given if one.revoked_at is None]) >= MOST:
        raise Conflict(
            "TOO_MANY_DELEGATIONS",
            f"Vous avez déjà {MOST} délégations en cours : retirez celles qui ne servent plus.",
        )


def colleague_unknown() -> NotFound:
    """The same words for a stranger's account and for none."""
    return NotFound(
        "COLLEAGUE_UNKNOWN",
        "Cette personne n’a pas de compte ouvert dans votre organisation : choisissez dans la liste.",
        path=("delegate",),
    )


async def _insert(holder: UUID, asked: Asked) -> int:
    records = await fetch(
        "INSERT INTO delegation (holder_id, delegate_id, platform, form, since, until, at) "
        "VALUES (%s, %s, %s, %s, %s, %s, now()) RETURNING id",
        [holder, asked.delegate, asked.platform, asked.form, asked.since, asked.until],
    )
    made: int = records[0]["id"]
    return made


async def revoke(viewer: Viewer, delegation: int, key: str) -> DelegationRow:
    """Take back a delegation that the viewer gave; one taken back stays so. Raises NotFound."""
    holder = person_of(viewer)
    async with transaction():
        if await idempotency.claim(viewer, key, "revoke_delegation", {"delegation": delegation}) is None:
            row = await _read(viewer, delegation)
            if row.holder.id != holder:
                raise not_found()
            taken = "UPDATE delegation SET revoked_at = now() WHERE id = %s AND revoked_at IS NULL"
            if await execute(taken, [delegation]):
                said = {"id": row.id, "delegate": row.delegate.id, "form": row.form, "revoked": True}
                await journal.record(viewer, Kind.DELEGATION_CHANGED, row.platform, said)
        return await _read(viewer, delegation)


def not_found() -> NotFound:
    """The same words for another's delegation and for none."""
    return NotFound(
        "DELEGATION_UNKNOWN",
        "Cette délégation n’existe pas ou n’est pas la vôtre : rechargez la liste.",
        path=("delegation",),
    )


async def _read(viewer: Viewer, delegation: int) -> DelegationRow:
    records = await fetch(
        f"{_SELECT} WHERE d.id = %s AND %s IN (d.holder_id, d.delegate_id)", [delegation, viewer.user_id]
    )
    if not records:
        raise not_found()
    return _row(records[0])


async def of_person(viewer: Viewer) -> tuple[DelegationRow, ...]:
    """The delegations that the viewer gave or holds, those that end last first; a machine has none."""
    records = await fetch(
        f"{_SELECT} WHERE %s::uuid IN (d.holder_id, d.delegate_id) ORDER BY d.until DESC, d.id DESC LIMIT %s",
        [viewer.user_id, 2 * MOST],
    )
    return tuple(_row(record) for record in records)


async def colleagues(viewer: Viewer, search: str = "", only: UUID | None = None) -> tuple[PersonRow, ...]:
    """The other people of the viewer's organization by name, those whose name has the text in it."""
    records = await fetch(
        "SELECT id, first_name || ' ' || last_name AS name FROM user_account WHERE organization_id = %s "
        "AND id <> %s AND closed_at IS NULL AND strpos(lower(first_name || ' ' || last_name), lower(%s)) > 0 "
        "AND (%s::uuid IS NULL OR id = %s) ORDER BY last_name, first_name, id LIMIT %s",
        [viewer.organization_id, person_of(viewer), search.strip(), only, only, MOST_COLLEAGUES],
    )
    return tuple(PersonRow(record["id"], record["name"]) for record in records)


async def held(viewer: Viewer, day: date | None = None) -> tuple[DelegationRow, ...]:
    """The delegations in force by which the viewer may answer for others."""
    if viewer.user_id is None:
        return ()
    on = day or today().date
    query = f"{_SELECT} WHERE d.delegate_id = %s AND {_IN_FORCE} ORDER BY holder, d.id"
    return tuple(_row(record) for record in await fetch(query, [viewer.user_id, on, on]))


async def delegates_of(holders: Collection[UUID], dossier: DossierRow) -> frozenset[UUID]:
    """Those who may answer today for some of the holders on a dossier."""
    day = today().date
    records = await fetch(
        f"SELECT d.delegate_id {_FROM} WHERE d.holder_id = ANY(%s) AND {_IN_FORCE} "
        "AND d.platform = %s AND d.form IN ('', %s)",
        [list(holders), day, day, dossier.platform, dossier.form],
    )
    return frozenset(record["delegate_id"] for record in records)


def covering(rows: Sequence[DelegationRow], dossier: DossierRow) -> dict[UUID, PersonRow]:
    """Those for whom the delegations let one answer on a dossier, by account."""
    return {
        one.holder.id: one.holder
        for one in rows
        if one.platform == dossier.platform and one.form in ("", dossier.form)
    }


def _row(record: dict[str, Any]) -> DelegationRow:
    return DelegationRow(
        id=record["id"],
        holder=PersonRow(record["holder_id"], record["holder"]),
        delegate=PersonRow(record["delegate_id"], record["delegate"]),
        platform=record["platform"],
        form=record["form"],
        since=record["since"],
        until=record["until"],
        revoked_at=record["revoked_at"],
    )
