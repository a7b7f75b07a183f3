"""French words of conventions: groups of organisms, functions and steps, as sentences and lists say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import RIGHT_NAMES, Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from resolvers.convention_rows import Grant

CATEGORIES = {
    "OPH": "Offices publics de l’habitat",
    "SA": "Sociétés anonymes d’HLM (ESH)",
    "COOP": "Sociétés coopératives d’HLM",
    "SEM": "Sociétés d’économie mixte agréées",
    "MOI": "Organismes de maîtrise d’ouvrage d’insertion",
    "SAC": "Sociétés anonymes de coordination",
}
GROUPS = {
    "all": "Tous les organismes",
    "federated": "Organismes fédérés",
    "unfederated": "Organismes non fédérés",
    **{f"category:{code}": label for code, label in CATEGORIES.items()},
}
# What a function does, in the middle of a sentence; the others keep the name that heads their row.
DOING = {
    Right.READ: "lecture",
    Right.EXPORT: "impression et export",
    Right.NOTIFY: "courriels",
    Right.ATTACHMENT_READ: "lecture des pièces jointes",
    Right.ATTACHMENT_WRITE: "ajout de pièces jointes",
    Right.EXCHANGE_READ: "lecture de l’espace d’échange",
    Right.EXCHANGE_WRITE: "messages",
}


def group_label(key: str, platforms: Mapping[str, str]) -> str:
    """The French name of a group; `platforms`: code → name."""
    kind, _, value = key.partition(":")
    if kind == "department":
        return f"Organismes du département {value}"
    if kind == "federated" and value:
        return f"Adhérents : {platforms.get(value, value)}"
    return GROUPS.get(key, key)


def right_label(right: str) -> str:
    """The name that heads the function's row in the matrix."""
    return RIGHT_NAMES[Right(right)][0] if right in set(Right) else right


def doing(right: str) -> str:
    """The function in the middle of a sentence."""
    label = right_label(right)
    return DOING.get(Right(right), label[:1].lower() + label[1:]) if right in set(Right) else right


def steps_words(steps: Iterable[int]) -> str:
    """`4, 5, 6` → « aux étapes 4 à 6 »; `4, 6` → « aux étapes 4 et 6 »; all seven → « à toute étape »."""
    known = sorted(set(steps))
    if known == list(range(7)):
        return "à toute étape"
    if len(known) == 1:
        return f"à l’étape {known[0]}"
    # Two in a row are two, three are a span.
    if len(known) > 2 and known == list(range(known[0], known[-1] + 1)):  # noqa: PLR2004 - a span has three
        return f"aux étapes {known[0]} à {known[-1]}"
    return f"aux étapes {joined([str(step) for step in known])}"


def joined(words: Sequence[str]) -> str:
    """« a, b et c »."""
    return " et ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def effect(grants: Iterable[Grant]) -> str:
    """What grants open: « lecture, impression et export aux étapes 4 à 6 ; messages à l’étape 4 »."""
    by_steps: dict[tuple[int, ...], list[str]] = {}
    for grant in grants:
        by_steps.setdefault(tuple(sorted(grant.steps)), []).append(doing(grant.right))
    return " ; ".join(
        f"{', '.join(dict.fromkeys(words))} {steps_words(steps)}" for steps, words in by_steps.items()
    )
