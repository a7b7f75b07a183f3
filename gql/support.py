"""What one asks of the messages of platforms and of the hotline, and does with them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, First, IdempotencyKey, PlatformCode, identifier
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation, resolved
from gql.types.support import (
    Announcement,
    AnnouncementInput,
    Hotline,
    QuestionInput,
    Trail,
    TrailConnection,
)
from resolvers import announcements, supervision, support

STEERING = Requires(Right.CAMPAIGN_MANAGE)


@strawberry.type
class SupportQuery:
    """What one can ask of messages and of the hotline."""

    @resolved(
        "Messages du jour, ceux du bandeau, des plateformes où l’appelant peut lire quelque chose.",
        SignedIn(),
        size=5,
    )
    async def announcements(self, info: Ask) -> list[Announcement]:
        """Those of the banner."""
        return [Announcement(row=row) for row in await announcements.in_banner(info.context.asker)]

    @resolved(
        "Messages d’une plateforme que l’appelant peut changer, passés et à venir, cent au plus.",
        STEERING,
        size=100,
    )
    async def platform_announcements(self, info: Ask, platform: PlatformCode) -> list[Announcement]:
        """Those of a platform."""
        rows = await announcements.of_platform(info.context.asker, platform)
        return [Announcement(row=row) for row in rows]

    @resolved("Assistances que l’appelant peut interroger.", SignedIn(), size=5)
    async def hotlines(self, info: Ask) -> list[Hotline]:
        """The hotlines that he knows."""
        return [Hotline(row=row) for row in await support.known_hotlines(info.context.asker)]

    @resolved("Parcours que montre cette session\u202f; nul si elle n’en montre pas.", SignedIn())
    async def supervision(self, info: Ask) -> Trail | None:
        """What this session shows."""
        row = await supervision.current(info.context.asker, info.context.session)
        return None if row is None else Trail(row=row)

    @resolved("Un parcours\u00a0: le sien, ou un que l’on montre à son assistance.", SignedIn())
    async def trail(
        self,
        info: Ask,
        id: Annotated[strawberry.ID, strawberry.argument(description="Identifiant du parcours.")],
    ) -> Trail:
        """One trail."""
        wanted = identifier(id, supervision.not_found())
        return Trail(row=await supervision.read(info.context.asker, wanted))

    @resolved("Parcours montrés à l’assistance d’une plateforme, du plus récent au plus ancien.", STEERING)
    async def trails(
        self, info: Ask, platform: PlatformCode, first: First = 20, after: After = None
    ) -> TrailConnection:
        """One page of trails."""
        return TrailConnection(page=await supervision.trails(info.context.asker, platform, first, after))


@strawberry.type
class SupportMutation:
    """What one can do with messages and with the hotline."""

    @mutation("Publie un message dans le bandeau, ou sur les dossiers d’un formulaire.", STEERING)
    async def publish_announcement(
        self,
        info: Ask,
        announcement: Annotated[AnnouncementInput, strawberry.argument(description="Le message.")],
        idempotency_key: IdempotencyKey,
    ) -> Announcement:
        """Tell something."""
        asker = info.context.asker
        return Announcement(row=await announcements.publish(asker, announcement.wording(), idempotency_key))

    @mutation("Retire un message aussitôt.", STEERING)
    async def remove_announcement(
        self,
        info: Ask,
        announcement: Annotated[strawberry.ID, strawberry.argument(description="Identifiant du message.")],
        idempotency_key: IdempotencyKey,
    ) -> Announcement:
        """Take it off."""
        wanted = identifier(announcement, announcements.not_found())
        return Announcement(row=await announcements.remove(info.context.asker, wanted, idempotency_key))

    @mutation("Pose une question à l’assistance\u202f; un courriel part avec ce qui y est joint.", SignedIn())
    async def ask_support(
        self,
        info: Ask,
        question: Annotated[QuestionInput, strawberry.argument(description="La question.")],
        idempotency_key: IdempotencyKey,
    ) -> strawberry.ID:
        """Ask the hotline; the identifier of the question."""
        context = info.context
        made = await support.ask(context.asker, context.store, question.row(), idempotency_key)
        return strawberry.ID(str(made))

    @mutation(
        "Montre ses écrans à l’assistance d’une plateforme, jusqu’à la fin de la session\u202f; sans"
        " plateforme, ne les montre plus.",
        SignedIn(),
    )
    async def switch_supervision(
        self,
        info: Ask,
        platform: Annotated[
            str | None, strawberry.argument(description="Code de la plateforme\u202f; nul pour cesser.")
        ] = None,
    ) -> Trail | None:
        """Show one's screens, or stop."""
        context = info.context
        if platform is None:
            await supervision.switch_off(context.asker, context.session)
            return None
        row = await supervision.switch_on(context.asker, context.session, platform)
        return None if row is None else Trail(row=row)

    @mutation(
        "Ajoute un écran au parcours que montre cette session\u202f; faux si aucun.",
        SignedIn(),
    )
    async def note_screen(
        self,
        info: Ask,
        path: Annotated[str, strawberry.argument(description="Adresse de l’écran.")],
        title: Annotated[str, strawberry.argument(description="Titre de l’écran.")],
    ) -> bool:
        """Add a screen."""
        return await supervision.note_screen(info.context.asker, info.context.session, path, title)
