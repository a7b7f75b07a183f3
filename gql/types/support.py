"""Messages of platforms, questions to the hotline, and what is shown to it (manual §5.4, §5.5)."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from gql.context import Ask
from gql.fields import SignedIn, resolved, shown
from gql.types.page_info import PageInfo, page_end
from resolvers.announcements import AnnouncementRow, Wording
from resolvers.paging import Paged
from resolvers.supervision import ScreenRow, TrailRow
from resolvers.support import HotlineRow, Theme
from resolvers.support import Question as QuestionRow


@strawberry.type(description="Message d’une plateforme à ses utilisateurs.")
class Announcement:
    """One message."""

    row: strawberry.Private[AnnouncementRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    platform: str = shown("Code de la plateforme.", lambda it: it.row.platform)
    platform_name: str = shown("Nom de la plateforme.", lambda it: it.row.platform_name)
    form: str | None = shown(
        "Formulaire dont les dossiers le portent\u202f; nul pour le bandeau de tous les écrans.",
        lambda it: it.row.form or None,
    )
    title: str = shown("Titre, celui du lien.", lambda it: it.row.title)
    text: str = shown("Texte, en paragraphes séparés par une ligne vide.", lambda it: it.row.text)
    since: date = shown("Premier jour.", lambda it: it.row.since)
    until: date | None = shown("Dernier jour\u202f; nul sans fin.", lambda it: it.row.until)
    at: datetime = shown("Moment où il a été écrit.", lambda it: it.row.at)
    removed_at: datetime | None = shown(
        "Moment où il a été retiré\u202f; nul sinon.", lambda it: it.row.removed_at
    )


@strawberry.input(description="Message à publier.")
class AnnouncementInput:
    """What to tell."""

    platform: str = strawberry.field(description="Code de la plateforme.")
    form: str | None = strawberry.field(
        default=None,
        description="Formulaire dont les dossiers le portent\u202f; nul pour le bandeau de tous les écrans.",
    )
    title: str = strawberry.field(description="Titre, 120 caractères au plus.")
    text: str = strawberry.field(description="Texte, 5\u202f000 caractères au plus.")
    since: date = strawberry.field(description="Premier jour.")
    until: date | None = strawberry.field(default=None, description="Dernier jour\u202f; nul sans fin.")

    def wording(self) -> Wording:
        """As the resolvers take it."""
        return Wording(self.platform, self.form or "", self.title, self.text, self.since, self.until)


@strawberry.input(description="Question à l’assistance.")
class QuestionInput:
    """What to ask."""

    platform: str = strawberry.field(description="Code de la plateforme.")
    name: str = strawberry.field(description="Nom du demandeur.")
    email: str = strawberry.field(description="Adresse électronique où répondre.")
    phone: str = strawberry.field(default="", description="Téléphone, ou texte vide.")
    theme: Theme = strawberry.field(description="Thème.")
    question: str = strawberry.field(description="Question, 5\u202f000 caractères au plus.")
    path: str = strawberry.field(default="", description="Adresse de l’écran concerné, ou texte vide.")
    file_name: str = strawberry.field(default="", description="Nom du fichier joint, ou texte vide.")
    file: str = strawberry.field(default="", description="Fichier joint en base64, 5\u00a0Mo au plus.")

    def row(self) -> QuestionRow:
        """As the resolvers take it."""
        return QuestionRow(
            platform=self.platform,
            name=self.name,
            email=self.email,
            phone=self.phone,
            theme=self.theme,
            question=self.question,
            path=self.path,
            file_name=self.file_name,
            file=self.file,
        )


@strawberry.type(description="Assistance d’une plateforme.")
class Hotline:
    """A hotline that the viewer may ask."""

    row: strawberry.Private[HotlineRow]
    code: str = shown("Code de la plateforme.", lambda it: it.row.code)
    name: str = shown("Nom de la plateforme.", lambda it: it.row.name)
    phone: str = shown("Téléphone, ou texte vide.", lambda it: it.row.phone)
    email: str = shown("Adresse électronique, ou texte vide.", lambda it: it.row.email)
    answers: bool = shown("Vrai si l’appelant en est.", lambda it: it.row.answers)


@strawberry.type(description="Écran montré à l’assistance.")
class TrailScreen:
    """One screen of a trail."""

    row: strawberry.Private[ScreenRow]
    at: datetime = shown("Moment où il a été ouvert.", lambda it: it.row.at)
    path: str = shown("Adresse, sans paramètre.", lambda it: it.row.path)
    title: str = shown("Titre.", lambda it: it.row.title)


@strawberry.type(description="Parcours d’écrans montré à l’assistance, le temps d’une session.")
class Trail:
    """One trail."""

    row: strawberry.Private[TrailRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    platform: str = shown("Code de la plateforme à laquelle il est montré.", lambda it: it.row.platform)
    platform_name: str = shown("Nom de la plateforme.", lambda it: it.row.platform_name)
    name: str = shown("Qui le montre.", lambda it: it.row.name)
    organization: str = shown("Son organisation.", lambda it: it.row.organization)
    started_at: datetime = shown("Moment où il l’a ouvert.", lambda it: it.row.started_at)
    ended_at: datetime | None = shown("Moment de sa fin\u202f; nul s’il dure.", lambda it: it.row.ended_at)
    screen_count: int = shown("Nombre d’écrans.", lambda it: it.row.screens)

    @resolved("Écrans, dans l’ordre.", SignedIn(), size=100, weight=20)
    async def screens(self, info: Ask) -> list[TrailScreen]:
        """The screens."""
        return [TrailScreen(row=row) for row in await info.context.loaders.screens(self.row)]


@strawberry.type(description="Parcours, un à un, avec leur curseur.")
class TrailEdge:
    """A trail and its cursor."""

    node: Trail = strawberry.field(description="Le parcours.")
    cursor: str = strawberry.field(description="Curseur de cette ligne.")


@strawberry.type(description="Page de parcours, du plus récent au plus ancien.")
class TrailConnection:
    """A page of trails."""

    page: strawberry.Private[Paged[TrailRow]]
    edges: list[TrailEdge] = shown(
        "Parcours de la page.",
        lambda it: [
            TrailEdge(node=Trail(row=row), cursor=cursor)
            for row, cursor in zip(it.page.rows, it.page.cursors, strict=True)
        ],
        size=50,
    )
    page_info: PageInfo = page_end()
