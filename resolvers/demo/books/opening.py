"""The balances at the end of 2022, before the first year that is drawn: the ground it starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.assets import ASSETS, WORN
from resolvers.demo.books.closing import OTHER_DEBTS, net_assets
from resolvers.demo.books.draft import FIRST_YEAR, Draft
from resolvers.demo.books.estate import usual_accession
from resolvers.demo.books.ledger import Ledger, span
from resolvers.demo.books.loans import LOANS, USES, place_loans
from resolvers.demo.books.money import cents
from resolvers.demo.books.provisions import RESERVES, place_provisions
from resolvers.demo.books.working import draw_working

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Body

# Shares of the reserves, by kind of body: shares, reserves fed by results, the rest.
OFFICE = {"L212": 0.03, "L213": 0.02, "L214": 0.01, "L219": 0.5, "L220": 0.13, "L221": 0.31}
COMPANY = {"L211": 0.16, "L214": 0.01, "L215": 0.03, "L217": 0.02, "L218": 0.27, "L220": 0.14, "L221": 0.37}
LAND = {"L011": (0.55, 38), "L012": (0.45, 44), "L013": (0.4, 61), "L014": (0.6, 95)}


def open_books(body: Body) -> Ledger:
    """Closing balances of the year before the first; assets and liabilities are equal."""
    draft = Draft(body, FIRST_YEAR - 1, Ledger())
    book = draft.book
    book["G07.L029.A"] = body.dwellings
    book["G07.L029.B"] = round(body.dwellings * body.trait("homes", 0.02, 0.09))
    _assets(draft)
    for line, reserve in RESERVES.items():
        book[f"T07.{line}.E"] = draft.usual(f"T07.{line}", reserve.start)
    place_provisions(draft)
    _stocks(draft)
    _loans(draft)
    draw_working(draft)
    _grants(draft)
    _own_funds(draft)
    return book


def _assets(draft: Draft) -> None:
    book, level = draft.book, draft.body.trait("cost", 0.88, 1.18)
    for line, asset in ASSETS.items():
        gross = round(draft.usual(f"gross {line}", asset.gross, spread=0.12) * level)
        book[f"T04.{line}.H"] = book[f"A1.{line}.B"] = gross
    for line in WORN:
        worn = ASSETS[line].worn * draft.body.trait(f"worn {line}", 0.9, 1.1)
        book[f"T05.{line}.D"] = round(book[f"T04.{line}.H"] * worn)
    book["A2.L182.B"] = draft.usual("A2.L182", 12)
    book["T05.L040.D"] = round(book["A2.L182.B"] * 0.4)


def _stocks(draft: Draft) -> None:
    """Homes under way to be sold are about a year's sales."""
    book = draft.book
    yearly = cents(usual_accession(draft.body) * 170_000)
    for line, share in {
        "L111": 0.25,
        "L112": 0.75,
        "L113": 0.15,
        "L114": 0.06,
        "L115": 0.02,
        "L116": 0.01,
    }.items():
        book[f"A2.{line}.B"] = round(yearly * share * draft.body.trait(f"stock {line}", 0.8, 1.2))
    book["A2.L117.B"] = draft.usual("A2.L117", 3)
    book["A2.L113.B"] += book["T07.L037.E"] * 3


def _loans(draft: Draft) -> None:
    book, body = draft.book, draft.body
    buildings = book.total("T04", "H", ["L022", "L024", "L025"])
    debt = buildings * body.trait("debt", 0.4, 0.51)
    for line, loan in LOANS.items():
        book[f"F06.{line}.E"] = round(debt * loan.share * body.trait(f"loan {line}", 0.75, 1.25))
    accession = 0.08 if body.kind == "COOP" else 0.008
    whole = book.total("F06", "E", LOANS)
    book.share(whole, [f"F06.{use}.E" for use in USES], (0.98 - accession, accession, 0.02))
    place_loans(book)
    book.share(book["F06.L026.E"], ["G15.L013.D", "G15.L014.D"], (0.92, 0.08))
    # Working balances read the year's interest, which that year has not drawn.
    book["C2.L503.N"] = round(whole * 0.016)


def _grants(draft: Draft) -> None:
    book = draft.book
    buildings = book.total("T04", "H", ["L024", "L025"])
    granted = round(buildings * draft.body.trait("granted", 0.11, 0.16))
    lines = [f"P1.{line}.N" for line in span(241, 247)]
    book.share(granted, lines, (0.41, 0.12, 0.12, 0.2, 0.04, 0.03, 0.08))
    book.share(book["P1.L246.N"], ["G15.L011.D", "G15.L012.D"], (0.4, 0.6))
    book["P1.L248.N"] = round(granted * draft.body.trait("granted used", 0.4, 0.5))
    for line, (share, euros) in LAND.items():
        value = book["A1.L021.B"] if line in {"L011", "L012"} else book["A2.L111.B"]
        book[f"G03.{line}.D"] = round(value * share / euros)


def _own_funds(draft: Draft) -> None:
    """What assets exceed debts by: capital, reserves, and results carried forward."""
    book, body = draft.book, draft.body
    book["C2.L503.N"] = 0
    grants = book.total("P1", "N", span(241, 247)) - book["P1.L248.N"]
    provisions = book.total("P1", "N", [*span(251, 253), *span(271, 275)])
    debts = book.total("F06", "E", LOANS) + book.total("P2", "N", OTHER_DEBTS)
    book["P1.L260.N"] = draft.usual("P1.L260", 40) if body.trait("equity loan", 0, 1) < 0.3 else 0  # noqa: PLR2004 - three in ten
    left = net_assets(book) - grants - provisions - debts - book["P1.L260.N"]
    carried = round(left * body.trait("carried", 0.12, 0.22))
    reserves = OFFICE if body.kind == "OPH" else COMPANY
    book.share(left - carried, [f"P1.{line}.N" for line in reserves], list(reserves.values()))
    book["T02.L028.N"] = carried
    book["T02.L028.G"] = round(carried * body.trait("carried served", 0.85, 0.95))


def as_movements(opening: Ledger) -> Ledger:
    """The same balances told as the movements of one year, so that the form's own totals carry them on."""
    targets = {"T04.H": "B", "T05.D": "B", "T07.E": "B", "F06.E": "B", "G15.D": "B", "G03.D": "B"}
    moves = Ledger()
    for cell, amount in opening.amounts.items():
        tab, line, column = cell.split(".")
        if tab == "G07":
            moves[f"G07.L011.{column}"] = amount
        else:
            moves[f"{tab}.{line}.{targets.get(f'{tab}.{column}', column)}"] = amount
    return moves
