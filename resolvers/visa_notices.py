"""Telling that a visa is waited for: when its rank opens, to those who may answer it and see the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right, holders
from resolvers import circuits, delegations, notifications
from resolvers.events import Told
from resolvers.notifications import About

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from authz import Authority
    from forms import Visa
    from resolvers.circuit_rows import CircuitRow
    from resolvers.rows import DossierRow


async def tell_opened(authority: Authority, dossier: DossierRow, before: CircuitRow | None = None) -> int:
    """Tell those of the visas waited for now that were not before; how many people there are.

    `before`: where the circuit stood; None when the dossier has just come to its step, or been taken back.
    """
    row = await circuits.read_one(dossier)
    if row is None or row.suspended:
        return 0
    known = set() if before is None else {one.visa.code for one in before.progress.waited_for}
    opened = [one.visa for one in row.progress.waited_for if one.visa.code not in known]
    return await tell(authority, dossier, opened)


async def tell(authority: Authority, dossier: DossierRow, visas: Iterable[Visa]) -> int:
    """Tell the holders of the visas and their delegates; how many people there are."""
    told: set[UUID] = set()
    for visa in visas:
        able = holders(authority, Right(visa.role), dossier.target)
        told |= able
        if visa.delegable:
            told |= await delegations.delegates_of(able, dossier)
    seeing = told & holders(authority, Right.READ, dossier.target) if told else told
    return await notifications.tell(seeing, Told.VISA_WAITED_FOR, About(dossier.id))
