"""A print or an archive, followed from its request to its download."""

from __future__ import annotations

from datetime import datetime

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import Requires, resolved, shown
from gql.types.dossiers import Dossier
from models import ExportKind, ExportState
from resolvers.rows import ExportRow


def _download_url(export: Export) -> str | None:
    return f"/exports/{export.row.id}/file" if export.row.state is ExportState.READY else None


@strawberry.type(description="Export\u00a0: impression ou archive d’un dossier, faite en arrière-plan.")
class Export:
    """One of the viewer's own exports."""

    row: strawberry.Private[ExportRow]
    id: strawberry.ID = shown("Identifiant de l’export.", lambda it: str(it.row.id))
    kind: ExportKind = shown("Nature de l’export.", lambda it: it.row.kind)
    state: ExportState = shown("Avancement.", lambda it: it.row.state)
    blank: bool = shown("Si c’est le formulaire vierge, sans valeur.", lambda it: it.row.blank)
    done: int = shown("Nombre de parts faites.", lambda it: it.row.done)
    total: int = shown("Nombre de parts à faire.", lambda it: it.row.total)
    requested_at: datetime = shown("Moment de la demande.", lambda it: it.row.requested_at)
    finished_at: datetime | None = shown("Moment de la fin\u202f; nul avant.", lambda it: it.row.finished_at)
    expires_at: datetime = shown("Moment où le fichier sera supprimé.", lambda it: it.row.expires_at)
    file_name: str | None = shown("Nom du fichier, une fois prêt.", lambda it: it.row.file_name or None)
    size: int | None = shown("Taille du fichier en octets, une fois prêt.", lambda it: it.row.size or None)
    sha256: str | None = shown(
        "Empreinte SHA-256 du fichier, une fois prêt.", lambda it: it.row.sha256 or None
    )
    download_url: str | None = shown(
        "Adresse de téléchargement, relative au serveur, une fois prêt.", _download_url
    )
    error_code: str | None = shown("Code de l’échec, s’il a échoué.", lambda it: it.row.error_code or None)
    error: str | None = shown("Raison de l’échec, s’il a échoué.", lambda it: it.row.error or None)

    @resolved("Dossier exporté\u202f; nul si l’appelant n’y a plus accès.", Requires(Right.READ))
    async def dossier(self, info: Ask) -> Dossier | None:
        """The dossier, while the viewer may still read it."""
        row = await info.context.loaders.dossier(self.row.dossier_id)
        return None if row is None else Dossier(row=row)
