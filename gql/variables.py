"""The bound on variables, laid before anything reads them: 300,000 writes held the event loop for 39 s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gql.errors import nul_refused
from models import Invalid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# A full batch of writes is 2,000 objects of 4 fields; nothing else comes near it.
LONGEST_LIST = 2_000
MOST_VALUES = 20_000
DEEPEST = 8


def check_variables(variables: Mapping[str, object]) -> int:
    """How many values the variables hold, themselves not counted; each is looked at once.

    Lists, objects and plain values count alike, and a file in a string is one value. Raises Invalid
    VARIABLES_TOO_LARGE before it has looked at more than MOST_VALUES, and Invalid NUL_REFUSED.
    """
    counted = 0
    level: list[object] = [variables]
    for _ in range(DEEPEST + 1):
        below: list[object] = []
        for value in level:
            inner = _inner(value)
            counted += len(inner)
            if counted > MOST_VALUES:
                raise too_large("values", MOST_VALUES, "plus de {} valeurs en tout")
            below.extend(inner)
        if not below:
            return counted
        level = below
    raise too_large("depth", DEEPEST, "plus de {} niveaux d’imbrication")


def _inner(value: object) -> Collection[object]:
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, str) and "\0" in value:
        raise nul_refused("variables")
    if not isinstance(value, list):
        return ()
    if len(value) > LONGEST_LIST:
        raise too_large("list", LONGEST_LIST, "plus de {} éléments dans une liste")
    return value


def too_large(limit: str, most: int, words: str) -> Invalid:
    """The refusal of one bound; `words` says it in French, with `{}` for the bound."""
    bound = words.format(f"{most:_}".replace("_", "\u202f"))
    return Invalid(
        "VARIABLES_TOO_LARGE",
        f"Les variables de la demande sont trop grandes\u00a0: {bound}. Envoyez-les en plusieurs fois.",
        path=("variables",),
        details={"limit": limit, "max": most},
    )
