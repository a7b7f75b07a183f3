"""Exports of many dossiers, followed from their request to their download, dossier by dossier."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, First
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.describing import describe
from gql.types.dossiers import Dossier
from gql.types.page_info import PageInfo, page_edges, page_end
from models import MassExportItemState, MassExportKind, MassExportState
from resolvers.mass_export_rows import MassExportItemRow, MassExportRow
from resolvers.mass_exports import items
from resolvers.paging import CountedPage

describe(
    MassExportKind,
    "Ce que l’on fait des dossiers d’un export en nombre.",
    {
        "PDF": "Une archive ZIP d’un PDF par dossier.",
        "ONE_PDF": "Un seul PDF, avec un signet par organisme et par onglet.",
        "XML": "Une archive ZIP d’un XML par dossier.",
        "DOSSIER": "Une archive ZIP du XML et du PDF de chaque dossier.",
        "SHEET": "Une archive ZIP d’un classeur Excel par dossier.",
        "COPY": "Une archive ZIP des dernières copies scellées de chaque dossier.",
    },
)
describe(
    MassExportState,
    "Avancement d’un export en nombre.",
    {
        "WAITING": "En attente.",
        "RUNNING": "En cours.",
        "READY": "Prêt à être téléchargé, sans les dossiers en erreur.",
        "FAILED": "Échoué\u00a0: la raison est donnée.",
        "CANCELLED": "Interrompu\u00a0: rien n’en est gardé.",
    },
)
describe(
    MassExportItemState,
    "Ce qu’un dossier est devenu dans un export en nombre.",
    {
        "WAITING": "Il attend son tour.",
        "MADE": "Il est exporté.",
        "FAILED": "Il ne l’est pas\u00a0: la raison est dite.",
    },
)


def _label(item: MassExportItem) -> str:
    row = item.row.dossier
    return "" if row is None else f"{row.organism.name} – {row.form} {row.year}"


def _file_name(item: MassExportItem) -> str | None:
    """What the archive will hold of it, as far as its reader may still know of the dossier."""
    known = item.row.dossier is not None and item.row.files
    return item.row.files[0].name if known else None


@strawberry.type(description="Ce qu’un dossier est devenu dans un export en nombre.")
class MassExportItem:
    """One line of a report."""

    row: strawberry.Private[MassExportItemRow]
    dossier: Dossier | None = shown(
        "Le dossier\u202f; nul si l’appelant ne peut plus le lire.",
        lambda it: None if it.row.dossier is None else Dossier(row=it.row.dossier),
    )
    label: str = shown("Organisme, formulaire et année\u202f; vide s’il ne peut plus le lire.", _label)
    state: MassExportItemState = shown("Ce qu’il est devenu.", lambda it: it.row.state)
    file_name: str | None = shown("Nom de son premier fichier dans l’archive, une fois fait.", _file_name)
    error_code: str | None = shown("Code de l’échec, s’il a échoué.", lambda it: it.row.error_code or None)
    error: str | None = shown("Raison de l’échec, et que faire.", lambda it: it.row.error or None)


@strawberry.type(description="Dossier d’une page.")
class MassExportItemEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette ligne.")
    node: MassExportItem = strawberry.field(description="La ligne.")


@strawberry.type(description="Page d’un compte rendu d’export, dans l’ordre du choix.")
class MassExportItemConnection:
    """One page."""

    page: strawberry.Private[CountedPage[MassExportItemRow]]
    total_count: int = shown("Nombre exact de lignes.", lambda it: it.page.total)
    edges: list[MassExportItemEdge] = page_edges("Lignes de la page.", MassExportItemEdge, MassExportItem)
    page_info: PageInfo = page_end()


@strawberry.type(description="Export de plusieurs dossiers, fait en arrière-plan un par un.")
class MassExport:
    """One of the viewer's own."""

    row: strawberry.Private[MassExportRow]
    id: strawberry.ID = shown("Identifiant de l’export.", lambda it: str(it.row.id))
    kind: MassExportKind = shown("Ce que l’on fait des dossiers.", lambda it: it.row.kind)
    state: MassExportState = shown("Avancement.", lambda it: it.row.state)
    tabs: list[str] = shown("Onglets choisis\u202f; vide pour tous.", lambda it: list(it.row.tabs), size=100)
    accessible: bool = shown("Vrai pour des PDF balisés.", lambda it: it.row.accessible)
    done: int = shown("Nombre de dossiers faits.", lambda it: it.row.done)
    failed: int = shown("Nombre de dossiers en erreur.", lambda it: it.row.failed)
    total: int = shown("Nombre de dossiers.", lambda it: it.row.total)
    requested_at: datetime = shown("Moment de la demande.", lambda it: it.row.requested_at)
    finished_at: datetime | None = shown("Moment de la fin\u202f; nul avant.", lambda it: it.row.finished_at)
    expires_at: datetime = shown("Moment où les fichiers seront supprimés.", lambda it: it.row.expires_at)
    file_name: str | None = shown(
        "Nom du fichier\u202f; nul une fois supprimé.", lambda it: it.row.file_name if it.row.kept else None
    )
    size: int | None = shown(
        "Taille des fichiers en octets, une fois prêt.",
        lambda it: it.row.size if it.row.downloadable else None,
    )
    error_code: str | None = shown("Code de l’échec, s’il a échoué.", lambda it: it.row.error_code or None)
    error: str | None = shown("Raison de l’échec, s’il a échoué.", lambda it: it.row.error or None)
    download_url: str | None = shown(
        "Adresse de téléchargement, relative au serveur, une fois prêt\u202f; elle se reprend où elle s’est"
        " arrêtée (`Range`).",
        lambda it: f"/mass-exports/{it.row.id}/file" if it.row.downloadable else None,
    )
    manifest_url: str | None = shown(
        "Adresse du manifeste seul, une fois prêt.",
        lambda it: f"/mass-exports/{it.row.id}/manifeste.csv" if it.row.downloadable else None,
    )

    @resolved("Compte rendu, dossier par dossier.", Inherits(Right.EXPORT))
    async def items(
        self,
        info: Ask,
        first: First = 50,
        after: After = None,
        *,
        failed_only: Annotated[
            bool, strawberry.argument(description="Vrai pour les seuls dossiers en erreur.")
        ] = False,
    ) -> MassExportItemConnection:
        """The report."""
        asker = info.context.asker
        page = await items(asker, self.row, first, after, failed_only=failed_only)
        return MassExportItemConnection(page=page)


@strawberry.type(description="Export d’une page.")
class MassExportEdge:
    """A row and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cet export.")
    node: MassExport = strawberry.field(description="L’export.")


@strawberry.type(description="Page d’exports en nombre, le dernier en premier.")
class MassExportConnection:
    """One page."""

    page: strawberry.Private[CountedPage[MassExportRow]]
    total_count: int = shown("Nombre exact d’exports.", lambda it: it.page.total)
    edges: list[MassExportEdge] = page_edges("Exports de la page.", MassExportEdge, MassExport)
    page_info: PageInfo = page_end()
