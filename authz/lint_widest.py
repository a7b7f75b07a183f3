"""Of rules on the same names, the widest: found by what they say, not one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from authz.lint_extent import Extent

# Steps, whether consent is asked for, tabs.
Terms = tuple[int, bool, frozenset[str] | None]
FEW = 4
_SINCE = attrgetter("since")


class Widest:
    """The rules of one effect on the same names that no other of the same terms outlasts.

    For each terms they are in the order of their first days, which is then that of their last days too:
    of those begun by a day, the last one lasts longest.
    """

    __slots__ = ("_fitting", "_fronts")

    def __init__(self, first: Extent) -> None:
        self._fronts: dict[Terms, list[Extent]] = {(first.steps, first.consent, first.tabs): [first]}
        self._fitting: dict[tuple[Terms, bool], list[list[Extent]]] | None = None

    def all(self) -> Iterator[Extent]:
        """All of them."""
        for front in self._fronts.values():
            yield from front

    def keep(self, extent: Extent) -> None:
        """Take one more, in the order of the lines; of two that say the same the first one stays."""
        front = self._fronts.setdefault((extent.steps, extent.consent, extent.tabs), [])
        place = bisect_right(front, extent.since, key=_SINCE)
        if place and front[place - 1].until >= extent.until:
            return
        last = place
        while last < len(front) and front[last].until <= extent.until:
            last += 1
        front[place - (place > 0 and front[place - 1].since == extent.since) : last] = [extent]

    def covering(self, extent: Extent, *, same_who: bool) -> Iterator[Extent]:
        """For each terms that say at least as much, the one that covers the other's days, if any."""
        wanted = (extent.steps, extent.consent, extent.tabs)
        for front in self._fit(wanted, same_who=same_who):
            place = bisect_right(front, extent.since, key=_SINCE) if len(front) > 1 else 1
            if place and front[place - 1].until >= extent.until and front[place - 1].since <= extent.since:
                yield front[place - 1]

    def _fit(self, wanted: Terms, *, same_who: bool) -> list[list[Extent]]:
        found = None if self._fitting is None else self._fitting.get((wanted, same_who))
        if found is None:
            fronts = self._fronts.items()
            found = [front for terms, front in fronts if _include(terms, wanted, same_who=same_who)]
            # Most names have one rule only: nothing is worth remembering of them.
            if len(self._fronts) > FEW:
                self._fitting = self._fitting or {}
                self._fitting[wanted, same_who] = found
        return found


def _include(terms: Terms, wanted: Terms, *, same_who: bool) -> bool:
    steps, consent, tabs = terms
    return (
        not wanted[0] & ~steps
        and (not consent or (wanted[1] and same_who))
        and (tabs is None or (wanted[2] is not None and wanted[2] <= tabs))
    )
