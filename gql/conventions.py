"""What one asks of conventions, and does with them."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from authz import Right
from gql.arguments import After, First, IdempotencyKey, PlatformCode, identifier
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation, resolved
from gql.types.convention_inputs import ConventionInput
from gql.types.convention_pages import ConventionChoices, ConventionConnection
from gql.types.conventions import Convention
from gql.types.policy_impact import PolicyImpact
from models import Invalid
from resolvers import (
    convention_choices,
    convention_edits,
    convention_signed,
    convention_simulating,
    convention_stops,
    conventions,
)
from resolvers.convention_rows import ConventionRow, ConventionState, Pause
from resolvers.conventions import Criteria

ConventionId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant de la convention.")]
Revision = Annotated[
    int, strawberry.argument(description="Révision lue\u202f; refusé si elle a changé depuis.")
]
Reason = Annotated[str, strawberry.argument(description="Motif, 200 caractères au plus.")]
Since = Annotated[date, strawberry.argument(description="Premier jour de suspension.")]
Until = Annotated[date | None, strawberry.argument(description="Dernier jour\u202f; nul jusqu’à la reprise.")]
LastDay = Annotated[date, strawberry.argument(description="Dernier jour\u202f; hier pour finir aussitôt.")]
Sent = Annotated[ConventionInput, strawberry.argument(description="La convention.")]
EDITING = Requires(Right.POLICY_EDIT)
# The whole policy is built beside the one in force.
SIMULATED = 6_000


def convention_id(text: str) -> UUID:
    """A convention's identifier; one that cannot exist is told like one that does not."""
    return identifier(text, conventions.not_found())


def _shown(info: Ask, row: ConventionRow) -> Convention:
    return Convention(viewer=info.context.asker, row=row)


@strawberry.type
class ConventionQuery:
    """What one can ask of conventions."""

    @resolved(
        "Conventions de sa plateforme, de son organisation, ou qui portent sur son organisme.", SignedIn()
    )
    async def conventions(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        platform: Annotated[str | None, strawberry.argument(description="Code de la plateforme.")] = None,
        partner: Annotated[str | None, strawberry.argument(description="Clé du partenaire.")] = None,
        state: Annotated[ConventionState | None, strawberry.argument(description="Où elle en est.")] = None,
        first: First = 50,
        after: After = None,
    ) -> ConventionConnection:
        """One page."""
        asker = info.context.asker
        page = await conventions.list_conventions(asker, Criteria(platform, partner, state), first, after)
        return ConventionConnection(viewer=asker, page=page)

    @resolved("Une convention. Si elle n’existe pas ou n’est pas ouverte, l’erreur est la même.", SignedIn())
    async def convention(self, info: Ask, id: ConventionId) -> Convention:
        """One convention."""
        return _shown(info, await conventions.read(info.context.asker, convention_id(id)))

    @resolved("Ce que l’on peut choisir en écrivant une convention de cette plateforme.", EDITING)
    async def convention_choices(self, info: Ask, platform: PlatformCode) -> ConventionChoices:
        """The choices."""
        return ConventionChoices(row=await convention_choices.choices(info.context.asker, platform))

    @resolved(
        "Ce que publier cette convention ferait, sur les vrais dossiers\u202f; rien n’est enregistré.",
        EDITING,
        weight=SIMULATED,
    )
    async def simulate_convention(
        self,
        info: Ask,
        convention: Sent,
        id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Convention remplacée, s’il y en a une.")
        ] = None,
    ) -> PolicyImpact:
        """What if."""
        key = None if id is None else convention_id(id)
        return PolicyImpact(
            row=await convention_simulating.simulate(info.context.asker, key, convention.content())
        )

    @resolved(
        "Ce que suspendre cette convention ferait, sur les vrais dossiers\u202f; rien n’est enregistré.",
        EDITING,
        weight=SIMULATED,
    )
    async def simulate_suspension(
        self, info: Ask, id: ConventionId, since: Since, until: Until = None
    ) -> PolicyImpact:
        """What a suspension would do."""
        asker, pause = info.context.asker, Pause(since, until)
        row = await convention_simulating.simulate_stop(
            asker, convention_id(id), lambda found: convention_stops.suspended(found, pause)
        )
        return PolicyImpact(row=row)

    @resolved(
        "Ce que lever la suspension de cette convention ferait\u202f; rien n’est enregistré.",
        EDITING,
        weight=SIMULATED,
    )
    async def simulate_resumption(self, info: Ask, id: ConventionId) -> PolicyImpact:
        """What a resumption would do."""
        key = convention_id(id)
        row = await convention_simulating.simulate_stop(info.context.asker, key, convention_stops.resumed)
        return PolicyImpact(row=row)

    @resolved(
        "Ce que mettre fin à cette convention ferait\u202f; rien n’est enregistré.",
        EDITING,
        weight=SIMULATED,
    )
    async def simulate_end(self, info: Ask, id: ConventionId, on: LastDay) -> PolicyImpact:
        """What an end would do."""
        row = await convention_simulating.simulate_stop(
            info.context.asker, convention_id(id), lambda found: convention_stops.ended(found, on)
        )
        return PolicyImpact(row=row)


@strawberry.type
class ConventionMutation:
    """What one can do with conventions."""

    @mutation("Prépare une convention\u00a0: un projet, qui n’ouvre encore rien.", EDITING)
    async def create_convention(
        self, info: Ask, convention: Sent, idempotency_key: IdempotencyKey
    ) -> Convention:
        """A draft."""
        asker = info.context.asker
        return _shown(info, await convention_edits.create(asker, convention.content(), idempotency_key))

    @mutation("Modifie une convention\u202f; publiée, ses règles sont remplacées d’un coup.", EDITING)
    async def update_convention(
        self, info: Ask, id: ConventionId, convention: Sent, revision: Revision
    ) -> Convention:
        """Change it."""
        key, content = convention_id(id), convention.content()
        return _shown(info, await convention_edits.update(info.context.asker, key, content, revision))

    @mutation("Publie une convention\u00a0: ses règles valent à ses dates, sans autre geste.", EDITING)
    async def publish_convention(self, info: Ask, id: ConventionId, revision: Revision) -> Convention:
        """Publish it."""
        return _shown(info, await convention_edits.publish(info.context.asker, convention_id(id), revision))

    @mutation("Suspend une convention certains jours, ou jusqu’à sa reprise.", EDITING)
    async def suspend_convention(  # noqa: PLR0913 - what a suspension is made of
        self,
        info: Ask,
        id: ConventionId,
        *,
        since: Since,
        reason: Reason,
        revision: Revision,
        until: Until = None,
    ) -> Convention:
        """Suspend it."""
        asker, pause = info.context.asker, Pause(since, until)
        row = await convention_edits.suspend(asker, convention_id(id), pause, reason, revision)
        return _shown(info, row)

    @mutation("Rouvre aujourd’hui une convention suspendue, ou renonce à la suspendre.", EDITING)
    async def resume_convention(self, info: Ask, id: ConventionId, revision: Revision) -> Convention:
        """Resume it."""
        return _shown(info, await convention_edits.resume(info.context.asker, convention_id(id), revision))

    @mutation("Avance la fin d’une convention.", EDITING)
    async def end_convention(
        self,
        info: Ask,
        id: ConventionId,
        on: LastDay,
        reason: Reason,
        revision: Revision,
    ) -> Convention:
        """End it."""
        asker = info.context.asker
        return _shown(info, await convention_edits.end(asker, convention_id(id), on, reason, revision))

    @mutation("Prépare le renouvellement d’une convention\u00a0: un projet aux mêmes articles.", EDITING)
    async def renew_convention(  # noqa: PLR0913 - what a renewal is made of
        self,
        info: Ask,
        id: ConventionId,
        *,
        since: Annotated[date, strawberry.argument(description="Premier jour.")],
        until: Annotated[date, strawberry.argument(description="Dernier jour.")],
        title: Annotated[str, strawberry.argument(description="Intitulé de la nouvelle convention.")],
        idempotency_key: IdempotencyKey,
    ) -> Convention:
        """Renew it."""
        asker, head = info.context.asker, (since, until, title.strip())
        return _shown(info, await convention_edits.renew(asker, convention_id(id), head, idempotency_key))

    @mutation("Supprime un projet de convention.", EDITING)
    async def delete_convention(self, info: Ask, id: ConventionId, revision: Revision) -> bool:
        """Delete a draft."""
        await convention_edits.delete(info.context.asker, convention_id(id), revision)
        return True

    @mutation("Joint le texte signé d’une convention, en PDF.", EDITING, alone=True)
    async def attach_signed_text(
        self,
        info: Ask,
        id: ConventionId,
        name: Annotated[str, strawberry.argument(description="Nom du fichier.")],
        content: Annotated[str, strawberry.argument(description="PDF en base 64, 10\u202fMo au plus.")],
        revision: Revision,
    ) -> Convention:
        """Attach a PDF."""
        context = info.context
        sent = convention_signed.Sent(name, _decoded(content))
        row = await convention_signed.attach(context.asker, context.store, convention_id(id), sent, revision)
        return _shown(info, row)


def _decoded(content: str) -> bytes:
    if len(content) > convention_signed.MOST_BYTES * 4 // 3 + 4:
        raise convention_signed.too_large()
    try:
        return base64.b64decode(content, validate=True)
    except (ValueError, binascii.Error):
        raise Invalid(
            "BASE64_INVALID",
            "Le fichier n’est pas transmis en base 64\u00a0: renvoyez-le.",
            path=("content",),
        ) from None
