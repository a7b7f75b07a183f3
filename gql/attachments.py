"""Joining documents to a dossier: announced here, sent in by HTTP, then sent on to whoever may read them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import DossierId, IdempotencyKey, dossier_id, identifier
from gql.context import Ask
from gql.fields import Requires, mutation, shown
from gql.types.dossier_attachments import Attachment
from resolvers import attachments
from resolvers.attachment_rows import AttachmentRow, unknown


@strawberry.type(description="Pièce jointe annoncée, dont le contenu est attendu.")
class AttachmentUpload:
    """Where the content goes."""

    row: strawberry.Private[AttachmentRow]
    attachment: Attachment = shown("La pièce jointe.", lambda it: Attachment(row=it.row))
    renamed: str | None = shown(
        "Nom que son type lui donne\u202f; nul si elle garde le sien.",
        lambda it: it.row.name if it.row.piece else None,
    )
    upload_url: str = shown(
        "Adresse où envoyer son contenu par `PUT`, relative au serveur\u00a0: en une fois, ou par parties"
        " (`Content-Range`).",
        lambda it: f"/attachments/{it.row.id}/content",
    )


@strawberry.type
class AttachmentMutation:
    """What one can do with attachments."""

    @mutation(
        "Annonce une pièce jointe\u202f; son contenu s’envoie ensuite à `uploadUrl`.",
        Requires(Right.ATTACHMENT_WRITE),
    )
    async def add_attachment(  # noqa: PLR0913, PLR0917 - the arguments of the mutation
        self,
        info: Ask,
        dossier: DossierId,
        piece: Annotated[
            str,
            strawberry.argument(description="Type, de `Dossier.pieces`\u202f; vide pour une autre."),
        ],
        file_name: Annotated[str, strawberry.argument(description="Nom du fichier.")],
        size: Annotated[int, strawberry.argument(description="Taille du fichier, en octets.")],
        idempotency_key: IdempotencyKey,
    ) -> AttachmentUpload:
        """Announce a document."""
        announced = attachments.Announced(piece, file_name, size)
        context = info.context
        row = await attachments.add(
            context.asker, dossier_id(dossier), announced, context.intake, idempotency_key
        )
        return AttachmentUpload(row=row)

    @mutation(
        "Retire une pièce jointe de sa propre organisation et son contenu, tant qu’elle n’est pas envoyée.",
        Requires(Right.ATTACHMENT_WRITE),
    )
    async def remove_attachment(
        self,
        info: Ask,
        attachment: Annotated[strawberry.ID, strawberry.argument(description="`Attachment.id`.")],
        idempotency_key: IdempotencyKey,
    ) -> bool:
        """Take a document away."""
        found = identifier(attachment, unknown())
        await attachments.remove(info.context.asker, found, idempotency_key)
        return True

    @mutation(
        "Envoie les pièces jointes que sa propre organisation a ajoutées et qui sont prêtes\u00a0: les autres"
        " les voient, et les contacts en sont prévenus s’il y en a. Donne leur nombre.",
        Requires(Right.ATTACHMENT_WRITE),
    )
    async def send_attachments(self, info: Ask, dossier: DossierId, idempotency_key: IdempotencyKey) -> int:
        """Send documents."""
        return await attachments.send(info.context.asker, dossier_id(dossier), idempotency_key)
