"""What one can ask in order to find dossiers (manual §6)."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, First
from gql.context import Ask
from gql.fields import Requires, resolved
from gql.types.finding import (
    DossierConnection,
    FollowerChoice,
    OrganismSuggestion,
    UserSuggestion,
)
from gql.types.writing import DossierCriteria
from models import AssignmentRole
from resolvers import finding_suggestions, listing
from resolvers.criteria import Criteria, Sort

Typed = Annotated[str, strawberry.argument(description="Ce qui est tapé\u00a0: des mots, même en partie.")]
Most = Annotated[int, strawberry.argument(description="Nombre de propositions, de 1 à 200.")]
READING = Requires(Right.READ)
# A search may read all dossiers: aliases cannot ask for many of them at once.
SEARCHED = 4_000
# Each dossier that somebody follows may be looked for.
FOLLOWED = 50


@strawberry.type
class FindingQuery:
    """What one can ask in order to find."""

    @resolved("Dossiers que l’appelant peut lire, avec leur nombre exact.", READING, weight=SEARCHED)
    async def dossiers(  # noqa: PLR0913 - a search has as many parts
        self,
        info: Ask,
        *,
        first: First = 50,
        after: After = None,
        criteria: Annotated[
            DossierCriteria | None,
            strawberry.argument(description="Critères de la recherche\u202f; nuls pour tous les dossiers."),
        ] = None,
        sort: Annotated[Sort, strawberry.argument(description="Colonne du tri.")] = Sort.CODE,
        descending: Annotated[
            bool, strawberry.argument(description="Vrai pour trier dans l’ordre décroissant.")
        ] = False,
    ) -> DossierConnection:
        """One page of a search."""
        wanted = criteria.criteria() if criteria else Criteria()
        page = await listing.search(
            info.context.asker, wanted, first, after, sort=sort, descending=descending
        )
        return DossierConnection(page=page, criteria=wanted)

    @resolved("Organismes dont l’appelant voit un dossier, pendant la saisie.", READING)
    async def suggest_organisms(self, info: Ask, search: Typed, first: Most = 8) -> list[OrganismSuggestion]:
        """Those that the words find."""
        found = await finding_suggestions.suggest_organisms(info.context.asker, search, first)
        return [OrganismSuggestion(row=row) for row in found]

    @resolved(
        "Utilisateurs des organismes dont l’appelant lit les données personnelles, pendant la saisie.",
        READING,
    )
    async def suggest_users(self, info: Ask, search: Typed, first: Most = 8) -> list[UserSuggestion]:
        """Those that the words find."""
        found = await finding_suggestions.suggest_users(info.context.asker, search, first)
        return [UserSuggestion(row=row) for row in found]

    @resolved(
        "Personnes de la plateforme de l’appelant qui suivent des dossiers qu’il voit\u202f; vide pour les"
        " autres.",
        READING,
        size=50,
        weight=FOLLOWED,
    )
    async def followers(
        self,
        info: Ask,
        role: Annotated[AssignmentRole, strawberry.argument(description="À quel titre.")],
    ) -> list[FollowerChoice]:
        """Who follows."""
        found = await finding_suggestions.followers(info.context.asker, role)
        return [FollowerChoice(row=row) for row in found]
