"""A dossier's history, passages and interactions, as one list."""

from __future__ import annotations

from datetime import datetime

import strawberry

from authz import Right
from forms import Step
from gql.arguments import After, First
from gql.context import Ask
from gql.fields import BY_ITSELF, Inherits, resolved, shown
from gql.types.page_info import PageInfo, page_edges, page_end
from resolvers import timeline
from resolvers.paging import Paged
from resolvers.rows import DossierRow
from resolvers.timeline import TimelineRow


@strawberry.type(description="Ce qui est arrivé à un dossier, à un moment.")
class TimelineItem:
    """One line of a dossier's history."""

    row: strawberry.Private[TimelineRow]
    at: datetime = shown("Moment.", lambda it: it.row.at)
    kind: str = shown(
        "Nature, par exemple `step_crossed`, `handed_back` ou `messages_published`.",
        lambda it: it.row.kind.value,
    )
    label: str = shown("Nature, en français.", lambda it: it.row.label)
    author: str | None = shown("Auteur\u202f; nul si c’est le système.", lambda it: it.row.author)
    organization: str | None = shown(
        "Organisation de l’auteur\u202f; nul si c’est le système.", lambda it: it.row.organization
    )
    source: Step | None = shown("Étape quittée, pour un passage.", lambda it: it.row.source)
    target: Step | None = shown("Étape atteinte, pour un passage.", lambda it: it.row.target)
    reason: str = shown("Motif d’un passage, ou texte vide.", lambda it: it.row.reason)
    ref: str = shown("Article au titre duquel l’auteur agissait, ou texte vide.", lambda it: it.row.ref)


@strawberry.type(description="Ligne d’une page de l’historique.")
class TimelineEdge:
    """A line and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: TimelineItem = strawberry.field(description="La ligne.")


@strawberry.type(description="Page de l’historique d’un dossier, de la plus récente à la plus ancienne.")
class TimelineConnection:
    """One page."""

    page: strawberry.Private[Paged[TimelineRow]]
    edges: list[TimelineEdge] = page_edges("Lignes de la page.", TimelineEdge, TimelineItem)
    page_info: PageInfo = page_end()


@strawberry.type
class DossierTimeline:
    """The history of a dossier."""

    row: strawberry.Private[DossierRow]

    @resolved(
        "Ce qui est arrivé à ce dossier et que l’appelant peut savoir\u00a0: passages d’étapes, remises,"
        " demandes, échanges publiés, pièces envoyées\u202f; les lectures, pour l’organisme"
        " et les gestionnaires de campagne.",
        Inherits(Right.READ),
        weight=BY_ITSELF,
    )
    async def timeline(self, info: Ask, first: First = 50, after: After = None) -> TimelineConnection:
        """One page of the history."""
        return TimelineConnection(page=await timeline.timeline(info.context.asker, self.row, first, after))
