"""The stock by funding, age, size and energy, and who lives in it (G05, G06, G10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.demo.books.ledger import span
from resolvers.demo.books.money import spread_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.demo.books.draft import Draft

OVERSEAS = frozenset({"971", "972", "973", "974", "976"})
FUNDINGS = span(11, 26)
# In the order of G05: HBM… HLM/O, ILM, PLAI, minored, PLA, acquisition, PLUS… overseas, others, free.
MAINLAND_SHARES = (6, 29, 1.5, 6, 1.5, 16, 3, 22, 1, 6, 1, 3, 0.6, 0, 0.9, 2.5)
OVERSEAS_SHARES = (0, 3, 0, 4, 0, 6, 1, 2, 0, 5, 1, 0, 0, 75, 1, 2)
# Rent level by funding, the ordinary one being 1.
LEVELS = (0.9, 0.92, 1.3, 0.95, 0.97, 1.08, 1.05, 1.04, 1.02, 1.35, 1.6, 0.98, 1.3, 1.05, 1.1, 1.7)
# G06: its three ways of telling the same dwellings apart.
BLOCKS: dict[str, tuple[list[str], Sequence[float]]] = {
    "age": (span(11, 18), (6, 9, 30, 14, 9, 11, 11, 10)),
    "rooms": (span(21, 25), (6, 18, 37, 29, 10)),
    "energy": (span(31, 38), (2, 7, 29, 36, 14, 4, 1.5, 6.5)),
}


def draw_tenancy(draft: Draft) -> None:
    """Share the closing stock out in each of the ways that the form asks for."""
    detached = round(draft.dwellings * draft.body.trait("detached", 0.06, 0.28))
    stock = {"A": draft.dwellings - detached, "B": detached}
    vacant = round(draft.dwellings * draft.body.trait("vacant", 0.012, 0.045) * draft.jitter(0.08))
    _funding(draft, stock, vacant)
    _blocks(draft, stock, vacant)
    _occupation(draft, vacant)


def _own(draft: Draft, name: str, shares: Sequence[float]) -> list[float]:
    return [share * draft.body.trait(f"{name}{rank}", 0.6, 1.4) for rank, share in enumerate(shares)]


def _funding(draft: Draft, stock: dict[str, int], vacant: int) -> None:
    book = draft.book
    overseas = draft.body.department in OVERSEAS
    shares = _own(draft, "funding", OVERSEAS_SHARES if overseas else MAINLAND_SHARES)
    for column, count in stock.items():
        book.share(count, [f"G05.{line}.{column}" for line in FUNDINGS], shares)
    totals = [book[f"G05.{line}.A"] + book[f"G05.{line}.B"] for line in FUNDINGS]
    book.put("G05", "V", dict(zip(FUNDINGS, spread_within(vacant, totals), strict=True)))
    surface = draft.body.trait("surface", 60, 69)
    for line, total in zip(FUNDINGS, totals, strict=True):
        own = draft.body.trait(f"surface {line}", 0.95, 1.05)
        book[f"G05.{line}.S"] = round(total * surface * own * 100)


def share_rents(draft: Draft) -> None:
    """G05, rents by funding: they add up to the rents of all dwellings (G11)."""
    book = draft.book
    rents = book["G11.L011.A"] + book["G11.L012.A"]
    weights = [book[f"G05.{line}.S"] * level for line, level in zip(FUNDINGS, LEVELS, strict=True)]
    book.share(rents, [f"G05.{line}.L" for line in FUNDINGS], weights)


def _blocks(draft: Draft, stock: dict[str, int], vacant: int) -> None:
    book = draft.book
    priority = round(draft.dwellings * draft.body.trait("priority", 0.08, 0.38))
    for name, (lines, shares) in BLOCKS.items():
        own = _own(draft, name, shares)
        for column, count in stock.items():
            book.share(count, [f"G06.{line}.{column}" for line in lines], own)
        totals = [book[f"G06.{line}.A"] + book[f"G06.{line}.B"] for line in lines]
        for column, count in {"V": vacant, "Z": priority}.items():
            book.put("G06", column, dict(zip(lines, spread_within(count, totals), strict=True)))


def _occupation(draft: Draft, vacant: int) -> None:
    """G10: vacancy, allotments, departures, benefits and proceedings."""
    book, stock = draft.book, draft.dwellings
    book.share(vacant, [f"G10.{line}.N" for line in span(11, 13)], (0.34, 0.22, 0.44))
    allotted, left = draft.count(0.084, stock, 0.1), draft.count(0.081, stock, 0.1)
    aided, summoned = draft.count(0.49, stock, 0.05), draft.count(0.012, stock, 0.2)
    book.put(
        "G10",
        "N",
        {
            "L021": draft.usual("G10.L021", 118),
            "L022": draft.usual("G10.L022", 26),
            "L031": allotted,
            "L032": draft.count(0.21, allotted, 0.1),
            "L033": draft.count(0.03, allotted),
            "L034": left,
            "L036": draft.count(0.17, left, 0.1),
            "L041": aided,
            "L042": draft.count(0.024, stock),
            "L043": draft.count(0.74, aided, 0.05),
            "L044": summoned,
            "L045": draft.count(0.13, summoned),
            "L046": draft.count(0.028, stock, 0.2),
        },
    )
