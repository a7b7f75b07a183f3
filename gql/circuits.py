"""Visas: answering them, and letting a colleague answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from authz import Right
from authz.clock import today
from forms import Answer
from gql.arguments import BIGINT, DossierId, IdempotencyKey, dossier_id, identifier, number
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation, resolved
from gql.types.circuits import Delegation
from gql.types.dossiers import Dossier
from gql.types.parties import Person
from resolvers import delegations, visas
from resolvers.circuit_rows import DelegationRow


def _delegation(row: DelegationRow, info: Ask) -> Delegation:
    mine = row.holder.id == info.context.asker.user_id
    return Delegation(row=row, mine=mine, in_force=row.on(today().date))


@strawberry.type
class CircuitQuery:
    """One's own delegations, and to whom one may delegate."""

    @resolved(
        "Délégations que l’appelant a données ou reçues, celles qui finissent le plus tard en premier.",
        SignedIn(),
        size=50,
    )
    async def delegations(self, info: Ask) -> list[Delegation]:
        """The viewer's delegations."""
        return [_delegation(row, info) for row in await delegations.of_person(info.context.asker)]

    @resolved(
        "Personnes de l’organisation de l’appelant à qui il peut déléguer ses visas, 50 au plus.",
        SignedIn(),
        size=50,
    )
    async def colleagues(
        self,
        info: Ask,
        search: Annotated[str, strawberry.argument(description="Partie du nom\u202f; vide pour tous.")] = "",
    ) -> list[Person]:
        """Whom one may delegate to."""
        return [Person(row=row) for row in await delegations.colleagues(info.context.asker, search)]


@strawberry.type
class CircuitMutation:
    """Answering visas, delegating them."""

    @mutation(
        "Répond à un visa du circuit de l’étape actuelle\u00a0: il faut aussi le droit que nomme ce visa, ou"
        " la délégation de qui l’a. Une signature demande le mot de passe.",
        Requires(Right.READ),
        own_transaction=True,
    )
    async def give_visa(  # noqa: PLR0913 - what an answer is made of, each by its name
        self,
        info: Ask,
        dossier: DossierId,
        visa: Annotated[str, strawberry.argument(description="Code du visa, donné par `Circuit.visas`.")],
        answer: Annotated[Answer, strawberry.argument(description="Réponse, parmi `Visa.answers`.")],
        idempotency_key: IdempotencyKey,
        *,
        reason: Annotated[
            str,
            strawberry.argument(
                description="Motif, 2\u202f000 caractères au plus\u202f; dû pour un avis défavorable, un"
                " renvoi et un refus, et pour décider contre un avis à motiver."
            ),
        ] = "",
        stands_for: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Compte de qui a délégué\u202f; nul pour soi-même."),
        ] = None,
        password: Annotated[
            str | None, strawberry.argument(description="Mot de passe ressaisi, pour une signature.")
        ] = None,
        version: Annotated[
            int | None,
            strawberry.argument(
                description="`Dossier.version` que l’appelant a sous les yeux\u00a0: si elle a changé, rien"
                " n’est fait\u202f; nulle pour ne pas comparer."
            ),
        ] = None,
    ) -> Dossier:
        """Answer a visa."""
        holder = None if stands_for is None else identifier(stands_for, delegations.colleague_unknown())
        given = visas.Given(visa, answer, reason, holder, version)
        asker, key = info.context.asker, dossier_id(dossier)
        return Dossier(row=await visas.give(asker, key, given, password, idempotency_key))

    @mutation(
        "Laisse une personne de son organisation répondre à ses visas à sa place, un an au plus. Elle n’y"
        " gagne aucun droit\u00a0: l’appelant doit avoir le sien quand elle répond.",
        SignedIn(),
    )
    async def delegate(  # noqa: PLR0913 - what a delegation is made of, each by its name
        self,
        info: Ask,
        delegate: Annotated[
            strawberry.ID, strawberry.argument(description="Compte, donné par `colleagues`.")
        ],
        platform: Annotated[str, strawberry.argument(description="Plateforme, par exemple `MIN`.")],
        idempotency_key: IdempotencyKey,
        *,
        since: Annotated[date, strawberry.argument(description="Premier jour.")],
        until: Annotated[date, strawberry.argument(description="Dernier jour, inclus.")],
        form: Annotated[
            str | None,
            strawberry.argument(description="Formulaire\u202f; nul pour tous ceux de la plateforme."),
        ] = None,
    ) -> Delegation:
        """Delegate."""
        to = identifier(delegate, delegations.colleague_unknown())
        asked = delegations.Asked(to, platform, form or "", since, until)
        return _delegation(await delegations.delegate(info.context.asker, asked, idempotency_key), info)

    @mutation("Retire une délégation que l’appelant a donnée.", SignedIn())
    async def revoke_delegation(
        self,
        info: Ask,
        delegation: Annotated[strawberry.ID, strawberry.argument(description="Identifiant.")],
        idempotency_key: IdempotencyKey,
    ) -> Delegation:
        """Revoke a delegation."""
        found = number(delegation, BIGINT, delegations.not_found())
        row = await delegations.revoke(info.context.asker, found, idempotency_key)
        return _delegation(row, info)
