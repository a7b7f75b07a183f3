"""Telling that a visa is waited for, to those who may answer it, and how a circuit ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right, holders, viewers_of_users
from authz.clock import day_of
from forms import Outcome, load_pack
from models import fetch, transaction
from resolvers import circuits, delegations, dossiers, notifications
from resolvers.events import Told
from resolvers.exchange_scope import as_read_by
from resolvers.notifications import About
from resolvers.packs import ensure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from authz import Authority
    from forms import Visa
    from resolvers.circuit_rows import CircuitRow
    from resolvers.rows import DossierRow


ENDED: Mapping[Outcome, Told] = {
    Outcome.APPROVED: Told.CIRCUIT_APPROVED,
    Outcome.REFUSED: Told.CIRCUIT_REFUSED,
    Outcome.RETURNED: Told.CIRCUIT_RETURNED,
}


async def tell_opened(authority: Authority, dossier: DossierRow) -> int:
    """Tell those of the visas waited for, of a dossier come to its step or taken back; how many they are."""
    row = await circuits.read_one(dossier)
    if row is None or row.suspended:
        return 0
    return await tell(authority, dossier, [one.visa for one in row.progress.waited_for])


async def tell_answered(authority: Authority, dossier: DossierRow, before: CircuitRow) -> None:
    """Tell what an answer has changed: the visas waited for that were not before, or that all is over."""
    row = await circuits.read_one(dossier)
    if row is None:
        return
    known = {one.visa.code for one in before.progress.waited_for}
    await tell(
        authority, dossier, [one.visa for one in row.progress.waited_for if one.visa.code not in known]
    )
    if row.outcome is not None:
        answered = {person.id for act in row.acts for person in (act.author, act.holder)}
        seeing = answered & holders(authority, Right.READ, dossier.target)
        told = seeing | notifications.contacts(authority, dossier, dossier.step)
        await notifications.tell(told, ENDED[row.outcome], About(dossier.id))


async def tell(authority: Authority, dossier: DossierRow, visas: Iterable[Visa]) -> int:
    """Tell the holders of the visas and their delegates who may know of them; how many people there are."""
    told: set[UUID] = set()
    seeing = holders(authority, Right.READ, dossier.target)
    for visa in visas:
        able = set(holders(authority, Right(visa.role), dossier.target))
        if visa.delegable:
            able |= await delegations.delegates_of(able, dossier)
        told |= await _knowing(authority, dossier, visa, able & seeing)
    return await notifications.tell(told, Told.VISA_WAITED_FOR, About(dossier.id))


async def _knowing(authority: Authority, dossier: DossierRow, visa: Visa, users: set[UUID]) -> set[UUID]:
    """Those to whom it would tell nothing of a tab that is closed to them."""
    if visa.condition is None:
        return users
    readers = await viewers_of_users(authority, users)
    return {user for user, one in readers.items() if not circuits.withheld(as_read_by(one, dossier), visa)}


async def tell_due(authority: Authority) -> int:
    """Tell of the ranks that opened because a deadline passed, each once; how many people were told.

    Nobody acts on such a day: whoever was told of a dossier before a rank opened is told again.
    """
    await authority.refresh()
    packs = [record["pack"] for record in await fetch("SELECT DISTINCT pack FROM dossier")]
    await ensure(packs)
    places = [(key, int(circuit.step)) for key in packs for circuit in load_pack(key).circuits]
    rows = await dossiers.at_steps(places) if places else []
    found = await circuits.read_many(rows)
    last = await _last_told([one.id for one in rows])
    told = 0
    for one in rows:
        visas = [] if found[one.id].suspended else _since(found[one.id], last.get(one.id))
        if visas:
            async with transaction():
                told += await tell(authority, one, visas)
    return told


def _since(row: CircuitRow, last: date | None) -> list[Visa]:
    """The visas waited for whose rank opened after a day."""
    waited = row.progress.waited_for
    return [one.visa for one in waited if last is None or (one.opened is not None and one.opened > last)]


async def _last_told(dossier_ids: list[UUID]) -> dict[UUID, date]:
    records = await fetch(
        "SELECT dossier_id, max(at) AS at FROM notification WHERE event = %s AND dossier_id = ANY(%s) "
        "GROUP BY dossier_id",
        [Told.VISA_WAITED_FOR.value, dossier_ids],
    )
    return {record["dossier_id"]: day_of(record["at"]) for record in records}
