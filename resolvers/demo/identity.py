"""What an organism says of itself (G01), and the keys by which it shares its accounts out (V3)."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from resolvers.demo.words import person, words

if TYPE_CHECKING:
    from resolvers.demo.organisms import Invented

FEDERATION_NAMES = {"COOP": "FNSCHLM"}
KEYS = {
    "L011": "Affectation directe par opération",
    "L012": "Surface habitable",
    "L013": "Affectation directe par logement",
    "L014": "Chiffre d’affaires",
    "L015": "Affectation directe par opération",
    "L016": "Loyers",
    "L017": "Trésorerie moyenne",
    "L018": "Affectation directe",
    "L021": "Nombre de logements",
    "L022": "Nombre de logements",
    "L023": "Équivalents temps plein",
    "L024": "Affectation directe par logement",
    "L025": "Capital restant dû",
    "L026": "Affectation directe",
    "L027": "Résultat fiscal",
    "L031": "Report des exercices antérieurs",
}


def identity(organism: Invented, year: int) -> dict[str, str]:
    """The identity sheet, by cell, canonical text; the accounts close with the year."""
    dice = Random(f"{organism.siren} identity")  # noqa: S311 - an invented world, no secret
    federation = organism.federation or "aucune"
    town = organism.town
    cells = {
        "L011": organism.name,
        "L012": _initials(organism.name),
        "L013": organism.siren,
        "L014": organism.codes["MIN"],
        "L015": organism.category,
        "L017": organism.street,
        "L018": town.postcode,
        "L019": town.name,
        "L020": organism.department.code,
        "L021": phone(organism),
        "L022": f"contact@{organism.domain}",
        "L025": FEDERATION_NAMES.get(federation, federation),
        "L026": "Aucun" if dice.random() < 0.4 else f"Société de coordination {organism.department.of}",  # noqa: PLR2004 - two in five
        "L027": "commerce",
        "L028": f"{year}-12-31",
        "L029": "12",
        "L030": str(person(dice)),
        "L031": str(person(dice)),
        "L032": dice.choice(words("firms")),
        "L033": f"{year + 1}-04-{dice.randrange(2, 28):02d}",
        "L034": f"{year + 1}-06-{dice.randrange(2, 28):02d}",
        "L036": str(person(dice)),
    }
    cells |= _by_kind(organism, year, dice)
    return {f"G01.{line}.V": value for line, value in cells.items()}


def _by_kind(organism: Invented, year: int, dice: Random) -> dict[str, str]:
    meeting = f"{year + 1}-06-{dice.randrange(10, 28):02d}"
    match organism.category:
        case "OPH":
            return {"L023": f"Collectivité {organism.town.of}"}
        case "SA":
            return {"L024": dice.choice(words("shareholders")), "L035": meeting}
        case "COOP":
            return {"L016": dice.choice(("SCP", "SCIC")), "L035": meeting}
        case "SEM":
            return {"L035": meeting}
        case _:
            return {}


def share_keys() -> dict[str, str]:
    """The keys of V3, by cell."""
    return {f"V3.{line}.K": key for line, key in KEYS.items()}


def phone(organism: Invented) -> str:
    """The organism's telephone number."""
    return invented_phone(organism.siren)


def invented_phone(owner: str) -> str:
    """A telephone number among those that the regulator keeps for fiction."""
    dice = Random(f"{owner} phone")  # noqa: S311 - an invented world, no secret
    prefix = dice.choice(("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49"))
    return f"{prefix} {dice.randrange(100):02d} {dice.randrange(100):02d}"


def _initials(name: str) -> str:
    kept = [word for word in name.replace("’", " ").replace("-", " ").split() if word[0].isupper()]
    return "".join(word[0] for word in kept)[:8]
