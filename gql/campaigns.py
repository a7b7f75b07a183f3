"""What one can ask of campaigns: their last days, their lists, the reports of their mass moves."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from authz import Right
from gql.arguments import After, First, Form, PlatformCode, Year, dossier_id, identifier
from gql.context import Ask
from gql.fields import Requires, SignedIn, resolved
from gql.types.campaign_pages import (
    CampaignDossierConnection,
    GrantedDeadlineConnection,
    HandBackConnection,
    TransmittedConnection,
)
from gql.types.campaigns import Campaign, CampaignCriteria, CampaignPlace
from gql.types.mass_moves import MassMove, MassMoveConnection
from gql.types.parties import Person
from resolvers import (
    assignments,
    campaign_lists,
    campaigns,
    deadline_exceptions,
    group_mails,
    hand_back_list,
    mass_moves,
    transmitted,
)
from resolvers.campaign_rows import Asked
from resolvers.hand_back_list import Sought

Chosen = Annotated[
    list[strawberry.ID],
    strawberry.argument(description="Dossiers d’un même formulaire, 2\u202f000 au plus."),
]
Criteria = Annotated[CampaignCriteria | None, strawberry.argument(description="Critères.")]
MANAGING = Requires(Right.CAMPAIGN_MANAGE)
# Each contact of each dossier is looked for.
REACHED = 500


def ids(texts: list[strawberry.ID]) -> list[UUID]:
    """The dossiers that are named. Raises NotFound."""
    return [dossier_id(text) for text in texts]


@strawberry.type
class CampaignQuery:
    """What one can ask of campaigns."""

    @resolved(
        "Campagnes que conduit l’appelant, la dernière année en premier.", SignedIn(), size=20, weight=20
    )
    async def campaigns(
        self,
        info: Ask,
        platform: Annotated[str | None, strawberry.argument(description="Code de la plateforme.")] = None,
        form: Annotated[str | None, strawberry.argument(description="Type de formulaire.")] = None,
        year: Annotated[int | None, strawberry.argument(description="Année des comptes.")] = None,
    ) -> list[Campaign]:
        """Those that the viewer conducts."""
        return [
            Campaign(row=row) for row in await campaigns.campaigns(info.context.asker, platform, form, year)
        ]

    @resolved("Dossiers d’une campagne que l’appelant peut lire.", MANAGING)
    async def campaign_dossiers(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        platform: PlatformCode,
        form: Form,
        year: Year,
        criteria: Criteria = None,
        first: First = 50,
        after: After = None,
    ) -> CampaignDossierConnection:
        """One page."""
        asker, asked = info.context.asker, Asked(platform, form, year)
        wanted = (criteria or CampaignCriteria()).filters(asker)
        return CampaignDossierConnection(
            page=await campaign_lists.campaign_dossiers(asker, asked, wanted, first, after)
        )

    @resolved(
        "Les mêmes, par leurs identifiants, pour les choisir tous\u00a0: 2\u202f000 au plus.",
        MANAGING,
        weight=50,
    )
    async def campaign_dossier_ids(
        self, info: Ask, *, platform: PlatformCode, form: Form, year: Year, criteria: Criteria = None
    ) -> list[strawberry.ID]:
        """All that may be chosen at once."""
        asker = info.context.asker
        wanted = (criteria or CampaignCriteria()).filters(asker)
        found = await campaign_lists.campaign_ids(asker, Asked(platform, form, year), wanted)
        return [strawberry.ID(str(one)) for one in found]

    @resolved("Derniers jours accordés à des dossiers, par exception.", MANAGING)
    async def deadline_exceptions(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        platform: PlatformCode,
        form: Form,
        year: Year,
        first: First = 50,
        after: After = None,
    ) -> GrantedDeadlineConnection:
        """The exceptions."""
        asked = Asked(platform, form, year)
        return GrantedDeadlineConnection(
            page=await deadline_exceptions.granted(info.context.asker, asked, first, after)
        )

    @resolved("Dossiers remis à leurs organismes pour correction, la dernière remise en premier.", MANAGING)
    async def handed_back(  # noqa: PLR0913 - the criteria of the search
        self,
        info: Ask,
        *,
        platform: PlatformCode,
        form: Form,
        year: Year,
        since: Annotated[date | None, strawberry.argument(description="Premier jour, compris.")] = None,
        until: Annotated[date | None, strawberry.argument(description="Dernier jour, compris.")] = None,
        words: Annotated[str, strawberry.argument(description="Mots du motif.")] = "",
        still: Annotated[
            bool, strawberry.argument(description="Vrai pour ceux qui ne sont pas repris.")
        ] = False,
        on: Annotated[
            date | None,
            strawberry.argument(description="Jour où le dossier était chez l’organisme."),
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> HandBackConnection:
        """The hand-backs."""
        asked, sought = Asked(platform, form, year), Sought(since, until, words, still, on)
        return HandBackConnection(
            page=await hand_back_list.handed_back(info.context.asker, asked, sought, first, after)
        )

    @resolved(
        "Campagnes dont l’appelant peut emporter la liste des dossiers transmis, la dernière année en"
        " premier\u202f; vide pour qui n’exporte rien.",
        SignedIn(),
        size=20,
    )
    async def transmitted_places(self, info: Ask) -> list[CampaignPlace]:
        """Those whose workbook is open to him."""
        return [CampaignPlace(row=row) for row in await transmitted.places(info.context.asker)]

    @resolved("Dossiers transmis à une date, que l’appelant peut lire.", Requires(Right.READ))
    async def transmitted_by(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        platform: PlatformCode,
        form: Form,
        year: Year,
        by: Annotated[date, strawberry.argument(description="Dernier jour de transmission, compris.")],
        first: First = 50,
        after: After = None,
    ) -> TransmittedConnection:
        """Those that had transmitted."""
        asked = Asked(platform, form, year)
        return TransmittedConnection(page=await transmitted.page(info.context.asker, asked, by, first, after))

    @resolved("Personnes de la plateforme qui peuvent suivre un dossier.", MANAGING, size=100)
    async def assignable(self, info: Ask, *, platform: PlatformCode, form: Form) -> list[Person]:
        """Who may follow."""
        return [Person(row=row) for row in await assignments.assignable(info.context.asker, platform, form)]

    @resolved("Nombre de contacts privilégiés qu’un courriel groupé atteindrait.", MANAGING, weight=REACHED)
    async def group_mail_recipients(self, info: Ask, dossiers: Chosen) -> int:
        """Before it is sent."""
        return await group_mails.recipients(info.context.asker, ids(dossiers))

    @resolved("Un changement d’étape en nombre, pour suivre son avancement.", SignedIn())
    async def mass_move(
        self,
        info: Ask,
        id: Annotated[strawberry.ID, strawberry.argument(description="Identifiant du changement.")],
    ) -> MassMove:
        """One's own, or of a form that one conducts."""
        return MassMove(row=await mass_moves.read(info.context.asker, identifier(id, mass_moves.unknown())))

    @resolved("Changements d’étape en nombre, le dernier en premier.", SignedIn())
    async def mass_moves(self, info: Ask, first: First = 20, after: After = None) -> MassMoveConnection:
        """One page."""
        return MassMoveConnection(page=await mass_moves.mass_moves(info.context.asker, first, after))
