"""What a process knows of all dossiers: which organisms and campaigns they name, and who stands where.

It is the summary of migration 0007, kept in memory; the list's own statement tells what of it has moved since
(migration 0010). Names are only ever added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from authz import Authority
    from models import Fetch
    from resolvers.listing_orders import Order

# A line of the summary: campaign, step, the organisms there as PostgreSQL writes their bits, when it moved.
Moved = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True)
class ListedOrganism:
    """An organism as dossiers repeat it; `id` is its bit in every set."""

    id: int
    organism_id: UUID
    code: str
    category: str
    search: str


@dataclass(frozen=True, slots=True)
class ListedCampaign:
    """A campaign as dossiers repeat it."""

    id: int
    campaign_id: int
    platform: str
    form: str
    year: int


@dataclass(frozen=True, eq=False)
class Places:
    """All names that the summary uses: organisms by code, campaigns by form and year, as lists show them."""

    organisms: tuple[ListedOrganism, ...] = ()
    campaigns: tuple[ListedCampaign, ...] = ()
    # Other orders than by code, made when first asked, each with the organisms that it was made of.
    orders: dict[tuple[str, bool], tuple[object, Order]] = field(default_factory=dict)

    @property
    def last(self) -> tuple[int, int]:
        """The last organism's and the last campaign's number: they count without a gap."""
        return len(self.organisms), len(self.campaigns)

    @cached_property
    def ranks(self) -> dict[int, int]:
        """Where each campaign stands in a list."""
        return {campaign.id: rank for rank, campaign in enumerate(self.campaigns)}

    @cached_property
    def positions(self) -> dict[int, int]:
        """Where each organism stands in a list."""
        return {organism.id: position for position, organism in enumerate(self.organisms)}


@dataclass(frozen=True, slots=True)
class Tally:
    """Who stands where when `last` was the latest move; a later tally is one of its own.

    `steps`: for each campaign's number, its steps with the set of the organisms there. A set is an integer:
    the bit of an organism's number says that it is there.
    """

    last: int = 0
    steps: tuple[Mapping[int, int], ...] = ({},)
    _columns: dict[int, list[int]] = field(default_factory=dict)

    def column(self, bits: int) -> list[int]:
        """For each campaign's number, the organisms at one of the steps of a byte of step bits."""
        # Rules speak of few different steps: they are united once.
        found = self._columns.get(bits)
        if found is None:
            found = self._columns[bits] = [_united(steps, bits) for steps in self.steps]
        return found

    def after(self, moved: Iterable[Moved], campaigns: int) -> Tally:
        """The same with the lines that moved since, and so many campaigns."""
        last, changed = self.last, set()
        steps = [*self.steps, *({} for _ in range(len(self.steps), campaigns + 1))]
        for campaign, step, bits, at in moved:
            # The first bit of the text is that of number 0, the lowest of an integer.
            steps[campaign] = {**steps[campaign], step: int(bits[::-1], 2)}
            changed.add(campaign)
            last = max(last, at)
        return Tally(last, tuple(steps), {bits: self._later(bits, steps, changed) for bits in self._columns})

    def _later(self, bits: int, steps: list[Mapping[int, int]], changed: Iterable[int]) -> list[int]:
        column = self._columns[bits] + [0] * (len(steps) - len(self.steps))
        for campaign in changed:
            column[campaign] = _united(steps[campaign], bits)
        return column


def _united(steps: Mapping[int, int], bits: int) -> int:
    return reduce(or_, (organisms for step, organisms in steps.items() if bits >> step & 1), 0)


@dataclass(frozen=True, slots=True)
class Memory:
    """Names and tally; names may be ahead of the tally, never behind: it has a place for each of them."""

    places: Places = Places()
    tally: Tally = Tally()

    @property
    def age(self) -> tuple[int, int, int]:
        """Which of two memories is the later."""
        return (self.tally.last, *self.places.last)


_memories: WeakKeyDictionary[Authority, Memory] = WeakKeyDictionary()


def memory_of(authority: Authority) -> Memory:
    """What the process knows; nothing at first."""
    return _memories.get(authority) or Memory()


async def caught_up(authority: Authority, memory: Memory, now: Mapping[str, Any], read: Fetch) -> Memory:
    """The memory as of the statement that told the last names (`organisms`, `campaigns`) and what `moved`.

    Where the database's clock has `gone_back`, it has another past: nothing of the memory holds, nor names.
    """
    if now["gone_back"]:
        memory = Memory()
    organisms, campaigns = memory.places.last
    late = organisms < now["organisms"] or campaigns < now["campaigns"]
    if not (late or now["moved"] or now["gone_back"]):
        return memory
    places = await _read(read) if late else memory.places
    found = Memory(places, memory.tally.after(now["moved"] or (), len(places.campaigns)))
    # Another request may have read more meanwhile: what it found stays the process's.
    if now["gone_back"] or found.age > memory_of(authority).age:
        _memories[authority] = found
    return found


async def _read(read: Fetch) -> Places:
    # Campaigns first: one that is added meanwhile comes with organisms that are in the second answer.
    campaigns = await read(
        "SELECT id, campaign_id, platform, form, year FROM listed_campaign ORDER BY form, year, id"
    )
    organisms = await read(
        "SELECT id, organism_id, code, category, search FROM listed_organism ORDER BY code, platform, id"
    )
    return Places(
        tuple(ListedOrganism(**record) for record in organisms),
        tuple(ListedCampaign(**record) for record in campaigns),
    )
