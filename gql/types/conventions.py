"""Conventions as their readers meet them, and what they are made of."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from authz import Viewer
from authz.clock import today
from gql.context import Ask
from gql.fields import SignedIn, resolved, shown
from gql.types.parties import OrganismName, Party
from gql.types.people import Platform
from models import NotFound, OrganizationKind
from resolvers import conventions
from resolvers.convention_changes import waiting_proposal
from resolvers.convention_contradictions import Contradiction as ContradictionRow
from resolvers.convention_contradictions import contradictions
from resolvers.convention_known import known_of
from resolvers.convention_lines import compile_lines
from resolvers.convention_reach import Reach, reach
from resolvers.convention_rows import Article as ArticleRow
from resolvers.convention_rows import ConventionRow, ConventionState, EventRow
from resolvers.convention_words import group_label, right_label

# Asked of one convention: every article beside every other, over every organism.
COMPARED = 200
COUNTED = 200


@strawberry.type(description="Fonction accordée ou interdite, et à quelles étapes.")
class Grant:
    """A function and its steps."""

    right: str = strawberry.field(description="Fonction, par exemple `dossier:read`.")
    label: str = strawberry.field(description="Nom de la fonction.")
    steps: list[int] = strawberry.field(description="Étapes, de 0 à 6.")


@strawberry.type(description="Groupe d’organismes.")
class GroupName:
    """A group."""

    key: str = strawberry.field(description="Clé du groupe, par exemple `category:OPH` ou `department:34`.")
    label: str = strawberry.field(description="Nom du groupe.")


@strawberry.type(description="Onglets d’un formulaire auxquels un article se limite.")
class FormTabs:
    """The tabs of a form."""

    form: str = strawberry.field(description="Type de formulaire.")
    tabs: list[str] = strawberry.field(description="Codes des onglets.")


@strawberry.type(description="Article d’une convention\u00a0: ce qu’il accorde ou interdit, et sur quoi.")
class Article:
    """An article."""

    viewer: strawberry.Private[Viewer]
    row: strawberry.Private[ArticleRow]
    number: str = shown("Numéro, par exemple «\u00a03\u00a0».", lambda it: it.row.number)
    text: str = shown("Texte de l’article.", lambda it: it.row.text)
    forms: list[str] = shown("Types de formulaire.", lambda it: it.row.forms, size=1)
    groups: list[GroupName] = shown("Groupes d’organismes.", lambda it: list(it.group_names()), size=1)
    included: list[OrganismName] = shown(
        "Organismes nommés en plus.", lambda it: it.organisms(it.row.included), size=1
    )
    excluded: list[OrganismName] = shown(
        "Organismes exclus des groupes.", lambda it: it.organisms(it.row.excluded), size=1
    )
    grants: list[Grant] = shown(
        "Fonctions et étapes.",
        lambda it: [
            Grant(right=grant.right, label=right_label(grant.right), steps=list(grant.steps))
            for grant in it.row.grants
        ],
        size=3,
    )
    tabs: list[FormTabs] = shown(
        "Onglets, pour les formulaires dont seuls certains sont ouverts.",
        lambda it: [FormTabs(form=form, tabs=list(tabs)) for form, tabs in it.row.tabs],
        size=1,
    )
    consent: bool = shown("Vrai s’il faut l’accord de chaque organisme.", lambda it: it.row.consent)
    forbids: bool = shown("Vrai si l’article interdit au lieu d’accorder.", lambda it: it.row.forbids)

    def group_names(self) -> list[GroupName]:
        """Its groups, named."""
        platforms = self.viewer.authority.policy.platforms
        return [GroupName(key=key, label=group_label(key, platforms)) for key in self.row.groups]

    def organisms(self, keys: tuple[str, ...]) -> list[OrganismName]:
        """Organisms, named."""
        return [OrganismName.known(self.viewer, key) for key in keys]


@strawberry.type(description="Texte signé joint à une convention.")
class SignedText:
    """A PDF."""

    row: strawberry.Private[ConventionRow]
    name: str = shown("Nom du fichier.", lambda it: it.row.signed_name)
    size: int = shown("Taille en octets.", lambda it: it.row.signed_size)
    sha256: str = shown("Empreinte SHA-256, en hexadécimal.", lambda it: it.row.signed_sha256)
    at: datetime = shown("Instant du dépôt.", lambda it: it.row.signed_at)


@strawberry.type(description="Changement accepté d’une convention.")
class ConventionEvent:
    """One line of its history."""

    row: strawberry.Private[EventRow]
    revision: int = shown("Numéro de révision.", lambda it: it.row.revision)
    event: str = shown("Ce qui s’est passé, en un mot stable.", lambda it: it.row.event)
    label: str = shown("Ce qui s’est passé, avec le motif donné.", lambda it: it.row.label)
    at: datetime = shown("Instant.", lambda it: it.row.at)
    author: str | None = shown("Auteur\u202f; nul pour le système.", lambda it: it.row.author)
    policy_version: int | None = shown(
        "Version des droits qui en résulte\u202f; nul si aucune règle n’a changé.",
        lambda it: it.row.policy_version,
    )


@strawberry.type(description="Article qui accorde ce qu’un autre interdit\u202f; l’interdiction l’emporte.")
class Contradiction:
    """Two articles."""

    row: strawberry.Private[ContradictionRow]
    article: str = shown("Numéro de l’article qui accorde.", lambda it: it.row.article)
    other: str = shown("Convention et article qui interdit.", lambda it: it.row.other)
    sentence: str = shown("La contradiction, en clair.", lambda it: it.row.sentence)


@strawberry.type(description="Portée d’une convention, en nombres.")
class ConventionReach:
    """How far it goes."""

    row: strawberry.Private[Reach]
    organisms: int = shown("Organismes dont elle ouvre des dossiers.", lambda it: it.row.organisms)
    dossiers: int = shown("Dossiers qu’elle ouvre aujourd’hui.", lambda it: it.row.dossiers)
    users: int = shown("Utilisateurs du partenaire qui peuvent s’en servir.", lambda it: it.row.users)


@strawberry.type(description="Convention entre une plateforme et un partenaire.")
class Convention:
    """A convention that the viewer may read."""

    viewer: strawberry.Private[Viewer]
    row: strawberry.Private[ConventionRow]
    id: strawberry.ID = shown("Identifiant de la convention.", lambda it: str(it.row.id))
    platform: Platform = shown("Plateforme.", lambda it: Platform(row=it.row))
    partner: Party = shown(
        "Partenaire.",
        lambda it: Party(
            id=strawberry.ID(str(it.row.partner_id)), key=it.row.content.partner, name=it.row.partner_name
        ),
    )
    title: str = shown("Intitulé.", lambda it: it.row.content.title)
    purpose: str = shown("Objet.", lambda it: it.row.content.purpose)
    since: date = shown("Premier jour.", lambda it: it.row.content.since)
    until: date = shown("Dernier jour.", lambda it: it.row.content.until)
    state: ConventionState = shown("Où elle en est aujourd’hui.", lambda it: it.row.state(today().date))
    revision: int = shown("Numéro de révision, à redonner pour la modifier.", lambda it: it.row.revision)
    articles: list[Article] = shown(
        "Articles.",
        lambda it: [Article(viewer=it.viewer, row=article) for article in it.row.content.articles],
        size=5,
    )
    suspended_since: date | None = shown(
        "Premier jour de la suspension.", lambda it: it.row.pause.since if it.row.pause else None
    )
    suspended_until: date | None = shown(
        "Dernier jour de la suspension\u202f; nul jusqu’à la reprise.",
        lambda it: it.row.pause.until if it.row.pause else None,
    )
    signed: SignedText | None = shown(
        "Texte signé joint.", lambda it: SignedText(row=it.row) if it.row.signed_at else None
    )
    line_count: int = shown(
        "Nombre de règles qu’elle donne, ou donnerait une fois publiée.",
        lambda it: len(compile_lines(it.row.id, it.row.content, it.row.pause)),
    )
    editable: bool = shown(
        "Vrai si l’appelant peut la modifier.",
        lambda it: conventions.refusal_to_edit(it.viewer, it.row.platform) is None,
    )
    refusal: str | None = shown(
        "Pourquoi l’appelant ne peut pas la modifier.",
        lambda it: conventions.refusal_to_edit(it.viewer, it.row.platform),
    )

    @resolved("Convention qu’elle renouvelle.", SignedIn())
    async def renews(self) -> Convention | None:
        """The one before, as far as the viewer may read it."""
        if self.row.renews_id is None:
            return None
        try:
            return Convention(viewer=self.viewer, row=await conventions.read(self.viewer, self.row.renews_id))
        except NotFound:
            return None

    @resolved("Proposition qui attend une seconde signature pour la changer.", SignedIn())
    async def waiting_proposal(self) -> strawberry.ID | None:
        """What waits, for those who sign."""
        if self.viewer.kind is not OrganizationKind.OPERATOR:
            return None
        found = await waiting_proposal(self.row.id)
        return None if found is None else strawberry.ID(str(found))

    @resolved("Changements, le dernier en premier.", SignedIn(), size=5)
    async def history(self) -> list[ConventionEvent]:
        """Its history."""
        return [ConventionEvent(row=row) for row in await conventions.history(self.row)]

    @resolved(
        "Ce que ses articles accordent et qu’un autre interdit\u202f; vide hors de la plateforme.",
        SignedIn(),
        size=3,
        weight=COMPARED,
    )
    async def contradictions(self) -> list[Contradiction]:
        """What contradicts, for those who can mend it."""
        if self.viewer.kind is not OrganizationKind.OPERATOR:
            return []
        known = await known_of(self.viewer, self.row.platform)
        day = max(today().date, self.row.content.since)
        others = [
            other.content
            for other in await conventions.published()
            if other.id != self.row.id and other.content.until >= day
        ]
        return [Contradiction(row=row) for row in contradictions(self.row.content, others, known)]

    @resolved("Portée de la convention.", SignedIn(), weight=COUNTED)
    async def reach(self, info: Ask) -> ConventionReach:
        """How far it goes."""
        return ConventionReach(row=await reach(info.context.asker, self.row))
