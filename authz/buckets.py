"""What a policy tells apart: forms, years and days it names; all the others share one case.

A request may name any form, year or day. Sorting it into the few cases that the policy can tell
apart keeps the compiled tables bounded, whatever is asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

from authz.enforcement import Enforcement
from authz.lines import ANY_FORM
from authz.rules import OTHER_FORM, OTHER_YEAR, RuleIndex


class Buckets:
    """Named forms a platform, named years a platform and form (those of the consents)."""

    def __init__(self, enforcement: Enforcement, layers: Iterable[RuleIndex]) -> None:
        self._forms: dict[str, set[str]] = {}
        self._years: dict[tuple[str, str], set[int]] = {}
        for layer in layers:
            for platform, forms in layer.forms.items():
                self._forms.setdefault(platform, set()).update(forms)
        for domain in enforcement.profiles.domains():
            platform, form = domain.split("/")
            # A profile by default names no form: it is told apart where a form has one of its own.
            self._forms.setdefault(platform, set()).update({form} - {ANY_FORM})
        for domain in enforcement.consents.domains():
            platform, form, year = domain.split("/")
            self._forms.setdefault(platform, set()).add(form)
            self._years.setdefault((platform, form), set()).add(int(year))

    def forms(self, platform: str) -> set[str]:
        """The forms that the policy names on a platform."""
        return self._forms.get(platform, set())

    def years(self, platform: str, form: str) -> set[int]:
        """The years that consents name for a form."""
        return self._years.get((platform, form), set())

    def sort(self, platform: str, form: str, year: int) -> tuple[str, int]:
        """The case that a form and a year fall into."""
        if form not in self._forms.get(platform, ()):
            return OTHER_FORM, OTHER_YEAR
        named = year in self._years.get((platform, form), ())
        return form, year if named else OTHER_YEAR

    def __eq__(self, other: object) -> bool:
        """Whether both tell the same things apart."""
        return isinstance(other, Buckets) and (self._forms, self._years) == (other._forms, other._years)

    __hash__ = None  # type: ignore[assignment] # two that are equal may be told apart by their identity only


class Eras:
    """The spans of days between two dates on which a rule begins or ends; within one, nothing changes."""

    def __init__(self, dates: Iterable[tuple[str, str]]) -> None:
        starts = {date.min.isoformat()}
        for since, until in dates:
            starts.add(since)
            if (last := date.fromisoformat(until)) < date.max:
                starts.add((last + timedelta(days=1)).isoformat())
        self._starts = sorted(starts)

    def of(self, day: date) -> str:
        """The first day of the span that `day` lies in, in ISO form: it stands for all of them."""
        return self._starts[bisect_right(self._starts, day.isoformat()) - 1]

    def __contains__(self, first_day: str) -> bool:
        """Whether a span begins on this day."""
        found = bisect_left(self._starts, first_day)
        return self._starts[found : found + 1] == [first_day]
