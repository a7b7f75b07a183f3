"""The same charges and income by activity (V1, V2), and by service of general interest or not (V3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.income import CHARGES
from resolvers.demo.books.ledger import span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Ledger

ACTIVITIES = ("GL", "FO", "AC", "LA", "PR", "AM", "SY", "PT", "AA", "SD")
Weights = tuple[float, ...]
COMMON: Weights = (86, 2.5, 2.5, 0.8, 0.1, 0.4, 1.2, 0.9, 1.2, 4.4)
RENTAL: Weights = (97, 3, 0, 0, 0, 0, 0, 0, 0, 0)
TRADE: Weights = (0, 0, 66, 30, 0, 4, 0, 0, 0, 0)
SERVICES: Weights = (30, 0, 0, 0, 4, 8, 30, 20, 8, 0)
# V1: what each line splits (cells of C1 by line and of C2), and by which weights.
CHARGE_LINES: dict[str, tuple[list[str], Weights]] = {
    "L012": (["L415"], RENTAL),
    "L013": (["L416"], RENTAL),
    "L014": (["L417", "L418"], RENTAL),
    "L015": (span(411, 414), COMMON),
    "L016": (["L419"], COMMON),
    "L017": (["L421", "L422"], COMMON),
    "L018": (["L420", *span(423, 426)], COMMON),
    "L021": (["L431"], COMMON),
    "L022": (["L432"], RENTAL),
    "L023": (["L433", "L434"], RENTAL),
    "L031": (["L441"], COMMON),
    "L032": (["L442"], COMMON),
    "L041": (span(451, 453), (92, 5, 0, 0, 0, 0, 0, 0, 0, 3)),
    "L042": (["L454"], RENTAL),
    "L043": (span(455, 457), (95, 3, 2, 0, 0, 0, 0, 0, 0, 0)),
    "L044": (["L458"], RENTAL),
    "L045": (["L459"], COMMON),
    "L051": (["L461"], RENTAL),
    "L052": (["L462", "L475"], COMMON),
}
MORE_CHARGES: dict[str, tuple[list[str], Weights]] = {
    "L061": (span(502, 505), RENTAL),
    "L062": (["L506", "L507"], TRADE),
    "L063": (["L501", *span(508, 510)], (0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
    "L071": (span(522, 524), RENTAL),
    "L072": (["L521", "L525", "L526"], COMMON),
    "L081": (["L531"], COMMON),
    "L082": (["L532"], (0, 0, 3, 1, 0, 1, 2, 2, 1, 0)),
}
INCOME_LINES: dict[str, tuple[str, list[str], Weights]] = {
    "L011": ("R1", ["L601", "L602"], TRADE),
    "L012": ("R1", ["L603"], RENTAL),
    "L014": ("R1", ["L612"], (1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    "L015": ("R1", span(613, 616), SERVICES),
    "L016": ("R1", ["L617", "L618"], COMMON),
    "L021": ("R1", ["L620"], TRADE),
    "L022": ("R1", span(631, 633), RENTAL),
    "L023": ("R1", span(641, 643), RENTAL),
    "L024": ("R1", ["L652"], RENTAL),
    "L025": ("R1", ["L651", *span(653, 655)], RENTAL),
    "L026": ("R1", ["L660"], COMMON),
    "L027": ("R1", ["L661", "L671"], COMMON),
    "L061": ("R2", ["L673"], (0, 0, 0, 0, 1, 0, 0, 0, 0, 0)),
    "L062": ("R2", ["L674", "L676"], (0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
    "L063": ("R2", ["L672", "L675", "L677", "L678"], (0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
    "L071": ("R2", ["L681", "L682"], RENTAL),
    "L072": ("R2", ["L683"], RENTAL),
    "L073": ("R2", ["L680", "L684", "L685"], COMMON),
}


def split_activities(draft: Draft) -> None:
    """V1 then V2; rents of homes are the homes', rents of unsold homes are location-accession's."""
    book = draft.book
    trade = book["C1.L401.N"] + book["C1.L403.N"] + book["C1.L404.N"] + book["C1.L405.N"]
    _share(
        draft,
        "V1.L011",
        book.total("C1", "R", CHARGES[:7]) + book.total("C1", "N", CHARGES[:7]) - trade,
        RENTAL,
    )
    _add(book, "V1.L011", trade, TRADE)
    for line, (sources, weights) in CHARGE_LINES.items():
        amount = book.total("C1", "R", sources) + book.total("C1", "N", sources)
        _share(draft, f"V1.{line}", amount, weights)
    for line, (sources, weights) in MORE_CHARGES.items():
        _share(draft, f"V1.{line}", book.total("C2", "N", sources), weights)
    _share(draft, "V1.L091", book.total("C1", "R", CHARGES), (96, 3, 0, 0.3, 0, 0, 0, 0, 0.7, 0))
    for line, (tab, sources, weights) in INCOME_LINES.items():
        _share(draft, f"V2.{line}", book.total(tab, "N", sources), weights)
    homes, waiting = book["R1.L608.N"], book["R1.L610.N"]
    rents = book.total("R1", "N", span(604, 611)) - homes - waiting
    for activity, amount in zip(ACTIVITIES, (rents, homes, 0, waiting, 0, 0, 0, 0, 0, 0), strict=True):
        book[f"V2.L013.{activity}"] = amount
    _units(draft)


def _share(draft: Draft, line: str, amount: int, weights: Sequence[float]) -> None:
    own = [weight * draft.body.trait(f"{rank} activity", 0.6, 1.4) for rank, weight in enumerate(weights)]
    own[0] = weights[0]
    draft.book.share(amount, [f"{line}.{activity}" for activity in ACTIVITIES], own)


def _add(book: Ledger, line: str, amount: int, weights: Sequence[float]) -> None:
    before = [book[f"{line}.{activity}"] for activity in ACTIVITIES]
    cells = [f"{line}.{activity}" for activity in ACTIVITIES]
    book.share(amount, cells, weights)
    for cell, kept in zip(cells, before, strict=True):
        book[cell] += kept


def _units(draft: Draft) -> None:
    """V2: how many dwellings, lots or files each activity handles."""
    book, trait = draft.book, draft.body.trait
    sold = book.total("G14", "A", span(21, 24))
    counts = [draft.dwellings, book["G07.L029.B"], round(sold * 0.66), round(sold * 0.34)]
    counts += [
        round(trait(name, 0, 60)) for name in ("loans", "lots", "flats run", "mandates", "other units")
    ]
    for activity, count in zip(ACTIVITIES, [*counts, 0], strict=True):
        book[f"V2.L093.{activity}"] = count


def split_service(draft: Draft) -> None:
    """V3: how much of each line serves the general interest; the result of that share is R2, L691."""
    book = draft.book
    both = ("R", "N")
    c1 = {
        line: sum(book.total("C1", column, lines) for column in both)
        for line, lines in {
            "L021": [*span(401, 407), *span(411, 426)],
            "L022": span(431, 434),
            "L023": ["L441", "L442"],
            "L024": [*span(451, 459), "L461", "L462", "L475"],
        }.items()
    }
    c2 = {"L025": span(501, 510), "L026": span(521, 526), "L027": ["L531", "L532"]}
    r1 = {
        "L011": ["L601", "L602"],
        "L012": ["L603"],
        "L013": span(604, 611),
        "L014": span(613, 618),
        "L015": ["L620", *span(631, 633)],
        "L016": [*span(641, 643), *span(651, 655), "L660", "L661", "L671"],
    }
    amounts = c1 | {line: book.total("C2", "N", lines) for line, lines in c2.items()}
    amounts |= {line: book.total("R1", "N", lines) for line, lines in r1.items()}
    amounts["L013"] -= book["R1.L612.N"]
    amounts |= {"L017": book.total("R2", "N", span(672, 678)), "L018": book.total("R2", "N", span(680, 685))}
    amounts |= {"L031": 0}
    _service_shares(draft, amounts)
    income, charges = span(11, 18), span(21, 27)
    book["R2.L691.N"] = book.total("V3", "A", income) - book.total("V3", "A", charges)
    for column, cell in {"A": "P1.L230.N", "B": "P1.L231.N"}.items():
        book[f"V3.L031.{column}"] = book[cell]


def _service_shares(draft: Draft, amounts: dict[str, int]) -> None:
    served = draft.body.trait("served", 0.93, 0.985)
    for line, amount in amounts.items():
        share = served * draft.body.trait(f"served {line}", 0.985, 1.01)
        draft.book.share(amount, [f"V3.{line}.A", f"V3.{line}.B"], (share, 1 - share))
