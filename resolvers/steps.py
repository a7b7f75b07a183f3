"""Crossing a step: once, in order, by those who may, with every guard of the move held."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Right, Viewer, require
from forms import Move, Step
from models import (
    Conflict,
    Crossing,
    Invalid,
    NotFound,
    SnapshotState,
    Transmission,
    execute,
    transaction,
)
from resolvers import dossiers, idempotency, journal, notifications, snapshots
from resolvers.events import Kind, Told
from resolvers.guards import Proof, hold_guards
from resolvers.sign_in import confirm_password

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.rows import DossierRow, VerificationRow

LONGEST_REASON = 500


async def advance(viewer: Viewer, dossier_id: UUID, move: str, reason: str | None, key: str) -> DossierRow:
    """Make a move of the cycle other than the transmission; the dossier as it then stands.

    Raises NotFound, Refused, Conflict STEP_CONFLICT, Invalid MOVE_UNKNOWN, BLOCKING_ANOMALIES….
    """
    async with transaction():
        done = await idempotency.claim(viewer, key, "advance", {"dossier": dossier_id, "move": move})
        if done is None:
            dossier, found = await _prepare(viewer, dossier_id, move)
            if found.target is Step.REVIEW and found.source is Step.HIERARCHICAL_VALIDATION:
                raise Invalid(
                    "TRANSMISSION_REQUIRED",
                    "La transmission demande vos engagements et votre mot de passe : "
                    "utilisez « Transmettre ».",
                    path=("move",),
                )
            result = await hold_guards(dossier, found, Proof())
            await _cross(viewer, dossier, found, (reason or "").strip()[:LONGEST_REASON])
            if (found.source, found.target) == (Step.REVIEW, Step.FINALISATION):
                await snapshots.keep(dossier, SnapshotState.FINALISED, datetime.now(UTC), result.data_hash)
        return await dossiers.read(viewer, dossier_id)


async def transmit(
    viewer: Viewer, dossier_id: UUID, accepted: Sequence[bool], password: str, key: str
) -> DossierRow:
    """Transmit the dossier, once (manual §2.1.3): commitments accepted, password typed again.

    Raises as `advance` does, and Invalid COMMITMENTS_MISSING or WRONG_PASSWORD, MAJOR_UNJUSTIFIED.
    """
    await confirm_password(viewer, password)
    async with transaction():
        await viewer.authority.refresh()  # a right lost while the caller typed is lost
        done = await idempotency.claim(viewer, key, "transmit", {"dossier": dossier_id})
        if done is None:
            dossier, move = await _prepare(viewer, dossier_id, "transmit")
            proof = Proof(tuple(accepted), password_confirmed=True)
            verification = await hold_guards(dossier, move, proof)
            await _cross(viewer, dossier, move, "")
            await _commit_declarant(viewer, dossier, verification)
            await notifications.announce(viewer.authority, dossier, Told.TRANSMITTED, Step.REVIEW)
        return await dossiers.read(viewer, dossier_id)


async def _prepare(viewer: Viewer, dossier_id: UUID, name: str) -> tuple[DossierRow, Move]:
    """The dossier, locked, and the move, if it leaves its current step and the viewer may make it."""
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


async def _cross(viewer: Viewer, dossier: DossierRow, move: Move, reason: str) -> None:
    """Compare and swap: of two sessions that cross at once, one finds the step already left."""
    at = datetime.now(UTC)
    crossed = await execute(
        "UPDATE dossier SET step = %s, step_since = %s, passes = passes + 1 "
        "WHERE id = %s AND step = %s AND passes = %s",
        [int(move.target), at, dossier.id, int(move.source), dossier.passes],
    )
    if crossed != 1:
        raise step_conflict(dossier)
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


async def _commit_declarant(viewer: Viewer, dossier: DossierRow, verification: VerificationRow) -> None:
    at = datetime.now(UTC)
    await execute("UPDATE dossier SET transmitted_at = %s WHERE id = %s", [at, dossier.id])
    await Transmission.create(
        dossier_id=dossier.id,
        user_id=viewer.user_id,
        at=at,
        pack=dossier.pack,
        data_hash=verification.data_hash,
        commitments=list(dossier.definition.cycle.commitments),
    )
    await snapshots.keep(dossier, SnapshotState.TRANSMITTED, at, verification.data_hash)
