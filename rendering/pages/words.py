"""French words and typography of the printed pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from authz.clock import PARIS
from forms import Kind, Severity, format_value, is_text

if TYPE_CHECKING:
    from datetime import datetime

NB: Final = "\u00a0"
MINUS: Final = "\u2212"
_PAST: Final = re.compile(r"\bN-(?=\d)")
# A number or a year is named by its label; these are not.
UNITS: Final = {"eur": "€", "keur": "k€", "pct": "%", "etp": "ETP", "m2": "m²"}
UNIT_SENTENCES: Final = {
    "eur": "Montants en euros",
    "keur": "Montants en milliers d’euros",
    "pct": "Valeurs en pourcentage",
    "nb": "Valeurs en nombre",
    "nb2": "Valeurs en nombre",
    "etp": "Effectifs en équivalents temps plein",
    "m2": "Surfaces en mètres carrés",
}
CATEGORIES: Final = {
    "OPH": "Office public de l’habitat",
    "SA": "Société anonyme d’HLM (ESH)",
    "COOP": "Société coopérative d’HLM",
    "SEM": "Société d’économie mixte agréée",
    "MOI": "Organisme de maîtrise d’ouvrage d’insertion",
    "SAC": "Société anonyme de coordination",
}
SEVERITIES: Final = {
    Severity.BLOCKING: "Bloquante",
    Severity.MAJOR: "Majeure",
    Severity.MINOR: "Mineure",
}
# A sign beside each colour, for who prints in black or does not tell colours apart. All of them exist in
# the fonts that Debian installs with Chromium, and none lets a justified line stretch beside it (● would).
FORCED_SIGN: Final = "•"
SIGNS: Final = {Kind.INPUT: "", Kind.COMMON: "↔", Kind.COMPUTED: "ƒ", Kind.FORCIBLE: "○"}
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def shown(text: str | None, unit: str) -> str:
    """A canonical value as it is set on paper: a number below zero has a true minus, as wide as a plus."""
    found = format_value(text, unit)
    return found if is_text(unit) or not found.startswith("-") else f"{MINUS}{found[1:]}"


def unbroken(text: str) -> str:
    """`N-1` with a hyphen at which no line ends."""
    return _PAST.sub("N\u2011", text)


def day(moment: datetime) -> str:
    """`21/11/2026`, in Paris."""
    return moment.astimezone(PARIS).strftime("%d/%m/%Y")


def day_and_hour(moment: datetime) -> str:
    """`21/11/2026 à 22 h 45`, in Paris."""
    return moment.astimezone(PARIS).strftime(f"%d/%m/%Y à %H{NB}h{NB}%M")


def siren(number: str) -> str:
    """`732 829 320`."""
    return NB.join((number[:3], number[3:6], number[6:]))


def note_sign(index: int) -> str:
    """`•a` to `•z`, then `•aa`…: a forced cell, and the note that explains it (the first is 0).

    Letters: a digit would read as the first of the figure that follows.
    """
    more, last = divmod(index, len(_LETTERS))
    return f"{note_sign(more - 1) if more else FORCED_SIGN}{_LETTERS[last]}"
