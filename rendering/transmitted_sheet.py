"""The list of the organisms that had transmitted by a day, as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rendering.sheets.listing import Line, Listing, write_listing
from resolvers.convention_words import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from resolvers.campaign_rows import Asked, TransmittedRow

COLUMNS: Final = (
    ("SIREN", 12),
    ("Code", 10),
    ("Organisme", 48),
    ("Type", 40),
    ("Département", 13),
    ("Étape actuelle", 26),
    ("Date de transmission", 20),
    ("Dernier jour", 14),
    ("Retard", 10),
)


def transmitted_name(asked: Asked, by: date) -> str:
    """`transmis-ER-2024-au-2025-06-30.xlsx`."""
    return f"transmis-{asked.form}-{asked.year}-au-{by.isoformat()}.xlsx"


def write_transmitted(rows: Sequence[TransmittedRow], asked: Asked, by: date, platform: str) -> bytes:
    """The workbook: one line an organism, by code."""
    listing = Listing(
        f"{asked.form} {asked.year}",
        f"Organismes ayant transmis au {by:%d/%m/%Y} – {asked.form} {asked.year}",
        _told(rows, platform),
        COLUMNS,
    )
    return write_listing(listing, map(_line, rows))


def _told(rows: Sequence[TransmittedRow], platform: str) -> str:
    count, late = len(rows), sum(row.late for row in rows)
    word = "organisme" if count <= 1 else "organismes"
    return f"{platform}\u00a0: {count} {word}, dont {late} après le dernier jour"


def _line(row: TransmittedRow) -> Line:
    dossier = row.dossier
    one = dossier.organism
    family = CATEGORIES.get(one.category, one.category)
    step = dossier.definition.cycle.label(dossier.step)
    late = "Oui" if row.late else ""
    return one.siren, one.code, one.name, family, one.department, step, row.at, row.due_on, late
