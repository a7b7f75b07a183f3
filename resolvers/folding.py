"""Folding text for search: lower case, no accents, single spaces."""

from __future__ import annotations

import unicodedata
from typing import Any


def fold(text: str) -> str:
    """« Office public de l'Hérault » → `office public de l'herault`."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def words_of(text: str | None) -> list[str]:
    """The different words of a text, folded, in the order typed."""
    return list(dict.fromkeys(fold(text or "").split()))


def like_patterns(text: str) -> list[str]:
    """One LIKE pattern a different word, in the order typed; `%` and `_` stand for themselves."""
    bare = (word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in words_of(text))
    return [f"%{word}%" for word in bare]


def words_like(text: str | None) -> list[str]:
    """The same of a text that may be none."""
    return like_patterns(without_nul(text or ""))


def without_nul(value: Any) -> Any:  # noqa: ANN401 - the value of a column of any type
    """The value; a text whose NULs the database does not take, and finds nowhere so."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def starting(folded: str) -> str:
    """The LIKE pattern of what begins with a folded text; `%` and `_` stand for themselves."""
    bare = without_nul(folded).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{bare}%"


def folded_sql(expression: str) -> str:
    """The same folding of names in SQL, which has no `unaccent` here: letters of Latin alphabets.

    Names that have none are spared the long list of them.
    """
    bare = f"translate(replace(replace({expression}, 'œ', 'oe'), 'Œ', 'OE'), '{_ACCENTED}', '{_BARE}')"
    plain = f"octet_length({expression}) = char_length({expression})"
    return f"lower(CASE WHEN {plain} THEN {expression} ELSE {bare} END)"


_LETTERS = {
    chr(number): bare
    for number in range(0xC0, 0x250)
    if len(bare := fold(chr(number))) == 1 and bare != chr(number)
}
_ACCENTED, _BARE = "".join(_LETTERS), "".join(_LETTERS.values())
