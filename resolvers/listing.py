"""Lists of dossiers: one page by code and the exact total, counted from the summary of migration 0007.

One statement counts, finds the page and confirms the version of the policy: what it answers is of one moment.
Why so, and what was tried: docs/decisions/0010.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, decide, scope
from authz.authority import unavailable
from models import fetch
from resolvers import packs
from resolvers.dossiers import COLUMNS, row_of
from resolvers.folding import like_patterns
from resolvers.listing_places import Places, places_of, sight_of
from resolvers.paging import check_first, cursor_invalid, decode, encode
from resolvers.rows import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Scope, Viewer
    from forms import Step

# The policy or the summary's names may move between any two; three in a row while one asks is a fault.
ATTEMPTS = 3

# `now` alone decides whether anything is read: bit strings of late names would be of other organisms.
# `seen` keeps only where someone is seen: OFFSET 0 has the bits joined once, and then looked at.
_QUERY = """
WITH now AS MATERIALIZED (
    SELECT coalesce((SELECT max(version) FROM policy_version), 0) AS version,
           coalesce((SELECT max(id) FROM listed_organism), 0) AS organisms,
           coalesce((SELECT max(id) FROM listed_campaign), 0) AS campaigns
), seen AS MATERIALIZED (
    SELECT campaign, organisms
      FROM (SELECT t.campaign, t.organisms & m.bits{within} AS organisms
              FROM (SELECT *, (%s::int[])[campaign] AS profile FROM dossier_tally OFFSET 0) t
              JOIN unnest(%s::int[], %s::smallint[], %s::bit varying[]) AS m (profile, step, bits)
                   USING (profile, step)
             WHERE (SELECT (version, organisms, campaigns) FROM now) = (%s::int, %s::int, %s::int)
            OFFSET 0) met
     WHERE bit_count(organisms) > 0
), total AS MATERIALIZED (
    SELECT coalesce(sum(bit_count(organisms)), 0)::int AS total, bit_or(organisms) AS organisms FROM seen
), page AS (
    SELECT l.place, l.code, l.platform, l.organism_id, c.campaign, c.rank
      FROM (SELECT id AS place, code, platform, organism_id FROM listed_organism, total
             WHERE get_bit(total.organisms, id) = 1{beyond} ORDER BY code, platform, id) l
     CROSS JOIN LATERAL (SELECT campaign, rank
                           FROM (SELECT campaign, (%s::int[])[campaign] AS rank FROM seen
                                  WHERE get_bit(seen.organisms, l.place) = 1) here
                          WHERE l.place <> %s OR rank > %s ORDER BY rank LIMIT %s) c
     LIMIT %s
)
SELECT now.version AS version_now, now.organisms, now.campaigns, total.total, found.*
  FROM now CROSS JOIN total
  LEFT JOIN (SELECT page.place, page.campaign, page.rank, {columns}
               FROM page
               JOIN listed_campaign ON listed_campaign.id = page.campaign
               JOIN dossier d ON d.campaign_id = listed_campaign.campaign_id
                             AND d.organism_id = page.organism_id
               JOIN organism o ON o.id = d.organism_id
               JOIN organization g ON g.id = o.organization_id
               JOIN platform p ON p.code = d.platform) found ON TRUE
 ORDER BY found.code, found.platform, found.place, found.rank
"""
_WITHIN = """ & (WITH blank AS MATERIALIZED (SELECT dossier_tally_blank() AS bits)
                 SELECT bit_or(set_bit(blank.bits, id, 1)) FROM listed_organism l, blank WHERE {clauses})"""
_BEYOND = " AND (code, platform, id) >= (SELECT code, platform, id FROM listed_organism WHERE id = %s)"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a search asks for; `search` is the universal field (name, SIREN, code, department)."""

    search: str | None = None
    form: str | None = None
    year: int | None = None
    steps: tuple[Step, ...] = ()
    category: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class _Start:
    """The last row of the page before: an organism's place and a campaign. Both are 0 at the beginning."""

    place: int = 0
    campaign: int = 0

    def known(self, places: Places, seen: Scope) -> bool:
        """Whether it may be one of the viewer's own rows: nothing is counted from what he does not see."""
        if not self.place:
            return True
        if self.place > len(places.organisms):
            return False
        organism = places.organisms[self.place - 1]
        return organism in seen.organisms and any(
            seen.steps(one.platform, one.form, one.year)[seen.organisms.index(organism)]
            for one in places.campaigns
            if one.id == self.campaign
        )


async def search(viewer: Viewer, criteria: Criteria, first: int = 50, after: str | None = None) -> Page:
    """One page of the dossiers found, with the exact total (manual §6.4).

    By the organism's code, then by form and year. Raises Problem (AUTHORITY_UNAVAILABLE) when the policy
    does not stand still, Invalid (CURSOR_INVALID, FIRST_OUT_OF_BOUNDS).
    """
    check_first(first)
    start = _Start() if after is None else _start(after)
    places = await places_of(viewer.authority)
    for _attempt in range(ATTEMPTS):
        # Version and cells are of one policy: nothing is awaited between the two.
        version = viewer.authority.policy.version
        query, values = _asked(viewer, criteria, places, start)
        records = await fetch(query, [*values, version, *places.last, *_bounds(start, places, first)])
        if records[0]["version_now"] != version:
            await viewer.authority.refresh()
        elif (records[0]["organisms"], records[0]["campaigns"]) != places.last:
            places = await places_of(viewer.authority, late=True)
        elif not start.known(places, scope(viewer, Right.READ)):
            raise cursor_invalid()
        else:
            return await _page(viewer, records, first)
    raise unavailable()


def _asked(viewer: Viewer, criteria: Criteria, places: Places, start: _Start) -> tuple[str, list[Any]]:
    """The query, and its values as far as what is seen."""
    steps = [int(step) for step in criteria.steps]
    sight = sight_of(scope(viewer, Right.READ), places)
    clauses, words = _clauses(criteria)
    query = _QUERY.format(
        columns=COLUMNS,
        within=_WITHIN.format(clauses=" AND ".join(clauses)) if clauses else "",
        beyond=_BEYOND if start.place else "",
    )
    return query, [*words, *sight.arrays(criteria.form, criteria.year, steps)]


def _bounds(start: _Start, places: Places, first: int) -> list[int | str]:
    """Where the page begins, and how many rows tell that it has a next."""
    before = [start.place] if start.place else []
    return [*before, places.order, start.place, places.ranks.get(start.campaign, 0), first + 1, first + 1]


def _clauses(criteria: Criteria) -> tuple[list[str], list[Any]]:
    """What is asked of organisms, as dossiers repeat them; the department alone is today's."""
    equal = {
        "l.category = %s": criteria.category,
        "l.organism_id IN (SELECT id FROM organism WHERE department = %s)": criteria.department,
    }
    asked = [(clause, value) for clause, value in equal.items() if value is not None]
    asked += [("l.search LIKE %s", pattern) for pattern in like_patterns(criteria.search or "")]
    return [clause for clause, _ in asked], [value for _, value in asked]


async def _page(viewer: Viewer, records: Sequence[dict[str, Any]], first: int) -> Page:
    found = [record for record in records if record["id"] is not None]
    await packs.ensure({record["pack"] for record in found})
    rows = [(row_of(viewer, record), record) for record in found]
    # The summary is the database's own; should it ever be wrong, no dossier is shown for it.
    shown = [(row, record) for row, record in rows if decide(viewer, Right.READ, row.target).allowed]
    shown = shown[:first]
    return Page(
        rows=tuple(row for row, _ in shown),
        cursors=tuple(encode(f"{record['place']}|{record['campaign']}", row.id) for row, record in shown),
        total=records[0]["total"],
        has_next=len(found) > first,
    )


def _start(cursor: str) -> _Start:
    value, _ = decode(cursor)
    parts = re.fullmatch(r"([1-9][0-9]{0,8})\|([1-9][0-9]{0,8})", value)
    if parts is None:
        raise cursor_invalid()
    return _Start(int(parts[1]), int(parts[2]))
