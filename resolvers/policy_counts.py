"""How many dossiers lie in sets of organisms × steps: only the difference between two policies is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from authz.comparing import Case, Comparison
from authz.names import FORM, YEARS
from authz.rules import OTHER_FORM, OTHER_YEAR
from models import fetch

# Sets are numbered and sent once, whoever gains or loses them, at whatever right. The summary of the lists
# counts them: a bit an organism, a string a campaign and step.
_COUNT = """
WITH blank AS MATERIALIZED (SELECT dossier_tally_blank() AS bits), masks AS MATERIALIZED (
    SELECT wanted.number, s.step, bit_or(set_bit(blank.bits, l.id, 1))::bit varying AS organisms
    FROM unnest(%s::int[], %s::uuid[], %s::int[]) AS wanted (number, organism, steps)
    JOIN listed_organism l ON l.organism_id = wanted.organism AND l.platform = %s
    JOIN generate_series(0, 6) AS s (step) ON (wanted.steps >> s.step) & 1 = 1
    CROSS JOIN blank
    GROUP BY wanted.number, s.step)
SELECT masks.number, sum(bit_count(t.organisms & masks.organisms))::bigint AS dossiers
FROM masks JOIN dossier_tally t ON t.step = masks.step JOIN listed_campaign d ON d.id = t.campaign
WHERE d.platform = %s AND {form} AND {years}
GROUP BY masks.number"""

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
        for place, numbered in sets.items():
            await self._count(place, list(numbered))

    def of(self, case: Case, steps: int) -> int:
        """The dossiers of a set that was counted in the place of this case."""
        return self._counts.get(((case.platform, case.form, case.year), steps), 0)

    async def _count(self, place: Place, sets: list[int]) -> None:
        platform, form, year = place
        numbers, organisms, bits = self._rows(sets)
        form_sql, form_values = self._form(platform, form)
        year_sql, year_values = self._year(platform, form, year)
        rows = await fetch(
            _COUNT.format(form=form_sql, years=year_sql),
            [numbers, organisms, bits, platform, platform, *form_values, *year_values],
        )
        for row in rows:
            self._counts[place, sets[row["number"]]] = row["dossiers"]

    def _rows(self, sets: list[int]) -> tuple[list[int], list[UUID], list[int]]:
        numbers, organisms, bits = [], [], []
        ids = self._organisms.ids
        for number, steps in enumerate(sets):
            for place, found in enumerate(steps.to_bytes(len(ids), "little")):
                if found:
                    numbers.append(number)
                    organisms.append(ids[place])
                    bits.append(found)
        return numbers, organisms, bits

    def _form(self, platform: str, form: str) -> tuple[str, list[object]]:
        if form != OTHER_FORM:
            return "d.form = %s", [form]
        named = [one for one in self._comparison.forms(platform) if one != OTHER_FORM]
        return "d.form ~ %s AND d.form <> ALL(%s)", [f"^{FORM.pattern}$", named]

    def _year(self, platform: str, form: str, year: int) -> tuple[str, list[object]]:
        if year != OTHER_YEAR:
            return "d.year = %s", [year]
        named = [one for one in self._comparison.years(platform, form) if one != OTHER_YEAR]
        bounds: list[object] = [YEARS.start, YEARS.stop - 1]
        return "d.year BETWEEN %s AND %s AND d.year <> ALL(%s)", [*bounds, named]
