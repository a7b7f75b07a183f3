"""Consents as organisms and partners meet them, and who reads."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from gql.arguments import dossier_id
from gql.fields import shown
from gql.types.page_info import PageInfo, page_edges, page_end
from gql.types.parties import OrganismName, Party
from gql.types.people import Platform
from models import Category
from resolvers.consent_list import ConsentPage
from resolvers.consent_readers import Within
from resolvers.consent_rows import (
    ConsentAnswer,
    ConsentChangeRow,
    ConsentRow,
    ConsentWrite,
    ListedRow,
    ReadingRow,
)
from resolvers.convention_words import joined
from resolvers.paging import Paged


@strawberry.type(description="Réponse donnée par l’organisme, gardée quand il change d’avis.")
class ConsentChange:
    """One answer."""

    row: strawberry.Private[ConsentChangeRow]
    given: bool = shown("Vrai pour un accès donné.", lambda it: it.row.given)
    at: datetime = shown("Instant.", lambda it: it.row.at)
    author: str | None = shown("Auteur.", lambda it: it.row.author)


@strawberry.type(description="Accès donné ou refusé à un partenaire, par formulaire et année.")
class ConsentLine:
    """One line of an organism's consents."""

    row: strawberry.Private[ConsentRow]
    platform: Platform = shown("Plateforme.", lambda it: Platform(row=it.row))
    partner: Party = shown("Partenaire.", lambda it: Party.of(it.row.partner))
    form: str = shown("Type de formulaire.", lambda it: it.row.key[2])
    year: int = shown("Année des comptes.", lambda it: it.row.key[3])
    answer: ConsentAnswer = shown("Réponse de l’organisme.", lambda it: it.row.answer)
    at: datetime | None = shown("Instant de la réponse.", lambda it: it.row.at)
    author: str | None = shown("Qui a répondu.", lambda it: it.row.author)
    convention: str = shown(
        "Convention qui demande l’accord\u202f; vide si plus aucune ne le demande.",
        lambda it: joined(it.row.offer.conventions),
    )
    article: str = shown("Article qui le demande.", lambda it: joined(it.row.offer.articles))
    effect: str = shown("Ce qu’un oui ouvre.", lambda it: it.row.offer.effect)
    readers: int = shown("Personnes du partenaire qui peuvent lire aujourd’hui.", lambda it: it.row.readers)
    history: list[ConsentChange] = shown(
        "Réponses successives, la dernière en premier.",
        lambda it: [ConsentChange(row=change) for change in it.row.history],
        size=2,
    )


@strawberry.type(description="Lecture d’un dossier par quelqu’un d’autre que son organisme, un jour donné.")
class Reading:
    """Who read or took away."""

    row: strawberry.Private[ReadingRow]
    organization: Party = shown("Son organisation.", lambda it: Party.of(it.row.organization))
    name: str = shown("Son nom.", lambda it: it.row.name)
    channel: str = shown(
        "Par quel canal\u00a0: `screen`, `pdf`, `zip`, `xml`, `xlsx`, `csv`, `attachment`, `copy` ou `api`.",
        lambda it: it.row.channel,
    )
    day: date = shown("Jour.", lambda it: it.row.day)
    ref: str = shown("Article qui l’y autorisait.", lambda it: it.row.ref)
    form: str = shown("Type de formulaire.", lambda it: it.row.form)
    year: int = shown("Année des comptes.", lambda it: it.row.year)
    dossier: strawberry.ID = shown("Identifiant du dossier.", lambda it: str(it.row.dossier_id))


@strawberry.input(description="Lectures voulues\u202f; ce qui n’est pas dit n’est pas un critère.")
class ReadingCriteria:
    """What of the register is wanted."""

    since: date | None = strawberry.field(default=None, description="Premier jour.")
    until: date | None = strawberry.field(default=None, description="Dernier jour.")
    organization: str | None = strawberry.field(
        default=None, description="Clé d’une organisation, par exemple `partner:CDC`."
    )
    dossier: strawberry.ID | None = strawberry.field(default=None, description="Un seul dossier.")

    def within(self) -> Within:
        """The same, as the resolvers take it. Raises NotFound."""
        dossier = None if self.dossier is None else dossier_id(self.dossier)
        return Within(self.since, self.until, self.organization, dossier)


@strawberry.type(description="Lecture d’une page.")
class ReadingEdge:
    """A reading and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette lecture.")
    node: Reading = strawberry.field(description="La lecture.")


@strawberry.type(description="Page de lectures, de la plus récente à la plus ancienne.")
class ReadingConnection:
    """One page."""

    page: strawberry.Private[Paged[ReadingRow]]
    edges: list[ReadingEdge] = page_edges("Lectures de la page.", ReadingEdge, Reading)
    page_info: PageInfo = page_end()


@strawberry.type(description="Organisme qui a donné l’accès ou non.")
class ConsentListRow:
    """One organism of a partner's list."""

    row: strawberry.Private[ListedRow]
    organism: OrganismName = shown("Organisme.", lambda it: OrganismName(key=it.row.key, name=it.row.name))
    siren: str = shown("Numéro SIREN.", lambda it: it.row.siren)
    code: str = shown("Code interne sur la plateforme.", lambda it: it.row.code)
    category: Category = shown("Famille d’organismes.", lambda it: it.row.category)
    department: str = shown("Code du département du siège.", lambda it: it.row.department)
    answer: ConsentAnswer = shown("Sa réponse.", lambda it: it.row.answer)
    at: datetime | None = shown("Instant de la réponse.", lambda it: it.row.at)


@strawberry.type(description="Organisme d’une page.")
class ConsentListEdge:
    """An organism and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cet organisme.")
    node: ConsentListRow = strawberry.field(description="L’organisme et sa réponse.")


@strawberry.type(description="Page d’organismes, par code, avec leur réponse au partenaire.")
class ConsentListConnection:
    """One page."""

    page: strawberry.Private[ConsentPage]
    total_count: int = shown("Nombre exact d’organismes trouvés.", lambda it: it.page.total)
    edges: list[ConsentListEdge] = page_edges("Organismes de la page.", ConsentListEdge, ConsentListRow)
    page_info: PageInfo = page_end()


@strawberry.input(description="Réponse à un partenaire.")
class ConsentInput:
    """An answer to give."""

    platform: str = strawberry.field(description="Code de la plateforme.")
    partner: str = strawberry.field(description="Clé du partenaire, par exemple `partner:CDC`.")
    form: str = strawberry.field(description="Type de formulaire.")
    year: int = strawberry.field(description="Année des comptes.")
    given: bool = strawberry.field(description="Vrai pour donner l’accès, faux pour le refuser.")
    was: ConsentAnswer = strawberry.field(
        description="Réponse que l’auteur voyait\u202f; si elle a changé depuis, rien n’est enregistré."
    )

    def write(self) -> ConsentWrite:
        """The same, as the resolvers take it."""
        return ConsentWrite(self.platform, self.partner, self.form, self.year, self.given, self.was)
