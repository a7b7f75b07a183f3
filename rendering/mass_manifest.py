"""What an archive of a mass export holds, and of what it has no file and why, as a CSV at its head."""

from __future__ import annotations

import csv
import hashlib
import io
import zlib
from typing import TYPE_CHECKING, Final

from models import MassExportItemState, MassExportKind
from rendering.mass_archive import Archive, Entry
from rendering.rows_format import BOM, SEPARATOR, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.mass_export_rows import MassExportItemRow
    from resolvers.mass_export_taking import MassTaken

NAME: Final = "manifeste.csv"
COLUMNS: Final = (
    "Fichier",
    "Formulaire",
    "Année",
    "SIREN",
    "Organisme",
    "Plateforme",
    "Taille en octets",
    "SHA-256",
    "Article",
    "État",
    "Erreur",
)
MADE, FAILED, CLOSED = "exporté", "en erreur", "retiré"
_LOST: Final = "Un dossier de cet export ne vous est plus ouvert\u00a0: il n’y est plus."
_UNTOLD: Final = "Ce dossier n’a pas pu être exporté, et ne vous est plus ouvert."


def composed(taken: MassTaken) -> tuple[Archive, str]:
    """The archive of what the viewer may take, its manifest first, and the ETag of its content."""
    written = manifest(taken)
    entries = [Entry(NAME, taken.export.requested_at, len(written), zlib.crc32(written), content=written)]
    for item in taken.opened:
        at = item.made_at or taken.export.requested_at
        entries += [Entry(file.name, at, file.size, file.crc32, file.key) for file in item.files]
    told = [(entry.name, entry.at.isoformat(), entry.size, entry.crc32) for entry in entries]
    digest = hashlib.sha256(written + repr(told).encode()).hexdigest()
    return Archive(entries), f'"{digest}"'


def manifest(taken: MassTaken) -> bytes:
    """The manifest: a line a file, one for each dossier that has none; one PDF comes before its parts."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    whole = taken.export
    if whole.kind is MassExportKind.ONE_PDF:
        writer.writerow([guarded(whole.file_name), *[""] * 5, str(whole.size), whole.sha256, "", MADE, ""])
    for item in taken.items:
        writer.writerows(_lines(item))
    return (BOM + written.getvalue()).encode()


def _lines(item: MassExportItemRow) -> Iterator[list[str]]:
    if item.opened:
        for file in item.files:
            told = (str(file.size), file.sha256, guarded(item.article), MADE, "")
            yield [guarded(file.name), *_whose(item), *told]
    elif item.state is MassExportItemState.MADE:
        # Nothing of what it was: neither its organism nor its file's name, which holds the SIREN.
        yield ["", "", "", "", "", "", "", "", "", CLOSED, _LOST]
    elif item.dossier is None:
        yield ["", "", "", "", "", "", "", "", "", FAILED, _UNTOLD]
    else:
        yield ["", *_whose(item), "", "", "", FAILED, guarded(f"{item.error_code}\u00a0: {item.error}")]


def _whose(item: MassExportItemRow) -> list[str]:
    row = item.dossier
    if row is None:
        return [""] * 5
    told = (row.form, str(row.year), row.organism.siren, row.organism.name, row.platform)
    return [guarded(text) for text in told]
