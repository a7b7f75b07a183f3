"""Campaigns as whoever conducts them meets them."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from authz import Right, Viewer
from forms import Step
from gql.arguments import identifier
from gql.context import Ask
from gql.fields import Requires, resolved, shown
from gql.types.dossiers import Dossier
from gql.types.people import Platform
from models import Category, NotFound
from resolvers.campaign_lists import Filters, step_counts
from resolvers.campaign_rows import (
    CampaignPlace as CampaignPlaceRow,
)
from resolvers.campaign_rows import (
    CampaignRow,
    DeadlineRow,
    DueRow,
    GrantedRow,
    HandedBackRow,
    StepCount,
    TransmittedRow,
)
from resolvers.campaigns import labels_of

# Every dossier of the campaign is counted.
COUNTED = 50


@strawberry.type(description="Dernier jour pour quitter une étape, dans une campagne.")
class Deadline:
    """One last day."""

    row: strawberry.Private[DeadlineRow]
    step: Step = shown("Étape à quitter.", lambda it: it.row.step)
    category: Category | None = shown(
        "Famille d’organismes\u202f; nulle pour toutes les autres.", lambda it: it.row.category or None
    )
    due_on: date = shown("Dernier jour, compris.", lambda it: it.row.due_on)


@strawberry.input(description="Dernier jour à donner.")
class DeadlineInput:
    """One last day to set."""

    step: Step = strawberry.field(description="Étape à quitter, de 0 à 5.")
    due_on: date = strawberry.field(description="Dernier jour, compris.")
    category: Category | None = strawberry.field(
        default=None, description="Famille d’organismes\u202f; nulle pour toutes les autres."
    )

    def deadline(self) -> DeadlineRow:
        """As the verb takes it."""
        return DeadlineRow(self.step, self.category.value if self.category else "", self.due_on)


@strawberry.type(description="Campagne dont l’appelant peut emporter la liste des dossiers transmis.")
class CampaignPlace:
    """Whose campaign, of which form and year."""

    row: strawberry.Private[CampaignPlaceRow]
    platform: Platform = shown("Plateforme qui collecte.", lambda it: Platform(row=it.row))
    form: str = shown("Type de formulaire.", lambda it: it.row.asked.form)
    year: int = shown("Année des comptes.", lambda it: it.row.asked.year)


@strawberry.type(description="Dossiers d’une campagne qui sont à une étape.")
class CampaignStep:
    """One step of a campaign."""

    row: strawberry.Private[StepCount]
    step: Step = shown("Étape.", lambda it: it.row.step)
    label: str = shown("Libellé de l’étape.", lambda it: it.row.label)
    total: int = shown("Nombre de dossiers.", lambda it: it.row.total)
    late: int = shown("Nombre de dossiers en retard.", lambda it: it.row.late)


@strawberry.type(description="Campagne\u00a0: la collecte d’un formulaire pour une année de comptes.")
class Campaign:
    """One campaign."""

    row: strawberry.Private[CampaignRow]
    id: strawberry.ID = shown("Identifiant de la campagne.", lambda it: str(it.row.id))
    platform: Platform = shown("Plateforme qui collecte.", lambda it: Platform(row=it.row))
    form: str = shown("Type de formulaire.", lambda it: it.row.asked.form)
    year: int = shown("Année des comptes.", lambda it: it.row.asked.year)
    opens_on: date = shown("Jour d’ouverture.", lambda it: it.row.opens_on)
    closes_on: date | None = shown("Jour de fin\u202f; nul sans fin.", lambda it: it.row.closes_on)
    deadlines: list[Deadline] = shown(
        "Derniers jours, par étape.", lambda it: [Deadline(row=row) for row in it.row.deadlines], size=10
    )
    categories: list[Category] = shown(
        "Familles des organismes qui y ont un dossier.",
        lambda it: [Category(code) for code in it.row.categories],
        size=6,
    )

    @resolved("Dossiers à chaque étape.", Requires(Right.CAMPAIGN_MANAGE), size=7, weight=COUNTED)
    async def steps(self, info: Ask) -> list[CampaignStep]:
        """How far its dossiers are."""
        rows = await step_counts(info.context.asker, self.row.asked, labels_of(self.row))
        return [CampaignStep(row=row) for row in rows]


@strawberry.input(description="Dossiers d’une campagne à retenir\u202f; les critères s’ajoutent.")
class CampaignCriteria:
    """Which dossiers."""

    steps: list[Step] | None = strawberry.field(default=None, description="Étapes\u202f; nul pour toutes.")
    late: bool = strawberry.field(default=False, description="Vrai pour les seuls dossiers en retard.")
    mine: bool = strawberry.field(default=False, description="Vrai pour les seuls que suit l’appelant.")
    followed_by: strawberry.ID | None = strawberry.field(
        default=None, description="Compte qui les suit\u202f; nul pour tous."
    )
    unfollowed: bool = strawberry.field(default=False, description="Vrai pour ceux que personne ne suit.")
    category: Category | None = strawberry.field(default=None, description="Famille d’organismes.")
    search: str = strawberry.field(default="", description="Mots du nom, du SIREN ou du code.")

    def filters(self, viewer: Viewer) -> Filters:
        """As the list takes them; an account that cannot exist follows nothing."""
        wanted = viewer.user_id if self.mine else self.followed_by
        return Filters(
            steps=tuple(self.steps or ()),
            late=self.late,
            followed_by=None if wanted is None else identifier(str(wanted), follower_unknown()),
            unfollowed=self.unfollowed,
            category=None if self.category is None else self.category.value,
            search=self.search,
        )


def follower_unknown() -> NotFound:
    """The account that is named does not exist."""
    return NotFound(
        "ACCOUNT_UNKNOWN",
        "Ce compte n’existe pas\u00a0: choisissez une personne de la liste.",
        path=("user",),
    )


@strawberry.type(description="Dossier d’une campagne, et son dernier jour.")
class CampaignDossier:
    """A dossier and its day."""

    row: strawberry.Private[DueRow]
    dossier: Dossier = shown("Le dossier.", lambda it: Dossier(row=it.row.dossier))
    due_on: date | None = shown("Dernier jour\u202f; nul s’il n’en a pas.", lambda it: it.row.due_on)
    late: bool = shown("Vrai si ce jour est passé.", lambda it: it.row.late)
    days_late: int = shown("Jours de retard\u202f; 0 s’il n’est pas en retard.", lambda it: it.row.days_late)


@strawberry.type(description="Autre dernier jour accordé à un dossier.")
class GrantedDeadline:
    """One exception."""

    row: strawberry.Private[GrantedRow]
    dossier: Dossier = shown("Le dossier.", lambda it: Dossier(row=it.row.dossier))
    step: Step = shown("Étape à quitter.", lambda it: it.row.step)
    due_on: date = shown("Dernier jour accordé, compris.", lambda it: it.row.due_on)
    reason: str = shown("Motif.", lambda it: it.row.reason)
    author: str = shown("Qui l’a accordé.", lambda it: it.row.author)
    at: datetime = shown("Quand.", lambda it: it.row.at)


@strawberry.type(description="Remise d’un dossier à son organisme pour correction.")
class HandedBack:
    """One time of correction."""

    row: strawberry.Private[HandedBackRow]
    dossier: Dossier = shown("Le dossier.", lambda it: Dossier(row=it.row.dossier))
    reason: str = shown("Motif de la remise.", lambda it: it.row.reason)
    due_on: date | None = shown("Jour demandé pour la correction.", lambda it: it.row.due_on)
    handed_at: datetime = shown("Quand il a été remis.", lambda it: it.row.handed_at)
    handed_by: str = shown("Par qui.", lambda it: it.row.handed_by)
    taken_at: datetime | None = shown("Quand il a été repris\u202f; nul avant.", lambda it: it.row.taken_at)
    taken_by: str | None = shown("Par qui il a été repris.", lambda it: it.row.taken_by)
    taken_reason: str = shown("Motif de la reprise.", lambda it: it.row.taken_reason)


@strawberry.type(description="Dossier transmis.")
class TransmittedDossier:
    """A dossier transmitted by the day asked for."""

    row: strawberry.Private[TransmittedRow]
    dossier: Dossier = shown("Le dossier.", lambda it: Dossier(row=it.row.dossier))
    at: datetime = shown("Moment de la transmission.", lambda it: it.row.at)
    due_on: date | None = shown("Dernier jour pour transmettre.", lambda it: it.row.due_on)
    late: bool = shown("Vrai s’il a été transmis après ce jour.", lambda it: it.row.late)
