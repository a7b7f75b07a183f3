"""The housing schemes one by one, from the first idea to the last loan repaid (F01 to F04, F12)."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from resolvers.demo.books.draft import FIRST_YEAR
from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import spread
from resolvers.demo.words import departments, words

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Row

FUNDINGS = ("HLM/O", "PLA ordinaire", "PLUS/LLS", "PLAI/LLTS", "PLS/PPLS/PCLS/PLA CFF", "sans aide")
STAGES = ("étude", "promesse signée", "foncier acquis", "permis déposé", "abandonnée")
LOAN_YEARS = 44


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme: rank, name, town, funding, year of first use, its weight among the others."""

    rank: int
    name: str
    town: str
    funding: str
    opened: int
    weight: float

    @property
    def key(self) -> str:
        """Its number, the lasting key of its row from year to year and from tab to tab."""
        return f"OP{self.rank:04d}"

    def head(self) -> Row:
        """The columns that every scheme has."""
        return {"C01": self.key, "C02": self.name, "C03": self.town, "C04": self.funding}


def draw_operations(draft: Draft) -> None:
    """A window slides over one lasting list: each year some schemes move on by one tab."""
    done = min(320, max(9, draft.body.dwellings // 56))
    pace = max(1, done // 60)
    first = done + pace * (draft.year - FIRST_YEAR)
    ends = [first, first + pace * 2, first + pace * 4 + 1, first + pace * 5 + 2]
    schemes = [_scheme(draft, rank, done) for rank in range(1, ends[-1] + 1)]
    settling = schemes[ends[0] : ends[1]]
    building = schemes[ends[1] : ends[2]]
    draft.rows["F02"] = [_settling(draft, scheme) for scheme in settling]
    draft.rows["F03"] = [_building(draft, scheme) for scheme in building]
    draft.rows["F04"] = [_thought_of(draft, scheme) for scheme in schemes[ends[2] :]]
    _settled(draft, schemes[: ends[0]])
    _invested(draft)


def _scheme(draft: Draft, rank: int, done: int) -> Scheme:
    dice = Random(f"{draft.body.siren} scheme {rank}")  # noqa: S311 - invented figures, no secret
    towns = next(place.towns for place in departments() if place.code == draft.body.department)
    opened = FIRST_YEAR - round((1 - rank / done) * 48) if rank < done else FIRST_YEAR + (rank - done) // 4
    recent = min(4, max(1, (opened - 1970) // 9))
    funding = FUNDINGS[dice.choice((0, 1) if opened < 2000 else (2, 2, recent, 3, 4))]  # noqa: PLR2004 - PLUS since 2000
    name = f"{dice.choice(words('operations'))} {dice.choice(('', '', 'I', 'II', 'Nord', 'Sud'))}".strip()
    return Scheme(rank, name, dice.choice(towns).name, funding, opened, dice.uniform(0.4, 1.9))


def _settled(draft: Draft, schemes: list[Scheme]) -> None:
    """F01: together they are the buildings, grants and housing loans of the balance sheet."""
    book, weights = draft.book, [scheme.weight for scheme in schemes]
    ages = [min(48, max(1, draft.year - scheme.opened)) for scheme in schemes]
    homes = book["G07.L029.A"] - sum(int(row["C06"]) for row in draft.rows["F02"])
    costs = spread(round(book.total("A1", "B", ["L022", "L024", "L025"]) * 0.92), weights)
    still = [cost * max(0.04, 1 - age / LOAN_YEARS) for cost, age in zip(costs, ages, strict=True)]
    encashed = sum(int(row["C13"]) for tab in ("F02", "F03") for row in draft.rows[tab])
    owed = max(round(book["F06.L041.E"] * 0.5), book["F06.L041.E"] - encashed)
    lent = min(0.8, owed / sum(still))
    worn = [cost * min(0.9, age / 48) for cost, age in zip(costs, ages, strict=True)]
    columns = {
        "C06": spread(homes, weights),
        "C07": costs,
        "C09": spread(round(book.total("P1", "N", span(241, 247)) * 0.9), weights),
        "C15": spread(round(book.total("T05", "D", ["L024", "L025"]) * 0.92), worn),
        "C16": spread(round(book["P1.L248.N"] * 0.9), worn),
    }
    rows = draft.rows["F01"] = []
    for index, scheme in enumerate(schemes):
        row: Row = {**scheme.head(), "C05": scheme.opened}
        row |= {column: values[index] for column, values in columns.items()}
        loans = round(costs[index] * lent)
        row["C08"] = round(costs[index] * 0.13)
        row["C10"], row["C11"], row["C12"] = spread(loans, (0.83, 0.05, 0.12))
        row["C17"] = loans - round(still[index] * lent)
        rows.append(row)


def _settling(draft: Draft, scheme: Scheme) -> Row:
    homes = round(10 + scheme.weight * 18)
    cost = round(homes * 17_800_000 * draft.jitter(0.1))
    grants, loans = round(cost * 0.1), round(cost * 0.76)
    paid, received = draft.dice.uniform(0.93, 0.995), draft.dice.uniform(0.75, 1)
    return {
        **scheme.head(),
        "C05": draft.year - draft.dice.randrange(2),
        "C06": homes,
        "C07": cost,
        "C08": round(cost * paid),
        "C10": grants,
        "C11": round(grants * received),
        "C12": loans,
        "C13": round(loans * draft.dice.uniform(0.9, 1)),
    }


def _building(draft: Draft, scheme: Scheme) -> Row:
    row, begun = _settling(draft, scheme), draft.dice.uniform(0.12, 0.75)
    row["C05"] = f"{draft.year - draft.dice.randrange(2)}-{draft.dice.randrange(1, 13):02d}-15"
    row["C08"] = round(int(row["C07"]) * begun)
    row["C11"] = round(int(row["C10"]) * begun * 0.6)
    row["C13"] = round(int(row["C12"]) * begun * 0.85)
    return row


def _thought_of(draft: Draft, scheme: Scheme) -> Row:
    homes = round(10 + scheme.weight * 18)
    spent = round(homes * 320_000 * draft.jitter(0.5))
    stage = draft.dice.choice(STAGES)
    return {
        **scheme.head(),
        "C04": stage,
        "C05": homes,
        "C06": spent,
        "C07": round(spent * 0.1),
    }


def _invested(draft: Draft) -> None:
    """F12: own funds already invested elsewhere than in housing schemes."""
    book = draft.book
    own = [*span(26, 28)]
    offices = book.total("A1", "B", own) - book.total("A1", "D", own)
    intangible = [*span(11, 13), "L021", "L023", "L029"]
    other = book.total("A1", "B", intangible) - book.total("A1", "D", intangible)
    book.put(
        "F12",
        "N",
        {
            "L014": draft.usual("F12.L014", 55),
            "L025": max(0, offices - book["F06.L043.E"]),
            "L026": other,
            "L027": draft.usual("F12.L027", 35),
            "L028": book.total("A1", "B", span(51, 57)) - book.total("A1", "D", span(51, 57)),
            "L031": draft.usual("F12.L031", 120),
        },
    )
