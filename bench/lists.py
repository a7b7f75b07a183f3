"""Lists of a million dossiers: a page and its exact total in a viewer's scope, beside the bare page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Right, convention_line
from bench.ground import at_once, fastest
from bench.lists_ground import ORGANISMS, platforms
from bench.lists_out import list_measures
from bench.lists_search import searches
from bench.report import Measure
from models import execute, fetch, transaction
from resolvers.criteria import Criteria, Sort
from resolvers.listing import search
from resolvers.paging import decode, encode
from resolvers.policy_changes import Change
from resolvers.policy_simulating import simulate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from authz import Viewer

_BARE = """
SELECT d.*, o.siren, g.name, p.name AS platform_name FROM dossier d
JOIN organism o ON o.id = d.organism_id JOIN organization g ON g.id = o.organization_id
JOIN platform p ON p.code = d.platform
ORDER BY d.code, d.id LIMIT 51
"""
_AT_ONCE, _CROSSINGS, _TURNS = 50, 300, 4


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """First page, deep page and criteria for each kind of viewer; then what keeping the summary costs."""
    years, rounds = (3, 20) if quick else (25, 60)
    async with platforms(years) as viewers:
        dossiers = await _number("SELECT count(*) AS n FROM dossier")
        bare = await fastest(lambda: fetch(_BARE), rounds)
        for name, viewer in viewers.items():
            async for measure in _pages(f"of {dossiers:,} dossiers, {name}", viewer, rounds, bare):
                yield measure
        minister = next(iter(viewers.values()))
        for words, criteria in (("one word", Criteria(search="100000042")), ("a year", Criteria(year=2024))):
            yield Measure(
                f"first page and exact total of {words} among {dossiers:,} dossiers",
                await fastest(partial(search, minister, criteria), rounds),
                "ms",
                goal="<= 5",
            )
        async for measure in searches(viewers, dossiers, 2 if quick else 4):
            yield measure
        yield await _simulation(minister, dossiers, 2 if quick else 5)
        async for measure in list_measures(minister, quick=quick):
            yield measure
        async for measure in _upkeep(100 if quick else _CROSSINGS):
            yield measure


async def _pages(name: str, viewer: Viewer, rounds: int, bare: float) -> AsyncIterator[Measure]:
    first = await search(viewer, Criteria())
    taken = await fastest(lambda: search(viewer, Criteria()), rounds)
    label = f"first page and exact total ({first.total:,}) {name}"
    beside = "the page in bare SQL, without scope nor total"
    yield Measure(label, taken, "ms", beside, bare, "<= 5")
    yield Measure(label, taken, "ms", beside, bare, "<= 20 x")
    if first.has_next:
        after = await _far(viewer)
        yield Measure(
            f"a page far down {name}",
            await fastest(lambda: search(viewer, Criteria(), 50, after), rounds),
            "ms",
            "the first page in bare SQL",
            bare,
            "<= 20 x",
        )


async def _simulation(viewer: Viewer, dossiers: int, rounds: int) -> Measure:
    """What a convention on one kind of organism would open to a partner, before it is saved."""
    line = convention_line(
        actor="partner:LATE",
        platform="MIN",
        organisms="category:OPH",
        right=Right.READ,
        steps="456",
        ref="art. 9",
    )
    change = Change("MIN", (line,), (), viewer.authority.version, "Mesure")
    found = await simulate(viewer, change)
    name = f"simulation of one convention, {found.gained:,} of {dossiers:,} dossiers gained"
    return Measure(name, await fastest(lambda: simulate(viewer, change), rounds), "ms", goal="<= 500")


async def _far(viewer: Viewer) -> str:
    """The cursor of a row of the last codes, found by its name, as one of the whole list.

    A cursor is of one search: this one is given the other's mark, as if one had walked there page by page.
    """
    whole = Criteria().mark(Sort.CODE, descending=False)
    for number in range(ORGANISMS, 0, -1):
        found = await search(viewer, Criteria(search=str(100_000_000 + number)), 1)
        if found.cursors:
            value, row = decode(found.cursors[0])
            return encode(f"{whole}|{value.partition('|')[2]}", row)
    return (await search(viewer, Criteria(), 1)).cursors[0]


async def _upkeep(count: int) -> AsyncIterator[Measure]:
    """The same crossings in one campaign with the summary and without, one by one and all at once."""
    dossiers = [
        row["id"]
        for row in await fetch(
            "SELECT id FROM dossier WHERE campaign_id = (SELECT max(id) FROM campaign) LIMIT %s", [count]
        )
    ]
    taken: dict[tuple[str, int], float] = {}
    # In turns, and the best of each: what else the machine does then weighs on both alike.
    for trigger in ("DISABLE", "ENABLE") * _TURNS:
        await execute(f"ALTER TABLE dossier {trigger} TRIGGER USER")
        if trigger == "ENABLE":
            await execute("SELECT dossier_tally_rebuild()")
        for width in (1, _AT_ONCE):
            runs: list[Callable[[], Awaitable[object]]] = [partial(_cross, one) for one in dossiers]
            found = await at_once(runs, width) / count * 1_000
            taken[trigger, width] = min(found, taken.get((trigger, width), found))
    for width in (1, _AT_ONCE):
        yield Measure(
            f"a transition, the summary kept with it, {width} at once in one campaign",
            taken["ENABLE", width],
            "ms",
            peer="the same update and history line without a summary",
            peer_value=taken["DISABLE", width],
        )
    faults = await _number("SELECT count(*) AS n FROM dossier_tally_faults()")
    yield Measure("differences between the summary and the dossiers after them", faults, "", goal="<= 0")


async def _cross(dossier: UUID) -> None:
    async with transaction():
        await execute(
            "UPDATE dossier SET step = (step + 1) %% 7, passes = passes + 1, step_since = now() "
            "WHERE id = %s",
            [dossier],
        )
        await execute(
            "INSERT INTO crossing (dossier_id, passage, move, source, target, at, reason) "
            "SELECT id, passes, 'bare', 4, 4, now(), '' FROM dossier WHERE id = %s",
            [dossier],
        )


async def _number(query: str) -> int:
    return int((await fetch(query))[0]["n"])
