"""The sentences of the examination of rules."""

from __future__ import annotations

from enum import StrEnum

from authz.lines import Line
from authz.rule_text import Naming, actor_text, day_text, listed, organisms_text, rule_text
from authz.words import RIGHT_NAMES, typeset

MOST_NAMED = 5


class Reason(StrEnum):
    """Why a line does nothing, as the end of a sentence; the braces are filled from the line."""

    EXPIRED = "n’a plus d’effet : elle a pris fin le {until}. Fermez-la, ou prolongez-la s’il le faut"
    NO_ACCOUNT = "ne peut jamais s’appliquer : aucun compte ouvert ne correspond à « {who} »"
    NO_ORGANISM = "ne peut jamais s’appliquer : il n’y a aucun organisme « {organisms} »"
    NO_CONSENT = (
        "ne peut jamais s’appliquer : un organisme donne son accord à une organisation, jamais à « {who} »"
    )
    CEILING = (
        "ne peut jamais s’appliquer : la limite du système refuse « {right} » à ces étapes à « {who} », "
        "quoi que disent les autres règles"
    )
    NO_CONVENTION = (
        "ne peut jamais s’appliquer : aucune convention ne donne « {right} » à ces étapes à l’organisation "
        "de « {who} »"
    )
    COVERED = "n’ajoute rien : {others} dit déjà au moins autant"
    TAKEN = "ne donne rien : {others} retire tout ce qu’elle donne"
    VAIN = "ne retire rien : aucune règle ne donne ce qu’elle interdit"


def finding_text(line: Line, reason: Reason, others: tuple[Line, ...], name: Naming) -> str:
    """As « La règle n° 12 n’ajoute rien : la règle n° 4 dit déjà au moins autant. La règle : … »."""
    organisms = line.field("orgs") if line.ptype == "p" else ""
    until = line.field("until") if line.ptype == "p" else ""
    filled = reason.value.format(
        who=actor_text(line.values[0], name),
        right=next(words[0] for right, words in RIGHT_NAMES.items() if right == line.field("act")),
        organisms=organisms_text(organisms, name).removeprefix("pour ") if organisms else "",
        until=day_text(until) if until else "",
        others=_named(others),
    )
    return typeset(f"{_rule(line, 'La')} {filled}. Elle dit : {rule_text(line, name)}")


def _named(lines: tuple[Line, ...]) -> str:
    words = [_rule(line, "la") for line in lines[:MOST_NAMED]]
    left = len(lines) - len(words)
    return listed([*words, f"{left} autres"] if left else words)


def _rule(line: Line, article: str) -> str:
    return (
        f"{article} règle n°\N{NO-BREAK SPACE}{line.id}"
        if line.id is not None
        else f"{article} nouvelle règle"
    )
