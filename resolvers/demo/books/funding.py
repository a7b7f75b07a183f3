"""The year's financing: resources and uses explain the change of the working capital (F09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.assets import FINANCIAL
from resolvers.demo.books.closing import CURRENT, SHORT
from resolvers.demo.books.income import result_of
from resolvers.demo.books.ledger import span

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Ledger

BEFORE_DIFFERED = [line for line in CURRENT if line < "L181"]


def draw_funding(draft: Draft) -> None:
    """F09 from the year's flows. What is left of the change of working capital is other debts'."""
    book, before = draft.book, draft.before
    housing = ["L021", "L022", "L023", "L024", "L025", "L029", *span(41, 43)]
    deposits = book["P2.L317.N"] - before["P2.L317.N"]
    given_back = round(before["P2.L317.N"] * draft.dice.uniform(0.06, 0.08))
    flows = {
        "L033": book["F06.L041.B"],
        "L034": book["F06.L042.B"] + book["F06.L043.B"],
        "L035": deposits + given_back,
        "L037": book.total("T04", "G", FINANCIAL),
        "L041": book.total("T04", "B", span(11, 13)),
        "L042": book.total("T04", "B", housing),
        "L043": book.total("T04", "B", span(26, 28)),
        "L044": book.total("T04", "B", FINANCIAL),
        "L045": book["A2.L182.B"] - before["A2.L182.B"],
        "L047": book["F07.L061.C"],
        "L048": book.total("F07", "C", ["L063", "L064", "L065"]),
        "L049": given_back,
        "L050": before["T02.L026.N"],
    }
    book.put("F09", "N", flows)
    left = working_capital(book) - working_capital(before) - _explained(book)
    book["F09.L034.N"] += max(left, 0)
    book["F09.L048.N"] += max(-left, 0)


def working_capital(book: Ledger) -> int:
    """Short assets, gross, less short debts (F10, L060)."""
    short = book.total("P2", "N", SHORT) + book["P2.L325.N"]
    return book.total("A2", "B", BEFORE_DIFFERED) - short


def _explained(book: Ledger) -> int:
    resources = book.total("F09", "N", span(32, 37)) + self_financing(book) + _sold(book)
    return resources - book.total("F09", "N", [*span(41, 45), *span(47, 51)]) - _repaid(book)


def _repaid(book: Ledger) -> int:
    return book.total("F07", "C", span(11, 13))


def _sold(book: Ledger) -> int:
    return book["R2.L681.N"] + book["R2.L682.N"]


def self_financing(book: Ledger) -> int:
    """The capacity of self-financing (F09, L029)."""
    allowed = book.total("C1", "N", [*span(451, 455), "L458", "L459"]) + book["C2.L501.N"] + book["C2.L526.N"]
    back = book.total("R1", "N", span(651, 653)) + book["R2.L677.N"]
    values = book.total("C2", "N", span(522, 524))
    return result_of(book) + allowed - back + values - _sold(book) - book["R2.L683.N"]
