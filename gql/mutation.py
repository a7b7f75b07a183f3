"""What one can do: each mutation calls one verb of the resolvers, which holds the rights."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import DossierId, IdempotencyKey, dossier_id
from gql.attachments import AttachmentMutation
from gql.campaign_acts import CampaignMutation
from gql.circuits import CircuitMutation
from gql.consents import ConsentMutation
from gql.context import Ask, Cookie
from gql.conventions import ConventionMutation
from gql.exchange import ExchangeMutation
from gql.fields import Anonymous, Requires, SignedIn, mutation
from gql.filling import FillingMutation
from gql.imports import Imports
from gql.keeping_acts import KeepingMutation
from gql.mass_exports import MassExportMutation
from gql.moves import MoveMutation
from gql.notifications import NotificationMutation
from gql.packs import PackMutation
from gql.people import PeopleMutation
from gql.policy import PolicyMutation
from gql.support import SupportMutation
from gql.types.exports import Export
from gql.types.people import Viewer
from gql.types.verification import Verification
from gql.types.writing import CellWrite, WriteResult
from gql.work_list_acts import WorkListMutation
from models import Invalid
from resolvers import cells, exports, sessions, verification

Tabs = Annotated[
    list[str] | None, strawberry.argument(description="Onglets à imprimer\u202f; nul pour le dossier entier.")
]
ACTING = (
    Right.WRITE,
    Right.CORRECT,
    Right.VALIDATE,
    Right.VALIDATE_HIERARCHICAL,
    Right.TRANSMIT,
    Right.FINALISE,
)


@strawberry.type(description="Ce que l’on peut faire.")
class Mutation(
    CampaignMutation,
    AttachmentMutation,
    CircuitMutation,
    ConsentMutation,
    ConventionMutation,
    ExchangeMutation,
    FillingMutation,
    Imports,
    KeepingMutation,
    MassExportMutation,
    MoveMutation,
    NotificationMutation,
    PackMutation,
    PeopleMutation,
    PolicyMutation,
    SupportMutation,
    WorkListMutation,
):
    """The root of mutations."""

    @mutation(
        "Ouvre une session et pose son cookie. Après cinq échecs, le compte est bloqué dix minutes.",
        Anonymous(),
        own_transaction=True,
    )
    async def login(
        self,
        info: Ask,
        login: Annotated[str, strawberry.argument(description="Identifiant.")],
        password: Annotated[str, strawberry.argument(description="Mot de passe.")],
    ) -> Viewer:
        """Sign in."""
        context = info.context
        signed = await sessions.sign_in(context.authority, login, password)
        if context.session:
            await sessions.sign_out(context.session)
        context.viewer, context.cookie = signed.viewer, Cookie.of(signed)
        return Viewer(row=signed.viewer)

    @mutation("Ferme la session et retire son cookie.", SignedIn())
    async def logout(self, info: Ask) -> bool:
        """Sign out."""
        if info.context.session:
            await sessions.sign_out(info.context.session)
        info.context.cookie = Cookie("", 0)
        return True

    @mutation(
        "Écrit des cellules et recalcule le dossier\u00a0: toutes, ou aucune au premier conflit ou refus.",
        Requires(Right.WRITE, Right.CORRECT),
    )
    async def write_cells(
        self,
        info: Ask,
        dossier: DossierId,
        writes: Annotated[list[CellWrite], strawberry.argument(description="Écritures, 2\u202f000 au plus.")],
    ) -> WriteResult:
        """Write cells."""
        batch = [one.write() for one in writes]
        return WriteResult(row=await cells.write(info.context.asker, dossier_id(dossier), batch))

    @mutation("Passe tous les contrôles sur le dossier et garde le résultat.", Requires(*ACTING))
    async def verify_dossier(self, info: Ask, dossier: DossierId) -> Verification:
        """Run the checks."""
        return Verification(row=await verification.verify(info.context.asker, dossier_id(dossier)))

    @mutation("Justifie une anomalie\u202f; un texte vide retire la justification.", Requires(*ACTING))
    async def justify_anomaly(
        self,
        info: Ask,
        dossier: DossierId,
        check: Annotated[str, strawberry.argument(description="Code du contrôle.")],
        text: Annotated[
            str, strawberry.argument(description="Justification, 2\u202f000 caractères au plus.")
        ],
        instance: Annotated[
            str, strawberry.argument(description="`Anomaly.instance`\u202f; vide hors d’un groupe répété.")
        ] = "",
    ) -> Verification:
        """Justify an anomaly."""
        row = await verification.justify(info.context.asker, dossier_id(dossier), check, text, instance)
        return Verification(row=row)

    @mutation(
        "Demande l’impression du dossier en PDF, en entier ou par onglets, en arrière-plan.",
        Requires(Right.EXPORT),
    )
    async def request_print(  # noqa: PLR0913 - what a print is asked with
        self,
        info: Ask,
        dossier: DossierId,
        idempotency_key: IdempotencyKey,
        tabs: Tabs = None,
        *,
        accessible: Annotated[
            bool, strawberry.argument(description="Vrai pour un PDF balisé, lisible par un lecteur d’écran.")
        ] = False,
        blank: Annotated[
            bool, strawberry.argument(description="Vrai pour le formulaire vierge, à remplir à la main.")
        ] = False,
    ) -> Export:
        """Ask for a print. Raises Invalid TABS_EMPTY."""
        if tabs == []:
            raise Invalid("TABS_EMPTY", "Choisissez au moins un onglet à imprimer.", path=("tabs",))
        row = await exports.request_print(
            info.context.asker,
            dossier_id(dossier),
            tabs,
            accessible=accessible,
            key=idempotency_key,
            blank=blank,
        )
        return Export(row=row)

    @mutation(
        "Demande l’archive ZIP du dossier, en XML et en PDF\u202f; elle se fait en arrière-plan.",
        Requires(Right.EXPORT),
    )
    async def request_export(self, info: Ask, dossier: DossierId, idempotency_key: IdempotencyKey) -> Export:
        """Ask for an archive."""
        row = await exports.request_zip(info.context.asker, dossier_id(dossier), idempotency_key)
        return Export(row=row)
