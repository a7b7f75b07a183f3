"""Moves of many dossiers at once, and their report."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, First
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.dossiers import Dossier
from gql.types.page_info import PageInfo, page_edges, page_end
from models import MassOutcome
from resolvers.campaign_rows import MassItemRow, MassRow
from resolvers.mass_moves import items
from resolvers.paging import CountedPage


@strawberry.type(description="Ce qu’un dossier est devenu dans un changement d’étape en nombre.")
class MassMoveItem:
    """One line of a report."""

    row: strawberry.Private[MassItemRow]
    dossier: Dossier | None = shown(
        "Le dossier\u202f; nul si l’appelant ne peut plus le lire.",
        lambda it: None if it.row.dossier is None else Dossier(row=it.row.dossier),
    )
    outcome: MassOutcome = shown("Ce qu’il est devenu.", lambda it: it.row.outcome)
    code: str = shown("Code du refus\u202f; vide sans refus.", lambda it: it.row.code)
    message: str = shown("Raison du refus, et que faire.", lambda it: it.row.message)


@strawberry.type(description="Dossier d’une page.")
class MassMoveItemEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: MassMoveItem = strawberry.field(description="La ligne.")


@strawberry.type(description="Page d’un compte rendu, dans l’ordre du choix.")
class MassMoveItemConnection:
    """One page."""

    page: strawberry.Private[CountedPage[MassItemRow]]
    total_count: int = shown("Nombre exact de lignes.", lambda it: it.page.total)
    edges: list[MassMoveItemEdge] = page_edges("Lignes de la page.", MassMoveItemEdge, MassMoveItem)
    page_info: PageInfo = page_end()


@strawberry.type(description="Changement d’étape de plusieurs dossiers, fait en arrière-plan un par un.")
class MassMove:
    """A move of many dossiers."""

    row: strawberry.Private[MassRow]
    id: strawberry.ID = shown("Identifiant du changement.", lambda it: str(it.row.id))
    platform: str = shown("Code de la plateforme.", lambda it: it.row.platform)
    form: str = shown("Type de formulaire.", lambda it: it.row.form)
    move: str = shown("Nom du passage.", lambda it: it.row.move)
    label: str = shown("Libellé du passage.", lambda it: it.row.label)
    reason: str = shown("Motif\u202f; vide s’il n’y en a pas.", lambda it: it.row.reason)
    author: str = shown("Qui l’a demandé.", lambda it: it.row.author)
    at: datetime = shown("Moment de la demande.", lambda it: it.row.at)
    finished_at: datetime | None = shown(
        "Moment de la fin\u202f; nul tant qu’un dossier attend.", lambda it: it.row.finished_at
    )
    total: int = shown("Nombre de dossiers.", lambda it: it.row.total)
    moved: int = shown("Nombre de dossiers passés.", lambda it: it.row.moved)
    refused: int = shown("Nombre de dossiers refusés.", lambda it: it.row.refused)

    @resolved("Compte rendu, dossier par dossier.", Inherits(Right.CAMPAIGN_MANAGE))
    async def items(
        self,
        info: Ask,
        outcome: Annotated[
            MassOutcome | None,
            strawberry.argument(description="Ce qu’ils sont devenus\u202f; nul pour tous."),
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> MassMoveItemConnection:
        """The report."""
        return MassMoveItemConnection(page=await items(info.context.asker, self.row, outcome, first, after))


@strawberry.type(description="Changement d’une page.")
class MassMoveEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: MassMove = strawberry.field(description="La ligne.")


@strawberry.type(description="Page de changements en nombre, le dernier en premier.")
class MassMoveConnection:
    """One page."""

    page: strawberry.Private[CountedPage[MassRow]]
    total_count: int = shown("Nombre exact de lignes.", lambda it: it.page.total)
    edges: list[MassMoveEdge] = page_edges("Lignes de la page.", MassMoveEdge, MassMove)
    page_info: PageInfo = page_end()
