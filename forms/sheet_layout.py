"""The columns of the sheets by which a pack is written in a spreadsheet."""

from __future__ import annotations

from forms.bookshelf import HEADER

PART = ("Mot", "Onglet", "Code", "Comptes", "Libellé", "Genre", "Formule", "Options")
_OTHERS = {
    HEADER: ("Mot et nom", "Valeur", "Unité ou révision", "Libellé", "Libellé du type"),
    "checks.txt": (
        "Règle", "Gravité", "Gauche", "Opérateur", "Droite", "Tolérance", "Cellules vides", "Libellé",
    ),
    "lists.txt": ("Liste ou valeur", "Libellé"),
    "selections.txt": ("Titre", "Onglets"),
    "attachments.txt": ("Pièce", "Types d’organisme"),
    "cycle.txt": ("Mot et nom", "Libellé", "De", "À", "Droit", "Gardes", "Dit aux contacts"),
    "circuits.txt": (
        "Mot et code", "Libellé", "Étape ou rôle", "Nature", "Rang", "Jours", "Quorum", "Options",
        "Condition",
    ),
    "help.txt": ("Place", "Aide"),
    "functions.txt": ("Fonction", "Libellé", "Étapes"),
    "years.txt": ("Avant", "Maintenant"),
}  # fmt: skip
SUFFIX = ".txt"


def is_part(file: str) -> bool:
    """Whether the file holds a part of the form."""
    return file.startswith("part-")


def head(file: str) -> tuple[str, ...]:
    """The first row of the sheet of a file; empty for what is no file of a pack."""
    return PART if is_part(file) else _OTHERS.get(file, ())


def sheets_in_order(files: list[str]) -> list[str]:
    """The header first, then the parts, then the rest as the documentation lists them."""
    rest = [file for file in _OTHERS if file != HEADER]
    wanted = [HEADER, *sorted(file for file in files if is_part(file)), *rest]
    return [file for file in wanted if file in files]
