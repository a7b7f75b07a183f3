"""Where a dossier is within its step, who holds it, whom to call, and what is asked of it."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import BY_ITSELF, Inherits, resolved, shown
from models import ContactRole
from resolvers import contacts, hand_backs, reopening_requests
from resolvers.life_rows import ContactRow, HandBackRow, ReopeningRow
from resolvers.rows import DossierRow
from resolvers.substeps import substep_of


@strawberry.type(
    description="Sous-étape\u00a0: où en est le dossier dans son étape, pour ceux qui le suivent."
)
class Substep:
    """A substep."""

    code: str = strawberry.field(description="Code, à donner à `setSubstep`.")
    label: str = strawberry.field(description="Libellé.")


@strawberry.type(description="Personne à joindre au sujet du dossier.")
class DossierContact:
    """Whom the platform may call."""

    row: strawberry.Private[ContactRow]
    role: ContactRole = shown("Rôle.", lambda it: it.row.role)
    name: str = shown("Nom.", lambda it: it.row.name)
    title: str = shown("Fonction, ou texte vide.", lambda it: it.row.title)
    email: str = shown("Adresse électronique.", lambda it: it.row.email)
    phone: str = shown("Téléphone, ou texte vide.", lambda it: it.row.phone)


@strawberry.input(description="Personne à joindre, telle qu’on la confirme.")
class ContactInput:
    """A contact to keep."""

    role: ContactRole = strawberry.field(description="Rôle, une fois chacun.")
    name: str = strawberry.field(description="Nom, 160 caractères au plus.")
    title: str = strawberry.field(default="", description="Fonction.")
    email: str = strawberry.field(description="Adresse électronique.")
    phone: str = strawberry.field(default="", description="Téléphone.")

    def contact(self) -> ContactRow:
        """The same, as the resolver takes it."""
        return ContactRow(self.role, self.name, self.title, self.email, self.phone)


@strawberry.type(description="Temps pendant lequel l’organisme a corrigé son dossier en étape 4.")
class HandBack:
    """A hand-back."""

    row: strawberry.Private[HandBackRow]
    reason: str = shown("Motif donné par la plateforme.", lambda it: it.row.reason)
    due_on: date | None = shown(
        "Jour avant lequel le rendre\u202f; nul s’il n’est pas fixé.", lambda it: it.row.due_on
    )
    handed_at: datetime = shown("Moment de la remise à l’organisme.", lambda it: it.row.handed_at)
    handed_by: str = shown("Qui l’a remis.", lambda it: it.row.handed_by)
    taken_at: datetime | None = shown(
        "Moment de la reprise\u202f; nul tant que l’organisme corrige.", lambda it: it.row.taken_at
    )
    taken_by: str | None = shown("Qui l’a repris\u202f; nul avant.", lambda it: it.row.taken_by)
    taken_reason: str = shown("Motif de la reprise, ou texte vide.", lambda it: it.row.taken_reason)


@strawberry.type(description="Demande de retour en étape 4 d’un dossier finalisé ou fermé.")
class ReopeningRequest:
    """A reopening request and its answer."""

    row: strawberry.Private[ReopeningRow]
    id: strawberry.ID = shown("Identifiant de la demande.", lambda it: str(it.row.id))
    organization: str = shown("Organisation qui le demande.", lambda it: it.row.organization)
    asked_by: str = shown("Qui le demande.", lambda it: it.row.asked_by)
    asked_at: datetime = shown("Moment de la demande.", lambda it: it.row.asked_at)
    reason: str = shown("Motif de la demande.", lambda it: it.row.reason)
    accepted: bool | None = shown(
        "Vrai si elle est acceptée\u202f; nul tant qu’elle attend sa réponse.", lambda it: it.row.accepted
    )
    answered_by: str | None = shown("Qui a répondu\u202f; nul avant.", lambda it: it.row.answered_by)
    answered_at: datetime | None = shown(
        "Moment de la réponse\u202f; nul avant.", lambda it: it.row.answered_at
    )
    answer: str = shown("Réponse donnée, ou texte vide.", lambda it: it.row.answer)


def _substep(it: DossierMoves) -> Substep | None:
    found = substep_of(it.row)
    return None if found is None else Substep(code=found.code, label=found.label)


def _substeps(it: DossierMoves) -> list[Substep]:
    found = it.row.definition.cycle.substeps_of(it.row.step)
    return [Substep(code=substep.code, label=substep.label) for substep in found]


@strawberry.type
class DossierMoves:
    """What a dossier tells of its moves."""

    row: strawberry.Private[DossierRow]
    handed_back_at: datetime | None = shown(
        "Depuis quand l’organisme le corrige en étape 4\u202f; nul tant que la plateforme le tient.",
        lambda it: it.row.handed_back_at,
    )
    substep: Substep | None = shown("Sous-étape où il se trouve\u202f; nulle s’il n’en a pas.", _substep)
    substeps: list[Substep] = shown("Sous-étapes de l’étape actuelle.", _substeps, size=10)

    @resolved(
        "Personnes à joindre, confirmées à l’initialisation\u202f; vide pour un partenaire.",
        Inherits(Right.READ),
        size=3,
    )
    async def contacts(self, info: Ask) -> list[DossierContact]:
        """Whom to call."""
        found = await info.context.loaders.of_dossier(contacts.contacts_many, self.row)
        return [DossierContact(row=row) for row in found or ()]

    @resolved(
        "Personnes à proposer pour l’initialisation\u00a0: celles de l’an dernier, sinon la fiche de"
        " l’organisme\u202f; vide pour un partenaire.",
        Inherits(Right.READ),
        size=3,
        weight=BY_ITSELF,
    )
    async def suggested_contacts(self) -> list[DossierContact]:
        """Whom to propose."""
        return [DossierContact(row=row) for row in await contacts.suggested(self.row)]

    @resolved(
        "Remises à l’organisme, la dernière en premier\u202f; vide pour un partenaire qui ne lit pas les"
        " échanges ou pas le dossier entier.",
        Inherits(Right.READ),
        size=5,
    )
    async def hand_backs(self, info: Ask) -> list[HandBack]:
        """The hand-backs."""
        found = await info.context.loaders.seen_of(hand_backs.hand_backs_many, self.row)
        return [HandBack(row=row) for row in found or ()]

    @resolved(
        "Dernière demande de retour en étape 4\u202f; nulle s’il n’y en a pas que l’appelant puisse lire.",
        Inherits(Right.READ),
    )
    async def reopening_request(self, info: Ask) -> ReopeningRequest | None:
        """The last request."""
        row = await info.context.loaders.seen_of(reopening_requests.latest_many, self.row)
        return None if row is None else ReopeningRequest(row=row)
