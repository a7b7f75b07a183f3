"""The dwellings: what came in and went out in the year, and how they are held (G04, G07, G08, G09, G14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import spread

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Body, Draft

# Shares of the stock, after the yearly figures of the union of social landlords.
ENTRIES = {"L011": 0.0042, "L012": 0.0052, "L013": 0.0014, "L014": 0.0005, "L015": 0.0002, "L016": 0.0002}
EXITS = {"L021": 0.0028, "L022": 0.0006, "L023": 0.0003, "L024": 0.0021, "L025": 0.0002, "L026": 0.0001}
HOMES = span(21, 24)


def draw_estate(draft: Draft) -> None:
    """All that counts dwellings, from the opening stock to the closing one and its uses."""
    _movements(draft)
    _holdings(draft)
    _homes(draft)
    _building(draft)
    _improvement(draft)
    _sales(draft)


def _movements(draft: Draft) -> None:
    """G07: the closing stock is the opening one, plus entries, minus exits."""
    book, before = draft.book, draft.before
    stock, homes = before["G07.L029.A"], before["G07.L029.B"]
    entries = {line: draft.count(share, stock, 0.5) for line, share in ENTRIES.items()}
    exits = {line: draft.count(share, stock, 0.5) for line, share in EXITS.items()}
    book.put("G07", "A", entries | exits)
    book["G07.L029.A"] = stock + sum(entries.values()) - sum(exits.values())
    built, left = draft.count(0.004, homes, 1), draft.count(0.0015, homes, 1)
    book.put("G07", "B", dict.fromkeys(entries | exits, 0) | {"L011": built, "L024": left})
    book["G07.L029.B"] = homes + built - left


def _holdings(draft: Draft) -> None:
    """G04, dwellings: owned and managed (A), managed for others (B), owned and managed by others (C)."""
    book, body = draft.book, draft.body
    stock = book["G07.L029.A"]
    waiting = draft.count(0.03 if body.kind == "COOP" else 0.002, stock)
    free = round(stock * body.trait("free dwellings", 0.03, 0.09))
    regulated = stock - waiting - free
    elsewhere = round(regulated * body.trait("elsewhere", 0.001, 0.012))
    book.put("G04", "A", {"L011": regulated - elsewhere, "L012": free, "L013": waiting})
    book.put("G04", "B", {"L011": round(stock * body.trait("for others", 0, 0.03)), "L012": 0, "L013": 0})
    book.put("G04", "C", {"L011": elsewhere, "L012": 0, "L013": 0})


def _homes(draft: Draft) -> None:
    """G04, homes and premises: most homes are run by an association."""
    book, body = draft.book, draft.body
    kinds = spread(book["G07.L029.B"], (0.55, 0.17, 0.23, 0.05))
    run = [round(kind * body.trait("homes run", 0.05, 0.25)) for kind in kinds]
    book.put("G04", "A", dict(zip(HOMES, run, strict=True)))
    book.put("G04", "B", dict.fromkeys(HOMES, 0))
    others = [kind - own for kind, own in zip(kinds, run, strict=True)]
    book.put("G04", "C", dict(zip(HOMES, others, strict=True)))
    stock = book["G07.L029.A"]
    premises = {
        "L031": round(stock * body.trait("shops", 0.006, 0.02)),
        "L032": round(stock * body.trait("garages", 0.2, 0.5)),
        "L033": round(body.trait("stations", 0, 6)),
    }
    book.put("G04", "A", premises)
    for column in "BC":
        book.put("G04", column, dict.fromkeys(premises, 0))


def _building(draft: Draft) -> None:
    """G08: what was delivered is what entered the stock; the rest of the programme follows its size."""
    book = draft.book
    delivered = book.total("G07", "A", ["L011", "L012", "L013"])
    weights = (0.31, 0.42, 0.17, 0.06, 0.04)
    ahead = {"A": 1.15, "B": 1.05, "C": 2.1}
    for column, factor in {**ahead, "D": 1.0}.items():
        total = delivered if column == "D" else draft.count(factor, delivered, 0.2)
        book.put("G08", column, dict(zip(span(11, 15), spread(total, weights), strict=True)))
        book[f"G08.L016.{column}"] = draft.count(factor, book["G07.L011.B"], 0.2)
    book["G08.L016.D"] = book["G07.L011.B"]
    for column in ahead:
        turnkey = book.total("G08", column, span(11, 15))
        book[f"G08.L017.{column}"] = round(turnkey * draft.dice.uniform(0.35, 0.6))
    book["G08.L017.D"] = book["G07.L012.A"]
    for line in span(11, 17):
        thousands = draft.dice.uniform(168, 205) * draft.prices * 1000
        book[f"G08.{line}.E"] = round(book[f"G08.{line}.D"] * thousands)


def _improvement(draft: Draft) -> None:
    """G09: works by nature, in dwellings and thousands of euros, and the demolitions of G07."""
    book, stock = draft.book, draft.dwellings
    shares = {"L011": 0.012, "L012": 0.016, "L013": 0.03, "L014": 0.008, "L015": 0.011, "L016": 0.004}
    costs = {"L011": 47, "L012": 33, "L013": 6.5, "L014": 5, "L015": 6, "L016": 9, "L021": 38, "L022": 36}
    for line, share in shares.items():
        book[f"G09.{line}.A"] = draft.count(share, stock)
        book[f"G09.{line}.B"] = draft.count(share, stock)
    demolished = book["G07.L024.A"]
    book.share(demolished, ["G09.L021.B", "G09.L022.B"], (0.7, 0.3))
    book.share(draft.count(1.2, demolished), ["G09.L021.A", "G09.L022.A"], (0.7, 0.3))
    for line, cost in costs.items():
        book[f"G09.{line}.C"] = round(book[f"G09.{line}.B"] * cost * 1000 * draft.prices * draft.jitter(0.15))


def _sales(draft: Draft) -> None:
    """G14: dwellings sold, the same that left the stock by sale; accession follows the kind of body."""
    book = draft.book
    occupants = book["G07.L021.A"]
    private = spread(occupants + book["G07.L023.A"], (0.55, 0.2, 0.25))
    book.put("G14", "A", dict(zip(span(11, 13), private, strict=True)))
    book["G14.L014.A"] = book["G07.L022.A"]
    units = max(1, round(usual_accession(draft.body) * draft.jitter(0.05)))
    book.share(units, [f"G14.{line}.A" for line in span(21, 24)], (0.45, 0.35, 0.12, 0.08))
    book["G14.L031.A"] = draft.count(0.08, units)
    book["G14.L032.A"] = draft.count(0.5, units)
    lines = [*span(21, 26)]
    weights = (0.05, 0.45, 0.3, 0.05, 0.1, 0.05)
    for column, factor in {"A": 1.1, "B": 1.05, "C": 1.7, "D": 1.0}.items():
        book.share(draft.count(factor, units, 0.15), [f"G08.{line}.{column}" for line in lines], weights)
    for line in lines:
        book[f"G08.{line}.E"] = round(book[f"G08.{line}.D"] * 192_000 * draft.prices)


def usual_accession(body: Body) -> float:
    """Homes sold in a year to first-time owners: the trade of a cooperative, a sideline elsewhere."""
    low, high = {"COOP": (24, 70), "SEM": (4, 16), "SA": (6, 30)}.get(body.kind, (2, 10))
    return body.trait("accession", low, high)
