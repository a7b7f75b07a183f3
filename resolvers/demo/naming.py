"""Names of invented bodies, as such bodies are named: after a place, a house, or a coined word."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from resolvers.demo.words import Department, Town, departments, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

PATTERNS = {
    "OPH": (
        "Office public de l’habitat {of_town}",
        "Office public de l’habitat {of_department}",
        "Office public du logement social {of_town}",
        "Office départemental du logement {of_department}",
    ),
    "SA": (
        "SA d’HLM {coined} {town}",
        "SA d’HLM Le {company} {ending} {of_town}",
        "{coined} – ESH {of_department}",
        "Le {company} {ending} {of_department}",
        "Immobilière sociale {of_town}",
    ),
    "COOP": (
        "Coopérative d’HLM {of_town}",
        "Le {company} coopératif {of_department}",
        "SCIC d’HLM {coined} {town}",
        "Coop’Habitat {town}",
        "Accession coopérative {of_department}",
    ),
    "SEM": (
        "SEM d’habitat {of_town}",
        "Société d’économie mixte immobilière {of_department}",
        "SEM {coined} {town}",
        "{town} Logement – SEM",
    ),
    "MOI": (
        "Association Logement et insertion {of_town}",
        "Solidarité logement {of_department}",
        "Toits d’insertion {of_town}",
    ),
}
FEMININE = frozenset({"Demeure", "Résidence"})
ELIDED = frozenset({"Habitat", "Abri", "Horizon"})


def names_of(category: str, count: int, dice: Random) -> Iterator[tuple[str, Department, Town]]:
    """So many names that differ, with the place of each, over the whole country."""
    seen: set[str] = set()
    places = [(department, town) for department in departments() for town in department.towns]
    dice.shuffle(places)
    for department, town in cycle(places):
        if len(seen) == count:
            return
        name = _name(dice.choice(PATTERNS[category]), department, town, dice)
        if name not in seen:
            seen.add(name)
            yield name, department, town


def _name(pattern: str, department: Department, town: Town, dice: Random) -> str:
    company, ending = dice.choice(words("company")), dice.choice(words("company_end"))
    name = pattern.format(
        town=town.name,
        of_town=town.of,
        of_department=department.of,
        company=company,
        ending=ending,
        coined=dice.choice(words("coined")),
    )
    return _agreed(name, company, ending)


def _agreed(name: str, company: str, ending: str) -> str:
    """French grammar: the article and the adjective follow the noun."""
    if company in ELIDED:
        name = name.replace(f"Le {company}", f"L’{company}")
    if company in FEMININE:
        feminine = "nouvelle" if ending == "nouveau" else _feminine(ending)
        name = name.replace(f"Le {company} coopératif", f"La {company} coopérative")
        name = name.replace(f"Le {company} {ending}", f"La {company} {feminine}")
    return name


def _feminine(adjective: str) -> str:
    return adjective if adjective.endswith("e") else f"{adjective}e"
