"""Bodies that take part, as lists name them, and people who may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry

from gql.fields import shown
from resolvers.consent_readers import ReaderRow
from resolvers.person import PersonRow

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.convention_choices import PartyRow


@strawberry.type(description="Organisation qui prend part\u00a0: organisme, exploitant ou partenaire.")
class Party:
    """A body."""

    id: strawberry.ID = strawberry.field(description="Identifiant de l’organisation.")
    key: str = strawberry.field(description="Clé de l’organisation, par exemple `partner:CDC`.")
    name: str = strawberry.field(description="Nom complet.")

    @classmethod
    def of(cls, row: PartyRow) -> Party:
        """A body as the resolvers tell it."""
        return cls(id=strawberry.ID(str(row.id)), key=row.key, name=row.name)


@strawberry.type(description="Personne, par son nom.")
class Person:
    """An account and its user's name."""

    row: strawberry.Private[PersonRow]
    id: strawberry.ID = shown("Identifiant du compte.", lambda it: str(it.row.id))
    name: str = shown("Prénom et nom.", lambda it: it.row.name)


@strawberry.type(description="Personne de la plateforme qui suit un dossier.")
class Follower:
    """Who follows a dossier; `inside`: whether the caller is of the same platform."""

    row: strawberry.Private[PersonRow]
    inside: strawberry.Private[bool]
    id: strawberry.ID | None = shown(
        "Identifiant du compte\u202f; nul hors de la plateforme.",
        lambda it: str(it.row.id) if it.inside else None,
    )
    name: str = shown("Prénom et nom.", lambda it: it.row.name)


@strawberry.type(description="Organisme, par sa clé et son nom.")
class OrganismName:
    """An organism."""

    key: str = strawberry.field(description="Clé de l’organisme, par exemple `organism:732829320`.")
    name: str = strawberry.field(description="Raison sociale.")

    @classmethod
    def known(cls, viewer: Viewer, key: str) -> OrganismName:
        """An organism by its key; the key alone where nothing has that name any more."""
        found = viewer.authority.policy.organizations.get(key)
        return cls(key=key, name=found.name if found else key)


@strawberry.type(description="Personne ou système qui peut lire aujourd’hui, et par quel article.")
class Reader:
    """Who may read."""

    row: strawberry.Private[ReaderRow]
    organization: Party = shown("Son organisation.", lambda it: Party.of(it.row.organization))
    subject: str = shown("Son nom dans les règles de droits.", lambda it: it.row.subject)
    name: str = shown("Son nom.", lambda it: it.row.name)
    since: str = shown(
        "Premier jour de la règle, AAAA-MM-JJ\u202f; vide s’il n’est pas fixé.", lambda it: it.row.since
    )
    ref: str = shown("Article qui l’y autorise.", lambda it: it.row.ref)
