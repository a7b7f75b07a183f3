"""Which dossiers a viewer sees, as a set of organisms a campaign: what lists count and cut into pages.

A set is an integer, a bit an organism (`listing_memory`); the viewer's scope becomes sets of the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import itemgetter, or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from authz import Scope
    from resolvers.listing_memory import ListedCampaign, ListedOrganism, Memory, Places

EVERY = -1  # the set of all organisms, however many
# Organisms looked for at once among all campaigns: the first may fill the page, or fifty be needed.
_TOGETHER = 16

# Each byte of step bits that a viewer has in a campaign, and the set of the organisms that he has it on.
Visible = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer may see, by number of campaigns in the order of lists; `bits`: all bytes of step bits."""

    campaigns: dict[int, Visible]
    bits: frozenset[int]

    def within(self, campaigns: Collection[int]) -> Sight:
        """The same of these campaigns only."""
        return Sight({one: found for one, found in self.campaigns.items() if one in campaigns}, self.bits)


@dataclass(frozen=True, slots=True)
class Start:
    """The last row of the page before, by the summary's numbers. Both are 0 at the beginning."""

    organism: int = 0
    campaign: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A dossier by its names."""

    organism: ListedOrganism
    campaign: ListedCampaign


@dataclass(frozen=True, slots=True)
class Found:
    """The dossiers found: their organisms by number of the campaigns that have any, in the order of lists."""

    places: Places
    sets: dict[int, int]

    @property
    def total(self) -> int:
        """How many they are."""
        return sum(map(int.bit_count, self.sets.values()))

    def page(self, start: Start, first: int) -> list[Entry]:
        """The first of them behind `start`: by organism, then by campaign."""
        return list(islice(self._behind(start), first))

    def _behind(self, start: Start) -> Iterator[Entry]:
        ranks = self.places.ranks
        passed = ranks.get(start.campaign, 0)
        for organism, campaign in self._from(self.places.positions.get(start.organism, 0)):
            rank = ranks[campaign]
            if organism.id != start.organism or rank > passed:
                yield Entry(organism, self.places.campaigns[rank])

    def _from(self, position: int) -> Iterator[tuple[ListedOrganism, int]]:
        ahead = self._organisms(position)
        while together := list(islice(ahead, _TOGETHER)):
            asked = sum(1 << one.id for one in together)
            here = [(number, organisms) for number, organisms in self.sets.items() if organisms & asked]
            for one in together:
                yield from ((one, number) for number, organisms in here if organisms >> one.id & 1)

    def _organisms(self, position: int) -> Iterator[ListedOrganism]:
        """Those of whom anything is found, from a position on."""
        united = reduce(or_, self.sets.values(), 0)
        digits = self.places.in_order(united) if united else ""
        while (position := digits.find("1", position)) >= 0:
            yield self.places.organisms[position]
            position += 1


def found_in(memory: Memory, sight: Sight, steps: int, asked: int) -> Found:
    """What stands at one of the steps (a byte of step bits), of the organisms asked for, if it is seen."""
    columns = {bits: memory.tally.column(bits & steps) for bits in sight.bits}
    sets = {}
    for number, visible in sight.campaigns.items():
        organisms = 0
        for bits, whom in visible:
            organisms |= columns[bits][number] & whom
        organisms &= asked
        if organisms:
            sets[number] = organisms
    return Found(memory.places, sets)


def set_of(organisms: Iterable[ListedOrganism], places: Places) -> int:
    """The set of these organisms."""
    digits = bytearray(b"0") * (len(places.organisms) + 1)
    for organism in organisms:
        digits[-1 - organism.id] = ord("1")
    return int(digits, 2)


def sight_of(scope: Scope, places: Places) -> Sight:
    """The scope in the summary's terms, made once as long as neither changes."""
    kept = scope.memo.get("sight")
    if kept is None or kept[0] is not places:
        kept = scope.memo["sight"] = (places, _sight(scope, places))
    sight: Sight = kept[1]
    return sight


def _sight(scope: Scope, places: Places) -> Sight:
    order = _order(scope, places)
    known: dict[bytes, Visible] = {}
    campaigns = {}
    for campaign in places.campaigns:
        cell = scope.steps(campaign.platform, campaign.form, campaign.year)
        if any(cell):
            # Campaigns that are seen alike share their sets.
            campaigns[campaign.id] = known.get(cell) or known.setdefault(cell, tuple(_visible(cell, order)))
    return Sight(campaigns, frozenset(bits for visible in known.values() for bits, _ in visible))


def _order(scope: Scope, places: Places) -> list[int]:
    """For each bit, the highest first, the byte of a cell that speaks of its organism; 0 is nobody's."""
    bytes_of = {organism: place for place, organism in enumerate(scope.organisms, start=1)}
    order = [0] * (len(places.organisms) + 1)
    for organism in places.organisms:
        order[-1 - organism.id] = bytes_of.get(organism.organism_id, 0)
    return order


def _visible(cell: bytes, order: list[int]) -> Iterator[tuple[int, int]]:
    """Each byte of step bits in a cell, with the set of the organisms that it is said of."""
    # Nothing is seen where no organism is listed: the order has two places at least, and gives a tuple.
    flat = bytes(itemgetter(*order)(b"\0" + cell))
    for bits in sorted(set(flat) - {0}):
        digits = bytearray(b"0") * 256
        digits[bits] = ord("1")
        yield bits, int(flat.translate(digits), 2)
