"""How many dossiers lie in sets of organisms × steps: only the difference between two policies is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from authz.comparing import Case, Comparison
from authz.names import FORM, YEARS
from authz.rules import OTHER_FORM, OTHER_YEAR
from models import fetch

# One statement counts every set in every place: sets are sent once, whoever gains or loses them, at whatever
# right, and a place is a list of campaigns. The summary of the lists counts them: a bit an organism, a string
# for each campaign and step; a string has bits of its own platform's organisms only.
_COUNT = """
WITH blank AS MATERIALIZED (SELECT dossier_tally_blank() AS bits), masks AS MATERIALIZED (
    SELECT wanted.number, s.step, bit_or(set_bit(blank.bits, l.id, 1))::bit varying AS organisms
    FROM unnest(%s::bytea[]) WITH ORDINALITY AS wanted (cell, number)
    CROSS JOIN unnest(%s::uuid[]) WITH ORDINALITY AS o (organism, place)
    JOIN listed_organism l ON l.organism_id = o.organism
    JOIN generate_series(0, 6) AS s (step) ON (get_byte(wanted.cell, o.place::int - 1) >> s.step) & 1 = 1
    CROSS JOIN blank
    GROUP BY wanted.number, s.step)
SELECT asked.place, asked.number, sum(bit_count(t.organisms & masks.organisms))::bigint AS dossiers
FROM unnest(%s::int[], %s::int[], %s::int[]) AS asked (campaign, place, number)
JOIN dossier_tally t USING (campaign) JOIN masks USING (number, step)
GROUP BY asked.place, asked.number"""
_CAMPAIGNS = "SELECT id, platform, form, year FROM listed_campaign WHERE platform = ANY(%s)"

# Platform, form, year: where a set is counted.
Place = tuple[str, str, int]


class Counter:
    """Counts the dossiers of sets (a byte of step bits an organism) over the places of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._organisms = comparison.after.organisms
        self._counts: dict[tuple[Place, int], int] = {}

    async def count(self, wanted: Iterable[tuple[Case, int]]) -> None:
        """Count each set in the place of its case; `of` tells the numbers afterwards."""
        sets: dict[Place, dict[int, None]] = defaultdict(dict)
        for case, steps in wanted:
            if steps:
                sets[case.platform, case.form, case.year].setdefault(steps)
        if sets:
            await self._count(sets)

    def of(self, case: Case, steps: int) -> int:
        """The dossiers of a set that was counted in the place of this case."""
        return self._counts.get(((case.platform, case.form, case.year), steps), 0)

    async def _count(self, sets: dict[Place, dict[int, None]]) -> None:
        ids = self._organisms.ids
        places = list(sets)
        distinct = list(dict.fromkeys(steps for here in sets.values() for steps in here))
        asked = await self._asked(sets, places, {steps: number for number, steps in enumerate(distinct, 1)})
        cells = [steps.to_bytes(len(ids), "little") for steps in distinct]
        for row in await fetch(_COUNT, [cells, "{" + ",".join(map(str, ids)) + "}", *asked]):
            self._counts[places[row["place"]], distinct[row["number"] - 1]] = row["dossiers"]

    async def _asked(
        self, sets: dict[Place, dict[int, None]], places: list[Place], numbers: dict[int, int]
    ) -> tuple[list[int], list[int], list[int]]:
        """In which campaign, for which place, which set is counted: three columns."""
        campaigns, of_places, of_sets = [], [], []
        order = {place: number for number, place in enumerate(places)}
        named = self._named(places)
        for campaign in await fetch(_CAMPAIGNS, [sorted({platform for platform, _, _ in places})]):
            for place in _places_of(campaign, *named):
                for steps in sets.get(place, ()):
                    campaigns.append(campaign["id"])
                    of_places.append(order[place])
                    of_sets.append(numbers[steps])
        return campaigns, of_places, of_sets

    def _named(self, places: Iterable[Place]) -> tuple[dict[str, set[str]], dict[tuple[str, str], set[int]]]:
        """The forms named on each platform, and the years of each form, the case of all others left out."""
        forms = {platform for platform, _, _ in places}
        years = {(platform, form) for platform, form, _ in places}
        return (
            {one: set(self._comparison.forms(one)) - {OTHER_FORM} for one in forms},
            {one: set(self._comparison.years(*one)) - {OTHER_YEAR} for one in years},
        )


def _places_of(
    campaign: dict[str, Any], forms: dict[str, set[str]], years: dict[tuple[str, str], set[int]]
) -> Iterator[Place]:
    """The places that a campaign lies in: its own form and year, or the case of all that nobody names."""
    platform, own, year = campaign["platform"], campaign["form"], campaign["year"]
    other = own not in forms[platform] and FORM.fullmatch(own) is not None
    for form in (own, OTHER_FORM) if other else (own,):
        yield platform, form, year
        if year in YEARS and year not in years.get((platform, form), ()):
            yield platform, form, OTHER_YEAR
