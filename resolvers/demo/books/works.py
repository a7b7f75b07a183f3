"""Own works: internal costs put into assets and stocks, and the trade of new homes (T14, T15, F13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import cents

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft

STOCKS = span(112, 116)


def draw_works(draft: Draft) -> None:
    """Capital works first, then what is built to be sold."""
    _capital(draft)
    _accession(draft)
    _internal(draft)


def _capital(draft: Draft) -> None:
    """T14 and R1, 72: internal costs and interest that enter the cost of the year's works."""
    book = draft.book
    spent = book.total("T04", "B", ["L024", "L025", "L041", "L042"])
    works = book.total("T04", "B", span(26, 28))
    book.share(spent, ["T14.L092.A", "T14.L092.B", "T14.L092.C"], (0.6, 0.12, 0.28))
    book["T14.L092.D"] = works
    effort = draft.body.trait("own works", 0.012, 0.03)
    for column, factor in {"A": 1, "B": 1.1, "C": 0.9, "D": 0.2}.items():
        internal = round(book[f"T14.L092.{column}"] * effort * factor * draft.jitter(0.08))
        book.share(internal, [f"T14.{line}.{column}" for line in span(11, 14)], (0.68, 0.14, 0.08, 0.1))
        interest = round(internal * 0.2) if column != "D" else 0
        book.share(interest, [f"T14.{line}.{column}" for line in span(21, 23)], (0.7, 0.2, 0.1))
    for column, share in {"A": 0.55, "B": 0.1, "C": 1.2, "D": 0}.items():
        book[f"T14.L091.{column}"] = draft.count(share * 0.03, draft.dwellings)
    book["R1.L631.N"] = sum(book.total("T14", column, span(21, 23)) for column in "ABC")
    book["R1.L632.N"] = sum(book.total("T14", column, span(11, 14)) for column in "ABC")
    book["R1.L633.N"] = book.total("T14", "D", [*span(11, 14), *span(21, 23)])


def _accession(draft: Draft) -> None:
    """Sales, what they cost, and the stocks that this moves: 71 is the change of the stocks."""
    book, before = draft.book, draft.before
    units = book.total("G14", "A", span(21, 24))
    price = draft.body.trait("price", 178_000, 236_000) * draft.prices
    sold = cents(units * price * draft.jitter(0.03))
    book.share(sold, ["R1.L601.N", "R1.L602.N"], (0.66, 0.34))
    book.share(sold, [f"G14.{line}.B" for line in span(21, 24)], (0.47, 0.36, 0.05, 0.12))
    cost = round(sold * draft.body.trait("accession cost", 0.85, 0.91))
    book.share(cost, [f"G14.{line}.C" for line in span(21, 24)], (0.47, 0.36, 0.05, 0.12))
    change = 0
    for line in ["L111", *STOCKS, "L117"]:
        opening = before[f"A2.{line}.B"]
        book[f"A2.{line}.B"] = round(opening * draft.jitter(0.06))
        change += book[f"A2.{line}.B"] - opening if line in STOCKS else 0
    book["R1.L620.N"] = change
    _built_to_sell(draft, cost + change)


def _built_to_sell(draft: Draft, production: int) -> None:
    """C1, 60: land, works, and the internal costs of T15 make up the year's production."""
    book, before = draft.book, draft.before
    internal = round(production * draft.body.trait("own stocks", 0.012, 0.03))
    for column, share in {"A": 0.03, "B": 0.6, "C": 0.3, "D": 0.07}.items():
        amount = round(internal * share)
        book.share(amount, [f"T15.{line}.{column}" for line in span(11, 13)], (0.6, 0.3, 0.1))
        book[f"T15.L021.{column}"] = round(amount * 0.15)
    entered = sum(book.total("T15", column, [*span(11, 13), "L021"]) for column in "ABCD")
    land = ["A2.L111.B", "A2.L117.B"]
    book["C1.L404.N"] = sum(before[cell] for cell in land) - sum(book[cell] for cell in land)
    book["C1.L404.R"] = 0
    book["C1.L401.N"] = round(production * draft.dice.uniform(0.13, 0.18))
    book["C1.L403.N"] = 0
    book["C1.L405.N"] = production - entered - book["C1.L401.N"] - book["C1.L404.N"]


def _internal(draft: Draft) -> None:
    """F13: the same internal costs, by nature, beside those of the maintenance crew."""
    book = draft.book
    capital = sum(book.total("T14", column, span(11, 14)) for column in "ABCD")
    stocks = sum(book.total("T15", column, span(11, 13)) for column in "ABCD")
    columns = {"A": 0.78, "B": 0.07, "C": 0.15}
    totals = {
        "L011": round(capital * 1.15),
        "L012": round(stocks * 1.1),
        "L013": draft.usual("F13.L013", 62),
        "L014": draft.usual("F13.L014", 20),
        "L015": draft.usual("F13.L015", 9),
        "L016": draft.usual("F13.L016", 18),
        "L021": capital,
        "L022": stocks,
        "L023": draft.usual("F13.L023", 24),
    }
    for line, total in totals.items():
        book.share(total, [f"F13.{line}.{column}" for column in columns], list(columns.values()))
