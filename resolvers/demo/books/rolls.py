"""The other tabs of rows: the board, the subsidiaries, the homes, the documents sent (G02, T11, G16, S2)."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from forms import is_luhn
from resolvers.demo.books.money import spread
from resolvers.demo.words import departments, person, words

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Row

BOARD = (
    "président",
    "vice-président",
    "représentant de la collectivité",
    "représentant de la collectivité",
    "personnalité qualifiée",
    "personnalité qualifiée",
    "représentant des locataires",
    "représentant des locataires",
    "représentant des salariés",
    "CAF",
    "UDAF",
    "Action Logement",
)
APPOINTED = {
    "CAF": "Caisse d’allocations familiales",
    "UDAF": "Union départementale des associations familiales",
    "Action Logement": "Action Logement",
    "représentant des locataires": "Élection des locataires",
    "représentant des salariés": "Comité social et économique",
}
TRADES = ("Accession", "Services", "Aménagement")
HOMES = (
    "résidence sociale",
    "pension de famille",
    "FJT",
    "résidence étudiante",
    "EHPAD",
    "foyer handicap",
    "CHRS",
)
DOCUMENTS = {
    "OPH": (
        "annexe littéraire",
        "rapport d'activité",
        "rapport général du commissaire aux comptes",
        "rapport sur les conventions",
        "rapport sur le contrôle interne",
    ),
    "SEM": ("annexe littéraire", "rapport d'activité", "rapport de gestion"),
}
COMPANY_DOCUMENTS = (
    "annexe littéraire",
    "rapports du commissaire aux comptes",
    "rapport de gestion",
    "rapport d'activité",
    "procès-verbal de l'assemblée générale",
)


def draw_rolls(draft: Draft) -> None:
    """Who and what the organism is made of, in rows."""
    draft.rows["G02"] = _board(draft)
    draft.rows["T11"] = _subsidiaries(draft)
    draft.rows["G16"] = _homes(draft)
    draft.rows["S2"] = _documents(draft)


def _own_dice(draft: Draft, name: str) -> Random:
    """Dice that fall the same each year."""
    return Random(f"{draft.body.siren} {name}")  # noqa: S311 - an invented world, no secret


def _board(draft: Draft) -> list[Row]:
    dice = _own_dice(draft, "board")
    members = [*BOARD, *dice.choices(BOARD[2:8], k=dice.randrange(0, 10))]
    rows: list[Row] = []
    for rank, quality in enumerate(members):
        someone = person(dice)
        company = draft.body.kind != "OPH" and quality == "représentant de la collectivité"
        rows.append(
            {
                "C01": someone.last_name,
                "C02": someone.first_name,
                "C03": "actionnaire" if company else quality,
                "C04": APPOINTED.get(
                    quality, "Assemblée générale" if company else "Collectivité de rattachement"
                ),
                "C05": f"{2025 + rank % 4}-{6 * (1 + rank % 2):02d}-30",
            }
        )
    return rows


def _subsidiaries(draft: Draft) -> list[Row]:
    dice, book = _own_dice(draft, "subsidiaries"), draft.book
    weights = [dice.uniform(0.3, 1.5) for _ in range(dice.randrange(1, 5))]
    held = spread(book["A1.L051.B"], weights)
    lost = spread(book["T07.L036.E"], weights)
    rows: list[Row] = []
    for value, impaired in zip(held, lost, strict=True):
        digits = "8" + "".join(str(dice.randrange(10)) for _ in range(7))
        share = dice.randrange(1000, 10001)
        capital = value * 10000 // share
        rows.append(
            {
                "C01": f"{dice.choice(words('coined'))} {dice.choice(TRADES)}",
                "C02": next(f"{digits}{key}" for key in range(10) if is_luhn(f"{digits}{key}")),
                "C03": capital,
                "C04": round(capital * dice.uniform(0.1, 0.9)),
                "C05": share,
                "C06": value,
                "C07": impaired,
                "C09": round(value * 0.15),
                "C10": round(value * dice.uniform(0, 0.3)),
                "C11": round(capital * dice.uniform(0.5, 3) * draft.prices),
                "C12": round(capital * dice.uniform(-0.02, 0.08)),
                "C13": round(book["R2.L672.N"] * value / max(1, book["A1.L051.B"])),
            }
        )
    return rows


def _homes(draft: Draft) -> list[Row]:
    dice, book = _own_dice(draft, "homes"), draft.book
    units = book["G07.L029.B"]
    weights = [dice.uniform(0.5, 1.5) for _ in range(min(14, max(1, units // 35)))]
    columns = {
        "C06": spread(units, weights),
        "C07": spread(book["R1.L608.N"], weights),
        "C08": spread(book["F07.L013.C"] + book["F07.L013.I"], weights),
        "C09": spread(sum(book[f"G12.L012.{column}"] for column in "ABCD"), weights),
    }
    towns = next(place.towns for place in departments() if place.code == draft.body.department)
    rows: list[Row] = []
    for index in range(len(weights)):
        row: Row = {
            "C01": f"{dice.choice(words('homes'))}",
            "C02": dice.choice(towns).name,
            "C03": dice.choice(words("managers")),
            "C04": dice.choice(HOMES),
        }
        row |= {column: values[index] for column, values in columns.items()}
        row["C05"] = round(columns["C06"][index] * 1.6)
        rows.append(row)
    return rows


def _documents(draft: Draft) -> list[Row]:
    return [
        {
            "C01": document,
            "C02": "oui",
            "C03": f"{draft.year + 1}-{5 + rank % 2:02d}-{12 + rank:02d}",
            "C04": "Transmis avec le dossier",
        }
        for rank, document in enumerate(DOCUMENTS.get(draft.body.kind, COMPANY_DOCUMENTS))
    ]
