"""What one can ask."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, First, dossier_id, identifier
from gql.campaigns import CampaignQuery
from gql.circuits import CircuitQuery
from gql.consents import ConsentQuery
from gql.context import Ask
from gql.conventions import ConventionQuery
from gql.copies import CopyQuery
from gql.fields import Requires, SignedIn, resolved
from gql.filling import FillingQuery
from gql.finding import FindingQuery
from gql.mass_exports import MassExportQuery
from gql.notifications import NotificationQuery
from gql.packs import PackQuery
from gql.people import PeopleQuery
from gql.policy import PolicyQuery
from gql.rights_asking import RightsQuery
from gql.support import SupportQuery
from gql.types.dossiers import Dossier
from gql.types.exports import Export
from gql.types.paging import ExportConnection
from gql.types.people import Viewer
from gql.work_lists import WorkListQuery
from resolvers import dossiers, exports


@strawberry.type(description="Ce que l’on peut demander.")
class Query(
    CampaignQuery,
    CircuitQuery,
    ConsentQuery,
    ConventionQuery,
    CopyQuery,
    FillingQuery,
    MassExportQuery,
    FindingQuery,
    NotificationQuery,
    PackQuery,
    PeopleQuery,
    PolicyQuery,
    RightsQuery,
    SupportQuery,
    WorkListQuery,
):
    """The root of queries."""

    @resolved("L’appelant.", SignedIn())
    def viewer(self, info: Ask) -> Viewer:
        """Whoever asks."""
        return Viewer(row=info.context.asker)

    @resolved(
        "Un dossier. S’il n’existe pas ou n’est pas ouvert à l’appelant, l’erreur est la même.",
        Requires(Right.READ),
    )
    async def dossier(
        self,
        info: Ask,
        id: Annotated[strawberry.ID, strawberry.argument(description="Identifiant du dossier.")],
    ) -> Dossier:
        """One dossier."""
        return Dossier(row=await dossiers.read(info.context.asker, dossier_id(id)))

    @resolved("Un export de l’appelant, pour suivre son avancement.", Requires(Right.EXPORT))
    async def export(
        self,
        info: Ask,
        id: Annotated[strawberry.ID, strawberry.argument(description="Identifiant de l’export.")],
    ) -> Export:
        """One of the viewer's exports."""
        return Export(row=await exports.read(info.context.asker, identifier(id, exports.not_found())))

    @resolved("Exports de l’appelant, du plus récent au plus ancien.", Requires(Right.EXPORT))
    async def exports(self, info: Ask, first: First = 20, after: After = None) -> ExportConnection:
        """One page of the viewer's exports."""
        rows, cursors, has_next = await exports.list_exports(info.context.asker, first, after)
        return ExportConnection(rows=rows, cursors=cursors, has_next=has_next)
