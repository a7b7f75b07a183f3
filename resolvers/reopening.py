"""Asking for a dossier to come back to step 4, and answering (manual §8.6)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from authz import Right, Viewer, require
from forms import Move, Step
from models import Conflict, ReopeningRequest, transaction
from resolvers import dossiers, idempotency, journal, notifications, reopening_requests
from resolvers.crossing import cross, prepare, step_conflict
from resolvers.events import Kind, Told
from resolvers.guards import Proof
from resolvers.person import person_of
from resolvers.reasons import LONG, checked_reason

if TYPE_CHECKING:
    from resolvers.life_rows import ReopeningRow
    from resolvers.rows import DossierRow

ACCEPTED: Final = "Demande de retour acceptée"


async def ask(viewer: Viewer, dossier_id: UUID, reason: str, key: str) -> DossierRow:
    """Ask for a finalised or closed dossier to come back to review; its platform is told.

    Raises NotFound, Refused, Conflict STEP_CONFLICT or REOPENING_OPEN, Invalid REASON_MISSING,
    REASON_TOO_LONG, PERSON_REQUIRED.
    """
    async with transaction():
        asked = {"dossier": dossier_id, "reason": reason}
        if await idempotency.claim(viewer, key, "ask_reopening", asked) is None:
            dossier = await dossiers.read(viewer, dossier_id, lock=True)
            require(viewer, Right.ASK_REOPENING, dossier.target)
            _reopening_move(dossier)
            await _require_none(dossier)
            await _keep(viewer, dossier, checked_reason(reason, required=True, most=LONG))
        return await dossiers.read(viewer, dossier_id)


async def answer(viewer: Viewer, request_id: UUID, text: str, key: str, *, accepted: bool) -> DossierRow:
    """Accept a request, which brings the dossier back to review at once, or refuse it with a reason.

    The asker and every privileged contact are told. Raises NotFound, Refused, Conflict STEP_CONFLICT or
    REOPENING_ANSWERED, Invalid REASON_MISSING, REASON_TOO_LONG, PERSON_REQUIRED.
    """
    async with transaction():
        asked = {"request": request_id, "accepted": accepted, "answer": text}
        new = await idempotency.claim(viewer, key, "answer_reopening", asked) is None
        request = await reopening_requests.request_of(request_id)
        if request is None:
            raise dossiers.not_found()
        if new:
            dossier = await dossiers.read(viewer, request.dossier_id, lock=True)
            require(viewer, Right.REOPEN, dossier.target)
            person_of(viewer)
            await _require_open(dossier, request_id)
            if accepted:
                await _accept(viewer, dossier, text)
            else:
                await _refuse(viewer, dossier, request, text)
        return await dossiers.read(viewer, request.dossier_id)


def _reopening_move(dossier: DossierRow) -> Move:
    """The move that brings the dossier back to review. Raises Conflict STEP_CONFLICT."""
    moves = dossier.definition.cycle.moves_from(dossier.step)
    found = next((move for move in moves if move.target is Step.REVIEW and move.asks_reason), None)
    if found is None:
        raise step_conflict(dossier)
    return found


async def _require_none(dossier: DossierRow) -> None:
    if await reopening_requests.open_request(dossier) is not None:
        raise Conflict(
            "REOPENING_OPEN",
            "Un retour en étape 4 est déjà demandé pour ce dossier : attendez la réponse de la plateforme.",
        )


async def _require_open(dossier: DossierRow, request_id: UUID) -> None:
    """Read again now that the dossier is held: of two answers at once, one finds the other's."""
    waiting = await reopening_requests.open_request(dossier)
    if waiting is None or waiting.id != request_id:
        raise Conflict("REOPENING_ANSWERED", "Cette demande a déjà reçu sa réponse : rechargez le dossier.")


async def _keep(viewer: Viewer, dossier: DossierRow, reason: str) -> None:
    request = await ReopeningRequest.create(
        dossier_id=dossier.id,
        organization_id=viewer.organization_id,
        asked_by_id=person_of(viewer),
        asked_at=datetime.now(UTC),
        reason=reason,
    )
    await journal.record(viewer, Kind.REOPENING_ASKED, dossier, {"request": str(request.id)})
    await notifications.announce(viewer.authority, dossier, Told.REOPENING_ASKED, dossier.step)


async def _accept(viewer: Viewer, dossier: DossierRow, text: str) -> None:
    """The move itself settles the request, as it does when nobody answers it first.

    The text answers a request that not every reader may hear of: the passage, which they all see, keeps none.
    """
    said = checked_reason(text, required=False, path=("answer",))
    held, move = await prepare(viewer, dossier.id, _reopening_move(dossier).name)
    await cross(viewer, held, move, ACCEPTED, Proof(answer=said))


async def _refuse(viewer: Viewer, dossier: DossierRow, request: ReopeningRow, text: str) -> None:
    said = checked_reason(text, required=True, path=("answer",))
    await reopening_requests.settle(viewer, dossier, request, said, accepted=False)
    await reopening_requests.tell_answer(viewer, dossier, request, Told.REOPENING_REFUSED, dossier.step)
