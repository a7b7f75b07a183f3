"""What one can do of campaigns: last days, followers, moves and mails of many dossiers at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from forms import Step
from gql.arguments import INTEGER, DossierId, IdempotencyKey, dossier_id, identifier, number
from gql.campaigns import MANAGING, Chosen, ids
from gql.context import Ask
from gql.fields import Requires, mutation
from gql.moves import MOVING, MoveName
from gql.types.campaigns import Campaign, DeadlineInput, follower_unknown
from gql.types.dossiers import Dossier
from gql.types.mass_moves import MassMove
from models import AssignmentRole
from resolvers import assignments, campaigns, deadline_exceptions, group_mails, mass_moves


@strawberry.type
class CampaignMutation:
    """What one can do of campaigns."""

    @mutation("Remplace tous les derniers jours d’une campagne.", MANAGING)
    async def set_deadlines(
        self,
        info: Ask,
        campaign: Annotated[strawberry.ID, strawberry.argument(description="Identifiant de la campagne.")],
        deadlines: Annotated[list[DeadlineInput], strawberry.argument(description="Derniers jours.")],
        seen: Annotated[
            list[DeadlineInput],
            strawberry.argument(description="Ceux qui ont été lus\u202f; refusé s’ils ont changé depuis."),
        ],
        idempotency_key: IdempotencyKey,
    ) -> Campaign:
        """Set the last days."""
        wanted, known = ([one.deadline() for one in days] for days in (deadlines, seen))
        asker, key = info.context.asker, number(campaign, INTEGER, campaigns.unknown())
        return Campaign(row=await campaigns.set_deadlines(asker, key, wanted, known, idempotency_key))

    @mutation("Accorde à un dossier un autre dernier jour, par exception, ou le retire.", MANAGING)
    async def grant_deadline(  # noqa: PLR0913, PLR0917 - what an exception is made of
        self,
        info: Ask,
        dossier: DossierId,
        step: Annotated[Step, strawberry.argument(description="Étape à quitter.")],
        reason: Annotated[str, strawberry.argument(description="Motif, 500 caractères au plus.")],
        idempotency_key: IdempotencyKey,
        due_on: Annotated[
            date | None, strawberry.argument(description="Dernier jour, compris\u202f; nul pour le retirer.")
        ] = None,
    ) -> Dossier:
        """Grant another last day."""
        row = await deadline_exceptions.grant(
            info.context.asker, dossier_id(dossier), step, due_on, reason, idempotency_key
        )
        return Dossier(row=row)

    @mutation("Confie des dossiers à une personne de la plateforme, ou les lui retire.", MANAGING)
    async def assign(
        self,
        info: Ask,
        dossiers: Chosen,
        role: Annotated[AssignmentRole, strawberry.argument(description="Comment elle les suit.")],
        idempotency_key: IdempotencyKey,
        user: Annotated[
            strawberry.ID | None, strawberry.argument(description="Compte\u202f; nul pour personne.")
        ] = None,
    ) -> int:
        """Assign."""
        follower = None if user is None else identifier(user, follower_unknown())
        return await assignments.assign(info.context.asker, ids(dossiers), role, follower, idempotency_key)

    @mutation(
        "Demande le même passage pour plusieurs dossiers\u202f; il se fait en arrière-plan, un par un.",
        Requires(*MOVING),
    )
    async def start_mass_move(
        self,
        info: Ask,
        dossiers: Chosen,
        move: MoveName,
        idempotency_key: IdempotencyKey,
        reason: Annotated[str | None, strawberry.argument(description="Motif du passage.")] = None,
    ) -> MassMove:
        """Ask for a mass move."""
        row = await mass_moves.start(info.context.asker, ids(dossiers), move, reason, idempotency_key)
        return MassMove(row=row)

    @mutation("Écrit aux contacts privilégiés des dossiers choisis, une fois à chaque personne.", MANAGING)
    async def send_group_mail(
        self,
        info: Ask,
        dossiers: Chosen,
        subject: Annotated[str, strawberry.argument(description="Objet, 120 caractères au plus.")],
        text: Annotated[str, strawberry.argument(description="Texte simple, 5\u202f000 caractères au plus.")],
        idempotency_key: IdempotencyKey,
    ) -> int:
        """Write to the contacts."""
        return await group_mails.send(info.context.asker, ids(dossiers), subject, text, idempotency_key)
