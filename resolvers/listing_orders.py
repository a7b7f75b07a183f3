"""The orders of lists that a process makes from what it knows: of organisms, then of campaigns and steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import islice
from operator import itemgetter, or_
from typing import TYPE_CHECKING

from resolvers.criteria import Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from authz.policy import Policy
    from resolvers.listing_memory import ListedCampaign, ListedOrganism, Places

# Organisms looked for at once among all campaigns: the first may fill the page, or fifty be needed.
_TOGETHER = 16
OF_ORGANISMS = frozenset({Sort.CODE, Sort.NAME, Sort.CATEGORY, Sort.SIREN, Sort.DEPARTMENT})
BY_SETS = OF_ORGANISMS | {Sort.FORM, Sort.YEAR, Sort.STEP}
# Organisms by number of the campaigns that have any.
Sets = dict[int, int]


@dataclass(frozen=True, eq=False)
class Order:
    """All organisms in the order of one sort."""

    organisms: tuple[ListedOrganism, ...]

    @cached_property
    def positions(self) -> dict[int, int]:
        """Where each organism stands."""
        return {organism.id: position for position, organism in enumerate(self.organisms)}

    @cached_property
    def _digits(self) -> Callable[[str], Iterable[str]]:
        """Of a set's digits, the highest first, the organisms' in this order."""
        return itemgetter(*(-1 - organism.id for organism in self.organisms))

    def within(self, organisms: int, position: int = 0) -> Iterator[ListedOrganism]:
        """Those of a set, from a position on."""
        digits = "".join(self._digits(f"{organisms:0{len(self.organisms) + 1}b}")) if organisms else ""
        while (position := digits.find("1", position)) >= 0:
            yield self.organisms[position]
            position += 1


@dataclass(frozen=True, slots=True)
class Start:
    """The last row of the page before, by the summary's numbers, and its group. 0 at the beginning."""

    organism: int = 0
    campaign: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A dossier by its names, and the group that it is listed in."""

    organism: ListedOrganism
    campaign: ListedCampaign
    group: str


@dataclass(frozen=True, slots=True)
class Found:
    """The dossiers found, group after group; in each by organism, then by campaign."""

    places: Places
    order: Order
    groups: Mapping[str, Sets]

    @property
    def total(self) -> int:
        """How many they are."""
        return sum(organisms.bit_count() for sets in self.groups.values() for organisms in sets.values())

    def page(self, start: Start, first: int) -> list[Entry]:
        """The first of them behind `start`."""
        return list(islice(self._behind(start), first))

    def _behind(self, start: Start) -> Iterator[Entry]:
        ahead = iter(self.groups.items())
        if start.organism:
            for group, sets in ahead:
                if group == start.group:
                    yield from self._rest(group, sets, start)
                    break
        for group, sets in ahead:
            for organism, campaign in self._from(sets, 0):
                yield Entry(organism, self._campaign(campaign), group)

    def _rest(self, group: str, sets: Sets, start: Start) -> Iterator[Entry]:
        ranks = self.places.ranks
        passed = ranks.get(start.campaign, 0)
        for organism, campaign in self._from(sets, self.order.positions.get(start.organism, 0)):
            if organism.id != start.organism or ranks[campaign] > passed:
                yield Entry(organism, self._campaign(campaign), group)

    def _campaign(self, number: int) -> ListedCampaign:
        return self.places.campaigns[self.places.ranks[number]]

    def _from(self, sets: Sets, position: int) -> Iterator[tuple[ListedOrganism, int]]:
        ahead = self.order.within(reduce(or_, sets.values(), 0), position)
        while together := list(islice(ahead, _TOGETHER)):
            asked = sum(1 << one.id for one in together)
            here = [(number, organisms) for number, organisms in sets.items() if organisms & asked]
            for one in together:
                yield from ((one, number) for number, organisms in here if organisms >> one.id & 1)


def order_of(places: Places, policy: Policy, sort: Sort, *, descending: bool) -> Order:
    """The organisms by a sort; by code where the sort is of campaigns or steps. Equal ones are by code."""
    if sort not in OF_ORGANISMS:
        sort, descending = Sort.CODE, False
    kept = places.orders.get((sort, descending))
    # What is not as dossiers repeat it is the policy's of today.
    if kept is None or kept[0] is not policy.organisms:
        found = Order(tuple(sorted(places.organisms, key=_key(places, policy, sort), reverse=descending)))
        kept = places.orders[sort, descending] = (policy.organisms, found)
    return kept[1]


def _key(places: Places, policy: Policy, sort: Sort) -> Callable[[ListedOrganism], str | int]:
    if sort is Sort.CODE:
        # As the database orders codes, whatever its collation.
        ranks = {code: rank for rank, code in enumerate(dict.fromkeys(one.code for one in places.organisms))}
        return lambda one: ranks[one.code]
    if sort is Sort.NAME:
        return lambda one: one.search
    if sort is Sort.CATEGORY:
        return lambda one: one.category
    known = {fact.id: fact for fact in policy.organisms.known.values()}
    texts = {key: fact.department if sort is Sort.DEPARTMENT else fact.key for key, fact in known.items()}
    return lambda one: texts.get(one.organism_id, "")


def grouped(places: Places, sort: Sort, sets: Sets, *, descending: bool) -> dict[str, Sets]:
    """What was found, by form or by year; each of them, for a page may begin in an empty one."""
    if sort not in {Sort.FORM, Sort.YEAR}:
        return {"": sets}
    by_form = sort is Sort.FORM
    of = {one.id: one.form if by_form else f"{one.year:06}" for one in places.campaigns}
    groups: dict[str, Sets] = {group: {} for group in sorted(set(of.values()), reverse=descending)}
    for campaign, organisms in sets.items():
        groups[of[campaign]][campaign] = organisms
    return groups
