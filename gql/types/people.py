"""Who asks, and the bodies that take part."""

from __future__ import annotations

from typing import Protocol

import strawberry

from authz import Viewer as ViewerRow
from gql.fields import SignedIn, resolved, shown
from models import Category, OrganizationKind
from resolvers import account_rights, packs, people_rights
from resolvers.home import Home as HomeRow
from resolvers.home import home_of
from resolvers.rows import OrganismRow


@strawberry.type(
    description="Organisation de l’appelant\u00a0: organisme, exploitant d’une plateforme ou partenaire."
)
class Organization:
    """The viewer's own organization."""

    row: strawberry.Private[ViewerRow]
    id: strawberry.ID = shown("Identifiant de l’organisation.", lambda it: str(it.row.organization_id))
    key: str = shown(
        "Nom sous lequel les règles de droits la connaissent, par exemple `organism:732829320`.",
        lambda it: it.row.organization,
    )
    name: str = shown("Nom complet.", lambda it: it.row.organization_name)
    short_name: str = shown("Nom court ou sigle.", lambda it: it.row.organization_short_name)
    kind: OrganizationKind = shown("Nature de l’organisation.", lambda it: it.row.kind)


@strawberry.type(description="Ce que la recherche présélectionne à la connexion d’une personne.")
class Home:
    """A person's choice of where to begin."""

    row: strawberry.Private[HomeRow]
    form: str | None = shown(
        "Type de formulaire\u202f; nul s’il n’en a pas choisi.", lambda it: it.row.form or None
    )
    year: int | None = shown("Année\u202f; nulle s’il n’en a pas choisi.", lambda it: it.row.year)


@strawberry.type(description="Appelant identifié\u00a0: une personne, ou le système d’un partenaire.")
class Viewer:
    """Whoever asks."""

    row: strawberry.Private[ViewerRow]
    login: str | None = shown("Identifiant de connexion\u202f; nul pour un système.", lambda it: it.row.login)
    name: str = shown("Nom affiché.", lambda it: it.row.name)
    kind: OrganizationKind = shown("Nature de son organisation.", lambda it: it.row.kind)
    organization: Organization = shown("Son organisation.", lambda it: Organization(row=it.row))
    scopes: list[str] | None = shown(
        "Portées du jeton d’un système\u202f; nul pour une personne, que ses seuls droits limitent.",
        lambda it: None if it.row.scopes is None else sorted(it.row.scopes),
    )
    edits_forms: bool = shown(
        "Vrai si l’appelant peut modifier la définition d’un formulaire.",
        lambda it: packs.edits_forms(it.row),
    )
    administers_users: bool = shown(
        "Vrai si l’appelant gère les utilisateurs de son organisation.",
        lambda it: people_rights.administers(it.row),
    )
    edits_policy: bool = shown(
        "Vrai si l’appelant peut modifier les règles de droits d’une plateforme.",
        lambda it: account_rights.edits_policy(it.row),
    )
    gives_consents: bool = shown(
        "Vrai si l’appelant peut donner ou refuser l’accès des partenaires à ses dossiers.",
        lambda it: account_rights.gives_consents(it.row),
    )
    conducts_campaigns: bool = shown(
        "Vrai si l’appelant conduit la campagne d’un formulaire.",
        lambda it: account_rights.conducts_campaigns(it.row),
    )
    sees_conventions: bool = shown(
        "Vrai si l’appelant peut lire les conventions qui le concernent\u00a0: toute personne le peut.",
        lambda it: it.row.user_id is not None,
    )
    account: strawberry.ID | None = shown(
        "Identifiant de son compte, pour changer son mot de passe\u202f; nul pour un système.",
        lambda it: None if it.row.user_id is None else str(it.row.user_id),
    )

    @resolved("Ce que la recherche présélectionne à sa connexion.", SignedIn())
    async def home(self) -> Home:
        """Where he begins."""
        return Home(row=await home_of(self.row))


class OnPlatform(Protocol):
    """Whatever is a platform's: a dossier, a convention."""

    @property
    def platform(self) -> str:
        """Its code."""

    @property
    def platform_name(self) -> str:
        """Its name."""


@strawberry.type(description="Plateforme qui collecte les dossiers\u00a0: le ministère ou une fédération.")
class Platform:
    """The platform of a dossier, or of a convention."""

    row: strawberry.Private[OnPlatform]
    code: str = shown("Code de la plateforme.", lambda it: it.row.platform)
    name: str = shown("Nom de la plateforme.", lambda it: it.row.platform_name)


@strawberry.type(description="Organisme de logement social, tel que la plateforme du dossier le connaît.")
class Organism:
    """The organism of a dossier."""

    row: strawberry.Private[OrganismRow]
    id: strawberry.ID = shown("Identifiant de l’organisme.", lambda it: str(it.row.id))
    siren: str = shown("Numéro SIREN, neuf chiffres.", lambda it: it.row.siren)
    name: str = shown("Raison sociale.", lambda it: it.row.name)
    category: Category = shown("Famille d’organismes.", lambda it: it.row.category)
    code: str = shown("Code interne de l’organisme sur la plateforme.", lambda it: it.row.code)
    department: str = shown("Code du département du siège.", lambda it: it.row.department)
    city: str = shown("Commune du siège.", lambda it: it.row.city)
    federation: str | None = shown(
        "Fédération à laquelle il adhère\u202f; nul s’il n’est pas fédéré.", lambda it: it.row.federation
    )
