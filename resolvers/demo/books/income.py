"""Income: rents and what else comes in (R1, R2, G11), exceptional items (T18, T20), and the year's result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import cents

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Ledger

CHARGES = [*span(401, 407), *span(411, 426), *span(431, 434), "L441", "L442", *span(451, 459), "L461", "L462"]
OPERATING = [
    *span(601, 611),
    *span(613, 618),
    "L620",
    *span(631, 633),
    *span(641, 643),
    *span(651, 655),
    "L660",
    "L661",
]
FINANCIAL, EXCEPTIONAL = span(672, 678), span(680, 685)


def draw_income(draft: Draft) -> None:
    """Rents first: the other lines are small beside them."""
    _rents(draft)
    _billed(draft)
    _other_operating(draft)
    _financial(draft)
    _exceptional(draft)


def _rents(draft: Draft) -> None:
    book, before = draft.book, draft.before
    stock = (before["G07.L029.A"] + book["G07.L029.A"]) / 2
    free = book["G04.L012.A"]
    rent = draft.body.trait("rent", 3_950, 5_000) * draft.prices * draft.jitter(0.004)
    book["R1.L606.N"] = cents((stock - free) * rent * draft.body.trait("let", 0.955, 0.985))
    book["R1.L604.N"] = cents(free * rent * draft.body.trait("free rent", 1.2, 1.5))
    book["R1.L605.N"] = cents(book["G10.L042.N"] * 870 * draft.jitter())
    book["R1.L607.N"] = cents(book["G04.L031.A"] * 4_900 * draft.prices * draft.jitter())
    book["R1.L608.N"] = cents(book["G07.L029.B"] * 2_750 * draft.prices * draft.jitter())
    book["R1.L609.N"] = cents(book["G04.L032.A"] * 318 * draft.prices * draft.jitter())
    book["R1.L610.N"] = cents(book["G04.L013.A"] * 5_900 * draft.prices * draft.jitter())
    book["R1.L611.N"] = draft.usual("R1.L611", 9)
    relief = draft.body.trait("relief", 0.044, 0.056)
    book["R1.L612.N"] = round(book["R1.L606.N"] * relief * draft.jitter())
    charged = book.total("C1", "R", CHARGES)
    book["R1.L603.N"] = round(charged * draft.body.trait("recovered", 0.95, 0.99) * draft.jitter(0.01))


def _billed(draft: Draft) -> None:
    """G11: the same rents by kind of premises, with charges and benefits."""
    book = draft.book
    lines = span(11, 15)
    other = book["R1.L607.N"] + book["R1.L610.N"] + book["R1.L611.N"]
    sources = ["R1.L606.N", "R1.L604.N", "R1.L608.N", "R1.L609.N"]
    rents = [*(book[source] for source in sources), other]
    book.put("G11", "A", dict(zip(lines, rents, strict=True)))
    book.share(book["R1.L603.N"], [f"G11.{line}.B" for line in lines], (0.9, 0.03, 0.05, 0.005, 0.015))
    book.put("G11", "C", dict.fromkeys(lines, 0) | {"L011": book["R1.L605.N"]})
    aided = round(rents[0] * draft.body.trait("aided", 0.26, 0.36))
    book.put("G11", "D", dict.fromkeys(lines, 0) | {"L011": aided, "L013": round(rents[2] * 0.3)})
    book.put("G11", "R", dict.fromkeys(lines, 0) | {"L011": book["R1.L612.N"]})


def _other_operating(draft: Draft) -> None:
    book = draft.book
    usual = {"L613": 2, "L614": 0.6, "L615": 8, "L616": 11, "L617": 5, "L618": 16, "L641": 0, "L642": 7}
    usual |= {"L643": 6, "L661": 13}
    for line, euros in usual.items():
        book[f"R1.{line}.N"] = draft.usual(f"R1.{line}", euros, width=0.08)
    book["R1.L671.N"] = 0
    for line, euros in {"L011": 9, "L012": 14, "L013": 5, "L014": 0.8, "L015": 3}.items():
        book[f"T18.{line}.N"] = draft.usual(f"T18.{line}", euros, width=0.15)
    book["T18.L021.N"] = draft.usual("T18.L021", 0.3, width=0.2)
    book["T18.L022.N"] = 0
    book["R1.L660.N"] = book.total("T18", "N", span(11, 15))


def _financial(draft: Draft) -> None:
    book, before = draft.book, draft.before
    placed = before["A2.L151.B"] + before["A2.L153.B"] + before["A2.L154.B"]
    book["R2.L674.N"] = round(placed * 0.021 * draft.jitter(0.1))
    for line, euros in {"L672": 1.5, "L673": 0.5, "L675": 2, "L676": 0.4}.items():
        book[f"R2.{line}.N"] = draft.usual(f"R2.{line}", euros, width=0.15)
    book["R2.L678.N"] = book["T18.L021.N"]


def _exceptional(draft: Draft) -> None:
    """T20 and R2, 77: the price of what was sold, grants taken to income, claims and the rest."""
    book, before = draft.book, draft.before
    price = draft.body.trait("sale price", 88_000, 165_000)
    sold = {line: cents(book[f"G14.{line}.A"] * price * draft.jitter(0.05)) for line in span(11, 14)}
    book.put("G14", "B", sold)
    book["R2.L681.N"] = sum(sold.values())
    homes = book.total("T04", "E", ["L022", "L024"]) - book["T06.L024.B"]
    book.share(homes, [f"G14.{line}.C" for line in sold], [amount + 1 for amount in sold.values()])
    book["R2.L682.N"] = draft.usual("R2.L682", 0.3, width=0.3)
    granted = before.total("P1", "N", span(241, 247))
    book["R2.L683.N"] = round(granted * draft.body.trait("grants used", 0.023, 0.029))
    book["R2.L680.N"] = draft.usual("R2.L680", 15, width=0.2)
    book["R2.L684.N"] = draft.usual("R2.L684", 19, width=0.25)
    for line, cell in {
        "L023": "C2.L523.N",
        "L024": "C2.L524.N",
        "L026": "C2.L525.N",
        "L027": "C2.L526.N",
    }.items():
        book[f"T20.{line}.C"] = book[cell]
    book["T20.L021.C"], book["T20.L022.C"] = homes, book["C2.L522.N"] - homes
    book["T20.L021.D"], book["T20.L022.D"] = book["R2.L681.N"], 0
    for line, cell in {
        "L024": "R2.L682.N",
        "L025": "R2.L683.N",
        "L026": "R2.L684.N",
        "L027": "R2.L685.N",
    }.items():
        book[f"T20.{line}.D"] = book[cell]
    for column, cell in {"C": "C2.L521.N", "D": "R2.L680.N"}.items():
        weights = (0.12, 0.05, 0.2, 0.1, 0.33, 0.2)
        book.share(book[cell], [f"T20.{line}.{column}" for line in span(11, 16)], weights)


def charges_of(book: Ledger) -> int:
    """The total of all charges (C2, L540)."""
    operating = book.total("C1", "R", CHARGES) + book.total("C1", "N", [*CHARGES, "L475"])
    return operating + book.total("C2", "N", [*span(501, 510), *span(521, 526), "L531", "L532"])


def income_of(book: Ledger) -> int:
    """The total of all income (R2, L687)."""
    operating = book.total("R1", "N", [*OPERATING, "L671"]) - book["R1.L612.N"]
    return operating + book.total("R2", "N", [*FINANCIAL, *EXCEPTIONAL])


def result_of(book: Ledger) -> int:
    """The year's result (R2, L690)."""
    return income_of(book) - charges_of(book)
