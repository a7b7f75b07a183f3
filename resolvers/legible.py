"""Whether a text is what it looks like: nothing invisible, nothing that turns the reading around."""

from __future__ import annotations

import re
import unicodedata

# A spreadsheet would run what begins so, once it is in a list that is opened there.
FORMULAS = ("=", "+", "-", "@")
# Controls, marks of direction and of width zero, halves of characters, ends of lines other than the newline.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_EMPTY = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
# What turns the reading of a text around.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and marks that are drawn as nothing: two names would look alike.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

# Latin letters as European languages write them; phonetic and small capital ones look like others.
_LATIN = (range(0x0250), range(0x1E00, 0x1F00))
_ORDINALS = "ªº"
_APOSTROPHE = str.maketrans("\u02bb\u02bc", "\u2019\u2019")


def is_legible(text: str, *, lines: bool = False) -> bool:
    """Whether each character is seen, spaces aside; `lines`: it may be of several lines."""
    kept = text.replace("\r\n", "\n").replace("\n", "") if lines else text
    return _BLANK.search(kept) is None and not any(unicodedata.category(char) in _UNSEEN for char in kept)


def is_talk(text: str) -> bool:
    """Whether a message of several lines is read as it was written; the parts of an emoji may be joined."""
    kept = text.replace("\n", "")
    return not any(unicodedata.category(char) in {"Cc", "Cs"} or char in _TURNING for char in kept)


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen."""
    return all(unicodedata.category(char) in _EMPTY for char in text)


def as_name(text: str) -> str:
    """The text with its accents on their letters and one curly apostrophe: what looks alike is alike."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHE)


def look_alike(name: str) -> str | None:
    """The first character of a name that could pass for a Latin letter or digit and is none.

    Other alphabets are refused whole: « САРА » in Cyrillic is read as « CAPA ».
    """
    for char in as_name(name):
        category = unicodedata.category(char)
        latin = category in {"Lu", "Ll"} and any(ord(char) in block for block in _LATIN)
        if category[0] in "LM" and not latin and char not in _ORDINALS:
            return char
        if category == "Nd" and not char.isascii():
            return char
    return None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.strip().startswith(FORMULAS)
