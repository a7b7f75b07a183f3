"""Lists of a campaign by pages."""

from __future__ import annotations

import strawberry

from gql.fields import shown
from gql.types.campaigns import CampaignDossier, GrantedDeadline, HandedBack, TransmittedDossier
from gql.types.page_info import PageInfo, page_edges, page_end
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
    edges: list[CampaignDossierEdge] = page_edges("Lignes de la page.", CampaignDossierEdge, CampaignDossier)
    page_info: PageInfo = page_end()


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
    edges: list[GrantedDeadlineEdge] = page_edges("Lignes de la page.", GrantedDeadlineEdge, GrantedDeadline)
    page_info: PageInfo = page_end()


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
    edges: list[HandBackEdge] = page_edges("Lignes de la page.", HandBackEdge, HandedBack)
    page_info: PageInfo = page_end()


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
    edges: list[TransmittedEdge] = page_edges("Lignes de la page.", TransmittedEdge, TransmittedDossier)
    page_info: PageInfo = page_end()
