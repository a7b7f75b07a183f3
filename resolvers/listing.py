"""Lists of dossiers: one page by code and the exact total, counted in the process's memory of all.

One statement reads the page and confirms all that it was found from: what is answered is of one moment.
Why so, and what was tried: docs/decisions/0010.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, decide, scope
from authz.authority import unavailable
from authz.rights import STEP_BIT
from models import fetch, snapshot
from resolvers import packs
from resolvers.criteria import Criteria
from resolvers.dossiers import COLUMNS, row_of
from resolvers.folding import fold
from resolvers.listing_memory import Memory, caught_up, memory_of
from resolvers.listing_sets import EVERY, Start, found_in, set_of, sight_of
from resolvers.paging import check_first, cursor_invalid, decode, encode
from resolvers.rows import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz import Authority, Scope, Viewer
    from authz.policy import Policy
    from models import Fetch
    from resolvers.listing_memory import ListedOrganism, Places
    from resolvers.listing_sets import Entry, Found

# The policy may move between any two; three times while one asks is a fault. A page that has moved twice is
# read of one snapshot the third time.
ATTEMPTS = 3

# The first row is of no dossier: it tells what has moved. The sequence alone says that nothing has, mostly;
# one that has gone back is of another past, and everything is told.
_QUERY = f"""
SELECT now.*, {COLUMNS}
  FROM unnest(%s::int[], %s::uuid[]) WITH ORDINALITY AS asked (campaign_id, organism_id, number)
  LEFT JOIN (SELECT coalesce((SELECT max(version) FROM policy_version), 0) AS version_now,
                    coalesce((SELECT max(id) FROM listed_organism), 0) AS organisms,
                    coalesce((SELECT max(id) FROM listed_campaign), 0) AS campaigns,
                    clock.last_value < known.last AS gone_back,
                    CASE WHEN clock.last_value <> known.last
                         THEN (SELECT json_agg(json_build_array(campaign, step, organisms::text, moved))
                                 FROM dossier_tally
                                WHERE moved > known.last OR clock.last_value < known.last) END AS moved
               FROM dossier_tally_clock clock, (SELECT %s::bigint AS last) known) now ON asked.number = 1
  LEFT JOIN dossier d ON d.campaign_id = asked.campaign_id AND d.organism_id = asked.organism_id
  LEFT JOIN organism o ON o.id = d.organism_id
  LEFT JOIN organization g ON g.id = o.organization_id
  LEFT JOIN platform p ON p.code = d.platform
 ORDER BY asked.number
"""  # noqa: S608 - our own constant


@dataclass(frozen=True, slots=True)
class _Asked:
    """A list as it is asked for, of one whole policy."""

    viewer: Viewer
    policy: Policy
    seen: Scope
    criteria: Criteria
    start: Start
    first: int

    def found(self, memory: Memory) -> tuple[int, list[Entry]]:
        """The exact total and the page, with one row more, that tells whether there are others."""
        found = _found(self.policy, self.seen, self.criteria, memory)
        return found.total, found.page(self.start, self.first + 1)


@dataclass(frozen=True, slots=True)
class _Look:
    """What one statement told: the policy's version, the memory as of then, the list if its page stood."""

    version: int
    memory: Memory
    total: int = 0
    rows: list[tuple[Entry, dict[str, Any]]] | None = None


async def search(viewer: Viewer, criteria: Criteria, first: int = 50, after: str | None = None) -> Page:
    """One page of the dossiers found, with the exact total (manual §6.4).

    By the organism's code, then by form and year. Raises Problem (AUTHORITY_UNAVAILABLE) when the policy
    does not stand still, Invalid (CURSOR_INVALID, FIRST_OUT_OF_BOUNDS).
    """
    check_first(first)
    start = Start() if after is None else _start(after)
    memory = memory_of(viewer.authority)
    replaced = moved = 0
    while replaced < ATTEMPTS:
        # Version and cells are of one policy: nothing is awaited between the two.
        asked = _Asked(viewer, viewer.authority.policy, scope(viewer, Right.READ), criteria, start, first)
        look = await (_look(asked, memory, fetch) if moved < ATTEMPTS - 1 else _still(asked, memory))
        memory = look.memory
        if look.version != asked.policy.version:
            replaced += 1
            await viewer.authority.refresh()
        elif look.rows is None:
            moved += 1
        elif _may_begin(start, memory.places, asked.seen):
            return await _page(viewer, look.rows, first, look.total)
        else:
            raise cursor_invalid()
    raise unavailable()


async def warm(authority: Authority) -> None:
    """Read the summary before anyone asks: a tenth of a second for a million dossiers."""
    now, *_ = await fetch(_QUERY, _values([], Memory()))
    await caught_up(authority, Memory(), now, fetch)


async def _look(asked: _Asked, memory: Memory, read: Fetch) -> _Look:
    total, page = asked.found(memory)
    now, *records = await read(_QUERY, _values(page, memory))
    before, memory = memory, await caught_up(asked.viewer.authority, memory, now, read)
    look = _Look(now["version_now"], memory)
    if look.version != asked.policy.version:
        return look
    if memory is not before:
        # What moved meanwhile is counted; only where other dossiers come up are they read again.
        total, later = asked.found(memory)
        if later != page:
            return look
    return _Look(look.version, memory, total, list(zip(page, records, strict=True)))


async def _still(asked: _Asked, memory: Memory) -> _Look:
    """The list of one snapshot: first what has moved until then, and then nothing moves any more.

    RuntimeError where it does all the same: the statement would be wrong, and asking again would never end.
    """
    async with snapshot() as read:
        for _look_of_two in range(2):
            look = await _look(asked, memory, read)
            if look.rows is not None or look.version != asked.policy.version:
                return look
            memory = look.memory
    message = "a snapshot does not stand still"
    raise RuntimeError(message)


def _found(policy: Policy, seen: Scope, criteria: Criteria, memory: Memory) -> Found:
    """All that the criteria ask for, as far as it is seen."""
    sight = sight_of(seen, memory.places)
    if (criteria.form, criteria.year) != (None, None):
        sight = sight.within(
            {
                campaign.id
                for campaign in memory.places.campaigns
                if criteria.form in (None, campaign.form) and criteria.year in (None, campaign.year)
            }
        )
    steps = sum(STEP_BIT[step] for step in set(criteria.steps)) or EVERY
    return found_in(memory, sight, steps, _asked(policy, criteria, memory.places))


def _asked(policy: Policy, criteria: Criteria, places: Places) -> int:
    """The set of organisms asked for, as dossiers repeat them; the department alone is today's."""
    words = fold(criteria.search or "").split()
    if not words and criteria.category is None and criteria.department is None:
        return EVERY
    organisms: Iterable[ListedOrganism] = places.organisms
    for word in words:
        organisms = [one for one in organisms if word in one.search]
    if criteria.category is not None:
        organisms = [one for one in organisms if one.category == criteria.category]
    if criteria.department is not None:
        known = policy.organisms.known.values()
        there = {organism.id for organism in known if organism.department == criteria.department}
        organisms = [one for one in organisms if one.organism_id in there]
    return set_of(organisms, places)


def _values(page: list[Entry], memory: Memory) -> list[Any]:
    """Names as texts, which cost far less to send than lists; the first row's is nobody's."""
    campaigns = ",".join(["NULL", *(str(entry.campaign.campaign_id) for entry in page)])
    organisms = ",".join(["NULL", *(str(entry.organism.organism_id) for entry in page)])
    return [f"{{{campaigns}}}", f"{{{organisms}}}", memory.tally.last]


def _may_begin(start: Start, places: Places, seen: Scope) -> bool:
    """Whether it may be one of the viewer's own rows: nothing is counted from what he does not see."""
    if not start.organism:
        return True
    position, rank = places.positions.get(start.organism), places.ranks.get(start.campaign)
    if position is None or rank is None:
        return False
    organism, campaign = places.organisms[position].organism_id, places.campaigns[rank]
    if organism not in seen.organisms:
        return False
    steps = seen.steps(campaign.platform, campaign.form, campaign.year)
    return steps[seen.organisms.index(organism)] > 0


async def _page(viewer: Viewer, read: list[tuple[Entry, dict[str, Any]]], first: int, total: int) -> Page:
    found = [(entry, record) for entry, record in read if record["id"] is not None]
    await packs.ensure({record["pack"] for _, record in found})
    rows = [(entry, row_of(viewer, record)) for entry, record in found]
    # The summary is the database's own; should it ever be wrong, no dossier is shown for it.
    shown = [(entry, row) for entry, row in rows if decide(viewer, Right.READ, row.target).allowed][:first]
    return Page(
        rows=tuple(row for _, row in shown),
        cursors=tuple(encode(f"{entry.organism.id}|{entry.campaign.id}", row.id) for entry, row in shown),
        total=total,
        has_next=len(found) > first,
    )


def _start(cursor: str) -> Start:
    value, _ = decode(cursor)
    parts = re.fullmatch(r"([1-9][0-9]{0,8})\|([1-9][0-9]{0,8})", value)
    if parts is None:
        raise cursor_invalid()
    return Start(int(parts[1]), int(parts[2]))
