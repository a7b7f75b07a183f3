"""How many dossiers each value of a facet has: the other criteria applied, its own left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from forms import Step
from models import Invalid, fetch_planned
from resolvers.finding_sql import joined
from resolvers.finding_told import told
from resolvers.listing_found import sets_of, sum_of
from resolvers.listing_moment import of_one_moment, settled, within
from resolvers.listing_sets import set_of

if TYPE_CHECKING:
    from authz import Viewer
    from authz.scope import Condition
    from resolvers.criteria import Criteria
    from resolvers.listing_found import Eyes
    from resolvers.listing_memory import Memory
    from resolvers.listing_orders import Sets

# The first row always tells of the moment.
_COUNTED = """
SELECT * FROM (SELECT *, 1::bigint AS place FROM {now} known) now
  FULL JOIN (SELECT step, category, form, year, count(*) AS n, row_number() OVER () AS number
               FROM {source} WHERE {condition} GROUP BY 1, 2, 3, 4) counted ON counted.number = now.place
 ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Facets:
    """The values that have any dossier, each with its number: steps, kinds and forms up, years down."""

    steps: tuple[tuple[Step, int], ...]
    categories: tuple[tuple[str, int], ...]
    forms: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]


async def facets(viewer: Viewer, criteria: Criteria) -> Facets:
    """What a list could be narrowed to. Raises as `listing.search`."""
    criteria.check()
    if criteria.by_sets:
        return await settled(viewer, partial(_reckoned, criteria))
    try:
        return await _counted(viewer, criteria, without_facets(criteria))
    except Invalid as wide:
        if wide.code != "CRITERIA_TOO_WIDE":
            raise
        # What is read one by one stays within what the list itself has asked.
        return await _counted(viewer, criteria, criteria)


def without_facets(criteria: Criteria) -> Criteria:
    """The criteria that are no facet."""
    none = {"form": None, "year": None, "category": None, "forms": (), "years": (), "categories": ()}
    return replace(criteria, steps=(), **none)  # type: ignore[arg-type] # each is blank for its field


def _reckoned(criteria: Criteria, eyes: Eyes, memory: Memory) -> Facets:
    by_id = {campaign.id: campaign for campaign in memory.places.campaigns}
    by_step = {step: sum_of(sets_of(eyes, replace(criteria, steps=(step,)), memory)) for step in Step}
    forms: Counter[str] = Counter()
    for campaign, organisms in sets_of(eyes, replace(criteria, form=None, forms=()), memory).items():
        forms[by_id[campaign].form] += organisms.bit_count()
    years: Counter[int] = Counter()
    for campaign, organisms in sets_of(eyes, replace(criteria, year=None, years=()), memory).items():
        years[by_id[campaign].year] += organisms.bit_count()
    kinds = sets_of(eyes, replace(criteria, category=None, categories=()), memory)
    return _facets(by_step, _by_category(memory, kinds), forms, years)


def _by_category(memory: Memory, sets: Sets) -> dict[str, int]:
    places = memory.places
    found = {}
    for category in sorted({one.category for one in places.organisms}):
        among = set_of([one for one in places.organisms if one.category == category], places)
        found[category] = sum_of({campaign: organisms & among for campaign, organisms in sets.items()})
    return found


async def _counted(viewer: Viewer, criteria: Criteria, asked: Criteria) -> Facets:
    """The same in the database: each combination once, which few are."""

    async def read(_: Eyes, source: Condition, now: Condition) -> list[dict[str, Any]]:
        whole = joined([await told(viewer, asked), *within(viewer, source)])
        query = _COUNTED.format(now=now.sql, source=source.sql, condition=whole.sql)
        return await fetch_planned(query, [*now.values, *source.values, *whole.values])

    _eyes, _memory, records = await of_one_moment(viewer, asked, read)
    return _summed(criteria, [record for record in records if record["step"] is not None])


def _summed(criteria: Criteria, records: list[dict[str, Any]]) -> Facets:
    wanted = {
        "step": {int(step) for step in criteria.steps},
        "category": criteria.all_categories,
        "form": criteria.all_forms,
        "year": criteria.all_years,
    }
    counts: dict[str, Counter[Any]] = {name: Counter() for name in wanted}
    for record in records:
        misses = {name for name, values in wanted.items() if values and record[name] not in values}
        for name in wanted:
            if misses <= {name}:
                counts[name][record[name]] += record["n"]
    steps = {Step(step): number for step, number in counts["step"].items()}
    return _facets(steps, counts["category"], counts["form"], counts["year"])


def _facets(
    steps: dict[Step, int], categories: dict[str, int], forms: dict[str, int], years: dict[int, int]
) -> Facets:
    return Facets(
        tuple((step, number) for step, number in sorted(steps.items()) if number),
        tuple((category, number) for category, number in sorted(categories.items()) if number),
        tuple((form, number) for form, number in sorted(forms.items()) if number),
        tuple((year, number) for year, number in sorted(years.items(), reverse=True) if number),
    )
