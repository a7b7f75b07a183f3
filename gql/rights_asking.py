"""Why, who and what: questions on the rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import DossierId, dossier_id, identifier
from gql.context import Ask
from gql.fields import SignedIn, resolved
from gql.types.rights_asking import Explanation, WhatCanSee, WhoCanSee
from resolvers import organizations, policy_asking
from resolvers.policy_asking import Asked

Function = Annotated[str, strawberry.argument(description="Fonction, par exemple `dossier:read`.")]
# Every account of the platform, or every dossier, is looked at.
WIDE = 2_000


@strawberry.type
class RightsQuery:
    """What one can ask of the rules."""

    @resolved(
        "Pourquoi l’on peut ou ne peut pas, sur un dossier que l’on peut connaître\u00a0: soi-même\u202f; un"
        " autre, pour l’administrateur de son organisation et pour qui modifie les règles de la plateforme.",
        SignedIn(),
        weight=50,
    )
    async def explain_access(  # noqa: PLR0913 - GraphQL's arguments, each named by the caller
        self,
        info: Ask,
        *,
        dossier: DossierId,
        right: Function,
        user: Annotated[
            strawberry.ID | None, strawberry.argument(description="Compte\u202f; nul pour soi-même.")
        ] = None,
        client: Annotated[
            str | None, strawberry.argument(description="Ou système d’un partenaire\u202f; nul pour aucun.")
        ] = None,
        step: Annotated[
            int | None,
            strawberry.argument(description="Étape, comme si le dossier y était\u202f; nul pour la sienne."),
        ] = None,
        day: Annotated[
            date | None, strawberry.argument(description="Jour\u202f; nul pour aujourd’hui.")
        ] = None,
    ) -> Explanation:
        """Why, or why not."""
        who = None if user is None else identifier(user, policy_asking.account_not_found())
        asked = Asked(right, who, client, step, day)
        asker = info.context.asker
        row = await policy_asking.explain_access(asker, dossier_id(dossier), asked)
        return Explanation(viewer=asker, row=row)

    @resolved(
        "Qui peut, sur un dossier\u00a0: pour son organisme et pour qui modifie les règles de sa plateforme.",
        SignedIn(),
        size=20,
        weight=WIDE,
    )
    async def who_can_see(
        self, info: Ask, dossier: DossierId, right: Function = Right.READ.value
    ) -> list[WhoCanSee]:
        """Who may."""
        rows = await policy_asking.who_can_see(info.context.asker, dossier_id(dossier), right)
        return [WhoCanSee(row=row) for row in rows]

    @resolved(
        "Ce que peut voir une organisation, compté par campagne et étape\u00a0: pour ses administrateurs et,"
        " sur leur plateforme, pour ceux qui en modifient les règles.",
        SignedIn(),
        size=100,
        weight=WIDE,
    )
    async def what_can_see(
        self,
        info: Ask,
        organization: Annotated[
            strawberry.ID, strawberry.argument(description="Identifiant de l’organisation.")
        ],
        right: Function = Right.READ.value,
    ) -> list[WhatCanSee]:
        """What it may see."""
        wanted = identifier(organization, organizations.not_found())
        rows = await policy_asking.what_can_see(info.context.asker, wanted, right)
        return [WhatCanSee(row=row) for row in rows]
