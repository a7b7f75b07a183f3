"""The arguments that many fields take, each explained once."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from models import NotFound, Problem
from resolvers import dossiers

DossierId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant du dossier.")]
PlatformCode = Annotated[str, strawberry.argument(description="Code de la plateforme.")]
Form = Annotated[str, strawberry.argument(description="Type de formulaire.")]
Year = Annotated[int, strawberry.argument(description="Année des comptes.")]
AnyForm = Annotated[str | None, strawberry.argument(description="Type de formulaire\u202f; nul pour tous.")]
AnyYear = Annotated[int | None, strawberry.argument(description="Année des comptes\u202f; nul pour toutes.")]
IdempotencyKey = Annotated[
    str,
    strawberry.argument(
        description="Clé choisie par l’appelant, de 1 à 80 caractères\u00a0: la même demande renvoyée"
        " sous la même clé n’est faite qu’une fois."
    ),
]
First = Annotated[int, strawberry.argument(description="Nombre de lignes de la page, de 1 à 200.")]
After = Annotated[
    str | None,
    strawberry.argument(description="Curseur après lequel commence la page\u202f; nul pour la première."),
]

YEAR_DIGITS = 4
# The digits that any of PostgreSQL's numbers has room for.
INTEGER, BIGINT = 9, 18


def identifier(text: str, missing: NotFound) -> UUID:
    """The identifier that was sent; one that cannot exist is told like one that does not."""
    try:
        return UUID(text)
    except ValueError:
        raise missing from None


def number(text: str, digits: int, missing: Problem) -> int:
    """The number that was sent, in at most so many digits; `missing` for any other text."""
    if text.isascii() and text.isdigit() and len(text) <= digits:
        return int(text)
    raise missing


def four_digits(text: str, wrong: Problem) -> int:
    """The year that an address names. Raises `wrong` for anything but four digits."""
    if len(text) == YEAR_DIGITS:
        return number(text, YEAR_DIGITS, wrong)
    raise wrong


def dossier_id(text: str) -> UUID:
    """A dossier's identifier. Raises NotFound."""
    return identifier(text, dossiers.not_found())
