"""The list of the organisms that gave a partner its access or not, as a workbook (manual §6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rendering.sheets.listing import Line, Listing, write_listing
from resolvers.consent_rows import ConsentAnswer
from resolvers.convention_words import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.consent_list import Asked
    from resolvers.consent_rows import ListedRow

ANSWERS: Final = {
    ConsentAnswer.GIVEN: "Accès donné",
    ConsentAnswer.REFUSED: "Accès refusé",
    ConsentAnswer.NONE: "Sans réponse",
}
COLUMNS: Final = (
    ("SIREN", 12),
    ("Code", 10),
    ("Organisme", 48),
    ("Type", 40),
    ("Département", 13),
    ("Réponse", 16),
    ("Date de la réponse", 18),
)


def sheet_name(asked: Asked) -> str:
    """`acces-donnes-ER-2024.xlsx`."""
    return f"acces-donnes-{asked.form}-{asked.year}.xlsx"


def write_consents(rows: Sequence[ListedRow], asked: Asked, partner: str, platform: str) -> bytes:
    """The workbook: one line an organism, by code."""
    given = sum(row.answer is ConsentAnswer.GIVEN for row in rows)
    listing = Listing(
        f"{asked.form} {asked.year}",
        f"Accès donnés à {partner} – {asked.form} {asked.year}",
        f"{platform}\u00a0: {given} accès donnés sur {len(rows)} organismes",
        COLUMNS,
    )
    return write_listing(listing, map(_line, rows))


def _line(row: ListedRow) -> Line:
    family = CATEGORIES.get(row.category, row.category)
    return row.siren, row.code, row.name, family, row.department, ANSWERS[row.answer], row.at
