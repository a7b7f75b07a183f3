"""Handing a dossier back to its organism in review, for it to correct, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Viewer, require
from forms import Step
from models import Conflict, HandBack, execute, fetch, transaction
from resolvers import dossiers, idempotency, journal, notifications, visa_notices
from resolvers.crossing import step_conflict
from resolvers.due_days import check_due
from resolvers.events import Kind, Told
from resolvers.hand import handed_back
from resolvers.life_rows import HandBackRow
from resolvers.person import person_of
from resolvers.reasons import LONG, checked_reason
from resolvers.reopening_requests import hears

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from resolvers.rows import DossierRow

_OF = """
SELECT h.dossier_id, h.reason, h.due_on, h.handed_at, h.taken_at, h.taken_reason,
       a.first_name || ' ' || a.last_name AS handed_by, b.first_name || ' ' || b.last_name AS taken_by
FROM hand_back h JOIN user_account a ON a.id = h.handed_by_id
LEFT JOIN user_account b ON b.id = h.taken_by_id
WHERE h.dossier_id = ANY(%s) ORDER BY h.id DESC
"""


async def hand_back(
    viewer: Viewer, dossier_id: UUID, reason: str, due_on: date | None, key: str
) -> DossierRow:
    """Let the organism correct its dossier, until it is taken back; the dossier as it then stands.

    Raises NotFound, Refused, Conflict STEP_CONFLICT or HANDED_BACK, Invalid REASON_MISSING,
    REASON_TOO_LONG, DUE_DATE_PAST, PERSON_REQUIRED.
    """
    async with transaction():
        asked = {"dossier": dossier_id, "reason": reason, "due_on": due_on}
        if await idempotency.claim(viewer, key, "hand_back", asked) is None:
            dossier, person = await _held(viewer, dossier_id)
            if dossier.handed_back_at is not None:
                raise handed_back()
            at, said = datetime.now(UTC), checked_reason(reason, required=True, most=LONG)
            check_due(due_on)
            await HandBack.create(
                dossier_id=dossier.id, reason=said, due_on=due_on, handed_at=at, handed_by_id=person
            )
            await _turn(viewer, dossier, at, Kind.HANDED_BACK, Told.HANDED_BACK)
        return await dossiers.read(viewer, dossier_id)


async def take_back(viewer: Viewer, dossier_id: UUID, reason: str, key: str) -> DossierRow:
    """End the organism's corrections; the dossier as it then stands. The reason may be left out.

    Raises NotFound, Refused, Conflict STEP_CONFLICT or NOT_HANDED_BACK, Invalid REASON_TOO_LONG,
    PERSON_REQUIRED.
    """
    async with transaction():
        asked = {"dossier": dossier_id, "reason": reason}
        if await idempotency.claim(viewer, key, "take_back", asked) is None:
            dossier, person = await _held(viewer, dossier_id)
            if dossier.handed_back_at is None:
                raise Conflict(
                    "NOT_HANDED_BACK",
                    "Ce dossier n’est pas remis à l’organisme : il n’y a rien à reprendre. Rechargez-le.",
                )
            said = checked_reason(reason, required=False, most=LONG)
            await execute(
                "UPDATE hand_back SET taken_at = now(), taken_by_id = %s, taken_reason = %s "
                "WHERE dossier_id = %s AND taken_at IS NULL",
                [person, said, dossier.id],
            )
            await _turn(viewer, dossier, None, Kind.TAKEN_BACK, Told.TAKEN_BACK)
            await visa_notices.tell_opened(viewer.authority, replace(dossier, handed_back_at=None))
        return await dossiers.read(viewer, dossier_id)


async def _held(viewer: Viewer, dossier_id: UUID) -> tuple[DossierRow, UUID]:
    """The dossier, locked, in review, and the person who may hand it back and take it back."""
    dossier = await dossiers.read(viewer, dossier_id, lock=True)
    require(viewer, Right.HAND_BACK, dossier.target)
    if dossier.step is not Step.REVIEW:
        raise step_conflict(dossier)
    return dossier, person_of(viewer)


async def _turn(viewer: Viewer, dossier: DossierRow, at: datetime | None, kind: Kind, told: Told) -> None:
    """Give the pen to the other side, in the journal too, and tell the contacts."""
    await execute("UPDATE dossier SET handed_back_at = %s WHERE id = %s", [at, dossier.id])
    await journal.record(viewer, kind, dossier)
    await notifications.announce(viewer.authority, dossier, told, Step.REVIEW)


async def hand_backs_many(viewer: Viewer, asked: Sequence[DossierRow]) -> dict[UUID, tuple[HandBackRow, ...]]:
    """The hand-backs of several dossiers, the latest first, by dossier; none for who may not hear of them."""
    found: dict[UUID, tuple[HandBackRow, ...]] = {dossier.id: () for dossier in asked}
    wanted = [dossier.id for dossier in asked if hears(viewer, dossier, Step.REVIEW)]
    for record in await fetch(_OF, [wanted]) if wanted else []:
        found[record.pop("dossier_id")] += (_row(record),)
    return found


def _row(record: dict[str, Any]) -> HandBackRow:
    return HandBackRow(**record)
