"""Crossing a step: once, in order, by those who may, with every guard of the move held."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from forms import TRANSMIT, TRANSMITTING
from models import Invalid, transaction
from resolvers import dossiers, idempotency
from resolvers.crossing import cross, prepare
from resolvers.guards import Proof
from resolvers.sign_in import confirm_password

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.life_rows import ContactRow
    from resolvers.rows import DossierRow


async def advance(  # noqa: PLR0913 - what a move may bring, each by its name
    viewer: Viewer,
    dossier_id: UUID,
    move: str,
    reason: str | None,
    key: str,
    *,
    contacts: Sequence[ContactRow] = (),
) -> DossierRow:
    """Make a move of the cycle other than the transmission; the dossier as it then stands.

    `contacts`: whom to call, confirmed by a move that asks for it. Raises NotFound, Refused, Conflict
    STEP_CONFLICT or HANDED_BACK, Invalid MOVE_UNKNOWN, REASON_MISSING, CONTACTS_MISSING….
    """
    asked = {"dossier": dossier_id, "move": move, "reason": reason, "contacts": list(contacts)}
    async with transaction():
        if await idempotency.claim(viewer, key, "advance", asked) is None:
            dossier, found = await prepare(viewer, dossier_id, move)
            if (found.source, found.target) == TRANSMITTING:
                raise Invalid(
                    "TRANSMISSION_REQUIRED",
                    "La transmission demande vos engagements et votre mot de passe : "
                    "utilisez « Transmettre ».",
                    path=("move",),
                )
            await cross(viewer, dossier, found, reason, Proof(contacts=tuple(contacts)))
        return await dossiers.read(viewer, dossier_id)


async def transmit(  # noqa: PLR0913 - what a transmission commits to, each by its name
    viewer: Viewer,
    dossier_id: UUID,
    accepted: Sequence[bool],
    password: str,
    key: str,
    *,
    contacts: Sequence[ContactRow] = (),
) -> DossierRow:
    """Transmit the dossier, once (manual §2.1.3): commitments accepted, password typed again.

    `contacts`: whom to call, confirmed again where the form asks for it (§1.1.9). Raises as `advance`
    does, and Invalid COMMITMENTS_MISSING or WRONG_PASSWORD, MAJOR_UNJUSTIFIED.
    """
    await confirm_password(viewer, password)
    async with transaction():
        await viewer.authority.refresh()  # a right lost while the caller typed is lost
        asked = {"dossier": dossier_id, "accepted": list(accepted), "contacts": list(contacts)}
        if await idempotency.claim(viewer, key, "transmit", asked) is None:
            dossier, move = await prepare(viewer, dossier_id, TRANSMIT)
            await cross(
                viewer,
                dossier,
                move,
                None,
                Proof(tuple(accepted), password_confirmed=True, contacts=tuple(contacts)),
            )
        return await dossiers.read(viewer, dossier_id)
