"""The moves of a dossier: crossing its steps, handing it back, its substep, asking for it to be reopened."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import DossierId, IdempotencyKey, dossier_id, identifier
from gql.context import Ask
from gql.fields import Requires, mutation
from gql.types.dossier_moves import ContactInput
from gql.types.dossiers import Dossier
from resolvers import dossiers, hand_backs, reopening, steps, substeps

MoveName = Annotated[str, strawberry.argument(description="Nom du passage, donné par `Dossier.moves`.")]
Reason = Annotated[
    str | None,
    strawberry.argument(description="Motif, gardé dans l’historique\u202f; dû pour un retour en arrière."),
]
Contacts = Annotated[
    list[ContactInput] | None,
    strawberry.argument(description="Personnes à joindre, si le passage les fait confirmer."),
]
Said = Annotated[str, strawberry.argument(description="Motif, 2\u202f000 caractères au plus.")]
# Whoever holds one of them moves dossiers, alone or many at once: the transmission is apart.
MOVING = (
    Right.INITIALISE,
    Right.WRITE,
    Right.VALIDATE,
    Right.VALIDATE_HIERARCHICAL,
    Right.FINALISE,
    Right.CLOSE,
    Right.REOPEN,
)


@strawberry.type
class MoveMutation:
    """What moves a dossier."""

    @mutation(
        "Fait franchir une étape au dossier\u202f; la transmission est `transmitDossier`.",
        Requires(*MOVING),
    )
    async def advance_dossier(  # noqa: PLR0913 - what a move may bring, each by its name
        self,
        info: Ask,
        dossier: DossierId,
        move: MoveName,
        idempotency_key: IdempotencyKey,
        *,
        reason: Reason = None,
        contacts: Contacts = None,
    ) -> Dossier:
        """Cross a step."""
        asker, found = info.context.asker, [one.contact() for one in contacts or ()]
        key = dossier_id(dossier)
        return Dossier(row=await steps.advance(asker, key, move, reason, idempotency_key, contacts=found))

    @mutation(
        "Transmet le dossier à la plateforme, une seule fois\u00a0: engagements acceptés et mot de passe.",
        Requires(Right.TRANSMIT),
        own_transaction=True,
    )
    async def transmit_dossier(  # noqa: PLR0913 - what a transmission commits to, each by its name
        self,
        info: Ask,
        dossier: DossierId,
        commitments: Annotated[
            list[bool], strawberry.argument(description="Acceptation de chaque engagement, dans l’ordre.")
        ],
        password: Annotated[str, strawberry.argument(description="Mot de passe de l’appelant, ressaisi.")],
        idempotency_key: IdempotencyKey,
        *,
        contacts: Contacts = None,
    ) -> Dossier:
        """Transmit."""
        asker, found = info.context.asker, [one.contact() for one in contacts or ()]
        key = dossier_id(dossier)
        return Dossier(
            row=await steps.transmit(asker, key, commitments, password, idempotency_key, contacts=found)
        )

    @mutation(
        "Remet le dossier à l’organisme, en étape 4, pour qu’il le corrige\u202f; les contacts sont avertis.",
        Requires(Right.HAND_BACK),
    )
    async def hand_back_dossier(
        self,
        info: Ask,
        dossier: DossierId,
        reason: Said,
        idempotency_key: IdempotencyKey,
        due_on: Annotated[
            date | None,
            strawberry.argument(description="Jour avant lequel le rendre\u202f; nul sans limite."),
        ] = None,
    ) -> Dossier:
        """Hand back."""
        asker, key = info.context.asker, dossier_id(dossier)
        return Dossier(row=await hand_backs.hand_back(asker, key, reason, due_on, idempotency_key))

    @mutation(
        "Reprend le dossier remis à l’organisme\u202f; le motif peut être vide.", Requires(Right.HAND_BACK)
    )
    async def take_back_dossier(
        self, info: Ask, dossier: DossierId, idempotency_key: IdempotencyKey, reason: Said = ""
    ) -> Dossier:
        """Take back."""
        asker, key = info.context.asker, dossier_id(dossier)
        return Dossier(row=await hand_backs.take_back(asker, key, reason, idempotency_key))

    @mutation(
        "Dit à quelle sous-étape en est le dossier\u202f; elle s’efface quand il quitte l’étape.",
        Requires(Right.HAND_BACK),
    )
    async def set_substep(
        self,
        info: Ask,
        dossier: DossierId,
        idempotency_key: IdempotencyKey,
        substep: Annotated[
            str | None, strawberry.argument(description="Code de la sous-étape\u202f; nul pour aucune.")
        ] = None,
    ) -> Dossier:
        """Set the substep."""
        asker, key = info.context.asker, dossier_id(dossier)
        return Dossier(row=await substeps.set_substep(asker, key, substep or "", idempotency_key))

    @mutation(
        "Demande le retour en étape 4 d’un dossier finalisé ou fermé\u202f; la plateforme est avertie.",
        Requires(Right.ASK_REOPENING),
    )
    async def ask_reopening(
        self, info: Ask, dossier: DossierId, reason: Said, idempotency_key: IdempotencyKey
    ) -> Dossier:
        """Ask for a reopening."""
        asker, key = info.context.asker, dossier_id(dossier)
        return Dossier(row=await reopening.ask(asker, key, reason, idempotency_key))

    @mutation(
        "Répond à une demande de retour\u00a0: acceptée, le dossier revient aussitôt en étape 4\u202f;"
        " refusée, il faut dire pourquoi. Qui l’a demandé et les contacts sont avertis.",
        Requires(Right.REOPEN),
    )
    async def answer_reopening(
        self,
        info: Ask,
        request: Annotated[strawberry.ID, strawberry.argument(description="Identifiant de la demande.")],
        idempotency_key: IdempotencyKey,
        *,
        accepted: Annotated[bool, strawberry.argument(description="Vrai pour accepter.")],
        answer: Annotated[str, strawberry.argument(description="Réponse, 500 caractères au plus.")] = "",
    ) -> Dossier:
        """Answer a request."""
        found = identifier(request, dossiers.not_found())
        asker = info.context.asker
        return Dossier(row=await reopening.answer(asker, found, answer, idempotency_key, accepted=accepted))
