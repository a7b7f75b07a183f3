"""Working capital: debtors, cash, suppliers and other short debts (A2, P2, T16, T17, G12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft

# Euros a dwelling at the end of a year.
DEBTORS = {
    "L120": 6,
    "L131": 205,
    "L132": 14,
    "L133": 11,
    "L134": 1,
    "L136": 42,
    "L137": 68,
    "L138": 620,
    "L141": 2,
    "L142": 5,
    "L143": 4,
    "L144": 3,
    "L145": 55,
    "L151": 260,
    "L152": 3,
    "L153": 0,
    "L154": 2300,
    "L155": 4,
    "L156": 0.6,
    "L160": 26,
    "L181": 0,
    "L183": 0,
    "L184": 0,
}
CREDITORS = {
    "L317": 338,
    "L318": 1,
    "L319": 5,
    "L320": 0.4,
    "L324": 0.6,
    "L325": 4,
    "L327": 0,
    "L328": 0.5,
    "L331": 47,
    "L332": 16,
    "L341": 205,
    "L342": 9,
    "L343": 52,
    "L344": 46,
    "L345": 105,
    "L351": 290,
    "L352": 0.4,
    "L353": 1,
    "L354": 5,
    "L355": 5,
    "L357": 62,
    "L361": 13,
    "L362": 6,
    "L363": 0.3,
    "L390": 0,
}
ACCRUED = {"L012": 92, "L013": 21, "L014": 9, "L015": 15, "L016": 24, "L017": 0.2}
DUE = {"L021": 0.7, "L022": 1, "L024": 0.6, "L025": 5, "L026": 16}


def draw_working(draft: Draft) -> None:
    """Balances at the end of the year. The bank is what the body wishes to keep: loans make up for it."""
    book, body = draft.book, draft.body
    for line, euros in DEBTORS.items():
        book[f"A2.{line}.B"] = draft.usual(f"A2.{line}", euros)
    if body.kind == "OPH" and body.trait("treasury", 0, 1) < 0.4:  # noqa: PLR2004 - two in five
        book["A2.L153.B"], book["A2.L154.B"] = book["A2.L154.B"], book["A2.L153.B"] + draft.usual("bank", 60)
    book["A2.L135.B"] = round(book["T07.L038.E"] * body.trait("doubtful", 1.12, 1.35))
    for line, euros in CREDITORS.items():
        book[f"P2.{line}.N"] = draft.usual(f"P2.{line}", euros)
    book["P2.L356.N"] = draft.usual("P2.L356", 6) if body.kind in {"SA", "COOP", "SEM"} else 0
    interest = book.total("C2", "N", ["L503", "L506", "L508"])
    book["P2.L326.N"] = round(interest * body.trait("accrued", 0.22, 0.4))
    for line in ("L181", "L183", "L184"):
        book[f"A2.{line}.D"] = 0
    _accruals(draft)
    _arrears(draft)


def _accruals(draft: Draft) -> None:
    """T16 and T17: what the balances hold of charges and income not yet billed, or billed ahead."""
    book = draft.book
    for line, euros in (ACCRUED | DUE).items():
        book[f"T16.{line}.N"] = draft.usual(f"T16.{line}", euros, width=0.1)
    book["T16.L011.N"] = book["P2.L326.N"]
    book["T16.L023.N"] = book["A2.L136.B"]
    book["T16.L027.N"] = book["A2.L155.B"]
    ahead = ("L011", "L012", "L013", "L016", "L017")
    book.share(book["A2.L160.B"], [f"T17.{line}.C" for line in ahead], (0.1, 0.5, 0.33, 0.05, 0.02))
    book.share(book["P2.L361.N"], [f"T17.{line}.D" for line in ahead], (0.75, 0, 0.2, 0.04, 0.01))
    book["T17.L014.D"], book["T17.L015.D"] = book["P2.L362.N"], book["P2.L363.N"]


def _arrears(draft: Draft) -> None:
    """G12: what tenants owe, by age; the doubtful part is account 416."""
    book = draft.book
    doubtful, sound = book["A2.L135.B"], book["A2.L131.B"]
    paid_for = round(sound * draft.body.trait("APL due", 0.25, 0.4))
    weights = (0.1, 0.22, 0.2, 0.48)
    for column, share in zip("ABCD", weights, strict=True):
        book[f"G12.L020.{column}"] = 0
        owed = round((sound - paid_for) * {"A": 0.72, "B": 0.2, "C": 0.03, "D": 0.05}[column])
        book[f"G12.L011.{column}"] = owed + round(doubtful * share)
    book.share(doubtful, [f"G12.L020.{column}" for column in "ABCD"], weights)
    left = sound + doubtful - paid_for - book.total("G12", "A", ["L011"])
    left -= sum(book[f"G12.L011.{column}"] for column in "BCD")
    book["G12.L011.A"] += left
    for column in "ABCD":
        whole = book[f"G12.L011.{column}"]
        cells = [f"G12.{line}.{column}" for line in span(11, 13)]
        book.share(whole, cells, (0.93, 0.04, 0.03))
    book["G12.L014.A"] = paid_for
    covered = book["T07.L038.E"]
    book.share(covered, [f"G12.{line}.E" for line in span(11, 14)], (0.94, 0.03, 0.03, 0))
    book["G12.L020.E"] = covered
    book["G12.L021.T"] = book["C1.L461.N"]
