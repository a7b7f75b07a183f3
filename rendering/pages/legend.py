"""What the colours and the signs of the cells mean (manual §8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from forms import Kind
from rendering.pages.words import FORCED_SIGN, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Key:
    """A colour, its sign, and what they mean, in a word and in a sentence."""

    css: str
    sign: str
    word: str
    meaning: str


_KEYS: Final = {
    Kind.INPUT.value: Key("s", SIGNS[Kind.INPUT], "saisie", "Cellule saisie par l’organisme"),
    Kind.COMMON.value: Key(
        "t", SIGNS[Kind.COMMON], "tronc commun", "Cellule saisie, commune à plusieurs formulaires"
    ),
    Kind.COMPUTED.value: Key("c", SIGNS[Kind.COMPUTED], "calculée", "Cellule calculée automatiquement"),
    Kind.FORCIBLE.value: Key(
        "f", SIGNS[Kind.FORCIBLE], "forçable", "Cellule calculée que l’organisme pouvait forcer"
    ),
    FORCED_SIGN: Key(
        "o",
        FORCED_SIGN,
        "forcée, note en fin d’onglet",
        "Cellule forcée par l’organisme\u00a0: motif et valeur automatique en fin d’onglet",
    ),
}


def legend(signs: Iterable[str]) -> tuple[Key, ...]:
    """The keys of the kinds of cells met, always in the same order."""
    met = {str(sign) for sign in signs}
    return tuple(key for sign, key in _KEYS.items() if sign in met)
