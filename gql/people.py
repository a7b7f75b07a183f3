"""Questions and acts on organizations and their people (manual §11)."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from authz.boxes import FormPlace
from gql.arguments import After, First, Form, IdempotencyKey, PlatformCode, identifier
from gql.context import Ask, Cookie
from gql.fields import Requires, SignedIn, mutation, resolved
from gql.types.account_writing import AccountInput, FormRightsInput
from gql.types.accounts import Account, OrganizationCard, OrganizationConnection, Profile, Search
from models import OrganizationKind
from resolvers import (
    account_rights,
    boxes,
    organizations,
    people,
    people_passwords,
    people_reopening,
    people_rights,
)
from resolvers.people import Credentials

UserId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant du compte.")]
OrganizationId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant de l’organisation.")]
Version = Annotated[int, strawberry.argument(description="Version lue, que rien ne doit avoir changée.")]
Login = Annotated[str, strawberry.argument(description="Login, unique quelle que soit sa casse.")]
Password = Annotated[
    str,
    strawberry.argument(
        description="Mot de passe\u00a0: huit caractères au moins, dont une majuscule, un chiffre et un"
        " caractère spécial."
    ),
]
Again = Annotated[str, strawberry.argument(description="Mot de passe, saisi une seconde fois.")]
Person = Annotated[AccountInput, strawberry.argument(description="Ce que l’on sait de lui.")]


@strawberry.type
class PeopleQuery:
    """What one can ask of people."""

    @resolved("Fiche d’une organisation\u00a0: la sienne, ou celle que sa plateforme connaît.", SignedIn())
    async def organization_card(
        self,
        info: Ask,
        id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Identifiant\u202f; nul pour celle de l’appelant."),
        ] = None,
    ) -> OrganizationCard:
        """One card."""
        wanted = None if id is None else identifier(id, organizations.not_found())
        return OrganizationCard(row=await organizations.read(info.context.asker, wanted))

    @resolved("Organisations que connaît une plateforme, par nom\u202f; pour ses agents.", SignedIn())
    async def organizations(  # noqa: PLR0913 - GraphQL's arguments, each named by the caller
        self,
        info: Ask,
        *,
        platform: PlatformCode,
        kind: Annotated[
            OrganizationKind | None, strawberry.argument(description="Nature\u202f; nul pour toutes.")
        ] = None,
        search: Search = None,
        first: First = 50,
        after: After = None,
    ) -> OrganizationConnection:
        """One page of organizations."""
        asker = info.context.asker
        page = await organizations.search(asker, platform, first, after, kind=kind, text=search)
        return OrganizationConnection(page=page)

    @resolved(
        "Un compte\u00a0: le sien, ou celui d’un utilisateur que l’on gère. Inconnu ou étranger, l’erreur est"
        " la même.",
        SignedIn(),
    )
    async def account(self, info: Ask, id: UserId) -> Account:
        """One account."""
        wanted = identifier(id, people_rights.not_found())
        return Account(row=await people_rights.read(info.context.asker, wanted))

    @resolved("Un profil, avec ses cases sur un formulaire.", Requires(Right.ADMIN_USERS, Right.POLICY_EDIT))
    async def profile(
        self,
        info: Ask,
        name: Annotated[str, strawberry.argument(description="Nom du profil.")],
        platform: PlatformCode,
        form: Form,
    ) -> Profile:
        """One profile."""
        place = FormPlace(platform, form)
        return Profile(row=await account_rights.read_profile(info.context.asker, name, place))


@strawberry.type
class PeopleMutation:
    """What one can do with people."""

    @mutation("Modifie la fiche d’une organisation.", Requires(Right.ADMIN_USERS), alone=True)
    async def update_organization(  # noqa: PLR0913 - GraphQL's arguments, each named by the caller
        self,
        info: Ask,
        *,
        id: OrganizationId,
        name: Annotated[str, strawberry.argument(description="Raison sociale, obligatoire.")],
        short_name: Annotated[str, strawberry.argument(description="Nom court ou sigle, obligatoire.")],
        address: Annotated[str, strawberry.argument(description="Adresse.")],
        phone: Annotated[str, strawberry.argument(description="Téléphone.")],
        email: Annotated[str, strawberry.argument(description="Adresse électronique.")],
        version: Version,
    ) -> OrganizationCard:
        """Change a card."""
        texts = {"name": name, "short_name": short_name, "address": address, "phone": phone, "email": email}
        wanted = identifier(id, organizations.not_found())
        return OrganizationCard(row=await organizations.update(info.context.asker, wanted, texts, version))

    @mutation(
        "Ouvre un compte, avec les droits de son profil par défaut. Chez un organisme ou un partenaire, la"
        " plateforme n’ouvre que des administrateurs.",
        Requires(Right.ADMIN_USERS),
        alone=True,
    )
    async def create_user(  # noqa: PLR0913 - GraphQL's arguments, each named by the caller
        self,
        info: Ask,
        *,
        organization: OrganizationId,
        login: Login,
        password: Password,
        password_again: Again,
        account: Person,
        idempotency_key: IdempotencyKey,
    ) -> Account:
        """Open an account."""
        wanted = identifier(organization, organizations.not_found())
        credentials = Credentials(login, password, password_again)
        asker = info.context.asker
        return Account(row=await people.create(asker, wanted, credentials, account.entry(), idempotency_key))

    @mutation(
        "Ouvre un compte avec les droits d’un autre\u00a0: profils, cases et contacts privilégiés.",
        Requires(Right.ADMIN_USERS),
        alone=True,
    )
    async def duplicate_user(  # noqa: PLR0913 - GraphQL's arguments, each named by the caller
        self,
        info: Ask,
        *,
        user: UserId,
        login: Login,
        password: Password,
        password_again: Again,
        account: Person,
        idempotency_key: IdempotencyKey,
    ) -> Account:
        """Copy an account."""
        wanted = identifier(user, people_rights.not_found())
        credentials = Credentials(login, password, password_again)
        asker = info.context.asker
        return Account(
            row=await people.duplicate(asker, wanted, credentials, account.entry(), idempotency_key)
        )

    @mutation("Modifie ce que l’on sait d’un utilisateur.", Requires(Right.ADMIN_USERS), alone=True)
    async def update_user(self, info: Ask, user: UserId, account: Person, version: Version) -> Account:
        """Change a person."""
        wanted = identifier(user, people_rights.not_found())
        return Account(row=await people.update(info.context.asker, wanted, account.entry(), version))

    @mutation(
        "Enregistre les droits d’un utilisateur sur des formulaires\u202f; ce qui n’est pas nommé reste.",
        Requires(Right.ADMIN_USERS),
        alone=True,
    )
    async def set_form_rights(
        self,
        info: Ask,
        user: UserId,
        rights: Annotated[list[FormRightsInput], strawberry.argument(description="Droits par formulaire.")],
        version: Version,
    ) -> Account:
        """Give and take boxes."""
        wanted = identifier(user, people_rights.not_found())
        entries = [one.entry() for one in rights]
        return Account(row=await boxes.set_form_rights(info.context.asker, wanted, entries, version))

    @mutation(
        "Change un mot de passe et ferme les sessions de l’utilisateur\u00a0: le sien, avec l’actuel, ou"
        " celui d’un utilisateur que l’on gère.",
        SignedIn(),
        own_transaction=True,
    )
    async def change_password(
        self,
        info: Ask,
        user: UserId,
        password: Password,
        password_again: Again,
        current: Annotated[
            str | None, strawberry.argument(description="Mot de passe actuel, pour changer le sien.")
        ] = None,
    ) -> bool:
        """Change a password; one's own session goes on under a new cookie."""
        wanted = identifier(user, people_rights.not_found())
        asker = info.context.asker
        signed = await people_passwords.change(asker, wanted, password, password_again, current)
        if signed is not None:
            info.context.cookie = Cookie.of(signed)
        return True

    @mutation(
        "Ferme un compte\u00a0: ses sessions prennent fin, son nom reste là où il a écrit.",
        Requires(Right.ADMIN_USERS),
        alone=True,
    )
    async def close_user(self, info: Ask, user: UserId, version: Version) -> Account:
        """Close an account."""
        wanted = identifier(user, people_rights.not_found())
        return Account(row=await people.close(info.context.asker, wanted, version))

    @mutation(
        "Rouvre un compte fermé, sous un nouveau mot de passe\u00a0: il retrouve, de ses droits, ceux que"
        " l’on peut donner ce jour-là. La plateforme rouvre ailleurs des administrateurs, par leur profil.",
        Requires(Right.ADMIN_USERS),
        alone=True,
    )
    async def reopen_user(
        self, info: Ask, user: UserId, password: Password, password_again: Again, version: Version
    ) -> Account:
        """Open a closed account."""
        wanted = identifier(user, people_rights.not_found())
        asker = info.context.asker
        return Account(row=await people_reopening.reopen(asker, wanted, password, password_again, version))
