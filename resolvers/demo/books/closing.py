"""Closing the books: loans balance them, then debts and debtors by maturity (T08, T09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.assets import ASSETS
from resolvers.demo.books.income import result_of
from resolvers.demo.books.ledger import span
from resolvers.demo.books.loans import LOANS, borrow

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Ledger

CURRENT = [
    *span(111, 117),
    "L120",
    *span(131, 138),
    *span(141, 145),
    *span(151, 156),
    "L160",
    *span(181, 184),
]
OWN = [*span(211, 221), "L230", "L231", *span(241, 247), *span(251, 253), "L260", "L261", *span(271, 275)]
SHORT = [*span(331, 332), *span(341, 345), *span(351, 357), *span(361, 363)]
OTHER_DEBTS = [*span(317, 320), *span(324, 328), *SHORT, "L390"]
LEAST_BORROWED = 0.012

# T08: cells of P2 that each line splits, and its shares within one year, five years, beyond.
DEBTS: dict[str, tuple[list[str], tuple[float, float, float]]] = {
    **{f"L{line - 300:03d}": ([f"L{line}"], (0.045, 0.19, 0.765)) for line in (311, 312, 313, 314, 315, 316)},
    "L017": (["L317"], (0.08, 0.25, 0.67)),
    **{f"L{line - 300:03d}": ([f"L{line}"], (0.15, 0.45, 0.4)) for line in range(318, 325)},
    "L025": (["L325"], (1, 0, 0)),
    "L026": (["L326"], (1, 0, 0)),
    "L027": (["L327"], (0, 0, 1)),
    "L028": (["L328"], (0.2, 0.5, 0.3)),
    "L031": (["L331", "L332"], (1, 0, 0)),
    "L032": (["L341", "L342"], (1, 0, 0)),
    "L033": (["L343"], (1, 0, 0)),
    "L034": (["L344"], (1, 0, 0)),
    "L035": (["L345"], (0.97, 0.03, 0)),
    "L036": (["L351"], (0.88, 0.12, 0)),
    "L037": (["L352"], (0.5, 0.5, 0)),
    "L038": (["L353", "L354", "L356"], (0.8, 0.2, 0)),
    "L039": (["L355"], (1, 0, 0)),
    "L040": (["L357"], (0.85, 0.15, 0)),
    "L041": (span(361, 363), (0.9, 0.08, 0.02)),
}
# T09: cells of the assets that each line splits, and its share within one year.
CREDITS: dict[str, tuple[str, list[str], float]] = {
    "L011": ("A1", ["L052"], 0.1),
    "L012": ("A1", ["L054"], 0.1),
    "L013": ("A1", ["L055"], 0.12),
    "L014": ("A1", ["L053", "L056", "L057"], 0.15),
    "L021": ("A2", ["L120"], 1),
    **{f"L{line - 109:03d}": ("A2", [f"L{line}"], 0.97) for line in (131, 132, 133, 134)},
    "L026": ("A2", ["L135"], 0.45),
    "L027": ("A2", ["L136"], 1),
    "L028": ("A2", ["L137"], 1),
    "L029": ("A2", ["L138"], 0.6),
    "L030": ("A2", ["L141"], 0.9),
    "L031": ("A2", ["L142"], 0.9),
    "L032": ("A2", ["L143", "L144"], 0.9),
    "L033": ("A2", ["L145"], 0.95),
    "L034": ("A2", ["L160"], 0.9),
}


def close_books(draft: Draft) -> None:
    """Borrow what the balance sheet lacks, then state every debt and every debtor."""
    borrow(draft, _lacking(draft))
    book = draft.book
    for line, (sources, shares) in DEBTS.items():
        book.share(book.total("P2", "N", sources), [f"T08.{line}.{column}" for column in "ABC"], shares)
        secured = 0.93 if shares[2] > 0.7 else 0  # noqa: PLR2004 - long loans are guaranteed by authorities
        book[f"T08.{line}.G"] = round(book.total("P2", "N", sources) * secured)
    book["T08.L091.T"] = book.total("F06", "B", LOANS)
    book["T08.L092.T"] = book.total("F06", "C", LOANS) + book.total("F06", "D", LOANS)
    for line, (tab, sources, soon) in CREDITS.items():
        cells = [f"T09.{line}.A", f"T09.{line}.B"]
        book.share(book.total(tab, "B", sources), cells, (soon, 1 - soon))
        book[f"T09.{line}.D"] = book.total(tab, "D", sources)


def _lacking(draft: Draft) -> int:
    """What must be borrowed; where that would be next to nothing, the body borrows and keeps the cash."""
    book, before = draft.book, draft.before
    kept = before.total("F06", "E", LOANS) - book.total("F06", "C", LOANS) - book.total("F06", "D", LOANS)
    lacking = net_assets(book) - own_funds(book) - book.total("P2", "N", OTHER_DEBTS) - kept
    least = round(kept * LEAST_BORROWED)
    if lacking < least:
        book["A2.L154.B"] += least - lacking
    return max(lacking, least)


def net_assets(book: Ledger) -> int:
    """The total of the assets, net (A2, L199)."""
    gross = book.total("A1", "B", ASSETS) + book.total("A2", "B", CURRENT)
    return gross - book.total("A1", "D", ASSETS) - book.total("A2", "D", CURRENT)


def own_funds(book: Ledger) -> int:
    """Own funds, other own funds and provisions (P1), the year's result included."""
    return book.total("P1", "N", OWN) - book["P1.L248.N"] + result_of(book)
