"""What the allows of a layer give and its denies take, summed up so that each line is weighed at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from authz.lines import ANY_FORM
from authz.lint_calendar import Calendar
from authz.lint_extent import Extent, names_above, names_near, reach
from authz.lint_world import World
from authz.rights import ALL_STEPS

MOST_CITED = 20
Key = tuple[str, str, str]
# Whom → form → the steps of each organism, day by day.
Sums = dict[str, dict[str, Calendar]]
# Whom → form → organisms → the denies.
Denies = dict[str, dict[str, dict[str, list[Extent]]]]


class Effects:
    """The living lines of every layer, by layer, platform and right."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._below: dict[Key, Sums] = {}
        self._at: dict[Key, Sums] = {}
        self._taken: dict[Key, Sums] = {}
        # What rules on each organism itself take, as steps: of every subject its own organism.
        self._own: dict[Key, Sums] = {}
        self._denies: dict[Key, Denies] = {}
        self._sums: dict[tuple[object, ...], tuple[int, int]] = {}

    def take(self, living: Iterable[Extent]) -> None:
        """Sum up; only where something is denied is there anything to weigh."""
        extents = list(living)
        for extent in extents:
            if extent.denies:
                self._deny(extent)
        near = {
            key: {name for whom in denies.values() for name in self._near(whom)}
            for key, denies in self._denies.items()
        }
        for extent in extents:
            if not extent.denies and extent.key in near:
                self._allow(extent, near[extent.key])

    def _near(self, forms: dict[str, dict[str, list[Extent]]]) -> tuple[str, ...]:
        one = next(denies[0] for groups in forms.values() for denies in groups.values())
        return names_near(self._world, one)

    def _deny(self, extent: Extent) -> None:
        forms = self._denies.setdefault(extent.key, {}).setdefault(extent.who, {})
        forms.setdefault(extent.form, {}).setdefault(extent.organisms, []).append(extent)
        if extent.consent:
            return
        sums = (self._own if extent.self_of_each else self._taken).setdefault(extent.key, {})
        bits = extent.steps if extent.self_of_each else reach(self._world, extent)
        _add(sums, extent.who, extent, bits)

    def _allow(self, extent: Extent, near: set[str]) -> None:
        bits = reach(self._world, extent)
        if extent.who in near:
            _add(self._at.setdefault(extent.key, {}), extent.who, extent, bits)
        denied = self._denies[extent.key]
        for who in names_near(self._world, extent):
            if who in denied:
                _add(self._below.setdefault(extent.key, {}), who, extent, bits)

    def gives_within(self, deny: Extent) -> bool:
        """Whether some allow gives a part of what a deny takes, to anyone, at any time to come."""
        bits = reach(self._world, deny)
        return any(
            given.touches(deny.since, deny.until, bits)
            for sums, who in self._beside(deny)
            for form, given in sums.get(who, {}).items()
            if ANY_FORM in (form, deny.form) or form == deny.form
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
        return tuple(islice(self._taking(allow), MOST_CITED))

    def _taking(self, allow: Extent) -> Iterator[Extent]:
        wanted = reach(self._world, allow)
        whom = self._denies[allow.key]
        for who in names_above(self._world, allow):
            forms = whom.get(who, {})
            for form in dict.fromkeys((allow.form, ANY_FORM)):
                for organisms, denies in forms.get(form, {}).items():
                    if wanted & self._reached(allow, organisms, who):
                        yield from (deny for deny in denies if _takes_from(deny, allow))

    def _reached(self, allow: Extent, organisms: str, who: str) -> int:
        if allow.key[0] != "p":
            return allow.steps
        return self._world.reached(organisms, who, allow.steps)

    def _whole(self, allow: Extent, taken: int, own: int) -> bool:
        if not taken and not own:
            return False
        if allow.self_of_each:
            every = self._world.every
            return all(
                own & bit or not (every * bit) & ~taken
                for bit in (1 << step for step in range(len(ALL_STEPS)))
                if allow.steps & bit
            )
        home = self._world.own(allow.who) if own and allow.key[0] == "p" else None
        mine = self._world.members(home, allow.who) * own if home is not None else 0
        wanted = reach(self._world, allow)
        return wanted & (taken | mine) == wanted

    def _both(self, allow: Extent) -> tuple[int, int]:
        """What the denies on an allow’s subjects take, alike for all allows of the same names and dates."""
        if allow.key[0] != "p":
            return self._both_of(allow)
        alike = (allow.key, allow.who, allow.form, allow.since, allow.until)
        found = self._sums.get(alike)
        if found is None:
            found = self._sums[alike] = self._both_of(allow)
        return found

    def _both_of(self, allow: Extent) -> tuple[int, int]:
        above = names_above(self._world, allow)
        return _sum(self._taken, above, allow), _sum(self._own, above, allow)


def _takes_from(deny: Extent, allow: Extent) -> bool:
    together = deny.since <= allow.until and allow.since <= deny.until
    return not deny.consent and together and bool(deny.steps & allow.steps)


def _sum(sums: dict[Key, Sums], above: tuple[str, ...], allow: Extent) -> int:
    found = sums.get(allow.key, {})
    taken = 0
    for who in above:
        forms = found.get(who)
        for form in (allow.form, ANY_FORM) if forms else ():
            calendar = (forms or {}).get(form)
            if calendar is not None:
                taken |= calendar.throughout(allow.since, allow.until)
    return taken


def _add(sums: Sums, who: str, extent: Extent, bits: int) -> None:
    forms = sums.setdefault(who, {})
    calendar = forms.get(extent.form)
    if calendar is None:
        calendar = forms[extent.form] = Calendar()
    calendar.add(extent.since, extent.until, bits)
