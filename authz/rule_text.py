"""A line of the policy in French words, for whoever reads, prints or edits rules.

As « Caisse des dépôts peut lire le dossier ER aux étapes 4 à 6 pour les OPH, avec l’accord de
l’organisme, du 14/03/2022 au 31/12/2031 (art. 2). ».
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from authz.lines import ALL_TABS, ALWAYS, ANY_FORM, SELF, Effect, Line
from authz.names import EVERYONE, NO_PROFILE
from authz.profiles import PROFILES
from authz.rights import ALL_STEPS, Right
from authz.words import RIGHT_NAMES, typeset

if TYPE_CHECKING:
    from authz.policy import Policy

# The name that users know of an organization's key, or of `platform:CODE`; None for one that is not known.
Naming = Callable[[str], "str | None"]

_KINDS = {
    "kind:organism": "Un utilisateur d’organisme",
    "kind:operator": "Un utilisateur de plateforme",
    "kind:partner": "Un utilisateur partenaire",
}
_BODIES = {
    "organism": "l’organisme",
    "operator": "la plateforme",
    "partner": "le partenaire",
    "user": "l’utilisateur",
    "client": "le système",
    "profile": "le profil",
}


def naming(policy: Policy) -> Naming:
    """The names that a policy knows."""

    def name(key: str) -> str | None:
        found = policy.organizations.get(key)
        return policy.platforms.get(key.removeprefix("platform:")) if found is None else found.name

    return name


def keys_alone(_: str) -> str | None:
    """No names at hand: the keys are shown as they are."""
    return None


def rule_text(line: Line, name: Naming = keys_alone) -> str:
    """The line as one sentence; `name` gives the names of organizations."""
    if line.ptype == "g":
        return typeset(_holding(line, name))
    right, form = Right(line.field("act")), line.field("form")
    denies, capped = line.field("eft") == Effect.DENY, line.ptype == "p3"
    can = "ne peut pas" if denies else "peut au plus" if capped else "peut"
    words = f"{actor_text(line.values[0], name)} {can} {_deed(right, form)} {steps_text(line.field('steps'))}"
    if line.ptype == "p":
        words += f" {organisms_text(line.field('orgs'), name)}{_conditions(line)}"
    return typeset(f"{words[0].upper()}{words[1:]} ({line.field('ref')}).")


def actor_text(key: str, name: Naming = keys_alone) -> str:
    """Whom a rule is about, as « Caisse des dépôts » or « le profil « Responsable de saisie » »."""
    if key in _KINDS:
        return _KINDS[key]
    kind, _, plain = key.partition(":")
    if kind == "profile" and key in PROFILES:
        return f"le profil « {PROFILES[key].label} »"
    return name(key) or f"{_BODIES.get(kind, kind)} {plain}"


def organisms_text(group: str, name: Naming = keys_alone) -> str:
    """The organisms of a rule, as « pour les OPH »."""
    kind, _, value = group.partition(":")
    standing = {
        EVERYONE: "pour tous les organismes",
        SELF: "pour son propre organisme",
        "federated": "pour les organismes fédérés",
        "unfederated": "pour les organismes non fédérés",
    }
    if group in standing:
        return standing[group]
    if kind == "category":
        return f"pour les {value}"
    if kind == "department":
        return f"pour les organismes du département {value}"
    if kind == "federated":
        return f"pour les adhérents de {name(f'platform:{value}') or value}"
    return f"pour {actor_text(group, name)}"


def steps_text(steps: str) -> str:
    """`456` → « aux étapes 4 à 6 »; `45` → « aux étapes 4 et 5 »."""
    numbers = sorted({int(digit) for digit in steps})
    if len(numbers) == len(ALL_STEPS):
        return "à toutes les étapes"
    if len(numbers) == 1:
        return f"à l’étape {numbers[0]}"
    return f"aux étapes {listed([part for run in _runs(numbers) for part in _run_text(run)])}"


def listed(words: Sequence[str]) -> str:
    """« A1, A2 et F01 »."""
    return " et ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def day_text(day: date | str) -> str:
    """`2031-12-31` → « 31/12/2031 »."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found:%d/%m/}{found.year:04}"


def dates_text(since: str, until: str) -> str:
    """When a rule holds, as « du 14/03/2022 au 31/12/2031 »; nothing for one that always does."""
    first, last = (day.isoformat() for day in ALWAYS)
    if since <= first:
        return "" if until >= last else f"jusqu’au {day_text(until)}"
    return f"à partir du {day_text(since)}" if until >= last else f"du {day_text(since)} au {day_text(until)}"


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _run_text(run: Sequence[int]) -> list[str]:
    if len(run) > 2:  # noqa: PLR2004 - two steps are told one by one
        return [f"{run[0]} à {run[-1]}"]
    return [str(number) for number in run]


def _conditions(line: Line) -> str:
    tabs, words = line.field("tabs"), []
    if tabs != ALL_TABS:
        codes = tabs.split("+")
        words.append(f"{'onglets' if len(codes) > 1 else 'onglet'} {listed(codes)} seulement")
    if line.field("consent") == "yes":
        words.append("avec l’accord de l’organisme")
    words.append(dates_text(line.field("since"), line.field("until")))
    return "".join(f", {word}" for word in words if word)


def _deed(right: Right, form: str) -> str:
    phrase = RIGHT_NAMES[right][1]
    every = form == ANY_FORM
    for old, named, any_ in (
        ("de ce dossier", f"du dossier {form}", "de tout dossier"),
        ("à ce dossier", f"au dossier {form}", "à tout dossier"),
        ("ce dossier", f"le dossier {form}", "tout dossier"),
        ("de ce formulaire", f"du formulaire {form}", "de tout formulaire"),
    ):
        if old in phrase:
            return phrase.replace(old, any_ if every else named)
    return f"{phrase} pour tout formulaire" if every else f"{phrase} pour le formulaire {form}"


def _holding(line: Line, name: Naming) -> str:
    subject, profile, domain = line.values
    platform, _, form = domain.partition("/")
    there = name(f"platform:{platform}") or platform
    where = "par défaut" if form == ANY_FORM else f"pour le formulaire {form}"
    held = "n’a aucun profil" if profile == NO_PROFILE else f"a {actor_text(profile, name)}"
    words = f"{actor_text(subject, name)} {held} {where} ({there})."
    return f"{words[0].upper()}{words[1:]}"
