"""Which dossiers a viewer sees, as a set of organisms a campaign: what lists count and cut into pages.

A set is an integer, a bit an organism (`listing_memory`); the viewer's scope becomes sets of the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from authz import Scope
    from resolvers.listing_memory import ListedOrganism, Memory, Places
    from resolvers.listing_orders import Sets

EVERY = -1  # the set of all organisms, however many

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


def found_in(memory: Memory, sight: Sight, steps: int, asked: int) -> Sets:
    """What stands at one of the steps (a byte of step bits), of the organisms asked for, if it is seen."""
    columns = {bits: memory.tally.column(bits & steps) for bits in sight.bits}
    sets: Sets = {}
    for number, visible in sight.campaigns.items():
        organisms = 0
        for bits, whom in visible:
            organisms |= columns[bits][number] & whom
        organisms &= asked
        if organisms:
            sets[number] = organisms
    return sets


def set_of(organisms: Iterable[ListedOrganism], places: Places) -> int:
    """The set of these organisms."""
    digits = bytearray(b"0") * (len(places.organisms) + 1)
    for organism in organisms:
        digits[-1 - organism.id] = ord("1")
    return int(digits, 2)


def bits_of(organisms: int) -> Iterator[int]:
    """The numbers of a set, in time of how many they are."""
    while organisms:
        lowest = organisms & -organisms
        yield lowest.bit_length() - 1
        organisms ^= lowest


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
