"""The daily digest: one mail a person, made at seven in the morning in Paris, of what he chose to read so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz.clock import PARIS
from models import Notification, fetch, transaction
from models.jobs import SEND_DIGEST, defer_many
from resolvers.told_rights import ASKED, may_be_mailed

if TYPE_CHECKING:
    from authz import Authority

HOUR = time(7)
_TURN = "SELECT pg_advisory_xact_lock(hashtext('harmonia.digests'))"
# Taken by one digest for good before it is sent: whoever dies meanwhile leaves it to the same one. What is
# committed late waits for the next: a second mail of the day would have the first one's Message-ID.
_TAKE = """
UPDATE notification n SET digest_on = %s
WHERE n.delivery = 'digest' AND n.mailed_at IS NULL AND n.withheld_at IS NULL AND n.refused_at IS NULL
  AND n.digest_on IS NULL AND n.at < %s
  AND NOT EXISTS (SELECT 1 FROM notification o
                  WHERE o.user_id = n.user_id AND o.digest_on = %s AND o.delivery = 'digest')
RETURNING n.user_id
"""
_TAKEN = f"""
SELECT n.id, n.event, n.path, n.user_id, u.email, u.first_name, u.last_name,
       d.platform, d.form, d.year, d.step, o.siren, {ASKED}
FROM notification n JOIN user_account u ON u.id = n.user_id
LEFT JOIN dossier d ON d.id = n.dossier_id LEFT JOIN organism o ON o.id = d.organism_id
WHERE n.user_id = %s AND n.digest_on = %s AND n.delivery = 'digest' AND n.mailed_at IS NULL
  AND n.withheld_at IS NULL AND n.refused_at IS NULL AND u.closed_at IS NULL
ORDER BY n.at, n.id
"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class DigestTask:
    """One digest to send: to whom, of which day, and how many of each event; nothing of any dossier."""

    user_id: UUID
    day: date
    recipient: str
    name: str
    counts: tuple[tuple[str, int], ...]
    notifications: tuple[UUID, ...]


async def prepare(now: datetime) -> int:
    """Leave a job for each person whom a digest of what came before seven o'clock is due to; how many.

    Asked each hour: an hour missed is made up by the next, under the same day. Two workers at once prepare
    each once, for a notification is taken once.
    """
    local = now.astimezone(PARIS)
    day = local.date() if local.time() >= HOUR else local.date() - timedelta(days=1)
    until = datetime.combine(day, HOUR, PARIS).astimezone(UTC)
    async with transaction():
        await fetch(_TURN)
        people = {row["user_id"] for row in await fetch(_TAKE, [day, until, day])}
        await defer_many(
            SEND_DIGEST, [{"user": str(user), "day": day.isoformat()} for user in sorted(people)]
        )
    return len(people)


async def pending(authority: Authority, user_id: UUID, day: date) -> DigestTask | None:
    """The digest of a person and a day that was not sent yet; None when there is nothing (left) to send.

    Each right is asked again: what he may not see any more is neither counted nor ever sent.
    """
    records = await fetch(_TAKEN, [user_id, day])
    if not records:
        return None
    told = await may_be_mailed(authority, records)
    left = {record["id"] for record in records} - {record["id"] for record in told}
    await Notification.filter(id__in=left).update(withheld_at=datetime.now(UTC))
    return _task(told, user_id, day) if told else None


def _task(records: list[dict[str, Any]], user_id: UUID, day: date) -> DigestTask:
    first = records[0]
    return DigestTask(
        user_id=user_id,
        day=day,
        recipient=first["email"],
        name=f"{first['first_name']} {first['last_name']}",
        counts=tuple(Counter(record["event"] for record in records).items()),
        notifications=tuple(record["id"] for record in records),
    )


async def sent(task: DigestTask) -> None:
    """The peer accepted the digest: nothing of it is sent again."""
    await Notification.filter(id__in=task.notifications, mailed_at=None).update(mailed_at=datetime.now(UTC))


async def refused(task: DigestTask) -> None:
    """The peer will never take mails for this address: nothing of it is tried again."""
    await Notification.filter(id__in=task.notifications, mailed_at=None).update(refused_at=datetime.now(UTC))
