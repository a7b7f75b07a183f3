"""Provisions and impairments: the year's movements (T07), where they stand, what they cost (A1, P1, C1…)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft


@dataclass(frozen=True, slots=True)
class Reserve:
    """A line of T07: euros a dwelling at the start, then allowed in a year.

    `used` and `released` are shares of the opening balance.
    """

    start: float
    allowed: float
    used: float
    released: float


RESERVES = {
    "L011": Reserve(3, 0.3, 0.05, 0.02),
    "L012": Reserve(0, 0, 0, 0),
    "L013": Reserve(0, 0, 0, 0),
    "L021": Reserve(38, 12, 0.2, 0.12),
    "L022": Reserve(4, 0.5, 0.05, 0.04),
    "L023": Reserve(340, 108, 0.27, 0.03),
    "L024": Reserve(36, 4, 0.06, 0.03),
    "L025": Reserve(30, 8, 0.2, 0.06),
    "L031": Reserve(0.4, 0.05, 0, 0.05),
    "L032": Reserve(1.5, 0.2, 0, 0.1),
    "L033": Reserve(28, 4, 0.06, 0.1),
    "L034": Reserve(0.8, 0.1, 0, 0.1),
    "L035": Reserve(3, 1, 0.1, 0.2),
    "L036": Reserve(2, 0.3, 0, 0.1),
    "L037": Reserve(2, 0.6, 0.1, 0.15),
    "L038": Reserve(175, 57, 0.2, 0.1),
    "L039": Reserve(7, 1.5, 0.1, 0.1),
    "L040": Reserve(0.5, 0.1, 0, 0.1),
}
REGULATED, RISKS, WORKS = span(11, 13), ["L021", "L022", "L024", "L025"], "L023"
FIXED, FINANCIAL = span(31, 35), ["L036", "L040"]
STOCKS, TENANTS, OTHERS = "L037", "L038", "L039"


def draw_provisions(draft: Draft) -> None:
    """The movements, then the cells of the other tabs that say the same."""
    book = draft.book
    for line, reserve in RESERVES.items():
        opening = draft.before[f"T07.{line}.E"]
        allowed = draft.usual(f"allowed {line}", reserve.allowed, width=0.12)
        used = round(opening * reserve.used * draft.jitter(0.15))
        released = round(opening * reserve.released * draft.jitter(0.15))
        for column, amount in zip("BCD", (allowed, used, released), strict=True):
            book[f"T07.{line}.{column}"] = amount
        book[f"T07.{line}.E"] = opening + allowed - used - released
    _costs(draft)
    _by_nature(draft)
    place_provisions(draft)


def _costs(draft: Draft) -> None:
    """The income statement: allowances are charges, write-backs are income."""
    book = draft.book
    groups = {
        ("C1.L455.N", "R1.L651.N"): FIXED,
        ("C1.L456.N", "R1.L654.N"): [STOCKS],
        ("C1.L457.N", "R1.L655.N"): [TENANTS, OTHERS],
        ("C1.L458.N", "R1.L652.N"): [WORKS],
        ("C1.L459.N", "R1.L653.N"): RISKS,
        ("C2.L501.N", "R2.L677.N"): FINANCIAL,
        ("C2.L526.N", "R2.L685.N"): REGULATED,
    }
    for (charge, income), lines in groups.items():
        book[charge] = book.total("T07", "B", lines)
        book[income] = book.total("T07", "C", lines) + book.total("T07", "D", lines)


def _by_nature(draft: Draft) -> None:
    book = draft.book
    current = [*RISKS, WORKS, *FIXED, STOCKS, TENANTS, OTHERS]
    for line, group in {"L091": current, "L092": FINANCIAL, "L093": REGULATED}.items():
        for column in "BCD":
            book[f"T07.{line}.{column}"] = book.total("T07", column, group)


def place_provisions(draft: Draft) -> None:
    """The balance sheet: liabilities in P1, impairments beside depreciation in A1, with debtors in A2."""
    book = draft.book
    for line, reserve in zip(span(251, 253), REGULATED, strict=True):
        book[f"P1.{line}.N"] = book[f"T07.{reserve}.E"]
    for line, reserve in zip(span(271, 275), span(21, 25), strict=True):
        book[f"P1.{line}.N"] = book[f"T07.{reserve}.E"]
    impaired = {
        "L013": "L031",
        "L022": "L032",
        "L024": "L033",
        "L028": "L034",
        "L042": "L035",
        "L051": "L036",
    }
    for line in [*span(11, 13), *span(21, 29), *span(41, 43), *span(51, 57)]:
        worn = book[f"T05.{line}.D"]
        book[f"A1.{line}.D"] = worn + (book[f"T07.{impaired[line]}.E"] if line in impaired else 0)
    for line in [*span(111, 117), "L120", *span(131, 138), *span(141, 145), *span(151, 156), "L160"]:
        book[f"A2.{line}.D"] = 0
    book["A2.L113.D"] = book[f"T07.{STOCKS}.E"]
    book["A2.L135.D"] = book[f"T07.{TENANTS}.E"]
    book["A2.L145.D"] = book[f"T07.{OTHERS}.E"]
    book["A2.L151.D"] = book["T07.L040.E"]
    book["A2.L182.D"] = book["T05.L040.D"]
