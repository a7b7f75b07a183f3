"""Loading files: XML, workbooks, rows of a dynamic tab; tried by a dry run, then loaded whole."""

from __future__ import annotations

import asyncio
import base64
import binascii
from functools import partial
from typing import TYPE_CHECKING, Annotated

import strawberry

from authz import Right
from gql.arguments import DossierId, dossier_id
from gql.context import Ask
from gql.fields import Requires, mutation
from gql.types.imports import ImportReport
from models import Invalid
from rendering import rows_in, xml_in
from rendering.sheets import reader
from resolvers import dossiers, loading
from resolvers.hand import require_writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from resolvers.loaded import LoadedFile
    from resolvers.rows import DossierRow

DryRun = Annotated[bool, strawberry.argument(description="Vrai pour lire et contrôler sans rien écrire.")]


async def _writable(info: Ask, dossier: str) -> DossierRow:
    """The dossier, for who may write in it: whoever may not load a file has none parsed.

    The load asks again, holding the dossier. Raises NotFound, Refused.
    """
    found = await dossiers.read(info.context.asker, dossier_id(dossier))
    require_writing(info.context.asker, found)
    return found


def _decoded(text: str, argument: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(
            "BASE64_MALFORMED",
            f"L’argument «\u00a0{argument}\u00a0» n’est pas du base64\u00a0: envoyez les octets du fichier"
            " ainsi.",
            path=(argument,),
        ) from None


async def _loaded(
    info: Ask, found: DossierRow, read: Callable[[], LoadedFile], *, dry_run: bool, strict: bool = False
) -> ImportReport:
    """Read a file aside of what else is asked meanwhile, then load it."""
    file = await asyncio.to_thread(read)
    row = await loading.load(info.context.asker, found.id, file, dry_run=dry_run, strict=strict)
    return ImportReport(row=row)


@strawberry.type
class Imports:
    """The mutations that load files."""

    @mutation(
        "Charge un fichier XML de valeurs\u00a0: en entier ou pas du tout.",
        Requires(Right.WRITE, Right.CORRECT),
        alone=True,
    )
    async def import_xml(
        self,
        info: Ask,
        dossier: DossierId,
        xml: Annotated[str, strawberry.argument(description="Contenu du fichier XML.")],
        *,
        dry_run: DryRun = False,
        strict: Annotated[
            bool,
            strawberry.argument(
                description="Vrai pour refuser tout ce qui s’écarte du schéma strict du formulaire."
            ),
        ] = False,
    ) -> ImportReport:
        """Load an XML file."""
        found = await _writable(info, dossier)
        pack = found.definition if strict else None
        read = partial(xml_in.read_dossier, xml, pack)
        return await _loaded(info, found, read, dry_run=dry_run, strict=strict)

    @mutation(
        "Charge un classeur XLSX exporté du même dossier et complété\u00a0: en entier ou pas du tout.",
        Requires(Right.WRITE, Right.CORRECT),
        alone=True,
    )
    async def import_spreadsheet(
        self,
        info: Ask,
        dossier: DossierId,
        file: Annotated[
            str,
            strawberry.argument(description="Classeur XLSX en base64, 10\u202fMo au plus une fois décodé."),
        ],
        *,
        dry_run: DryRun = False,
    ) -> ImportReport:
        """Load a workbook."""
        found = await _writable(info, dossier)
        content = _decoded(file, "file")
        return await _loaded(info, found, partial(reader.read_workbook, content, found), dry_run=dry_run)

    @mutation(
        "Remplace les rangs d’un onglet dynamique par ceux d’un fichier CSV\u00a0: tous ou aucun.",
        Requires(Right.WRITE, Right.CORRECT),
        alone=True,
    )
    async def import_rows(
        self,
        info: Ask,
        dossier: DossierId,
        tab: Annotated[str, strawberry.argument(description="Code de l’onglet dynamique.")],
        csv: Annotated[
            str,
            strawberry.argument(
                description=(
                    "Fichier CSV en base64\u00a0: UTF-8, séparé par des points-virgules, nombres français."
                )
            ),
        ],
        *,
        dry_run: DryRun = False,
    ) -> ImportReport:
        """Load the rows of a dynamic tab."""
        found = await _writable(info, dossier)
        content = _decoded(csv, "csv")
        return await _loaded(info, found, partial(rows_in.read_rows, content, found, tab), dry_run=dry_run)
