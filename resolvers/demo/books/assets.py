"""Fixed assets: gross values, depreciation, what left and at what book value (A1, T04, T05, T06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import spread

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft


@dataclass(frozen=True, slots=True)
class Asset:
    """A line of the balance sheet.

    Euros a dwelling, share already written off, share written off in a year, and what is bought
    in a year, in euros a dwelling.
    """

    gross: float
    worn: float
    rate: float
    bought: float


ASSETS = {
    "L011": Asset(15, 0.78, 0.04, 0.5),
    "L012": Asset(130, 0.22, 0.02, 3),
    "L013": Asset(115, 0.58, 0.09, 12),
    "L021": Asset(170, 0, 0, 16),
    "L022": Asset(5300, 0, 0, 45),
    "L023": Asset(290, 0.4, 0.035, 9),
    "L024": Asset(38200, 0.36, 0.0262, 330),
    "L025": Asset(3200, 0.31, 0.025, 25),
    "L026": Asset(920, 0.42, 0.03, 24),
    "L027": Asset(75, 0.6, 0.07, 6),
    "L028": Asset(190, 0.58, 0.085, 17),
    "L029": Asset(150, 0.26, 0.025, 2),
    "L041": Asset(260, 0, 0, 115),
    "L042": Asset(1950, 0, 0, 2050),
    "L043": Asset(40, 0, 0, 12),
    "L051": Asset(180, 0, 0, 3),
    "L052": Asset(26, 0, 0, 2),
    "L053": Asset(14, 0, 0, 0),
    "L054": Asset(8, 0, 0, 0),
    "L055": Asset(12, 0, 0, 0.5),
    "L056": Asset(58, 0, 0, 5),
    "L057": Asset(1, 0, 0, 0.3),
}
FINANCIAL = span(51, 57)
TANGIBLE = [line for line in ASSETS if line not in FINANCIAL]
WORN = [line for line, asset in ASSETS.items() if asset.rate]
MOVES = "BCDEFG"


def draw_assets(draft: Draft) -> None:
    """The year's movements, gross then depreciation, and the closing balances they lead to."""
    book = draft.book
    for line in ASSETS:
        for move in MOVES:
            book[f"T04.{line}.{move}"] = 0
    _bought(draft)
    _commissioned(draft)
    _left(draft)
    for line in ASSETS:
        opening = draft.before[f"T04.{line}.H"]
        ins = book[f"T04.{line}.B"] + book[f"T04.{line}.C"]
        outs = sum(book[f"T04.{line}.{move}"] for move in "DEFG")
        book[f"T04.{line}.H"] = book[f"A1.{line}.B"] = opening + ins - outs
    _written_back(draft)
    _written_off(draft)
    _book_values(draft)


def _bought(draft: Draft) -> None:
    effort = draft.body.trait("effort", 0.85, 1.3) * draft.jitter(0.06)
    for line, asset in ASSETS.items():
        draft.book[f"T04.{line}.B"] = round(draft.usual(f"bought {line}", asset.bought, width=0.08) * effort)


def _commissioned(draft: Draft) -> None:
    """Buildings under construction become buildings: what leaves 23 enters 21, to the cent."""
    book, before = draft.book, draft.before
    for line, share in {"L042": 0.51, "L041": 0.33}.items():
        under_way = before[f"T04.{line}.H"] + book[f"T04.{line}.B"]
        book[f"T04.{line}.D"] = round(under_way * share * draft.jitter(0.03))
    targets = ["L024", "L025", "L023"]
    book.share(book["T04.L042.D"], [f"T04.{line}.C" for line in targets], (0.9, 0.075, 0.025))
    book["T04.L022.C"] = book["T04.L041.D"]


def _left(draft: Draft) -> None:
    """Sales, demolitions, replaced components, scrapped equipment, repaid loans."""
    book, before = draft.book, draft.before
    stock = max(1, before["G07.L029.A"])
    one = before["T04.L024.H"] / stock
    sold = book.total("G14", "A", span(11, 14))
    book["T04.L024.E"] = round(sold * one * draft.dice.uniform(0.5, 0.7))
    book["T04.L022.E"] = round(sold * before["T04.L022.H"] / stock * draft.dice.uniform(0.6, 0.9))
    replaced = before["T04.L024.H"] * draft.dice.uniform(0.0012, 0.0026)
    book["T04.L024.F"] = round(book["G07.L024.A"] * one * draft.dice.uniform(0.4, 0.6) + replaced)
    book["T04.L028.E"] = round(before["T04.L028.H"] * draft.dice.uniform(0.01, 0.03))
    for line in ("L013", "L027", "L028"):
        book[f"T04.{line}.F"] = round(before[f"T04.{line}.H"] * draft.dice.uniform(0.02, 0.05))
    for line in FINANCIAL[1:]:
        book[f"T04.{line}.G"] = round(before[f"T04.{line}.H"] * draft.dice.uniform(0.02, 0.07))


def _written_back(draft: Draft) -> None:
    """T06: the depreciation that leaves with what was sold, demolished or replaced."""
    book = draft.book
    for line in WORN:
        for column in "ABCDE":
            book[f"T06.{line}.{column}"] = 0
        gone, asset = book[f"T04.{line}.F"], ASSETS[line]
        worn = min(0.97, asset.worn + 0.42)
        book[f"T06.{line}.B"] = round(book[f"T04.{line}.E"] * min(0.95, asset.worn + 0.08))
        scrapped, replaced = spread(round(gone * worn), (0.6, 0.4) if line == "L024" else (1, 0))
        book[f"T06.{line}.C"], book[f"T06.{line}.D"] = scrapped, replaced
    for column in "ABCDE":
        book[f"T06.L040.{column}"] = 0


def _written_off(draft: Draft) -> None:
    """T05: the year's depreciation, never beyond what is left to write off."""
    book, before = draft.book, draft.before
    for line in WORN:
        opening, back = before[f"T05.{line}.D"], sum(book[f"T06.{line}.{column}"] for column in "ABCDE")
        gross = (before[f"T04.{line}.H"] + book[f"T04.{line}.H"]) / 2
        wanted = round(gross * ASSETS[line].rate * draft.body.trait(f"rate {line}", 0.92, 1.08))
        left = round(book[f"T04.{line}.H"] * 0.97) - opening + back
        _depreciate(draft, line, max(0, min(wanted, left)))
        book[f"T05.{line}.D"] = opening + book[f"T05.{line}.B"] - back
    book["A2.L182.B"] = before["A2.L182.B"] + draft.usual("A2.L182", 0.9, width=0.2)
    _depreciate(draft, "L040", round(before["A2.L182.B"] * draft.dice.uniform(0.08, 0.11)))
    book["T05.L040.D"] = before["T05.L040.D"] + book["T05.L040.B"]


def _depreciate(draft: Draft, line: str, amount: int) -> None:
    book = draft.book
    exceptional = round(amount * draft.dice.uniform(0, 0.01)) if line in {"L024", "L025"} else 0
    book[f"T05.{line}.B"] = amount
    book[f"T05.{line}.X"] = exceptional
    book[f"T05.{line}.L"] = amount - exceptional


def _book_values(draft: Draft) -> None:
    """C2, 675: gross value less depreciation of what was sold, demolished, or sold of the shares held."""
    book = draft.book
    back = {column: book.total("T06", column, WORN) for column in "BCD"}
    book["C2.L522.N"] = book.total("T04", "E", TANGIBLE) - back["B"]
    book["C2.L523.N"] = book.total("T04", "F", TANGIBLE) - back["C"] - back["D"]
    book["C2.L524.N"] = book.total("T04", "E", FINANCIAL)
