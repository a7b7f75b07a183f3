"""Telling the privileged contacts: who is told is decided when it happens, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Authority, Right, holders
from models import Notification, fetch
from models.jobs import SEND_NOTIFICATION, defer

if TYPE_CHECKING:
    from forms import Step
    from resolvers.rows import DossierRow


@dataclass(frozen=True, slots=True)
class MailTask:
    """One mail to send: who, about what, where it leads; not one datum of the dossier."""

    notification_id: UUID
    recipient: str
    name: str
    event: str
    subject: str
    path: str


async def announce(authority: Authority, dossier: DossierRow, event: str, step: Step) -> int:
    """Tell `event` to every privileged contact who may see the dossier at `step`; how many there are."""
    target = dossier.target._replace(step=int(step))
    told = holders(authority, Right.NOTIFY, target) & holders(authority, Right.READ, target)
    at = datetime.now(UTC)
    for user_id in sorted(told):
        notification = await Notification.create(user_id=user_id, dossier_id=dossier.id, event=event, at=at)
        await defer(SEND_NOTIFICATION, notification=str(notification.id))
    return len(told)


async def pending(notification_id: UUID) -> MailTask | None:
    """The mail of a notification that was not sent yet; None when there is nothing (left) to send."""
    records = await fetch(
        "SELECT n.event, n.dossier_id, n.subject, n.path, u.email, u.first_name, u.last_name, d.form, d.year "
        "FROM notification n JOIN user_account u ON u.id = n.user_id "
        "LEFT JOIN dossier d ON d.id = n.dossier_id "
        "WHERE n.id = %s AND n.mailed_at IS NULL AND u.closed_at IS NULL",
        [notification_id],
    )
    for record in records:
        return MailTask(
            notification_id=notification_id,
            recipient=record["email"],
            name=f"{record['first_name']} {record['last_name']}",
            event=record["event"],
            subject=record["subject"] or f"{record['form']} {record['year']}",
            path=record["path"] or f"/dossiers/{record['dossier_id']}",
        )
    return None


async def mailed(notification_id: UUID) -> None:
    """The peer accepted the mail: it is not sent again."""
    await Notification.filter(id=notification_id, mailed_at=None).update(mailed_at=datetime.now(UTC))
