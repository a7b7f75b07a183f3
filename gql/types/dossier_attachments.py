"""The documents joined to a dossier, as whoever may read them meets them (manual §10.2)."""

from __future__ import annotations

from datetime import datetime

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from models import AttachmentState
from resolvers.attachment_rows import WHY, AttachmentRow, PieceRow, may_attach, of_dossiers, pieces
from resolvers.rows import DossierRow

# One statement, of a list that is shown whole.
LISTED = 5
SHOWN = 50


def _why(attachment: Attachment) -> str | None:
    return WHY.get(attachment.row.refusal) if attachment.row.refusal else None


@strawberry.type(
    description="Pièce jointe à un dossier. Tant qu’elle n’est pas envoyée, l’organisation qui l’a"
    " ajoutée est seule à la voir."
)
class Attachment:
    """One document."""

    row: strawberry.Private[AttachmentRow]
    id: strawberry.ID = shown("Identifiant de la pièce jointe.", lambda it: str(it.row.id))
    piece: str = shown(
        "Type de pièce, de `Dossier.pieces`\u202f; vide pour une autre.", lambda it: it.row.piece
    )
    name: str = shown("Nom sous lequel elle est jointe.", lambda it: it.row.name)
    original: str = shown("Nom sous lequel elle est arrivée.", lambda it: it.row.original)
    media_type: str = shown(
        "Type de média, d’après son contenu\u202f; vide tant qu’elle n’est pas arrivée.",
        lambda it: it.row.media_type,
    )
    size: int = shown("Taille en octets.", lambda it: it.row.size)
    sha256: str = shown(
        "Empreinte SHA-256 du contenu\u202f; vide tant qu’elle n’est pas arrivée.", lambda it: it.row.sha256
    )
    state: AttachmentState = shown("Où en est son contenu.", lambda it: it.row.state)
    refusal: str | None = shown("Raison du refus, si elle est refusée.", _why)
    author: str = shown("Qui l’a ajoutée.", lambda it: it.row.author)
    organization: str = shown("Son organisation.", lambda it: it.row.organization)
    added_at: datetime = shown("Moment de l’ajout.", lambda it: it.row.added_at)
    sent_at: datetime | None = shown("Moment de l’envoi\u202f; nul avant.", lambda it: it.row.sent_at)
    received: int = shown("Octets reçus\u00a0: un envoi coupé reprend là.", lambda it: it.row.received)
    url: str = shown(
        "Adresse de son contenu, relative au serveur\u202f; elle se lit par `GET` et s’envoie par `PUT`.",
        lambda it: f"/attachments/{it.row.id}/content",
    )
    mine: bool = shown("Vrai si l’organisation de l’appelant l’a ajoutée.", lambda it: it.row.mine)


@strawberry.type(description="Type de pièce que l’on peut joindre au dossier.")
class Piece:
    """A kind of document."""

    row: strawberry.Private[PieceRow]
    label: str = shown("Libellé.", lambda it: it.row.label)
    required: bool = shown("Vrai si elle est à fournir.", lambda it: it.row.required)
    provided: int = shown("Nombre de pièces envoyées de ce type.", lambda it: it.row.provided)


@strawberry.type
class DossierAttachments:
    """What of a dossier concerns its attachments."""

    row: strawberry.Private[DossierRow]

    @resolved(
        "Pièces jointes que l’appelant peut voir, de la plus ancienne à la plus récente\u202f; nul s’il ne"
        " lit pas celles de ce dossier à cette étape.",
        Inherits(Right.ATTACHMENT_READ),
        size=SHOWN,
        weight=LISTED,
    )
    async def attachments(self, info: Ask) -> list[Attachment] | None:
        """The documents."""
        rows = await info.context.loaders.seen_of(of_dossiers, self.row)
        return None if rows is None else [Attachment(row=row) for row in rows]

    @resolved(
        "Types de pièce de ce formulaire pour cet organisme, celles à fournir d’abord\u202f; vide pour qui ne"
        " lit pas les pièces jointes.",
        Inherits(Right.ATTACHMENT_READ),
        size=20,
        weight=LISTED,
    )
    async def pieces(self, info: Ask) -> list[Piece]:
        """What is to be given."""
        rows = await info.context.loaders.seen_of(of_dossiers, self.row)
        return [] if rows is None else [Piece(row=row) for row in pieces(self.row, rows)]

    @resolved("Vrai si l’appelant peut joindre des documents à cette étape.", Inherits(Right.READ))
    def can_attach(self, info: Ask) -> bool:
        """Whether he may add some."""
        return may_attach(info.context.asker, self.row)

    @resolved("Taille maximale d’une pièce jointe de ce dossier, en octets.", Inherits(Right.READ))
    def attachment_limit(self, info: Ask) -> int:
        """The most bytes."""
        return info.context.intake.of(self.row).limit
