"""What one asks of one's notifications, and how one marks and prefers them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.arguments import After, First, identifier
from gql.context import Ask
from gql.fields import SignedIn, mutation, resolved
from gql.types.notifications import NotificationConnection, NotificationPreference
from models import Delivery, NotFound
from resolvers import notification_centre
from resolvers.events import Told


@strawberry.type
class NotificationQuery:
    """What one can ask of one's notifications."""

    @resolved(
        "Évènements dont l’appelant a été prévenu, sauf ceux des dossiers qui ne lui sont plus ouverts.",
        SignedIn(),
    )
    async def notifications(
        self,
        info: Ask,
        *,
        first: First = 50,
        after: After = None,
        unread: Annotated[
            bool, strawberry.argument(description="Vrai pour celles qui ne sont pas lues, seulement.")
        ] = False,
        event: Annotated[
            Told | None, strawberry.argument(description="Un seul évènement\u202f; nul pour tous.")
        ] = None,
    ) -> NotificationConnection:
        """One page."""
        page = await notification_centre.page(info.context.asker, first, after, unread=unread, event=event)
        return NotificationConnection(page=page)

    @resolved("Nombre de notifications que l’appelant n’a pas lues.", SignedIn())
    async def unread_notifications(self, info: Ask) -> int:
        """The count of the bell."""
        return await notification_centre.unread(info.context.asker)

    @resolved(
        "Façon dont l’appelant est prévenu de chaque évènement qui lui en laisse le choix.",
        SignedIn(),
        size=16,
    )
    async def notification_preferences(self, info: Ask) -> list[NotificationPreference]:
        """All of them."""
        rows = await notification_centre.preferences(info.context.asker)
        return [NotificationPreference(row=row) for row in rows]


@strawberry.type
class NotificationMutation:
    """What one can do with one's notifications."""

    @mutation(
        "Note que des notifications sont lues\u202f; le nombre de celles qui restent à lire.", SignedIn()
    )
    async def mark_notifications_read(
        self,
        info: Ask,
        ids: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(description="Identifiants, 200 au plus\u202f; nul pour toutes."),
        ] = None,
    ) -> int:
        """Mark."""
        chosen = None if ids is None else [identifier(one, _unknown()) for one in ids]
        return await notification_centre.mark_read(info.context.asker, chosen)

    @mutation("Choisit comment l’appelant est prévenu d’un évènement, à partir de maintenant.", SignedIn())
    async def set_notification_preference(
        self,
        info: Ask,
        event: Annotated[Told, strawberry.argument(description="Évènement.")],
        delivery: Annotated[Delivery, strawberry.argument(description="Façon d’être prévenu.")],
    ) -> list[NotificationPreference]:
        """Prefer; all of the preferences."""
        rows = await notification_centre.prefer(info.context.asker, event, delivery)
        return [NotificationPreference(row=row) for row in rows]


def _unknown() -> NotFound:
    return NotFound("NOT_FOUND", "Cette notification n’existe pas\u00a0: rechargez la liste.", path=("ids",))
