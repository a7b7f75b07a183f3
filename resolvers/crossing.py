"""The one path by which a step is crossed: prepared, guards held, crossed once, values kept, contacts told.

Every caller (`steps`, `reopening`, what moves many at once) opens the transaction and claims its key first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from authz import Right, Viewer, require
from forms import TRANSMITTING, Move, Step
from models import Conflict, CopyKind, Crossing, NotFound, SnapshotState, Transmission, execute
from resolvers import (
    contacts,
    dossiers,
    journal,
    notifications,
    reopening_requests,
    sealed,
    snapshots,
    verification,
    visa_notices,
)
from resolvers.events import Kind, Told
from resolvers.guards import Proof, hold_guards
from resolvers.hand import handed_back
from resolvers.reasons import checked_reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolvers.rows import DossierRow, VerificationRow

# After which passages the values are kept: what next year reads, and what is sealed.
KEPT: Final[Mapping[tuple[Step, Step], SnapshotState]] = {
    TRANSMITTING: SnapshotState.TRANSMITTED,
    (Step.REVIEW, Step.FINALISATION): SnapshotState.FINALISED,
    (Step.FINALISATION, Step.CLOSURE): SnapshotState.CLOSED,
}
# Which of them are sealed as copies of the whole dossier (manual §3).
SEALED: Final[Mapping[SnapshotState, CopyKind]] = {
    SnapshotState.TRANSMITTED: CopyKind.TRANSMITTED,
    SnapshotState.CLOSED: CopyKind.CLOSED,
}


async def prepare(viewer: Viewer, dossier_id: UUID, name: str) -> tuple[DossierRow, Move]:
    """The dossier, locked, and the move, if it leaves its current step and the viewer may make it.

    Raises NotFound, MOVE_UNKNOWN, Conflict STEP_CONFLICT or HANDED_BACK, Refused.
    """
    dossier = await dossiers.read(viewer, dossier_id, lock=True)
    cycle = dossier.definition.cycle
    move = next((move for move in cycle.moves if move.name == name), None)
    if move is None:
        raise NotFound(
            "MOVE_UNKNOWN",
            f"Le passage « {name} » n’existe pas pour ce dossier : choisissez un passage de la liste.",
            path=("move",),
        )
    if move.source is not dossier.step:
        raise step_conflict(dossier)
    require(viewer, Right(move.right), dossier.target)
    if dossier.handed_back_at is not None:
        raise handed_back()
    return dossier, move


def step_conflict(dossier: DossierRow) -> Conflict:
    """The dossier is not where the caller believes: crossed meanwhile, or a step would be skipped."""
    label = next(step.label for step in dossier.definition.cycle.steps if step.step is dossier.step)
    return Conflict(
        "STEP_CONFLICT",
        f"Le dossier est à l’étape {int(dossier.step)} « {label} » : ce passage n’est pas possible "
        "depuis cette étape. Rechargez le dossier.",
        path=("move",),
        details={"step": dossier.step.name},
    )


async def cross(viewer: Viewer, dossier: DossierRow, move: Move, reason: str | None, proof: Proof) -> None:
    """Make a prepared move, whole, in the caller's transaction.

    Raises Invalid REASON_MISSING, REASON_TOO_LONG or what a guard refuses; Conflict STEP_CONFLICT.
    """
    said = checked_reason(reason, required=move.asks_reason)
    confirmed = contacts.checked(proof.contacts) if "contacts_confirmed" in move.guards else ()
    result = await hold_guards(dossier, move, proof)
    at = datetime.now(UTC)
    await _swap(dossier, move, at)
    await _note(viewer, dossier, move, at, said)
    if confirmed:
        await contacts.keep(viewer, dossier, confirmed)
    if state := KEPT.get((move.source, move.target)):
        await _keep(viewer, dossier, state, at, result or await verification.run(dossier))
    await _tell(viewer, dossier, move, proof.answer or said)
    there = replace(dossier, step=move.target, step_since=at, passes=dossier.passes + 1)
    await visa_notices.tell_opened(viewer.authority, there)


async def _swap(dossier: DossierRow, move: Move, at: datetime) -> None:
    """Compare and swap: of two sessions that cross at once, one finds the step already left."""
    crossed = await execute(
        "UPDATE dossier SET step = %s, step_since = %s, passes = passes + 1, substep = '' "
        "WHERE id = %s AND step = %s AND passes = %s AND handed_back_at IS NULL",
        [int(move.target), at, dossier.id, int(move.source), dossier.passes],
    )
    if crossed != 1:
        raise step_conflict(dossier)


async def _note(viewer: Viewer, dossier: DossierRow, move: Move, at: datetime, reason: str) -> None:
    await Crossing.create(
        dossier_id=dossier.id,
        passage=dossier.passes + 1,
        move=move.name,
        source=int(move.source),
        target=int(move.target),
        at=at,
        author_id=viewer.user_id,
        reason=reason,
    )
    moved = {"move": move.name, "source": int(move.source), "target": int(move.target)}
    await journal.record(viewer, Kind.STEP_CROSSED, dossier, {**moved, "passage": dossier.passes + 1})


async def _keep(
    viewer: Viewer, dossier: DossierRow, state: SnapshotState, at: datetime, result: VerificationRow
) -> None:
    """The values as they are at a move that counts, and what is sealed of them."""
    if state is SnapshotState.TRANSMITTED:
        await _commit_declarant(viewer, dossier, at, result.data_hash)
    kept = await snapshots.keep(dossier, state, at, result.data_hash)
    if kind := SEALED.get(state):
        await sealed.freeze(viewer, dossier, kind, kept, result)


async def _commit_declarant(viewer: Viewer, dossier: DossierRow, at: datetime, data_hash: str) -> None:
    await execute("UPDATE dossier SET transmitted_at = %s WHERE id = %s", [at, dossier.id])
    await Transmission.create(
        dossier_id=dossier.id,
        user_id=viewer.user_id,
        at=at,
        pack=dossier.pack,
        data_hash=data_hash,
        commitments=list(dossier.definition.cycle.commitments),
    )


async def _tell(viewer: Viewer, dossier: DossierRow, move: Move, answer: str) -> None:
    """Tell the contacts who see it where it now is; a request to reopen is thereby accepted (manual §8.6)."""
    if move.target is Step.REVIEW and move.asks_reason:
        request = await reopening_requests.open_request(dossier)
        if request is not None:
            await reopening_requests.settle(viewer, dossier, request, answer, accepted=True)
            await reopening_requests.tell_answer(
                viewer, dossier, request, Told.REOPENING_ACCEPTED, move.target
            )
            return
    if move.told:
        await notifications.announce(viewer.authority, dossier, Told(move.told), move.target)
