"""What is said about a dossier: threads, messages, and the icons that lead to them."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from gql.fields import shown
from gql.types.describing import describe
from gql.types.page_info import PageInfo, page_edges, page_end
from models import Audience, Level, Nature, ThreadState
from resolvers.exchange_rows import MarkRow, Marks, MessageRow, ThreadRow
from resolvers.paging import Paged

# The messages of a thread are as many as they are: the guard takes them to be so many.
MESSAGES = 10

describe(
    Level,
    "Ce sur quoi porte un échange.",
    {"DOSSIER": "Le dossier entier.", "TAB": "Un onglet.", "CELL": "Une cellule."},
)
describe(
    Audience,
    "Qui peut lire un échange, une fois publié.",
    {
        "ALL": "L’organisme, la plateforme et les partenaires qu’une convention admet.",
        "PLATFORM": "L’organisme, la plateforme et l’organisation qui l’a ouvert.",
        "OWN": "La seule organisation qui l’a ouvert.",
    },
)
describe(
    ThreadState,
    "Où en est un échange. Ses icônes restent quand il est clos ou obsolète.",
    {
        "OPEN": "Ouvert\u00a0: on y répond.",
        "CLOSED": "Clos\u00a0: tout est dit.",
        "OBSOLETE": "Obsolète\u00a0: la question ne se pose plus.",
    },
)
describe(
    Nature,
    "Nature d’un message.",
    {"QUESTION": "Question, qui attend une réponse.", "COMMENT": "Commentaire."},
)


@strawberry.type(description="Icône d’un lieu\u00a0: une nature de messages, publiés ou non. Quatre au plus.")
class Mark:
    """One icon."""

    row: strawberry.Private[MarkRow]
    level: Level = shown("Sur quoi elle porte.", lambda it: it.row.level)
    anchor: str = shown(
        "Onglet ou cellule, par son code\u202f; vide pour le dossier.", lambda it: it.row.anchor
    )
    nature: Nature = shown("Nature des messages.", lambda it: it.row.nature)
    published: bool = shown("Faux pour les brouillons de l’appelant.", lambda it: it.row.published)
    open: bool = shown("Vrai si l’un des échanges est encore ouvert.", lambda it: it.row.open)
    count: int = shown("Nombre de messages.", lambda it: it.row.count)
    unread: int = shown("Nombre de ceux que l’appelant n’a pas lus.", lambda it: it.row.unread)


@strawberry.type(description="Ce que l’appelant laisserait derrière lui sans le publier.")
class Unpublished:
    """What a page that is left warns of."""

    row: strawberry.Private[Marks]
    messages: int = shown("Nombre de ses brouillons.", lambda it: it.row.drafts)
    attachments: int = shown(
        "Nombre de pièces jointes que son organisation a ajoutées sans les envoyer.",
        lambda it: it.row.attachments,
    )


@strawberry.type(description="Message d’un échange.")
class Message:
    """One message."""

    row: strawberry.Private[MessageRow]
    id: strawberry.ID = shown("Identifiant du message.", lambda it: str(it.row.id))
    nature: Nature = shown("Question ou commentaire.", lambda it: it.row.nature)
    text: str = shown("Texte, sans mise en forme.", lambda it: it.row.text)
    author: str = shown("Auteur.", lambda it: it.row.author)
    organization: str = shown("Organisation de l’auteur.", lambda it: it.row.organization)
    written_at: datetime = shown("Moment où il a été écrit.", lambda it: it.row.written_at)
    published_at: datetime | None = shown(
        "Moment de sa publication\u202f; nul pour un brouillon, que son auteur seul voit.",
        lambda it: it.row.published_at,
    )
    mine: bool = shown("Vrai si l’appelant l’a écrit.", lambda it: it.row.mine)
    can_change_nature: bool = shown(
        "Vrai si l’appelant peut en changer la nature\u00a0: son auteur, ou la plateforme.",
        lambda it: it.row.may_turn,
    )


@strawberry.type(
    description="Échange sur un dossier, un onglet ou une cellule\u00a0: un message et ses réponses."
)
class Thread:
    """One thread."""

    row: strawberry.Private[ThreadRow]
    id: strawberry.ID = shown("Identifiant de l’échange.", lambda it: str(it.row.id))
    level: Level = shown("Sur quoi il porte.", lambda it: it.row.level)
    anchor: str = shown(
        "Onglet ou cellule, par son code\u202f; vide pour le dossier.", lambda it: it.row.anchor
    )
    label: str = shown(
        "Le même en toutes lettres\u202f; suivi de «\u202fn’existe plus\u202f» si le formulaire ne l’a plus.",
        lambda it: it.row.label,
    )
    audience: Audience = shown("Qui peut le lire.", lambda it: it.row.audience)
    state: ThreadState = shown("Où il en est.", lambda it: it.row.state)
    due_on: date | None = shown(
        "Jour avant lequel y répondre\u202f; nul sans échéance.", lambda it: it.row.due_on
    )
    opened_at: datetime = shown("Moment de sa première publication.", lambda it: it.row.opened_at)
    settled_at: datetime | None = shown(
        "Moment où il a été clos ou déclaré obsolète\u202f; nul s’il est ouvert.",
        lambda it: it.row.settled_at,
    )
    carried: bool = shown("Vrai s’il est reporté du dossier de l’an dernier.", lambda it: it.row.carried)
    organization: str = shown("Organisation qui l’a ouvert.", lambda it: it.row.organization)
    messages: list[Message] = shown(
        "Messages, dans l’ordre de leur publication\u202f; les brouillons de l’appelant à la fin.",
        lambda it: [Message(row=row) for row in it.row.messages],
        size=MESSAGES,
    )
    unread: int = shown("Nombre de messages que l’appelant n’a pas lus.", lambda it: it.row.unread)
    can_settle: bool = shown(
        "Vrai si l’appelant peut le clore, le déclarer obsolète, le rouvrir.",
        lambda it: it.row.may_settle and it.row.published,
    )


@strawberry.type(description="Échange d’une page.")
class ThreadEdge:
    """A thread and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cet échange.")
    node: Thread = strawberry.field(description="L’échange.")


@strawberry.type(description="Page d’échanges, le dernier ouvert en premier.")
class ThreadConnection:
    """One page of threads."""

    page: strawberry.Private[Paged[ThreadRow]]
    edges: list[ThreadEdge] = page_edges("Échanges de la page.", ThreadEdge, Thread)
    page_info: PageInfo = page_end()
