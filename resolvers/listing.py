"""Lists of dossiers: one page by code and the exact total, counted in the process's memory of all.

One statement reads the page and confirms all that it was found from: what is answered is of one moment.
Why so, and what was tried: docs/decisions/0010.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, decide, scope
from authz.authority import unavailable
from models import fetch, snapshot
from resolvers import packs
from resolvers.criteria import Criteria, Sort
from resolvers.dossiers import COLUMNS, row_of
from resolvers.finding_keys import key_of
from resolvers.finding_sql import joined
from resolvers.finding_told import told
from resolvers.listing_cursors import of_entry, of_key, start_of
from resolvers.listing_found import Eyes, found, sets_of, sum_of
from resolvers.listing_memory import Memory, caught_up, memory_of
from resolvers.listing_moment import ATTEMPTS, NOW, of_one_moment, within
from resolvers.listing_orders import BY_SETS
from resolvers.listing_rows import Sorted, begins_after, read_page
from resolvers.paging import check_first, cursor_invalid
from resolvers.rows import Page

if TYPE_CHECKING:
    from authz import Authority, Scope, Viewer
    from authz.scope import Condition
    from models import Fetch
    from resolvers.listing_memory import Places
    from resolvers.listing_orders import Entry, Found, Start
# The first row is of no dossier: it tells what has moved.
_QUERY = f"""
SELECT now.*, {COLUMNS}
  FROM unnest(%s::int[], %s::uuid[]) WITH ORDINALITY AS asked (campaign_id, organism_id, number)
  LEFT JOIN {NOW} now ON asked.number = 1
  LEFT JOIN dossier d ON d.campaign_id = asked.campaign_id AND d.organism_id = asked.organism_id
  LEFT JOIN organism o ON o.id = d.organism_id
  LEFT JOIN organization g ON g.id = o.organization_id
  LEFT JOIN platform p ON p.code = d.platform
 ORDER BY asked.number
"""  # noqa: S608 - our own constant


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked for, by whom, in which order, from where on."""

    viewer: Viewer
    criteria: Criteria
    sort: Sort
    descending: bool
    first: int
    after: str | None

    @property
    def mark(self) -> str:
        """What its cursors say of it."""
        return self.criteria.mark(self.sort, descending=self.descending)

    @property
    def eyes(self) -> Eyes:
        """Version and cells of one policy: nothing is awaited between the two."""
        return Eyes(self.viewer.authority.policy, scope(self.viewer, Right.READ))

    def found(self, eyes: Eyes, memory: Memory) -> Found:
        """All that the process knows to be asked for; the exact total of criteria of sets."""
        return found(eyes, self.criteria, memory, self.sort, descending=self.descending)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A list as it is asked for, of one whole policy."""

    search: _Search
    eyes: Eyes
    start: Start

    def found(self, memory: Memory) -> tuple[int, list[Entry]]:
        """The exact total and the page, with one row more, that tells whether there are others."""
        found = self.search.found(self.eyes, memory)
        return found.total, found.page(self.start, self.search.first + 1)


@dataclass(frozen=True, slots=True)
class _Look:
    """What one statement told: the policy's version, the memory as of then, the list if its page stood."""

    version: int
    memory: Memory
    total: int = 0
    rows: list[tuple[Entry, dict[str, Any]]] | None = None


async def search(  # noqa: PLR0913 - a search has as many parts
    viewer: Viewer,
    criteria: Criteria,
    first: int = 50,
    after: str | None = None,
    *,
    sort: Sort = Sort.CODE,
    descending: bool = False,
) -> Page:
    """One page of the dossiers found, with the exact total (manual §6.4).

    By the sort, then by the organism's code, form and year. Raises Problem (AUTHORITY_UNAVAILABLE) when the
    policy does not stand still, Invalid (CURSOR_INVALID, FIRST_OUT_OF_BOUNDS, CRITERIA_TOO_LONG,
    CRITERIA_TOO_WIDE, DATE_INVALID).
    """
    check_first(first)
    criteria.check()
    asked = _Search(viewer, criteria, sort, descending, first, after)
    if criteria.by_sets and sort in BY_SETS:
        return await _by_sets(asked)
    return await _by_rows(asked)


async def _by_sets(search: _Search) -> Page:
    start = start_of(search.mark, search.after)
    memory = memory_of(search.viewer.authority)
    replaced = moved = 0
    while replaced < ATTEMPTS:
        asked = _Asked(search, search.eyes, start)
        look = await (_look(asked, memory, fetch) if moved < ATTEMPTS - 1 else _still(asked, memory))
        memory = look.memory
        if look.version != asked.eyes.policy.version:
            replaced += 1
            await search.viewer.authority.refresh()
        elif look.rows is None:
            moved += 1
        elif _may_begin(start, memory.places, asked.eyes.seen):
            return await _page(search, look.rows, look.total)
        else:
            raise cursor_invalid()
    raise unavailable()


async def _by_rows(search: _Search) -> Page:
    viewer, criteria = search.viewer, search.criteria
    kind = key_of(viewer, search.sort).type

    async def read(eyes: Eyes, source: Condition, now: Condition) -> list[dict[str, Any]]:
        after = await begins_after(eyes.seen, search.mark, search.after, kind)
        whole = joined([await told(viewer, criteria), *within(viewer, source)])
        counted, foreseen = not criteria.by_sets, criteria.foreseen
        asked = Sorted(source, whole, search.sort, search.descending, counted=counted, foreseen=foreseen)
        return await read_page(viewer, asked, now, after, search.first + 1)

    eyes, memory, records = await of_one_moment(viewer, criteria, read)
    # What the process knows is as of the same moment by now.
    total = sum_of(sets_of(eyes, criteria, memory)) if criteria.by_sets else records[0]["total"]
    return await _sorted_page(search, records, total)


async def warm(authority: Authority) -> None:
    """Read the summary before anyone asks: a tenth of a second for a million dossiers."""
    now, *_ = await fetch(_QUERY, _values([], Memory()))
    await caught_up(authority, Memory(), now, fetch)


async def _look(asked: _Asked, memory: Memory, read: Fetch) -> _Look:
    total, page = asked.found(memory)
    now, *records = await read(_QUERY, _values(page, memory))
    before, memory = memory, await caught_up(asked.search.viewer.authority, memory, now, read)
    look = _Look(now["version_now"], memory)
    if look.version != asked.eyes.policy.version:
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
            if look.rows is not None or look.version != asked.eyes.policy.version:
                return look
            memory = look.memory
    message = "a snapshot does not stand still"
    raise RuntimeError(message)


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


async def _page(search: _Search, read: list[tuple[Entry, dict[str, Any]]], total: int) -> Page:
    there = [(entry, record) for entry, record in read if record["id"] is not None]
    mark = search.mark
    cursors = [of_entry(mark, entry, record["id"]) for entry, record in there]
    return await _shown(search, [record for _, record in there], cursors, total)


async def _sorted_page(search: _Search, records: list[dict[str, Any]], total: int) -> Page:
    there = [record for record in records if record["id"] is not None]
    mark = search.mark
    return await _shown(search, there, [of_key(mark, one["key"], one["id"]) for one in there], total)


async def _shown(search: _Search, records: list[dict[str, Any]], cursors: list[str], total: int) -> Page:
    await packs.ensure({record["pack"] for record in records})
    rows = [row_of(search.viewer, record) for record in records]
    # What found them is our own; should it ever be wrong, no dossier is shown for it.
    may = [decide(search.viewer, Right.READ, row.target).allowed for row in rows]
    shown = [one for one, allowed in zip(zip(rows, cursors, strict=True), may, strict=True) if allowed]
    page = shown[: search.first]
    return Page(
        rows=tuple(row for row, _ in page),
        cursors=tuple(cursor for _, cursor in page),
        total=total,
        has_next=len(records) > search.first,
    )
