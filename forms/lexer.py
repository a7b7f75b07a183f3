"""The words of a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.errors import FormulaError

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<number>[0-9]+(?:\.[0-9]+)?)
  | (?P<list>liste:\w+)
  | (?P<name>[A-Z][A-Z0-9]*)
  | (?P<text>"[^"]*")
  | (?P<sign><>|<=|>=|[-+*/=<>().:;\#])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, what it is (`number`, `list`, `name`, `text`, `sign`, `end`), where it stands."""

    kind: str
    text: str
    offset: int


def tokens(text: str) -> list[Token]:
    """The words of the formula, closed by an `end`; FormulaError at a character it does not know."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FormulaError(f"Le caractère « {text[position]} » n’a pas de sens ici.", position)
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), position))
        position = match.end()
    found.append(Token("end", "", len(text)))
    return found
