"""Searches over all dossiers with rights, beside the bare SQL of the same criteria without; suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from authz.clock import midnight, today
from bench.ground import fastest
from bench.lists_ground import LAST
from bench.report import Measure
from models import fetch
from resolvers.criteria import Criteria, Sort
from resolvers.deadlines import LATE
from resolvers.finding_facets import facets
from resolvers.finding_suggestions import suggest_organisms, suggest_users
from resolvers.listing import search

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from authz import Viewer

_PAGE = """
SELECT d.*, o.siren, g.name, p.name AS platform_name FROM dossier d
JOIN organism o ON o.id = d.organism_id JOIN organization g ON g.id = o.organization_id
JOIN platform p ON p.code = d.platform {join} WHERE {where} ORDER BY {order}, d.id LIMIT 51
"""
_COUNT = "SELECT count(*) FROM dossier d WHERE {where}"
_FOLLOWER = (
    "LEFT JOIN assignment f ON f.dossier_id = d.id AND f.role = 'officer' "
    "LEFT JOIN user_account u ON u.id = f.user_id"
)
_NAMED = """d.organism_id IN (SELECT o.id FROM organism o
JOIN user_account u ON u.organization_id = o.organization_id
WHERE u.closed_at IS NULL AND lower({0}) LIKE '%%dur%%' AND lower({0}) LIKE '%%cam%%')"""


@dataclass(frozen=True, slots=True)
class Sought:
    """A search, and how one would write it in SQL without anyone's rights."""

    name: str
    criteria: Criteria
    where: str
    values: tuple[Any, ...] = ()
    sort: Sort = Sort.CODE
    order: str = "d.code"
    join: str = ""

    async def bare(self) -> None:
        """Its page and its number of rows."""
        await fetch(_COUNT.format(where=self.where), self.values)
        await fetch(_PAGE.format(where=self.where, order=self.order, join=self.join), self.values)


def _sought() -> Iterator[Sought]:
    day = today().date
    month, years = (day - timedelta(days=days) for days in (30, 3_000))
    since = "d.step_since >= %s"
    yield Sought(
        "words", Criteria(search="75 habitat"), "d.search LIKE '%%75%%' AND d.search LIKE '%%habitat%%'"
    )
    yield Sought("a month of passages", Criteria(passed_since=month), since, (midnight(month),))
    yield Sought("all passages", Criteria(passed_since=years), since, (midnight(years),))
    late = f"d.year = {LAST} AND {LATE}"
    yield Sought("late ones of a year", Criteria(late=True, year=LAST), late, (day,))
    named = _NAMED.format("u.first_name || ' ' || u.last_name")
    yield Sought("a user of the organism", Criteria(user="dur cam"), named)
    last = {"sort": Sort.STEP_SINCE, "order": "d.step_since"}
    yield Sought("all, by date of passage", Criteria(), "TRUE", **last)  # type: ignore[arg-type] # two fields by name
    names = {"sort": Sort.OFFICER, "order": "u.last_name, u.first_name, d.code", "join": _FOLLOWER}
    yield Sought("all, by follower", Criteria(), "TRUE", **names)  # type: ignore[arg-type] # three fields by name


async def searches(viewers: dict[str, Viewer], dossiers: int, rounds: int) -> AsyncIterator[Measure]:
    """Each search as each viewer; then facets and suggestions."""
    for sought in _sought():
        bare = await fastest(sought.bare, rounds)
        for name, viewer in viewers.items():
            run = partial(search, viewer, sought.criteria, sort=sought.sort)
            total = (await run()).total
            yield Measure(
                f"search of {sought.name}, page and exact total ({total:,}) of {dossiers:,} dossiers, {name}",
                await fastest(run, rounds),
                "ms",
                "page and total in bare SQL, without rights",
                bare,
                "<= 5 x",
            )
    async for measure in _while_typing(viewers, dossiers, rounds):
        yield measure


async def _while_typing(viewers: dict[str, Viewer], dossiers: int, rounds: int) -> AsyncIterator[Measure]:
    for name, viewer in viewers.items():
        typed: dict[str, Callable[[], Awaitable[object]]] = {
            "suggestions of organisms": partial(suggest_organisms, viewer, "habitat 1000"),
            "suggestions of users": partial(suggest_users, viewer, "dur cam"),
            "facets of all": partial(facets, viewer, Criteria()),
        }
        for words, run in typed.items():
            label = f"{words} of {dossiers:,} dossiers, {name}"
            yield Measure(label, await fastest(run, rounds), "ms", goal="<= 30")
