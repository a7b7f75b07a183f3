"""Whom a file is for: its organism, its form and year, and the definition that it was written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from forms import list_packs
from models import Invalid
from resolvers.load_report import ImportLine, ImportOutcome
from resolvers.loaded import FileOrigin, LoadedFile

if TYPE_CHECKING:
    from resolvers.rows import DossierRow


class _Codes(NamedTuple):
    """The stable codes of one kind of file, and the argument that it comes in."""

    argument: str
    organism: str
    campaign: str
    pack: str


_XML = _Codes("xml", "XML_OTHER_ORGANISM", "XML_OTHER_CAMPAIGN", "XML_OTHER_PACK")
_SHEET = _Codes("file", "SHEET_OTHER_ORGANISM", "SHEET_OTHER_CAMPAIGN", "SHEET_OTHER_PACK")


def check_addressee(dossier: DossierRow, file: LoadedFile, *, same_pack: bool = False) -> None:
    """Whether the file may be loaded: it is for this dossier, and follows a published revision of its form.

    With `same_pack`, it follows the dossier's own. Raises Invalid XML_ or SHEET_: OTHER_ORGANISM,
    OTHER_CAMPAIGN, OTHER_PACK.
    """
    codes = _XML if file.origin is FileOrigin.XML else _SHEET
    if file.siren != dossier.organism.siren:
        raise Invalid(
            codes.organism,
            f"Ce fichier est celui de l’organisme {file.siren}\u00a0: choisissez le fichier de l’organisme "
            f"{dossier.organism.siren}.",
            path=(codes.argument,),
        )
    if (file.form, file.year) != (dossier.form, dossier.year):
        raise Invalid(
            codes.campaign,
            f"Ce fichier porte sur le dossier {file.form} {file.year}\u00a0: choisissez un fichier "
            f"{dossier.form} {dossier.year}.",
            path=(codes.argument,),
        )
    if file.pack != dossier.pack and (same_pack or not _is_published(file)):
        raise Invalid(
            codes.pack,
            f"Ce fichier suit la définition {file.pack[:40]}, le dossier la définition {dossier.pack}\u00a0: "
            "exportez de nouveau ce dossier et reportez-y vos valeurs.",
            path=(codes.argument,),
        )


def revision_told(dossier: DossierRow, file: LoadedFile) -> list[ImportLine]:
    """The line of the report of a file of another revision; none for a file of the dossier's own."""
    if file.pack == dossier.pack:
        return []
    message = (
        f"Ce fichier suit la définition {file.pack}, le dossier la définition {dossier.pack}\u00a0: "
        "vérifiez les cellules qui ont changé de l’une à l’autre."
    )
    return [ImportLine(None, "", ImportOutcome.CHANGED, "XML_OTHER_REVISION", message)]


def _is_published(file: LoadedFile) -> bool:
    known = {str(key): (key.form, key.year) for key in list_packs()}
    return known.get(file.pack) == (file.form, file.year)
