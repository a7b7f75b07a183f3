"""Lists of a campaign by pages."""

from __future__ import annotations

import strawberry

from gql.fields import shown
from gql.types.campaigns import CampaignDossier, GrantedDeadline, HandedBack, TransmittedDossier
from gql.types.page_info import PageInfo, page_info
from resolvers.campaign_rows import DueRow, GrantedRow, HandedBackRow, TransmittedRow
from resolvers.paging import CountedPage


@strawberry.type(description="Dossier d’une page.")
class CampaignDossierEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: CampaignDossier = strawberry.field(description="La ligne.")


@strawberry.type(description="Page de dossiers d’une campagne, par code d’organisme.")
class CampaignDossierConnection:
    """One page."""

    page: strawberry.Private[CountedPage[DueRow]]
    total_count: int = shown("Nombre exact de lignes.", lambda it: it.page.total)
    edges: list[CampaignDossierEdge] = shown(
        "Lignes de la page.",
        lambda it: [
            CampaignDossierEdge(cursor=cursor, node=CampaignDossier(row=row))
            for cursor, row in zip(it.page.cursors, it.page.rows, strict=True)
        ],
        size=1,
    )
    page_info: PageInfo = shown(
        "Suite de la liste.", lambda it: page_info(it.page.cursors, has_next=it.page.has_next)
    )


@strawberry.type(description="Exception d’une page.")
class GrantedDeadlineEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: GrantedDeadline = strawberry.field(description="La ligne.")


@strawberry.type(description="Page d’exceptions, par code d’organisme.")
class GrantedDeadlineConnection:
    """One page."""

    page: strawberry.Private[CountedPage[GrantedRow]]
    total_count: int = shown("Nombre exact de lignes.", lambda it: it.page.total)
    edges: list[GrantedDeadlineEdge] = shown(
        "Lignes de la page.",
        lambda it: [
            GrantedDeadlineEdge(cursor=cursor, node=GrantedDeadline(row=row))
            for cursor, row in zip(it.page.cursors, it.page.rows, strict=True)
        ],
        size=1,
    )
    page_info: PageInfo = shown(
        "Suite de la liste.", lambda it: page_info(it.page.cursors, has_next=it.page.has_next)
    )


@strawberry.type(description="Remise d’une page.")
class HandBackEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: HandedBack = strawberry.field(description="La ligne.")


@strawberry.type(description="Page de remises, la dernière en premier.")
class HandBackConnection:
    """One page."""

    page: strawberry.Private[CountedPage[HandedBackRow]]
    total_count: int = shown("Nombre exact de lignes.", lambda it: it.page.total)
    edges: list[HandBackEdge] = shown(
        "Lignes de la page.",
        lambda it: [
            HandBackEdge(cursor=cursor, node=HandedBack(row=row))
            for cursor, row in zip(it.page.cursors, it.page.rows, strict=True)
        ],
        size=1,
    )
    page_info: PageInfo = shown(
        "Suite de la liste.", lambda it: page_info(it.page.cursors, has_next=it.page.has_next)
    )


@strawberry.type(description="Dossier transmis d’une page.")
class TransmittedEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: TransmittedDossier = strawberry.field(description="La ligne.")


@strawberry.type(description="Page de dossiers transmis, par code d’organisme.")
class TransmittedConnection:
    """One page."""

    page: strawberry.Private[CountedPage[TransmittedRow]]
    total_count: int = shown("Nombre exact de lignes.", lambda it: it.page.total)
    edges: list[TransmittedEdge] = shown(
        "Lignes de la page.",
        lambda it: [
            TransmittedEdge(cursor=cursor, node=TransmittedDossier(row=row))
            for cursor, row in zip(it.page.cursors, it.page.rows, strict=True)
        ],
        size=1,
    )
    page_info: PageInfo = shown(
        "Suite de la liste.", lambda it: page_info(it.page.cursors, has_next=it.page.has_next)
    )
