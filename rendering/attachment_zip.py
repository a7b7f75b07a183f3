"""All the attachments of a dossier as one archive, made while it is sent (manual §10.2.5)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from zipstream import ZIP_STORED, ZipStream

from authz.clock import PARIS
from rendering.names import stem
from rendering.rows_format import BOM, SEPARATOR, guarded
from resolvers.attachment_names import unique

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from models import FileStore
    from resolvers.attachment_rows import AttachmentRow
    from resolvers.rows import DossierRow

MANIFEST: Final = "manifeste.csv"
COLUMNS: Final = (
    "Fichier",
    "Type de pièce",
    "Nom d’origine",
    "Taille en octets",
    "SHA-256",
    "Ajoutée par",
    "Organisation",
    "Ajoutée le",
    "Envoyée le",
)


def attachments_name(dossier: DossierRow) -> str:
    """`er_2024_732829320_pieces_jointes.zip`."""
    return f"{stem(dossier)}_pieces_jointes.zip"


def zip_attachments(files: FileStore, rows: Sequence[AttachmentRow]) -> Iterator[bytes]:
    """The archive, in blocks: its manifest first, then each document as it is read from the store.

    Nothing is compressed: PDF and images already are, and the first byte waits for nothing. For a thread that
    waits; FileNotFoundError where a content is gone, which cuts the archive short for all to see.
    """
    names: list[str] = [MANIFEST]
    for row in rows:
        names.append(unique(row.name, names))
    archive = ZipStream(compress_type=ZIP_STORED)
    archive.add(_manifest(rows, names[1:]), MANIFEST)
    for row, name in zip(rows, names[1:], strict=True):
        archive.add(files.blocks(row.file_key), name, size=row.size)
    yield from archive


def _manifest(rows: Sequence[AttachmentRow], names: Sequence[str]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row, name in zip(rows, names, strict=True):
        told = (name, row.piece, row.original, str(row.size), row.sha256, row.author, row.organization)
        writer.writerow([*map(guarded, told), _moment(row.added_at), _moment(row.sent_at)])
    return (BOM + written.getvalue()).encode()


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(PARIS):%d/%m/%Y %H:%M}"
