"""Organizations' cards, their people, and the matrix of rights (manual §11)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from authz import Right
from authz.boxes import FormPlace as PlaceRow
from gql.arguments import After, First
from gql.context import Ask
from gql.fields import Inherits, SignedIn, resolved, shown
from gql.types.clients import MachineClient
from gql.types.page_info import PageInfo, page_edges, page_end
from models import OrganizationKind
from resolvers import account_rights, client_lists, people_lists, people_rights
from resolvers.account_rights import FormRightsRow, ProfileRow
from resolvers.boxes_matrix import BoxCell as CellRow
from resolvers.boxes_matrix import BoxState
from resolvers.boxes_matrix import FunctionRow as BoxesRow
from resolvers.organizations import OrganizationPage, OrganizationRow
from resolvers.people_lists import AccountPage
from resolvers.people_rows import AccountRow

Search = Annotated[str | None, strawberry.argument(description="Texte cherché\u202f; nul pour tout.")]


@strawberry.type(description="Case du tableau des droits\u00a0: une fonction à une étape.")
class BoxCell:
    """One box."""

    row: strawberry.Private[CellRow]
    step: int = shown("Étape, de 0 à 6.", lambda it: it.row.step)
    state: BoxState = shown("État.", lambda it: it.row.state)
    editable: bool = shown("Vrai si l’appelant peut la changer.", lambda it: it.row.editable)
    reason: str | None = shown(
        "Pourquoi elle est imposée ou ne peut pas être accordée\u202f; nul sinon.", lambda it: it.row.reason
    )


@strawberry.type(description="Ligne du tableau des droits\u00a0: une fonction, étape par étape.")
class FunctionRow:
    """One function."""

    row: strawberry.Private[BoxesRow]
    right: str = shown("Nom du droit, par exemple `dossier:read`.", lambda it: it.row.right.value)
    label: str = shown("Intitulé.", lambda it: it.row.label)
    cells: list[BoxCell] = shown(
        "Sept cases, de l’étape 0 à l’étape 6.",
        lambda it: [BoxCell(row=cell) for cell in it.row.cells],
        size=7,
    )


@strawberry.type(description="Formulaire d’une plateforme, sur lequel une organisation intervient.")
class FormPlace:
    """Where boxes are ticked."""

    row: strawberry.Private[PlaceRow]
    platform_name: str = strawberry.field(description="Nom de la plateforme.")
    platform: str = shown("Code de la plateforme.", lambda it: it.row.platform)
    form: str = shown("Type de formulaire.", lambda it: it.row.form)


@strawberry.type(description="Profil\u00a0: ensemble de cases d’où partent les droits d’un utilisateur.")
class Profile:
    """A named set of boxes."""

    row: strawberry.Private[ProfileRow]
    name: str = shown("Nom, par exemple `profile:partner_user`.", lambda it: it.row.name)
    label: str = shown("Intitulé.", lambda it: it.row.label)
    kind: OrganizationKind | None = shown(
        "Nature des organisations dont les utilisateurs peuvent le recevoir\u202f; nul pour toutes.",
        lambda it: it.row.kind,
    )

    @resolved(
        "Cases du profil, telles que l’appelant pourrait les accorder.", Inherits(Right.ADMIN_USERS), size=20
    )
    def rows(self, info: Ask) -> list[FunctionRow]:
        """The matrix."""
        return [FunctionRow(row=row) for row in account_rights.profile_boxes(info.context.asker, self.row)]


@strawberry.type(description="Droits d’un utilisateur sur un formulaire.")
class FormRights:
    """An account at one place."""

    row: strawberry.Private[FormRightsRow]
    platform: str = shown("Code de la plateforme.", lambda it: it.row.place.platform)
    platform_name: str = shown("Nom de la plateforme.", lambda it: it.row.platform_name)
    form: str = shown("Type de formulaire.", lambda it: it.row.place.form)
    profile: Profile | None = shown(
        "Profil enregistré\u202f; nul s’il n’y en a pas.",
        lambda it: None if it.row.profile is None else Profile(row=it.row.profile),
    )
    contact: bool = shown(
        "Vrai pour un contact privilégié, qui reçoit les courriels.", lambda it: it.row.contact
    )
    rows: list[FunctionRow] = shown(
        "Tableau des droits enregistrés, fonction par étape.",
        lambda it: [FunctionRow(row=row) for row in it.row.rows],
        size=20,
    )


@strawberry.type(description="Compte d’un utilisateur.")
class Account:
    """A person."""

    row: strawberry.Private[AccountRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    login: str = shown("Login, en minuscules.", lambda it: it.row.login)
    civility: str = shown(
        "Civilité\u00a0: «\u202fM.\u202f», «\u202fMme\u202f» ou rien.", lambda it: it.row.entry.civility
    )
    first_name: str = shown("Prénom.", lambda it: it.row.entry.first_name)
    last_name: str = shown("Nom.", lambda it: it.row.entry.last_name)
    email: str = shown("Adresse électronique.", lambda it: it.row.entry.email)
    phone: str = shown("Téléphone.", lambda it: it.row.entry.phone)
    mobile: str = shown("Téléphone mobile.", lambda it: it.row.entry.mobile)
    title: str = shown("Titre.", lambda it: it.row.entry.title)
    service: str = shown("Service.", lambda it: it.row.entry.service)
    home_form: str | None = shown(
        "Formulaire présélectionné à la connexion.", lambda it: it.row.entry.home_form or None
    )
    home_year: int | None = shown("Année présélectionnée à la connexion.", lambda it: it.row.entry.home_year)
    delegated_administrator: bool = shown(
        "Vrai s’il gère les utilisateurs de son organisation.",
        lambda it: it.row.entry.delegated_administrator,
    )
    default_profile: Profile | None = shown(
        "Profil par défaut.",
        lambda it: (
            Profile(row=ProfileRow(it.row.entry.default_profile, it.row.kind, None))
            if it.row.entry.default_profile
            else None
        ),
    )
    closed_at: datetime | None = shown(
        "Moment de la fermeture\u202f; nul s’il est ouvert.", lambda it: it.row.closed_at
    )
    version: int = shown("Version, à renvoyer avec une modification.", lambda it: it.row.version)
    contact_of: list[str] = shown(
        "Formulaires dont il est contact privilégié.",
        lambda it: list(account_rights.contact_of(it.row)),
        size=5,
    )

    @resolved("Organisation à laquelle il appartient.", SignedIn())
    async def organization(self, info: Ask) -> OrganizationCard:
        """The card."""
        return OrganizationCard(row=await info.context.loaders.organization(self.row.organization_id))

    @resolved("Droits sur chaque formulaire de son organisation.", Inherits(Right.ADMIN_USERS), size=6)
    async def forms(self, info: Ask) -> list[FormRights]:
        """The matrices."""
        places = await info.context.loaders.places(self.row.organization_id, self.row.kind)
        rows = account_rights.form_rights(info.context.asker, self.row, places)
        return [FormRights(row=row) for row in rows]

    @resolved("Vrai si l’appelant peut le modifier.", SignedIn())
    def editable(self, info: Ask) -> bool:
        """Whether there is no refusal."""
        return people_rights.refusal(info.context.asker, self.row) is None

    @resolved("Pourquoi l’appelant ne peut pas le modifier\u202f; nul s’il le peut.", SignedIn())
    def refusal(self, info: Ask) -> str | None:
        """The sentence."""
        return people_rights.refusal(info.context.asker, self.row)

    @resolved("Vrai si c’est le compte de l’appelant.", SignedIn())
    def is_me(self, info: Ask) -> bool:
        """Oneself."""
        return self.row.id == info.context.asker.user_id


@strawberry.type(description="Compte d’une page.")
class AccountEdge:
    """An account and its cursor."""

    cursor: str = strawberry.field(description="Curseur de ce compte.")
    node: Account = strawberry.field(description="Le compte.")


@strawberry.type(description="Page de comptes, par nom.")
class AccountConnection:
    """One page of accounts."""

    page: strawberry.Private[AccountPage]
    total_count: int = shown("Nombre exact de comptes trouvés.", lambda it: it.page.total)
    edges: list[AccountEdge] = page_edges("Comptes de la page.", AccountEdge, Account)
    page_info: PageInfo = page_end()


@strawberry.type(description="Fiche d’une organisation\u00a0: organisme, exploitant ou partenaire.")
class OrganizationCard:
    """The card."""

    row: strawberry.Private[OrganizationRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    key: str = shown("Nom dans les règles de droits, par exemple `partner:CDC`.", lambda it: it.row.key)
    kind: OrganizationKind = shown("Nature.", lambda it: it.row.kind)
    name: str = shown("Raison sociale.", lambda it: it.row.name)
    short_name: str = shown("Nom court ou sigle.", lambda it: it.row.short_name)
    address: str = shown("Adresse.", lambda it: it.row.address)
    phone: str = shown("Téléphone.", lambda it: it.row.phone)
    email: str = shown("Adresse électronique.", lambda it: it.row.email)
    version: int = shown("Version, à renvoyer avec une modification.", lambda it: it.row.version)
    editable: bool = shown("Vrai si l’appelant peut la modifier.", lambda it: it.row.editable)
    siren: str | None = shown("Numéro SIREN d’un organisme\u202f; nul sinon.", lambda it: it.row.siren)
    platform: str | None = shown(
        "Code de la plateforme d’un exploitant\u202f; nul sinon.", lambda it: it.row.platform
    )

    @resolved(
        "Comptes de l’organisation, par nom\u202f; à une plateforme, ses seuls administrateurs.",
        Inherits(Right.ADMIN_USERS),
    )
    async def accounts(
        self,
        info: Ask,
        first: First = 50,
        after: After = None,
        search: Search = None,
        *,
        closed: Annotated[bool, strawberry.argument(description="Vrai pour les comptes fermés.")] = False,
    ) -> AccountConnection:
        """One page of people."""
        asker = info.context.asker
        page = await people_lists.list_accounts(asker, self.row, first, after, search, closed=closed)
        return AccountConnection(page=page)

    @resolved(
        "Applications clientes de l’organisation de l’appelant\u202f; aux seuls administrateurs de celle-ci.",
        Inherits(Right.ADMIN_USERS),
        size=5,
    )
    async def clients(self, info: Ask) -> list[MachineClient]:
        """Its systems."""
        rows = await client_lists.list_clients(info.context.asker, self.row)
        return [MachineClient(row=row) for row in rows]

    @resolved("Profils que ses utilisateurs peuvent recevoir.", Inherits(Right.ADMIN_USERS), size=5)
    async def profiles(self, info: Ask) -> list[Profile]:
        """The profiles, with the boxes of the first place."""
        places = await info.context.loaders.places(self.row.id, self.row.kind)
        first = places[0] if places else None
        return [Profile(row=row) for row in account_rights.profiles_for(self.row.kind, first)]

    @resolved("Formulaires sur lesquels elle intervient.", SignedIn(), size=8)
    async def places(self, info: Ask) -> list[FormPlace]:
        """Where its people may have boxes."""
        names = info.context.asker.authority.policy.platforms
        places = await info.context.loaders.places(self.row.id, self.row.kind)
        return [FormPlace(row=place, platform_name=names[place.platform]) for place in places]


@strawberry.type(description="Organisation d’une page.")
class OrganizationEdge:
    """An organization and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette organisation.")
    node: OrganizationCard = strawberry.field(description="L’organisation.")


@strawberry.type(description="Page d’organisations, par nom.")
class OrganizationConnection:
    """One page of organizations."""

    page: strawberry.Private[OrganizationPage]
    total_count: int = shown("Nombre exact d’organisations trouvées.", lambda it: it.page.total)
    edges: list[OrganizationEdge] = page_edges(
        "Organisations de la page.", OrganizationEdge, OrganizationCard
    )
    page_info: PageInfo = page_end()
