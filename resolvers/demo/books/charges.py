"""Operating charges and the people paid (C1, T22, G13), with the year's taxes (C2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import cents, spread

if TYPE_CHECKING:
    from resolvers.demo.books.draft import Draft

# Euros a dwelling: charged on to tenants, then borne by the body.
USUAL: dict[str, tuple[float | None, float]] = {
    "L402": (4, 7),
    "L406": (395, 33),
    "L407": (12, 16),
    "L411": (58, 18),
    "L412": (1, 11),
    "L413": (3, 19),
    "L414": (17, 24),
    "L415": (44, 310),
    "L416": (None, 490),
    "L417": (84, 22),
    "L418": (27, 36),
    "L419": (0, 63),
    "L420": (0, 29),
    "L421": (7, 17),
    "L422": (None, 41),
    "L423": (None, 11),
    "L424": (None, 13),
    "L425": (None, 36),
    "L426": (3, 92),
    "L431": (9, 62),
    "L432": (None, 535),
    "L433": (142, 7),
    "L434": (2, 16),
    "L462": (4, 12),
}
JOBS = [*span(11, 18), *span(20, 22)]
# Shares of the staff by job (G13), pay for one against the average, share charged on to tenants.
STAFF = (6, 7, 19, 8, 14, 6, 25, 6, 3, 1, 5)
PAY = (1.75, 1.2, 0.98, 0.95, 1.12, 0.88, 0.76, 1.3, 1.1, 1, 1.2)
CHARGED = (0, 0, 0, 0, 0.02, 0.1, 0.42, 0, 0, 0, 0)
GRADES = (3, 16, 24, 24, 24, 9)


def draw_charges(draft: Draft) -> None:
    """Purchases, services, taxes, staff; what provisions and depreciation cost is drawn elsewhere."""
    book = draft.book
    for line, (charged, borne) in USUAL.items():
        if charged is not None:
            book[f"C1.{line}.R"] = draft.usual(f"{line} R", charged)
        book[f"C1.{line}.N"] = draft.usual(f"{line} N", borne)
    _staff(draft)
    _depreciation(draft)
    book["C1.L461.N"] = draft.usual("written off", 27, width=0.1)
    book["C1.L475.N"] = 0
    book.put(
        "C2",
        "N",
        {
            "L509": 0,
            "L510": draft.usual("C2.L510", 0.8, width=0.3),
            "L521": draft.usual("C2.L521", 9, width=0.2),
            "L525": draft.usual("C2.L525", 13, width=0.2),
            "L531": draft.usual("C2.L531", 3) if draft.body.kind in {"SA", "SEM"} else 0,
            "L532": draft.usual("C2.L532", 6),
        },
    )


def _staff(draft: Draft) -> None:
    """G13 and T22: as many full-time equivalents by job as by grade, and the pay that C1 shows."""
    book = draft.book
    full_time = draft.usual("staff", 0.0158, width=0.02) / draft.prices
    people = spread(round(full_time), STAFF)
    wage = draft.body.trait("wage", 31_500, 36_500) * draft.prices
    for job, count, pay, charged in zip(JOBS, people, PAY, CHARGED, strict=True):
        gross = cents(count / 100 * wage * pay * draft.jitter(0.02))
        book[f"G13.{job}.A"] = round(count / 100 * draft.jitter(0.04))
        book[f"G13.{job}.B"] = count
        book[f"G13.{job}.C"] = gross
        book[f"G13.{job}.D"] = round(gross * draft.jitter(0.02) * 0.42)
        book[f"G13.{job}.E"] = round(gross * 1.42 * charged)
    recovered = book.total("G13", "E", JOBS)
    parts = spread(recovered, (0.71, 0.29))
    for line, column, part in zip(("L441", "L442"), "CD", parts, strict=True):
        book[f"C1.{line}.R"] = part
        book[f"C1.{line}.N"] = book.total("G13", column, JOBS) - part
    _grades(draft, sum(people))


def _grades(draft: Draft, people: int) -> None:
    public = draft.body.trait("public servants", 0.05, 0.35) if draft.body.kind == "OPH" else 0
    for grade, count in zip(span(11, 16), spread(people, GRADES), strict=True):
        cells = [f"T22.{grade}.{column}" for column in "ABM"]
        draft.book.share(count, cells, (1 - public - 0.01, public, 0.01))


def _depreciation(draft: Draft) -> None:
    """C1, 6811 and 6812: the allowances of T05."""
    book = draft.book
    book["C1.L451.N"] = book.total("T05", "B", span(11, 13))
    book["C1.L452.N"] = book.total("T05", "B", ["L023", "L024", "L025", "L029"])
    book["C1.L453.N"] = book.total("T05", "B", span(26, 28))
    book["C1.L454.N"] = book["T05.L040.B"]
