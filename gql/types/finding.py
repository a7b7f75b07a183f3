"""What a search of dossiers takes and what it proposes (manual §6.2)."""

from __future__ import annotations

import strawberry

from authz import Right
from forms import Step
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.dossiers import Dossier
from gql.types.page_info import PageInfo, page_edges, page_end
from models import Category
from resolvers import finding_facets, finding_suggestions
from resolvers.criteria import Criteria
from resolvers.person import PersonRow
from resolvers.rows import Page

# All dossiers are counted once for each kind of facet, whatever finds them.
COUNTED = 2_000


@strawberry.type(description="Dossiers trouvés à une étape.")
class StepFacet:
    """How many stand there."""

    step: Step = strawberry.field(description="Étape.")
    count: int = strawberry.field(description="Nombre de dossiers.")


@strawberry.type(description="Dossiers trouvés d’une famille d’organismes.")
class CategoryFacet:
    """How many are of that kind."""

    category: Category = strawberry.field(description="Famille d’organismes.")
    count: int = strawberry.field(description="Nombre de dossiers.")


@strawberry.type(description="Dossiers trouvés d’un type de formulaire.")
class FormFacet:
    """How many are of that form."""

    form: str = strawberry.field(description="Type de formulaire.")
    count: int = strawberry.field(description="Nombre de dossiers.")


@strawberry.type(description="Dossiers trouvés d’une année.")
class YearFacet:
    """How many are of that year."""

    year: int = strawberry.field(description="Année des comptes.")
    count: int = strawberry.field(description="Nombre de dossiers.")


@strawberry.type(
    description="À quoi la recherche peut se restreindre\u00a0: chaque nombre tient compte des autres"
    " critères, et non du sien."
)
class DossierFacets:
    """The values that have any dossier."""

    row: strawberry.Private[finding_facets.Facets]
    steps: list[StepFacet] = shown(
        "Par étape.", lambda it: [StepFacet(step=step, count=n) for step, n in it.row.steps], size=7
    )
    categories: list[CategoryFacet] = shown(
        "Par famille d’organismes.",
        lambda it: [CategoryFacet(category=Category(one), count=n) for one, n in it.row.categories],
        size=6,
    )
    forms: list[FormFacet] = shown(
        "Par type de formulaire.",
        lambda it: [FormFacet(form=one, count=n) for one, n in it.row.forms],
        size=20,
    )
    years: list[YearFacet] = shown(
        "Par année, la dernière en premier.",
        lambda it: [YearFacet(year=one, count=n) for one, n in it.row.years],
        size=25,
    )


@strawberry.type(description="Dossier d’une page.")
class DossierEdge:
    """A dossier and its cursor."""

    cursor: str = strawberry.field(description="Curseur de ce dossier.")
    node: Dossier = strawberry.field(description="Le dossier.")


@strawberry.type(description="Page de dossiers, dans l’ordre demandé.")
class DossierConnection:
    """One page of a search."""

    page: strawberry.Private[Page]
    criteria: strawberry.Private[Criteria]
    total_count: int = shown("Nombre exact de dossiers trouvés.", lambda it: it.page.total)
    edges: list[DossierEdge] = page_edges("Dossiers de la page.", DossierEdge, Dossier)
    page_info: PageInfo = page_end()

    @resolved(
        "À quoi la recherche peut se restreindre, avec le nombre de dossiers que verrait l’appelant.",
        Inherits(Right.READ),
        weight=COUNTED,
    )
    async def facets(self, info: Ask) -> DossierFacets:
        """The facets of what was found."""
        return DossierFacets(row=await finding_facets.facets(info.context.asker, self.criteria))


@strawberry.type(description="Organisme proposé pendant la saisie.")
class OrganismSuggestion:
    """An organism of which the viewer sees a dossier."""

    row: strawberry.Private[finding_suggestions.OrganismSuggestion]
    siren: str = shown("SIREN.", lambda it: it.row.siren)
    name: str = shown("Raison sociale.", lambda it: it.row.name)
    code: str = shown("Code de l’organisme.", lambda it: it.row.code)
    category: Category = shown("Famille d’organismes.", lambda it: Category(it.row.category))
    department: str = shown("Département du siège.", lambda it: it.row.department)


@strawberry.type(description="Utilisateur d’un organisme, proposé pendant la saisie.")
class UserSuggestion:
    """A user of an organism."""

    row: strawberry.Private[finding_suggestions.UserSuggestion]
    first_name: str = shown("Prénom.", lambda it: it.row.first_name)
    last_name: str = shown("Nom.", lambda it: it.row.last_name)
    organism: str = shown("Raison sociale de son organisme.", lambda it: it.row.organism)


@strawberry.type(description="Personne de la plateforme qui suit des dossiers.")
class FollowerChoice:
    """Somebody to look for."""

    row: strawberry.Private[PersonRow]
    id: strawberry.ID = shown("Identifiant du compte.", lambda it: str(it.row.id))
    name: str = shown("Prénom et nom.", lambda it: it.row.name)
