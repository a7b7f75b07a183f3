"""Who has read an organism's dossiers, as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rendering.sheets.listing import MOMENT, Line, Listing, write_listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resolvers.consent_rows import ReadingRow

NAME: Final = "registre-des-lectures.xlsx"
CHANNELS: Final[Mapping[str, str]] = {
    "screen": "À l’écran",
    "pdf": "Impression PDF",
    "zip": "Archive",
    "xml": "Fichier XML",
    "xlsx": "Classeur",
    "csv": "Fichier CSV",
    "attachment": "Pièce jointe",
    "copy": "Copie scellée",
    "api": "Système (API)",
}
COLUMNS: Final = (
    ("Premier instant du jour", 22),
    ("Personne ou système", 32),
    ("Organisation", 44),
    ("Formulaire", 12),
    ("Année", 8),
    ("Moyen", 20),
    ("Au titre de", 60),
)


def write_readings(rows: Sequence[ReadingRow], organism: str) -> bytes:
    """The workbook: one line a person, a dossier, a day and a way of reading."""
    title, told = f"Lectures des dossiers de {organism}", f"{len(rows)} lecture(s)"
    return write_listing(Listing("Lectures", title, told, COLUMNS, MOMENT), map(_line, rows))


def _line(row: ReadingRow) -> Line:
    channel = CHANNELS.get(row.channel, row.channel)
    return row.at, row.name, row.organization.name, row.form, str(row.year), channel, row.ref
