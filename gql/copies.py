"""Asking for sealed copies by the direct access, and for what changed since the transmission."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, AnyForm, AnyYear, DossierId, First, dossier_id
from gql.context import Ask
from gql.fields import Requires, resolved
from gql.types.copies import CopyDifference, DirectAccessConnection, DirectFolder
from models import CopyKind
from resolvers import copy_difference, direct_access
from resolvers.direct_access import Wanted

# Two states of a dossier set side by side, counted for each cell of the page.
COMPARED = 50
Platform = Annotated[
    str | None, strawberry.argument(description="Code de la plateforme\u202f; nul pour toutes.")
]
Kind = Annotated[
    CopyKind | None, strawberry.argument(description="Transmises ou fiabilisées\u202f; nul pour les deux.")
]


@strawberry.type
class CopyQuery:
    """What one can ask about sealed copies."""

    @resolved(
        "Fichiers de l’accès direct\u00a0: la dernière copie scellée de chaque sorte, de chaque dossier que"
        " l’appelant peut prendre ainsi.",
        Requires(Right.DIRECT_READ),
    )
    async def direct_access(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        platform: Platform = None,
        form: AnyForm = None,
        year: AnyYear = None,
        kind: Kind = None,
        first: First = 50,
        after: After = None,
    ) -> DirectAccessConnection:
        """One page of files."""
        wanted = Wanted(platform, form, year, kind)
        return DirectAccessConnection(
            page=await direct_access.files(info.context.asker, wanted, first, after)
        )

    @resolved(
        "Arborescence de l’accès direct\u00a0: années, formulaires et répertoires.",
        Requires(Right.DIRECT_READ),
        size=50,
    )
    async def direct_folders(
        self, info: Ask, *, platform: Platform = None, form: AnyForm = None
    ) -> list[DirectFolder]:
        """The folders that hold a file."""
        found = await direct_access.folders(info.context.asker, Wanted(platform, form))
        return [DirectFolder(row=row) for row in found]

    @resolved(
        "Ce qui a été saisi autrement depuis la transmission du dossier, cellule par cellule.",
        Requires(Right.READ),
        weight=COMPARED,
    )
    async def copy_difference(
        self,
        info: Ask,
        dossier: DossierId,
        *,
        tab: Annotated[str | None, strawberry.argument(description="Onglet\u202f; nul pour tous.")] = None,
        first: First = 50,
        after: After = None,
    ) -> CopyDifference:
        """One page of the difference."""
        found = await copy_difference.difference(info.context.asker, dossier_id(dossier), tab, first, after)
        return CopyDifference(row=found)
