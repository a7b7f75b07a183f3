"""What the allows of a layer give and its denies take, summed up so that each line is weighed at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from authz.lines import ANY_FORM
from authz.lint_extent import Extent, names_above, names_near, reach
from authz.lint_world import World
from authz.rights import ALL_STEPS

MOST_CITED = 20
Dates = tuple[str, str]
# Whom → form → dates → the steps of each organism.
Sums = dict[str, dict[str, dict[Dates, int]]]


class Effects:
    """The living lines of every layer, by layer, platform and right."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._below: dict[tuple[str, str, str], Sums] = {}
        self._at: dict[tuple[str, str, str], Sums] = {}
        self._taken: dict[tuple[str, str, str], Sums] = {}
        # What rules on each organism itself take, as steps: of every subject its own organism.
        self._own: dict[tuple[str, str, str], Sums] = {}
        self._denies: dict[tuple[str, str, str], dict[str, dict[str, list[Extent]]]] = {}
        self._sums: dict[tuple[object, ...], tuple[int, int]] = {}

    def take(self, living: Iterable[Extent]) -> None:
        """Sum up; only where something is denied is there anything to weigh."""
        extents = list(living)
        for extent in extents:
            if extent.denies:
                self._deny(extent)
        for extent in extents:
            if not extent.denies and extent.key in self._denies:
                self._allow(extent)

    def _deny(self, extent: Extent) -> None:
        whom = self._denies.setdefault(extent.key, {})
        whom.setdefault(extent.who, {}).setdefault(extent.form, []).append(extent)
        if extent.consent:
            return
        sums = (self._own if extent.self_of_each else self._taken).setdefault(extent.key, {})
        bits = extent.steps if extent.self_of_each else reach(self._world, extent)
        _add(sums, extent.who, extent, bits)

    def _allow(self, extent: Extent) -> None:
        bits = reach(self._world, extent)
        _add(self._at.setdefault(extent.key, {}), extent.who, extent, bits)
        below = self._below.setdefault(extent.key, {})
        for who in names_near(self._world, extent):
            _add(below, who, extent, bits)

    def gives_within(self, deny: Extent) -> bool:
        """Whether some allow gives a part of what a deny takes, to anyone, at any time to come."""
        bits = reach(self._world, deny)
        return any(
            bits & given
            for sums, who in self._beside(deny)
            for form, dated in sums.get(who, {}).items()
            if ANY_FORM in (form, deny.form) or form == deny.form
            for (since, until), given in dated.items()
            if since <= deny.until and deny.since <= until
        )

    def _beside(self, deny: Extent) -> Iterator[tuple[Sums, str]]:
        yield self._below.get(deny.key, {}), deny.who
        for who in names_near(self._world, deny):
            yield self._at.get(deny.key, {}), who

    def taken_by(self, allow: Extent) -> tuple[Extent, ...]:
        """The denies that take all that an allow gives, for as long as it does; none if they leave some.

        The first of them, where there are many.
        """
        if allow.key not in self._denies or not self._whole(allow, *self._both(allow)):
            return ()
        wanted = reach(self._world, allow)
        whom = self._denies[allow.key]
        denies = (
            deny
            for who in names_above(self._world, allow)
            for form in (allow.form, ANY_FORM)
            for deny in whom.get(who, {}).get(form, ())
            if not deny.consent
            and deny.since <= allow.since
            and allow.until <= deny.until
            and reach(self._world, deny) & wanted
        )
        return tuple(dict.fromkeys(islice(denies, MOST_CITED)))

    def _whole(self, allow: Extent, taken: int, own: int) -> bool:
        if allow.self_of_each:
            every = self._world.every
            return all(
                own & bit or not (every * bit) & ~taken
                for bit in (1 << step for step in range(len(ALL_STEPS)))
                if allow.steps & bit
            )
        home = self._world.own(allow.who) if allow.key[0] == "p" else None
        mine = self._world.members(home, allow.who) * own if home is not None else 0
        return not reach(self._world, allow) & ~(taken | mine)

    def _both(self, allow: Extent) -> tuple[int, int]:
        """What the denies on an allow’s subjects take, alike for all allows of the same names and dates."""
        alike = (allow.key, allow.who, allow.form, allow.since, allow.until)
        found = self._sums.get(alike)
        if found is None:
            found = self._sums[alike] = (self._sum(self._taken, allow), self._sum(self._own, allow))
        return found

    def _sum(self, sums: dict[tuple[str, str, str], Sums], allow: Extent) -> int:
        found = sums.get(allow.key, {})
        taken = 0
        for who in names_above(self._world, allow):
            forms = found.get(who)
            for form in (allow.form, ANY_FORM) if forms else ():
                for (since, until), bits in (forms or {}).get(form, {}).items():
                    if since <= allow.since and allow.until <= until:
                        taken |= bits
        return taken


def _add(sums: Sums, who: str, extent: Extent, bits: int) -> None:
    dated = sums.setdefault(who, {}).setdefault(extent.form, {})
    when = (extent.since, extent.until)
    dated[when] = dated.get(when, 0) | bits
