"""Loans: what is repaid and paid in interest in the year, then what must be borrowed (F06, F07, G15, C2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import spread

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Loan:
    """A line of F06: share of the debt, rate of interest, share of new loans, years left.

    `indexes`: weights of I1 to I5 (livret A, fixed, other, structured, inflation).
    """

    share: float
    rate: float
    new: float
    years: int
    indexes: tuple[float, float, float, float, float]


LOANS = {
    "L011": Loan(0.105, 0.024, 0.16, 29, (0.97, 0.02, 0.01, 0, 0)),
    "L012": Loan(0.495, 0.031, 0.38, 26, (0.95, 0.03, 0.01, 0, 0.01)),
    "L013": Loan(0.06, 0.036, 0.08, 25, (0.93, 0.05, 0.02, 0, 0)),
    "L014": Loan(0.085, 0.022, 0.14, 15, (0.85, 0.15, 0, 0, 0)),
    "L015": Loan(0.03, 0.006, 0.05, 31, (0.2, 0.8, 0, 0, 0)),
    "L016": Loan(0.035, 0.032, 0.05, 42, (0.98, 0.02, 0, 0, 0)),
    "L017": Loan(0.02, 0.033, 0, 14, (0.8, 0.1, 0, 0, 0.1)),
    "L021": Loan(0.003, 0.012, 0, 9, (0, 1, 0, 0, 0)),
    "L022": Loan(0.004, 0.035, 0, 4, (0, 1, 0, 0, 0)),
    "L023": Loan(0.05, 0.034, 0.04, 21, (0.8, 0.15, 0.05, 0, 0)),
    "L024": Loan(0.06, 0.029, 0.05, 16, (0.05, 0.75, 0.18, 0.02, 0)),
    "L025": Loan(0.01, 0.038, 0.02, 2, (0, 0.1, 0.9, 0, 0)),
    "L026": Loan(0.024, 0.009, 0.03, 19, (0.3, 0.7, 0, 0, 0)),
    "L027": Loan(0.006, 0.027, 0, 7, (0, 1, 0, 0, 0)),
    "L028": Loan(0.013, 0.008, 0, 12, (0, 0.9, 0.1, 0, 0)),
}
CDC, OTHERS = span(11, 17), [*span(21, 28)]
USES = ["L041", "L042", "L043"]
INDEXES = [f"I{rank}" for rank in range(1, 6)]


def draw_service(draft: Draft) -> None:
    """The year's repayments and interest; both follow the opening balances."""
    book, before = draft.book, draft.before
    for line, loan in LOANS.items():
        opening = before[f"F06.{line}.E"]
        pace = 1.15 / (loan.years + 4)
        book[f"F06.{line}.C"] = round(opening * pace * draft.jitter(0.04))
        book[f"F06.{line}.D"] = round(opening * draft.dice.uniform(0, 0.006))
        own = draft.body.trait(f"rate {line}", 0.9, 1.1)
        book[f"F06.{line}.F"] = round(opening * loan.rate * own * draft.jitter(0.02))
        book[f"F06.{line}.M"] = round(loan.years * draft.body.trait(f"years {line}", 0.85, 1.15))
    repaid, early, interest = (book.total("F06", column, LOANS) for column in "CDF")
    # The three uses open with their own balances: each repays in proportion to what it owes.
    owed = [before[f"F06.{use}.E"] for use in USES]
    for column, amount in zip("CDF", (repaid, early, interest), strict=True):
        book.share(amount, [f"F06.{use}.{column}" for use in USES], owed)
    for use, years in zip(USES, (26, 3, 13), strict=True):
        book[f"F06.{use}.M"] = years
    _interest(draft)
    _annuities(draft)


def _interest(draft: Draft) -> None:
    """C2, 661: the same interest as in the loans' statement, by nature."""
    book = draft.book
    housing = book["F06.L041.F"]
    bridging = min(book["F06.L025.F"], housing // 3)
    before_use = housing // draft.dice.randrange(90, 140)
    book["C2.L502.N"], book["C2.L505.N"] = bridging, before_use
    book["C2.L503.N"] = housing - bridging - before_use
    book.share(book["F06.L042.F"], ["C2.L506.N", "C2.L507.N"], (0.96, 0.04))
    book["C2.L508.N"] = book["F06.L043.F"]
    book["C2.L504.N"] = 0


def _annuities(draft: Draft) -> None:
    """F07: capital and interest by activity, homes apart."""
    book = draft.book
    homes = draft.body.trait("homes' debt", 0.02, 0.06)
    book.put("F07", "C", dict.fromkeys(["L012", "L065"], 0))
    book.put("F07", "I", dict.fromkeys(["L012", "L065"], 0))
    for column, source in {"C": "C", "I": "F"}.items():
        lines = [f"F07.{line}.{column}" for line in ("L011", "L013")]
        book.share(book[f"F06.L041.{source}"], lines, (1 - homes, homes))
        book[f"F07.L063.{column}"] = book[f"F06.L043.{source}"]
        book[f"F07.L064.{column}"] = book[f"F06.L042.{source}"]
    book["F07.L061.C"] = book.total("F06", "D", LOANS)
    book["F07.L062.C"] = round(book["F07.L061.C"] * draft.dice.uniform(0.2, 0.7))


def borrow(draft: Draft, amount: int) -> None:
    """Cash in so much of new loans, and close every balance of F06."""
    book, before = draft.book, draft.before
    book.share(amount, [f"F06.{line}.B" for line in LOANS], [loan.new for loan in LOANS.values()])
    book.share(amount, [f"F06.{use}.B" for use in USES], _use_weights(draft))
    for line in [*LOANS, *USES]:
        balance = before[f"F06.{line}.E"] + book[f"F06.{line}.B"]
        balance -= book[f"F06.{line}.C"] + book[f"F06.{line}.D"]
        book[f"F06.{line}.E"] = balance
        weights = LOANS[line].indexes if line in LOANS else (0.84, 0.13, 0.02, 0.004, 0.006)
        book.share(balance, [f"F06.{line}.{index}" for index in INDEXES], weights)
    place_loans(book)
    _employers(draft)


def _use_weights(draft: Draft) -> tuple[float, float, float]:
    accession = 0.2 if draft.body.kind == "COOP" else 0.02
    return (0.97 - accession, accession, 0.03)


def place_loans(book: Ledger) -> None:
    """P2: the balance sheet's loans are those of F06."""
    book["P2.L313.N"] = book.total("F06", "E", CDC)
    book["P2.L314.N"] = book["F06.L021.E"]
    book["P2.L315.N"] = book["F06.L022.E"]
    book["P2.L316.N"] = book.total("F06", "E", span(23, 25))
    book["P2.L311.N"] = book["F06.L026.E"]
    book["P2.L312.N"] = book["F06.L027.E"]
    book.share(book["F06.L028.E"], ["P2.L321.N", "P2.L322.N", "P2.L323.N"], (0.1, 0.15, 0.75))


def _employers(draft: Draft) -> None:
    """G15: the employers' loans move as in F06."""
    book, before = draft.book, draft.before
    owed = [before["G15.L013.D"], before["G15.L014.D"]]
    paid = book["F06.L026.C"] + book["F06.L026.D"]
    book.share(book["F06.L026.B"], ["G15.L013.B", "G15.L014.B"], (0.9, 0.1))
    for line, part in zip(("L013", "L014"), spread(paid, owed), strict=True):
        book[f"G15.{line}.C"] = part
        book[f"G15.{line}.D"] = before[f"G15.{line}.D"] + book[f"G15.{line}.B"] - part
    book["G15.L021.D"] = round(draft.dwellings * draft.body.trait("reserved", 0.08, 0.2))
