"""Writing in the exchange space of a dossier."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from authz import Right
from gql.arguments import DossierId, IdempotencyKey, dossier_id, identifier
from gql.context import Ask
from gql.fields import Requires, mutation
from gql.types.exchange import Message, Thread
from models import Audience, Level, Nature, ThreadState
from resolvers import (
    exchange_carrying,
    exchange_marks,
    exchange_publishing,
    exchange_settling,
    exchange_writing,
)
from resolvers.exchange_scope import message_unknown, thread_unknown
from resolvers.exchange_writing import NewThread

ThreadId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant de l’échange.")]
MessageId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant du message.")]
MessageNature = Annotated[Nature, strawberry.argument(description="Question ou commentaire.")]
Text = Annotated[
    str, strawberry.argument(description="Texte, de 1 à 5\u202f000 caractères, sans mise en forme.")
]
Anchor = Annotated[
    str,
    strawberry.argument(
        description="Onglet `A1`, cellule `A1.L011.B` ou `F01[CLÉ].C10`\u202f; vide pour le dossier."
    ),
]
Readers = Annotated[
    Audience, strawberry.argument(description="Qui pourra le lire\u202f; les réponses en héritent.")
]
DueOn = Annotated[
    date | None, strawberry.argument(description="Jour avant lequel y répondre\u202f; nul sans échéance.")
]
READING, WRITING = Requires(Right.EXCHANGE_READ), Requires(Right.EXCHANGE_WRITE)


def thread_id(text: str) -> UUID:
    """A thread's identifier. Raises NotFound."""
    return identifier(text, thread_unknown())


def message_id(text: str) -> UUID:
    """A message's identifier. Raises NotFound."""
    return identifier(text, message_unknown())


@strawberry.type
class ExchangeMutation:
    """What one can do in the exchange space."""

    @mutation(
        "Ouvre un échange par un message, que son auteur seul voit tant qu’il n’est pas publié.", WRITING
    )
    async def add_message(  # noqa: PLR0913 - what a thread is opened with
        self,
        info: Ask,
        dossier: DossierId,
        *,
        level: Annotated[Level, strawberry.argument(description="Sur quoi il porte.")],
        nature: MessageNature,
        text: Text,
        idempotency_key: IdempotencyKey,
        anchor: Anchor = "",
        audience: Readers = Audience.ALL,
        due_on: DueOn = None,
    ) -> Thread:
        """Open a thread."""
        asker, key = info.context.asker, dossier_id(dossier)
        new = NewThread(level, anchor, nature, text, audience, due_on)
        return Thread(row=await exchange_writing.add_message(asker, key, new, idempotency_key))

    @mutation(
        "Répond dans un échange\u202f; l’auteur seul voit sa réponse tant qu’elle n’est pas publiée.", WRITING
    )
    async def reply_to_thread(
        self, info: Ask, thread: ThreadId, nature: MessageNature, text: Text, idempotency_key: IdempotencyKey
    ) -> Thread:
        """Reply."""
        asker, key = info.context.asker, thread_id(thread)
        return Thread(row=await exchange_writing.reply(asker, key, nature, text, idempotency_key))

    @mutation("Récrit un brouillon de l’appelant.", WRITING)
    async def edit_draft(
        self,
        info: Ask,
        message: MessageId,
        text: Text,
        idempotency_key: IdempotencyKey,
        nature: Annotated[
            Nature | None, strawberry.argument(description="Nature\u202f; nul pour la laisser.")
        ] = None,
    ) -> Message:
        """Edit a draft."""
        asker, key = info.context.asker, message_id(message)
        return Message(row=await exchange_writing.edit_draft(asker, key, text, nature, idempotency_key))

    @mutation("Supprime un brouillon de l’appelant, à toute étape.", READING)
    async def delete_draft(self, info: Ask, message: MessageId, idempotency_key: IdempotencyKey) -> bool:
        """Delete a draft."""
        return await exchange_writing.delete_draft(info.context.asker, message_id(message), idempotency_key)

    @mutation(
        "Publie des brouillons de l’appelant, et en avertit une fois les contacts qui peuvent les lire.",
        WRITING,
    )
    async def publish_messages(
        self,
        info: Ask,
        dossier: DossierId,
        idempotency_key: IdempotencyKey,
        messages: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(
                description="Messages\u202f; nul pour tous ses brouillons sur ce dossier qu’il pourrait"
                " encore écrire."
            ),
        ] = None,
    ) -> int:
        """Publish; how many were."""
        asker, key = info.context.asker, dossier_id(dossier)
        chosen = None if messages is None else [message_id(one) for one in messages]
        return await exchange_publishing.publish(asker, key, chosen, idempotency_key)

    @mutation("Change la nature d’un message\u00a0: son auteur, ou la plateforme.", WRITING)
    async def change_nature(
        self, info: Ask, message: MessageId, nature: MessageNature, idempotency_key: IdempotencyKey
    ) -> Message:
        """Change a message's nature."""
        asker, key = info.context.asker, message_id(message)
        return Message(row=await exchange_writing.change_nature(asker, key, nature, idempotency_key))

    @mutation(
        "Clôt un échange, le déclare obsolète ou le rouvre\u00a0: qui l’a ouvert, ou la plateforme.", WRITING
    )
    async def settle_thread(
        self,
        info: Ask,
        thread: ThreadId,
        state: Annotated[ThreadState, strawberry.argument(description="Où il en est désormais.")],
        idempotency_key: IdempotencyKey,
    ) -> Thread:
        """Settle a thread."""
        asker, key = info.context.asker, thread_id(thread)
        return Thread(row=await exchange_settling.settle(asker, key, state, idempotency_key))

    @mutation("Fixe ou retire l’échéance d’un échange\u00a0: qui l’a ouvert, ou la plateforme.", WRITING)
    async def set_thread_due(
        self, info: Ask, thread: ThreadId, idempotency_key: IdempotencyKey, due_on: DueOn = None
    ) -> Thread:
        """Set or take off its day."""
        asker, key = info.context.asker, thread_id(thread)
        return Thread(row=await exchange_settling.set_due(asker, key, due_on, idempotency_key))

    @mutation(
        "Note que l’appelant a lu des échanges\u202f; rend le nombre de ceux qui ne l’étaient pas.", READING
    )
    async def mark_threads_read(
        self,
        info: Ask,
        dossier: DossierId,
        threads: Annotated[
            list[strawberry.ID] | None, strawberry.argument(description="Échanges\u202f; nul pour tous.")
        ] = None,
    ) -> int:
        """Mark threads read."""
        chosen = None if threads is None else [thread_id(one) for one in threads]
        return await exchange_marks.mark_read(info.context.asker, dossier_id(dossier), chosen)

    @mutation(
        "Reporte les échanges encore ouverts sur le dossier de l’année suivante, une seule fois"
        "\u202f; ils ne s’y ouvrent qu’à l’organisme, à la plateforme et à qui les avait ouverts.",
        WRITING,
    )
    async def carry_threads(self, info: Ask, dossier: DossierId, idempotency_key: IdempotencyKey) -> int:
        """Carry threads; how many were."""
        asker, key = info.context.asker, dossier_id(dossier)
        return await exchange_carrying.carry(asker, key, idempotency_key)
