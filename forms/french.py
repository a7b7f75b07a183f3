"""Quoting what a user typed inside a French sentence."""

from __future__ import annotations

_LONGEST = 60


def quoted(text: str) -> str:
    """The text between guillemets, cut if it is long; what cannot be shown becomes `?`."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    # A lone surrogate or a control would break the answer that carries the sentence.
    shown = "".join(character if character.isprintable() else "?" for character in cut)
    return f"« {shown} »"
