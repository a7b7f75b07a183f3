"""The annexes that inform without being checked: commitments, elements of several lines, land (T01, T10…)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.loans import LOANS
from resolvers.demo.books.opening import LAND

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft

# T01, euros a dwelling.
COMMITMENTS = {
    "L011": 12,
    "L012": 85,
    "L013": 1250,
    "L014": 20,
    "L015": 9,
    "L016": 0,
    "L017": 30,
    "L018": 15,
    "L021": 1150,
    "L023": 55,
    "L024": 310,
    "L025": 60,
    "L026": 25,
    "L028": 8,
    "L031": 120,
    "L032": 40,
}
# T19: charges then income of earlier years, euros a dwelling.
EARLIER = {
    "L011": (3, 9),
    "L012": (4, 6),
    "L013": (5, 2),
    "L014": (1, 1),
    "L015": (0.5, 2),
    "L016": (0.4, 0.5),
    "L017": (2, 4),
    "L018": (2, 2),
}


def draw_annexes(draft: Draft) -> None:
    """Each annex agrees with the balance sheet where it repeats it."""
    for line, euros in COMMITMENTS.items():
        draft.book[f"T01.{line}.N"] = draft.usual(f"T01.{line}", euros, width=0.12)
    draft.book["T01.L022.N"] = round(draft.book.total("F06", "E", LOANS) * 0.93)
    draft.book["T03.L023.N"] = 0
    for line, pair in EARLIER.items():
        for column, each in zip("CD", pair, strict=True):
            draft.book[f"T19.{line}.{column}"] = draft.usual(f"T19.{line}{column}", each, width=0.25)
    _shared(draft)
    _stocks_at_market(draft)
    _acquisition_costs(draft)
    _leaders(draft)
    _land(draft)


def _shared(draft: Draft) -> None:
    """T10: the part of balance-sheet lines that concerns related companies."""
    book = draft.book
    wholes = {
        "L011": book["A1.L051.B"],
        "L012": book["A1.L052.B"],
        "L013": book["A1.L056.B"],
        "L014": book["A2.L131.B"] // 20,
        "L015": book["A2.L142.B"],
        "L021": book["P2.L322.N"],
        "L022": book["P2.L324.N"],
        "L023": book["P2.L341.N"] // 15,
        "L024": book["P2.L354.N"],
        "L031": book["R2.L672.N"],
        "L032": book["R2.L675.N"] // 4,
        "L033": book["C2.L510.N"] // 3,
    }
    for line, whole in wholes.items():
        book.share(whole, [f"T10.{line}.A", f"T10.{line}.B"], (0.7, 0.3))
        book[f"T10.{line}.C"] = 0


def _stocks_at_market(draft: Draft) -> None:
    """T12: what is in stock at cost, and at the last price known."""
    book = draft.book
    held = book["A2.L151.B"]
    values = [book["A2.L111.B"], book.total("A2", "B", span(112, 116)), book["A2.L117.B"]]
    values += [round(held * 0.6), round(held * 0.3), held - round(held * 0.6) - round(held * 0.3)]
    for line, value in zip(span(11, 16), values, strict=True):
        book[f"T12.{line}.A"] = value
        book[f"T12.{line}.B"] = round(value * draft.dice.uniform(1.0, 1.06))


def _acquisition_costs(draft: Draft) -> None:
    book = draft.book
    bases = {"A": book["T04.L024.B"] + book["T04.L042.B"], "B": book["T04.L026.B"], "C": book["C1.L401.N"]}
    for column, base in bases.items():
        costs = round(base * draft.dice.uniform(0.012, 0.02))
        book.share(costs, [f"T13.{line}.{column}" for line in span(11, 15)], (0.3, 0.2, 0.2, 0.2, 0.1))


def _leaders(draft: Draft) -> None:
    """T21: the board costs little, the management is paid."""
    book, body = draft.book, draft.body
    pay = round((9_000_000 + body.dwellings * 700) * draft.prices * body.trait("leaders", 0.85, 1.2))
    board = (0, 900_000, 450_000, 0, 0)
    managers = (pay, 0, 380_000, 0, 0)
    for column, amounts in {"A": board, "B": managers}.items():
        for line, amount in zip(span(11, 15), amounts, strict=True):
            book[f"T21.{line}.{column}"] = round(amount * draft.jitter(0.1))


def _land(draft: Draft) -> None:
    """G03: bare land in hectares and in the accounts."""
    book, before = draft.book, draft.before
    for line in LAND:
        book[f"G03.{line}.B"] = round(before[f"G03.{line}.D"] * draft.dice.uniform(0.02, 0.12))
        book[f"G03.{line}.C"] = round(before[f"G03.{line}.D"] * draft.dice.uniform(0.02, 0.1))
        moved = book[f"G03.{line}.B"] - book[f"G03.{line}.C"]
        book[f"G03.{line}.D"] = before[f"G03.{line}.D"] + moved
        book[f"G03.{line}.F"] = round(draft.body.trait(f"{line} held", 2, 11)) + draft.year - 2023
    book.share(book["A1.L021.B"], ["G03.L011.E", "G03.L012.E"], (0.55, 0.45))
    book.share(book["A2.L111.B"], ["G03.L013.E", "G03.L014.E"], (0.4, 0.6))
