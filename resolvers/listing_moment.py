"""What the database finds and what a process knows are of one moment: no policy replaced, nobody moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from authz import Right, scope
from authz.authority import unavailable
from authz.scope import Condition
from models import fetch
from resolvers.finding_standing import seen
from resolvers.listing_found import Eyes, sets_of, sum_of
from resolvers.listing_memory import caught_up, memory_of
from resolvers.listing_sets import bits_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from authz import Viewer
    from resolvers.criteria import Criteria
    from resolvers.listing_memory import Memory, Places
    from resolvers.listing_orders import Sets

    Read = Callable[[Eyes, Condition, Condition], Awaitable[list[dict[str, Any]]]]

T = TypeVar("T")
# The policy may move between any two; three times while one asks is a fault. A page that has moved twice is
# read of one snapshot the third time.
ATTEMPTS = 3
# As many dossiers are found faster by their names than by a condition on each of all.
NARROW = 30_000
# What has moved. The sequence alone says that nothing has, mostly; one that has gone back is of another past,
# and everything is told.
NOW = """
(SELECT coalesce((SELECT max(version) FROM policy_version), 0) AS version_now,
        coalesce((SELECT max(id) FROM listed_organism), 0) AS organisms,
        coalesce((SELECT max(id) FROM listed_campaign), 0) AS campaigns,
        clock.last_value < known.last AS gone_back,
        CASE WHEN clock.last_value <> known.last
             THEN (SELECT json_agg(json_build_array(campaign, step, organisms::text, moved))
                     FROM dossier_tally
                    WHERE moved > known.last OR clock.last_value < known.last) END AS moved
   FROM dossier_tally_clock clock, (SELECT %s::bigint AS last) known)"""
EVERY = Condition("dossier d", ())
_NAMED = """unnest(%s::int[], %s::uuid[]) named (campaign, organism)
JOIN dossier d ON d.campaign_id = named.campaign AND d.organism_id = named.organism"""


async def settled(viewer: Viewer, reckon: Callable[[Eyes, Memory], T]) -> T:
    """What is reckoned from all dossiers of one moment, of the policy in force then.

    Raises Problem (AUTHORITY_UNAVAILABLE).
    """
    memory = memory_of(viewer.authority)
    for _attempt in range(ATTEMPTS):
        eyes = Eyes(viewer.authority.policy, scope(viewer, Right.READ))
        now, *_ = await fetch(f"SELECT now.* FROM {NOW} now", [memory.tally.last])  # noqa: S608 - our own constant
        memory = await caught_up(viewer.authority, memory, now, fetch)
        if now["version_now"] == eyes.policy.version:
            return reckon(eyes, memory)
        await viewer.authority.refresh()
    raise unavailable()


async def of_one_moment(
    viewer: Viewer, criteria: Criteria, read: Read
) -> tuple[Eyes, Memory, list[dict[str, Any]]]:
    """What `read` finds among the dossiers that it is given, in a statement whose first row tells of now.

    Those are EVERY one, or the few that the process finds by sets, all of them his to see: where these have
    moved meanwhile, it is asked again, and at last of all. With it the memory as of that moment.

    Raises Problem (AUTHORITY_UNAVAILABLE).
    """
    memory = memory_of(viewer.authority)
    replaced = moved = 0
    while replaced < ATTEMPTS:
        eyes = Eyes(viewer.authority.policy, scope(viewer, Right.READ))
        sets = _few(eyes, criteria, memory) if moved < ATTEMPTS else None
        source = EVERY if sets is None else _named(sets, memory.places)
        records = await read(eyes, source, Condition(NOW, (memory.tally.last,)))
        before, memory = memory, await caught_up(viewer.authority, memory, records[0], fetch)
        if records[0]["version_now"] != eyes.policy.version:
            replaced += 1
            await viewer.authority.refresh()
        elif sets is None or memory is before or _few(eyes, criteria, memory) == sets:
            return eyes, memory, records
        else:
            moved += 1
    raise unavailable()


def within(viewer: Viewer, source: Condition) -> list[Condition]:
    """What every dossier is asked for its reader; those that are named are his by the sets of that moment."""
    return [seen(viewer, Right.READ)] if source is EVERY else []


def _few(eyes: Eyes, criteria: Criteria, memory: Memory) -> Sets | None:
    """What the criteria of sets leave of what is seen, if it is little."""
    sets = sets_of(eyes, criteria, memory)
    return sets if sum_of(sets) <= NARROW else None


def _named(sets: Sets, places: Places) -> Condition:
    """As texts, which cost far less to send than lists."""
    names = {one.id: str(one.organism_id) for one in places.organisms}
    campaigns, organisms = list[str](), list[str]()
    for number, found in sets.items():
        there = [names[bit] for bit in bits_of(found)]
        campaigns += [str(places.campaigns[places.ranks[number]].campaign_id)] * len(there)
        organisms += there
    return Condition(_NAMED, ("{" + ",".join(campaigns) + "}", "{" + ",".join(organisms) + "}"))
