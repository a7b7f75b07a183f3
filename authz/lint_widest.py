"""Of rules on the same names, the widest: found by what they say, not one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from authz.lint_extent import Extent

# Steps, whether consent is asked for, tabs.
Terms = tuple[int, bool, int]
# First days, in their order, and the rules that begin on them.
Front = tuple[list[str], list[Extent]]
FEW = 4


class Widest:
    """The rules of one effect on the same names that no other of the same terms outlasts.

    For each terms they are in the order of their first days, which is then that of their last days too:
    of those begun by a day, the last one lasts longest.
    """

    __slots__ = ("_fitting", "_fronts")

    def __init__(self, first: Extent) -> None:
        _, _, _, _, _, steps, since, _, consent, tabs, _ = first
        self._fronts: dict[Terms, Front] = {(steps, consent, tabs): ([since], [first])}
        self._fitting: dict[tuple[Terms, bool], list[Front]] | None = None

    def all(self) -> Iterator[Extent]:
        """All of them."""
        for _, rules in self._fronts.values():
            yield from rules

    def keep(self, extent: Extent) -> None:
        """Take one more, in the order of the lines; of two that say the same the first one stays."""
        _, _, _, _, _, steps, since, until, consent, tabs, _ = extent
        terms = (steps, consent, tabs)
        front = self._fronts.get(terms)
        if front is None:
            self._fronts[terms] = ([since], [extent])
            return
        days, rules = front
        place = bisect_right(days, since)
        if place and _until(rules[place - 1]) >= until:
            return
        last = place
        while last < len(rules) and _until(rules[last]) <= until:
            last += 1
        first = place - (place > 0 and days[place - 1] == since)
        days[first:last], rules[first:last] = [since], [extent]

    def covering(self, extent: Extent, *, same_who: bool) -> Iterator[Extent]:
        """For each terms that say at least as much, the one that covers the other's days, if any."""
        _, _, _, _, _, steps, since, until, consent, tabs, _ = extent
        for days, rules in self._fit((steps, consent, tabs), same_who=same_who):
            place = bisect_right(days, since)
            if place and _until(rules[place - 1]) >= until:
                yield rules[place - 1]

    def _fit(self, wanted: Terms, *, same_who: bool) -> list[Front]:
        found = None if self._fitting is None else self._fitting.get((wanted, same_who))
        if found is None:
            fronts = self._fronts.items()
            found = [front for terms, front in fronts if _include(terms, wanted, same_who=same_who)]
            # Most names have one rule only: nothing is worth remembering of them.
            if len(self._fronts) > FEW:
                self._fitting = self._fitting or {}
                self._fitting[wanted, same_who] = found
        return found


def _until(extent: Extent) -> str:
    return extent[7]


def _include(terms: Terms, wanted: Terms, *, same_who: bool) -> bool:
    steps, consent, tabs = terms
    return not wanted[0] & ~steps and (not consent or (wanted[1] and same_who)) and not wanted[2] & ~tabs
