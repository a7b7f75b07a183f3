"""Asking for an export of many dossiers, following it, giving it up or trying it again."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, First, IdempotencyKey, dossier_id, identifier
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation, resolved
from gql.types.mass_exports import MassExport, MassExportConnection
from gql.types.writing import DossierCriteria
from models import MassExportKind
from resolvers import mass_exports
from resolvers.dossiers import not_found
from resolvers.mass_export_choice import Wanted
from resolvers.mass_export_rows import unknown

Id = Annotated[strawberry.ID, strawberry.argument(description="Identifiant de l’export.")]
Chosen = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="Dossiers choisis, dans l’ordre de l’export, 2\u202f000 au plus."),
]
Without = Annotated[list[strawberry.ID], strawberry.argument(description="Dossiers à laisser de côté.")]
Tabs = Annotated[
    list[str] | None,
    strawberry.argument(
        description="Onglets à exporter, si tous les dossiers sont d’un même formulaire\u202f; nul pour tous."
    ),
]


@strawberry.type
class MassExportQuery:
    """What one can ask of exports of many dossiers."""

    @resolved("Un export en nombre de l’appelant, pour suivre son avancement.", SignedIn())
    async def mass_export(self, info: Ask, id: Id) -> MassExport:
        """One of the viewer's own."""
        return MassExport(row=await mass_exports.read(info.context.asker, identifier(id, unknown())))

    @resolved("Exports en nombre de l’appelant, du plus récent au plus ancien.", SignedIn())
    async def mass_exports(self, info: Ask, first: First = 20, after: After = None) -> MassExportConnection:
        """One page of the viewer's own."""
        return MassExportConnection(page=await mass_exports.mass_exports(info.context.asker, first, after))


@strawberry.type
class MassExportMutation:
    """What one can do of exports of many dossiers."""

    @mutation(
        "Demande l’export de plusieurs dossiers\u202f; il se fait en arrière-plan, dossier par dossier.",
        Requires(Right.EXPORT),
    )
    async def request_mass_export(  # noqa: PLR0913 - what a request is made of
        self,
        info: Ask,
        kind: Annotated[MassExportKind, strawberry.argument(description="Ce que l’on fait des dossiers.")],
        idempotency_key: IdempotencyKey,
        *,
        dossiers: Chosen = None,
        work_list: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Liste de travail à exporter, dans son ordre."),
        ] = None,
        criteria: Annotated[
            DossierCriteria | None,
            strawberry.argument(description="Recherche à exporter, par code d’organisme."),
        ] = None,
        without: Without = (),  # type: ignore[assignment]  # nothing is left out; a list would be one for all
        tabs: Tabs = None,
        accessible: Annotated[
            bool,
            strawberry.argument(description="Vrai pour des PDF balisés, lisibles par un lecteur d’écran."),
        ] = False,
    ) -> MassExport:
        """Ask for it."""
        wanted = Wanted(
            kind=kind,
            dossiers=None if dossiers is None else tuple(map(dossier_id, dossiers)),
            work_list=None if work_list is None else identifier(work_list, not_found()),
            criteria=None if criteria is None else criteria.criteria(),
            without=tuple(map(dossier_id, without)),
            tabs=None if tabs is None else tuple(dict.fromkeys(tabs)),
            accessible=accessible,
        )
        return MassExport(row=await mass_exports.request(info.context.asker, wanted, idempotency_key))

    @mutation("Interrompt un export en cours\u00a0: rien n’en est gardé.", SignedIn())
    async def cancel_mass_export(self, info: Ask, id: Id, idempotency_key: IdempotencyKey) -> MassExport:
        """Give it up."""
        asked = identifier(id, unknown())
        return MassExport(row=await mass_exports.cancel(info.context.asker, asked, idempotency_key))

    @mutation("Refait les dossiers en erreur d’un export fini, et eux seuls.", SignedIn())
    async def retry_mass_export(self, info: Ask, id: Id, idempotency_key: IdempotencyKey) -> MassExport:
        """Try again."""
        asked = identifier(id, unknown())
        return MassExport(row=await mass_exports.retry(info.context.asker, asked, idempotency_key))
