"""Units of cells: which hold a number, and to how many decimals."""

from __future__ import annotations

DECIMALS = {"eur": 2, "keur": 3, "pct": 2, "nb": 0, "nb2": 2, "etp": 2, "m2": 2, "annee": 0}
TEXT_UNITS = frozenset({"texte", "code", "siren", "cp", "dept", "tel", "courriel", "date"})
LIST_PREFIX = "liste:"

# A value is an integer of 10⁻⁶ (DESIGN: with floats the balance does not close).
MICRO = 1_000_000
MICRO_DIGITS = 6


def is_known(unit: str) -> bool:
    """Whether the unit may be written in a pack (`liste:NAME` counts, whatever its name)."""
    return unit in DECIMALS or unit in TEXT_UNITS or unit.startswith(LIST_PREFIX)


def is_text(unit: str) -> bool:
    """Whether cells of this unit hold text (dates and list values included)."""
    return unit not in DECIMALS


def quantum(unit: str) -> int:
    """The smallest step of the unit in 10⁻⁶: 10 000 for euros with cents; 1 for texts."""
    decimals: int = DECIMALS.get(unit, MICRO_DIGITS)
    return int(10 ** (MICRO_DIGITS - decimals))


def list_name(unit: str) -> str | None:
    """The code list that the unit refers to, if it does."""
    return unit.removeprefix(LIST_PREFIX) if unit.startswith(LIST_PREFIX) else None
