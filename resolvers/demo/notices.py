"""What the demonstration's users find under their bell: dossiers transmitted or closed, some of it unread."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from models import Crossing, Delivery, Notification, NotificationPreference, User
from resolvers.demo.accounts import CONTACTS, shown_accounts
from resolvers.demo.identifiers import stable_id
from resolvers.events import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

# The steps whose passage is told, and how.
TOLD = {4: Told.TRANSMITTED, 5: Told.FINALISED, 6: Told.CLOSED}
EACH, UNREAD = 3, 3
# Told by one mail a day, for whoever follows many dossiers.
DIGESTED = (Told.TRANSMITTED, Told.MESSAGES_PUBLISHED)
BODIES = ("operator:MIN", "partner:CDC")


async def write_notices() -> None:
    """The last passages of the Ministry's dossiers, told to its contacts and to those of the CDC.

    The mails of all of them are long gone; what a reader may not see is not shown to him.
    """
    labels = {role.label for role in CONTACTS}
    found = [one for one in shown_accounts() if one.key in BODIES and one.role in labels]
    people = {user.login: user for user in await User.filter(login__in=[one.login for one in found])}
    crossed: list[Crossing] = []
    for step in TOLD:
        found_there = Crossing.filter(target=step, dossier__platform="MIN", dossier__form="ER")
        crossed += await found_there.order_by("-at").limit(EACH)
    crossed.sort(key=lambda one: one.at, reverse=True)
    for user in people.values():
        await Notification.bulk_create(list(_told(user, crossed)))
    first = min(people.values(), key=lambda user: user.login)
    for event in DIGESTED:
        await NotificationPreference.create(user_id=first.id, event=event.value, delivery=Delivery.DIGEST)


def _told(user: User, crossed: Iterable[Crossing]) -> Iterable[Notification]:
    for rank, one in enumerate(crossed):
        sent = one.at + timedelta(seconds=2)
        yield Notification(
            id=stable_id("notice", user.login, str(one.id)),
            user_id=user.id,
            dossier_id=one.dossier_id,
            event=TOLD[one.target].value,
            at=one.at,
            mailed_at=sent,
            read_at=None if rank < UNREAD else sent,
        )
