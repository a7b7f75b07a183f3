"""What the summary of dossiers calls organisms and campaigns, and what a viewer may see of it.

The summary (migration 0007) holds, for each campaign and step, one bit for each listed organism; a viewer's
scope becomes bit strings of the same order. The names are only ever added, so a process keeps them, and the
list's query tells by the last of them whether they are late.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from models import fetch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from authz import Authority, Scope

WIDTH = 1024  # bit strings are a multiple of it long: migration 0007 says the same
STEPS = range(7)
# For each step, a byte of step bits → whether it has that step, as a digit of a bit string.
_DIGITS = [bytes(b"01"[bits >> step & 1] for bits in range(256)) for step in STEPS]


@dataclass(frozen=True, slots=True)
class ListedCampaign:
    """A campaign as dossiers repeat it."""

    id: int
    platform: str
    form: str
    year: int


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """All names that the summary uses: organisms by their place from 1, campaigns by number from 1.

    `ranks`: the places of the campaigns in a list; `order`: the same as PostgreSQL's array.
    """

    organisms: tuple[UUID, ...]
    campaigns: tuple[ListedCampaign, ...]
    ranks: dict[int, int]
    order: str

    @property
    def last(self) -> tuple[int, int]:
        """The last organism's and the last campaign's number: those that are late differ in them."""
        return len(self.organisms), len(self.campaigns)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer may see: the profile of each campaign, and a profile's bit strings by step.

    A profile is shared by all campaigns of which the same organisms are seen at the same steps; 0 sees none.
    `all`: both as PostgreSQL's arrays, since most ask for all that they may see.
    """

    campaigns: tuple[tuple[ListedCampaign, int], ...]
    profiles: tuple[tuple[int, int, str], ...]
    all: tuple[str, ...]

    def arrays(self, form: str | None, year: int | None, steps: Collection[int]) -> tuple[str, ...]:
        """As arrays: the profile of each campaign; then profile, step, bits of each bit string."""
        if form is None and year is None and not steps:
            return self.all
        taken = (
            profile if form in (None, campaign.form) and year in (None, campaign.year) else 0
            for campaign, profile in self.campaigns
        )
        kept = steps or STEPS
        return (_array(taken), *_columns([row for row in self.profiles if row[1] in kept]))


_known: WeakKeyDictionary[Authority, Places] = WeakKeyDictionary()


async def places_of(authority: Authority, *, late: bool = False) -> Places:
    """The names known to this process, or read again where the caller found that they are late."""
    known = _known.get(authority)
    if known is None or late:
        known = _known[authority] = await _read()
    return known


async def _read() -> Places:
    # Campaigns first: one that is added meanwhile comes with organisms that are in the second answer.
    campaigns = await fetch("SELECT id, platform, form, year FROM listed_campaign ORDER BY id")
    organisms = await fetch("SELECT organism_id FROM listed_organism ORDER BY id")
    listed = tuple(ListedCampaign(**record) for record in campaigns)
    in_order = sorted(listed, key=lambda campaign: (campaign.form, campaign.year, campaign.id))
    ranks = {campaign.id: rank for rank, campaign in enumerate(in_order)}
    places = tuple(record["organism_id"] for record in organisms)
    return Places(places, listed, ranks, _array(ranks[campaign.id] for campaign in listed))


def sight_of(scope: Scope, places: Places) -> Sight:
    """The scope in the summary's terms, made once as long as neither changes."""
    kept = scope.memo.get("sight")
    if kept is None or kept[0] is not places:
        kept = scope.memo["sight"] = (places, _sight(scope, places))
    sight: Sight = kept[1]
    return sight


def _sight(scope: Scope, places: Places) -> Sight:
    numbers: dict[bytes, int] = {}
    seen = []
    for campaign in places.campaigns:
        cell = scope.steps(campaign.platform, campaign.form, campaign.year)
        seen.append((campaign, numbers.setdefault(cell, len(numbers) + 1) if any(cell) else 0))
    order = _order(scope, places)
    profiles = [
        (number, step, digits)
        for cell, number in numbers.items()
        for step, digits in _bit_strings(cell, order)
    ]
    whole = (_array(profile for _, profile in seen), *_columns(profiles))
    return Sight(tuple(seen), tuple(profiles), whole)


def _order(scope: Scope, places: Places) -> list[int]:
    """For each bit of the summary, the byte of a cell that speaks of its organism; 0 is nobody's."""
    bytes_of = {organism: place for place, organism in enumerate(scope.organisms, start=1)}
    order = [0, *(bytes_of.get(organism, 0) for organism in places.organisms)]
    return order + [0] * (-len(order) % WIDTH)


def _bit_strings(cell: bytes, order: list[int]) -> list[tuple[int, str]]:
    """The steps at which anyone is seen, each with its bits in PostgreSQL's hexadecimal form."""
    flat = bytes(itemgetter(*order)(b"\0" + cell))
    digits = ((step, int(flat.translate(_DIGITS[step]), 2)) for step in STEPS)
    return [(step, f"X{bits:0{len(order) // 4}x}") for step, bits in digits if bits]


def _columns(rows: Sequence[tuple[int, int, str]]) -> tuple[str, str, str]:
    """Three arrays of a table of three columns."""
    return _array(row[0] for row in rows), _array(row[1] for row in rows), _array(row[2] for row in rows)


def _array(values: Iterable[object]) -> str:
    """As a text, which costs far less to send than a list."""
    return "{" + ",".join(map(str, values)) + "}"
