"""Own funds: last year's result appropriated, grants received and used up (P1, T02, G15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.income import result_of
from resolvers.demo.books.ledger import span

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft

# P1 line ← T02 line that feeds it.
FED = {"L217": "L021", "L218": "L022", "L219": "L023", "L220": "L024", "L221": "L025"}
GRANTS = [*span(241, 247)]
EMPLOYERS = ["L011", "L012"]


def draw_equity(draft: Draft) -> None:
    """P1 from last year's and its appropriation, then this year's own."""
    book, before = draft.book, draft.before
    for line in [*span(211, 216)]:
        book[f"P1.{line}.N"] = before[f"P1.{line}.N"]
    for line, source in FED.items():
        book[f"P1.{line}.N"] = before[f"P1.{line}.N"] + before[f"T02.{source}.N"]
    book["P1.L230.N"] = before["T02.L028.G"]
    book["P1.L231.N"] = before["T02.L028.N"] - before["T02.L028.G"]
    book["P1.L260.N"], book["P1.L261.N"] = before["P1.L260.N"], before["P1.L261.N"]
    _capital(draft)
    _grants(draft)


def _capital(draft: Draft) -> None:
    """New shares, for those that have shares."""
    book = draft.book
    raised = draft.body.kind in {"SA", "COOP", "SEM"} and draft.dice.random() < 0.25  # noqa: PLR2004 - one year in four
    amount = round(draft.before["P1.L211.N"] * 0.04) if raised else 0
    book["P1.L211.N"] += amount
    book["F09.L036.N"] = amount


def _grants(draft: Draft) -> None:
    book, before = draft.book, draft.before
    spent = book.total("T04", "B", ["L024", "L042"])
    received = round(spent * draft.body.trait("grants", 0.06, 0.11) * draft.jitter(0.1))
    weights = (0.38, 0.13, 0.13, 0.22, 0.05, 0, 0.09)
    book.share(received, [f"P1.{line}.N" for line in GRANTS], weights)
    for line in GRANTS:
        book[f"P1.{line}.N"] += before[f"P1.{line}.N"]
    employers = 0
    for line, euros in zip(EMPLOYERS, (0.6, 1.4), strict=True):
        book[f"G15.{line}.B"] = draft.usual(f"G15.{line}", euros, width=0.2)
        book[f"G15.{line}.C"] = 0
        book[f"G15.{line}.D"] = before[f"G15.{line}.D"] + book[f"G15.{line}.B"]
        employers += book[f"G15.{line}.B"]
    book["P1.L246.N"] += employers
    book["P1.L248.N"] = before["P1.L248.N"] + book["R2.L683.N"]
    book["F09.L032.N"], book["F09.L051.N"] = received + employers, 0


def appropriate(draft: Draft) -> None:
    """T02: where the result is put; what nobody claims is carried forward."""
    book = draft.book
    result, served = result_of(book), book["R2.L691.N"]
    carried = book["P1.L230.N"]
    book["T02.L011.N"], book["T02.L011.G"] = carried + book["P1.L231.N"], carried
    book["T02.L013.N"] = book["T02.L013.G"] = 0
    shares = _shares(draft) if result > 0 else {}
    for line in span(21, 27):
        amount = round(result * shares.get(line, 0))
        book[f"T02.{line}.N"] = amount
        book[f"T02.{line}.G"] = round(amount * served / result) if result > 0 else 0
    for column, whole in {"N": result, "G": served}.items():
        origins = book[f"T02.L011.{column}"] + whole
        book[f"T02.L028.{column}"] = origins - book.total("T02", column, span(21, 27))


def _shares(draft: Draft) -> dict[str, float]:
    own = draft.body.trait("kept", 0.5, 0.8)
    if draft.body.kind == "OPH":
        return {"L023": own, "L024": 0.12, "L025": 0.05}
    paid = {"SA": 0.03, "SEM": 0.06, "COOP": 0.02}.get(draft.body.kind, 0)
    return {"L021": 0.05, "L022": 0.12, "L024": 0.1, "L025": own - 0.2, "L026": paid}
