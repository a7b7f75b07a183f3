"""Folding text for search: lower case, no accents, single spaces."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """« Office public de l'Hérault » → `office public de l'herault`."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def like_patterns(text: str) -> list[str]:
    """One LIKE pattern a word, in the order typed; `%` and `_` stand for themselves."""
    words = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").split()
    return [f"%{word}%" for word in words]
