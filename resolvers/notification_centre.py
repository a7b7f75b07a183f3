"""A user's notifications in the application: what he may still see of them, and which he has read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models import Delivery, Invalid, NotificationPreference, execute, fetch, transaction
from resolvers.events import ALWAYS_MAILED, Told
from resolvers.paging import Paged, check_first, decode_moment, encode, paged
from resolvers.person import person_of
from resolvers.told_rights import shown_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer

MOST_MARKED = 200
_FROM = """
FROM notification n LEFT JOIN dossier d ON d.id = n.dossier_id
LEFT JOIN organism o ON o.id = d.organism_id LEFT JOIN organization g ON g.id = o.organization_id
LEFT JOIN group_mail m ON m.id = n.group_mail_id
WHERE n.user_id = %s AND
"""
_COLUMNS = """
SELECT n.id, n.event, n.at, n.read_at, n.dossier_id, n.subject, n.path, d.form, d.year, g.name AS organism,
       m.text
"""


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """One notification. `subject`: the form and year, or what else it is about; `organism`: "" for none.

    `text`: what a platform wrote to several, "" for what is told of an event.
    """

    id: UUID
    event: Told
    at: datetime
    read_at: datetime | None
    dossier_id: UUID | None
    subject: str
    organism: str
    path: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PreferenceRow:
    """How a user is told of an event."""

    event: Told
    delivery: Delivery


async def page(
    viewer: Viewer,
    first: int = 50,
    after: str | None = None,
    *,
    unread: bool = False,
    event: Told | None = None,
) -> Paged[NotificationRow]:
    """One page of the viewer's notifications; none for a system, which is told of nothing."""
    check_first(first)
    if viewer.user_id is None:
        return Paged((), (), has_next=False)
    shown, values = shown_to(viewer)
    where = shown + (" AND n.read_at IS NULL" if unread else "")
    asked = [viewer.user_id, *values]
    if event is not None:
        where += " AND n.event = %s"
        asked.append(event.value)
    if after is not None:
        where += " AND (n.at, n.id) < (%s, %s)"
        asked += decode_moment(after)
    records = await fetch(
        f"{_COLUMNS}{_FROM}{where} ORDER BY n.at DESC, n.id DESC LIMIT %s", [*asked, first + 1]
    )
    rows = [_row(record) for record in records]
    return paged(rows, [encode(row.at.isoformat(), row.id) for row in rows], first)


async def unread(viewer: Viewer) -> int:
    """How many of the viewer's notifications he may see and has not read."""
    if viewer.user_id is None:
        return 0
    shown, values = shown_to(viewer)
    records = await fetch(
        f"SELECT count(*) AS n {_FROM}{shown} AND n.read_at IS NULL", [viewer.user_id, *values]
    )
    return int(records[0]["n"])


async def mark_read(viewer: Viewer, ids: Sequence[UUID] | None) -> int:
    """Note that these are read, or all of them; how many the viewer has left to read.

    Another's are passed over without a word. Raises Invalid NOTIFICATIONS_COUNT, PERSON_REQUIRED.
    """
    if ids is not None and len(ids) > MOST_MARKED:
        raise Invalid(
            "NOTIFICATIONS_COUNT",
            f"Envoyez au plus {MOST_MARKED} notifications à la fois : recommencez avec moins.",
            path=("ids",),
        )
    user_id = person_of(viewer)
    async with transaction():
        chosen = "" if ids is None else " AND id = ANY(%s)"
        values = [user_id] if ids is None else [user_id, list(ids)]
        await execute(
            f"UPDATE notification SET read_at = now() WHERE user_id = %s AND read_at IS NULL{chosen}",  # noqa: S608 - one of two constants
            values,
        )
        return await unread(viewer)


async def preferences(viewer: Viewer) -> list[PreferenceRow]:
    """How the viewer is told of each event that leaves it to him: by mail unless he said otherwise."""
    chosen = {}
    if viewer.user_id is not None:
        lines = await NotificationPreference.filter(user_id=viewer.user_id)
        chosen = {line.event: line.delivery for line in lines}
    return [
        PreferenceRow(event, chosen.get(event, Delivery.MAIL)) for event in Told if event not in ALWAYS_MAILED
    ]


async def prefer(viewer: Viewer, event: Told, delivery: Delivery) -> list[PreferenceRow]:
    """Tell the viewer of an event so from now on; all of his preferences.

    Raises Invalid PERSON_REQUIRED, EVENT_ALWAYS_MAILED.
    """
    user_id = person_of(viewer)
    if event in ALWAYS_MAILED:
        raise Invalid(
            "EVENT_ALWAYS_MAILED",
            "Ce que la plateforme écrit part toujours par courriel : choisissez un autre évènement.",
            path=("event",),
        )
    async with transaction():
        await execute(
            "INSERT INTO notification_preference (user_id, event, delivery) VALUES (%s, %s, %s) "
            "ON CONFLICT (user_id, event) DO UPDATE SET delivery = excluded.delivery",
            [user_id, event.value, delivery.value],
        )
        return await preferences(viewer)


def _row(record: dict[str, Any]) -> NotificationRow:
    dossier = record["dossier_id"]
    return NotificationRow(
        id=record["id"],
        event=Told(record["event"]),
        at=record["at"],
        read_at=record["read_at"],
        dossier_id=dossier,
        subject=record["subject"] or f"{record['form']} {record['year']}",
        organism=record["organism"] or "",
        path=record["path"] or f"/dossiers/{dossier}",
        text=record["text"] or "",
    )
