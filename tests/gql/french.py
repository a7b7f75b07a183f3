"""Whether a sentence that a client reads is French."""

from __future__ import annotations

import re

WORDS = re.compile(
    r"\b(the|got|invalid|value|values|expected|provided|not|field|fields|must|type|found|required|unknown|does|"
    r"exist|enum|represent|non|string|integer|object|did|you|mean|variable|of|be|to|null|none|encountered)\b",
    re.IGNORECASE,
)
# What French and English write alike.
BOTH = {"type", "variable", "champ"}


def english(message: str) -> set[str]:
    """The English words of a sentence, outside what it quotes."""
    return {word.lower() for word in WORDS.findall(re.sub("«[^»]*»", "", message))} - BOTH


def plain(text: str) -> str:
    """The sentence with plain spaces."""
    return " ".join(text.split())
