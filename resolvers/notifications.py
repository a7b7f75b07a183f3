"""Telling the privileged contacts: who is told is decided when it happens, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Authority, Right, holders_of_any
from models import Delivery, Notification, fetch
from models.jobs import SEND_NOTIFICATION, defer_many
from resolvers.direct_access import mail_path
from resolvers.events import ALWAYS_MAILED
from resolvers.told_rights import ASKED, may_be_mailed

if TYPE_CHECKING:
    from collections.abc import Collection

    from forms import Step
    from resolvers.events import Told
    from resolvers.rows import DossierRow

# One line each, delivered as he wishes to be told of such an event: by mail unless he may and does prefer
# otherwise.
_TELL = """
INSERT INTO notification (id, user_id, dossier_id, event, at, subject, path, group_mail_id, delivery)
SELECT gen_random_uuid(), u.id, %s, %s, now(), %s, %s, %s, coalesce(p.delivery, 'mail')
FROM user_account u
LEFT JOIN notification_preference p ON p.user_id = u.id AND p.event = %s AND p.event <> ALL(%s)
WHERE u.id = ANY(%s) AND u.closed_at IS NULL ORDER BY u.id RETURNING id, delivery
"""
_PENDING = f"""
SELECT n.event, n.dossier_id, n.subject, n.path, n.user_id, u.email, u.first_name, u.last_name,
       d.platform, d.form, d.year, d.step, o.siren, m.text, {ASKED}
FROM notification n JOIN user_account u ON u.id = n.user_id
LEFT JOIN dossier d ON d.id = n.dossier_id LEFT JOIN organism o ON o.id = d.organism_id
LEFT JOIN group_mail m ON m.id = n.group_mail_id
WHERE n.id = %s AND n.mailed_at IS NULL AND n.withheld_at IS NULL AND n.refused_at IS NULL
  AND u.closed_at IS NULL
"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class MailTask:
    """One mail to send: who, about what, where it leads; not one datum of the dossier.

    `text`: what a platform wrote to several, "" for what is told of an event.
    `direct`: where his sealed copies are, "" for who may not take them so.
    """

    notification_id: UUID
    recipient: str
    name: str
    event: str
    subject: str
    path: str
    text: str = ""
    direct: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a notification is about and where it leads: a dossier, or a subject and a path of its own."""

    dossier_id: UUID | None = None
    subject: str = ""
    path: str = ""
    group_mail_id: UUID | None = None


def contacts(
    authority: Authority, dossier: DossierRow, step: Step, right: Right = Right.READ
) -> frozenset[UUID]:
    """The privileged contacts who may see the dossier at `step`, and what of it `right` opens."""
    target = dossier.target._replace(step=int(step))
    return holders_of_any(authority, [Right.NOTIFY, Right.READ, right], [target])


async def announce(authority: Authority, dossier: DossierRow, event: Told, step: Step) -> int:
    """Tell `event` to every privileged contact who may see the dossier at `step`; how many there are."""
    return await tell(contacts(authority, dossier, step), event, About(dossier.id))


async def tell(users: Collection[UUID], event: Told, about: About) -> int:
    """Tell `event` to each of the users, in the caller's transaction; how many there are."""
    if not users:
        return 0
    place = [about.dossier_id, event.value, about.subject, about.path, about.group_mail_id]
    told = await fetch(_TELL, [*place, event.value, list(ALWAYS_MAILED), list(users)])
    mailed = [{"notification": str(row["id"])} for row in told if row["delivery"] == Delivery.MAIL]
    await defer_many(SEND_NOTIFICATION, mailed)
    return len(told)


async def pending(authority: Authority, notification_id: UUID) -> MailTask | None:
    """The mail of a notification that was not sent yet; None when there is nothing (left) to send.

    The right is asked again: who has lost it since, or is no contact any more, is sent nothing, ever.
    """
    records = await fetch(_PENDING, [notification_id])
    for record in records:
        if not await may_be_mailed(authority, [record]):
            await Notification.filter(id=notification_id).update(withheld_at=datetime.now(UTC))
            return None
        return MailTask(
            notification_id=notification_id,
            recipient=record["email"],
            name=f"{record['first_name']} {record['last_name']}",
            event=record["event"],
            subject=record["subject"] or f"{record['form']} {record['year']}",
            path=record["path"] or f"/dossiers/{record['dossier_id']}",
            text=record["text"] or "",
            direct=mail_path(authority, record["user_id"], record),
        )
    return None


async def mailed(notification_id: UUID) -> None:
    """The peer accepted the mail: it is not sent again."""
    await Notification.filter(id=notification_id, mailed_at=None).update(mailed_at=datetime.now(UTC))


async def refused(notification_id: UUID) -> None:
    """The peer will never take mails for this address: nothing is tried again, and the centre shows it."""
    await Notification.filter(id=notification_id, mailed_at=None).update(refused_at=datetime.now(UTC))
