"""French as print sets it: what a user typed inside a sentence, what the author of a pack typed."""

from __future__ import annotations

import re

_LONGEST = 60
# One types a plain space, or none: a line must end neither before the sign nor after the guillemet.
# A run of spaces is looked at from its start alone: from each of its spaces would take its square.
_RUN = "(?<![ \u00a0\u202f])[ \u00a0\u202f]"
_COLON = re.compile(f"{_RUN}+:")
_HIGH = re.compile(f"{_RUN}+([;!?])")
_OPENING = re.compile("«[ \u00a0\u202f]*")
_CLOSING = re.compile(f"{_RUN}*»")


def quoted(text: str) -> str:
    """The text between guillemets, cut if it is long; what cannot be shown becomes `?`."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    # A lone surrogate or a control would break the answer that carries the sentence.
    shown = "".join(character if character.isprintable() else "?" for character in cut)
    return f"« {shown} »"


def typeset(text: str) -> str:
    """The text with curved apostrophes and the spaces of French print, which never end a line."""
    found = _COLON.sub("\u00a0:", text.replace("'", "’"))
    found = _HIGH.sub("\u202f\\1", found)
    return _CLOSING.sub("\u00a0»", _OPENING.sub("«\u00a0", found))
