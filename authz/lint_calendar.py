"""What rules with dates give or take on some day, or on every day, of a period: asked in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from functools import lru_cache, reduce
from operator import and_, or_

# Before the first day and after the last one: the rules of the last two layers have no dates.
_NEVER_BEGUN, _NEVER_ENDED = 0, date.max.toordinal() + 2
Tree = list[int]


class Calendar:
    """Sets (bits) with the days they hold on, both included; nothing is added once something is asked.

    Days are cut into the stretches between which nothing changes; a stretch holds what holds all along it.
    """

    def __init__(self) -> None:
        self._dated: dict[tuple[str, str], int] = {}
        self._cuts: list[int] = []
        self._some: Tree = []
        self._every: Tree = []

    def add(self, since: str, until: str, bits: int) -> None:
        """More that holds from one day to another."""
        when = (since, until)
        self._dated[when] = self._dated.get(when, 0) | bits

    def touches(self, since: str, until: str, bits: int) -> bool:
        """Whether any of `bits` holds on some day of the period."""
        if len(self._dated) == 1:
            ((when, held),) = self._dated.items()
            return bool(held & bits) and when[0] <= until and since <= when[1]
        if not self._some:
            self._some = _above(self._stretches(), or_)
        first, last = self._first(since), bisect_left(self._cuts, _after(until))
        return bool(reduce(or_, _parts(self._some, first, last), 0) & bits)

    def throughout(self, since: str, until: str) -> int:
        """What holds on every day of the period, be it by several rules one after the other."""
        if len(self._dated) == 1:
            ((when, held),) = self._dated.items()
            return held if when[0] <= since and until <= when[1] else 0
        if not self._every:
            self._every = _above(self._stretches(), and_)
        if _day(since) < self._cuts[0] or _after(until) > self._cuts[-1]:
            return 0
        first, last = self._first(since), bisect_left(self._cuts, _after(until))
        return reduce(and_, _parts(self._every, first, last))

    def _first(self, since: str) -> int:
        """The stretch that a day is in."""
        day = _day(since)
        place = bisect_left(self._cuts, day)
        return place if place < len(self._cuts) and self._cuts[place] == day else max(place - 1, 0)

    def _stretches(self) -> list[int]:
        spans = [(_day(since), _after(until), bits) for (since, until), bits in self._dated.items()]
        self._cuts = sorted({cut for since, after, _ in spans for cut in (since, after)})
        places = {cut: place for place, cut in enumerate(self._cuts)}
        size = 1 << (len(self._cuts) - 1).bit_length()
        held = [0] * (2 * size)
        for since, after, bits in spans:
            for node in _nodes(size, places[since], places[after]):
                held[node] |= bits
        for node in range(2, 2 * size):
            held[node] |= held[node >> 1]
        return held[size:]


def _above(leaves: list[int], join: Callable[[int, int], int]) -> Tree:
    """A tree over the stretches: node n stands on nodes 2n and 2n + 1."""
    size = len(leaves)
    tree = [0] * size + leaves
    for node in range(size - 1, 0, -1):
        tree[node] = join(tree[2 * node], tree[2 * node + 1])
    return tree


def _parts(tree: Tree, first: int, last: int) -> list[int]:
    size = len(tree) // 2
    return [tree[node] for node in _nodes(size, first, min(last, size))]


def _nodes(size: int, first: int, last: int) -> list[int]:
    """The nodes that together stand on the stretches from `first` to before `last`."""
    found = []
    left, right = first + size, last + size
    while left < right:
        if left & 1:
            found.append(left)
            left += 1
        if right & 1:
            right -= 1
            found.append(right)
        left, right = left >> 1, right >> 1
    return found


@lru_cache(maxsize=8192)
def _day(since: str) -> int:
    return date.fromisoformat(since).toordinal() if since else _NEVER_BEGUN


@lru_cache(maxsize=8192)
def _after(until: str) -> int:
    return date.fromisoformat(until).toordinal() + 1 if until != "~" else _NEVER_ENDED
