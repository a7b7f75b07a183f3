"""Where a dossier is within its step, as those who follow it say: it opens and forbids nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from authz import Right, Viewer, require
from forms import Substep
from models import Invalid, execute, transaction
from resolvers import dossiers, idempotency, journal
from resolvers.events import Kind

if TYPE_CHECKING:
    from resolvers.rows import DossierRow


def substep_of(dossier: DossierRow) -> Substep | None:
    """The substep at which a dossier stands; None for none, or one that its form no longer has."""
    found = dossier.definition.cycle.substeps_of(dossier.step)
    return next((substep for substep in found if substep.code == dossier.substep), None)


async def set_substep(viewer: Viewer, dossier_id: UUID, code: str, key: str) -> DossierRow:
    """Say at which substep of its step a dossier is, "" for none; the dossier as it then stands.

    Raises NotFound, Refused, Invalid SUBSTEP_UNKNOWN.
    """
    async with transaction():
        asked = {"dossier": dossier_id, "substep": code}
        if await idempotency.claim(viewer, key, "substep", asked) is None:
            dossier = await dossiers.read(viewer, dossier_id, lock=True)
            require(viewer, Right.HAND_BACK, dossier.target)
            _check(dossier, code)
            if code != dossier.substep:
                await execute("UPDATE dossier SET substep = %s WHERE id = %s", [code, dossier.id])
                await journal.record(viewer, Kind.SUBSTEP_SET, dossier, {"substep": code})
        return await dossiers.read(viewer, dossier_id)


def _check(dossier: DossierRow, code: str) -> None:
    known = {substep.code for substep in dossier.definition.cycle.substeps_of(dossier.step)}
    if code and code not in known:
        raise Invalid(
            "SUBSTEP_UNKNOWN",
            "Cette sous-étape n’est pas de l’étape où se trouve le dossier : rechargez-le.",
            path=("substep",),
        )
