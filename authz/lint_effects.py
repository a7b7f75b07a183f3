"""What the allows of a layer give and its denies take, summed up so that each line is weighed at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from authz.lines import ANY_FORM
from authz.lint_calendar import Calendar
from authz.lint_extent import Extent, Key, names_near, reach, self_of_each
from authz.lint_shelves import Shelves, every
from authz.lint_world import World
from authz.rights import ALL_STEPS

MOST_CITED = 20
# Form → the steps of each organism, day by day.
Sum = dict[str, Calendar]


class Denied(NamedTuple):
    """The names above one name and form that are denied something, and what they take between two days."""

    names: tuple[str, ...]
    taken: dict[tuple[str, str], tuple[int, int]]


class Effects:
    """Of the living rules. Summed up where something is denied: nowhere else is there anything to weigh."""

    def __init__(self, world: World, shelves: Shelves) -> None:
        self._world = world
        self._shelves = shelves
        self._at: dict[tuple[Key, str], Sum] = {}
        self._below: dict[Key, dict[str, Sum]] = {}
        # What denies take; and what those on each organism itself do, as steps: of every subject its own.
        self._taken: dict[tuple[Key, str], tuple[Sum, Sum]] = {}

    def gives_within(self, deny: Extent) -> bool:
        """Whether some allow gives a part of what a deny takes, to anyone, at any time to come."""
        _, key, whose, wanted, _, _, since, until, _, _, _ = deny
        bits = reach(self._world, deny)
        return any(
            given.touches(since, until, bits)
            for sums in self._beside(key, whose)
            for form, given in sums.items()
            if ANY_FORM in (form, wanted) or form == wanted
        )

    def _beside(self, key: Key, whose: str) -> Iterator[Sum]:
        for who in names_near(self._world, key, whose):
            yield self._given_to(key, who)
        below = self._below.get(key)
        if below is None:
            below = self._below[key] = self._given_below(key)
        yield below.get(whose, {})

    def _given_to(self, key: Key, who: str) -> Sum:
        """What is given to a name itself."""
        found = self._at.get((key, who))
        if found is None:
            found = self._at[key, who] = {}
            self._add(found, every(self._shelves.of(key, who, denies=False)))
        return found

    def _given_below(self, key: Key) -> dict[str, Sum]:
        """What is given to those that are part of a name denied something."""
        denied = self._shelves.named(key, denies=True)
        found: dict[str, Sum] = {}
        for who in self._shelves.named(key, denies=False):
            for above in names_near(self._world, key, who)[1:]:
                if above in denied:
                    self._add(found.setdefault(above, {}), every(self._shelves.of(key, who, denies=False)))
        return found

    def _add(self, sums: Sum, extents: Iterable[Extent]) -> None:
        for extent in extents:
            _calendar(sums, extent[3]).add(extent[6], extent[7], reach(self._world, extent))

    def taken_by(self, allow: Extent, denied: Denied) -> tuple[Extent, ...]:
        """The denies that take all that an allow gives, for as long as it does; none if they leave some.

        The first of them, where there are many.
        """
        return (
            tuple(islice(self._taking(allow, denied.names), MOST_CITED)) if self._whole(allow, denied) else ()
        )

    def _taking(self, allow: Extent, names: tuple[str, ...]) -> Iterator[Extent]:
        wanted = reach(self._world, allow)
        _, key, _, wanted_form, _, steps, *_ = allow
        for who in names:
            shelf = self._shelves.of(key, who, denies=True)
            for form in dict.fromkeys((wanted_form, ANY_FORM)):
                for organisms, found in shelf.get(form, {}).items():
                    if wanted & (self._world.reached(organisms, who, steps) if organisms else steps):
                        denies = every({form: {organisms: found}})
                        yield from (deny for deny in denies if _takes_from(deny, allow))

    def _whole(self, allow: Extent, denied: Denied) -> bool:
        _, key, who, form, _, steps, since, until, *_ = allow
        found = denied.taken.get((since, until))
        if found is None:
            found = denied.taken[since, until] = self._taken_on(key, denied.names, form, (since, until))
        taken, own = found
        if not taken and not own:
            return False
        if self_of_each(allow):
            every_one = self._world.every
            return all(
                own & bit or not (every_one * bit) & ~taken
                for bit in (1 << step for step in range(len(ALL_STEPS)))
                if steps & bit
            )
        home = self._world.own(who) if own and key[0] == "p" else None
        mine = self._world.members(home, who) * own if home is not None else 0
        wanted = reach(self._world, allow)
        return wanted & (taken | mine) == wanted

    def _taken_on(self, key: Key, names: Iterable[str], form: str, days: tuple[str, str]) -> tuple[int, int]:
        """What denies on some names take of a form, on every day from one to another."""
        taken = own = 0
        for who in names:
            sums, sums_of_own = self._taken_from(key, who)
            taken |= _throughout(sums, form, days)
            own |= _throughout(sums_of_own, form, days)
        return taken, own

    def _taken_from(self, key: Key, who: str) -> tuple[Sum, Sum]:
        """What denies on a name take, with no consent needed."""
        found = self._taken.get((key, who))
        if found is None:
            found = self._taken[key, who] = ({}, {})
            denies = [one for one in every(self._shelves.of(key, who, denies=True)) if not one[8]]
            self._add(found[0], (deny for deny in denies if not self_of_each(deny)))
            for deny in filter(self_of_each, denies):
                _calendar(found[1], deny[3]).add(deny[6], deny[7], deny[5])
        return found


def _takes_from(deny: Extent, allow: Extent) -> bool:
    _, _, _, _, _, steps, since, until, consent, _, _ = deny
    return not consent and since <= allow[7] and allow[6] <= until and bool(steps & allow[5])


def _throughout(sums: Sum, form: str, days: tuple[str, str]) -> int:
    taken = 0
    for one in (form, ANY_FORM) if sums else ():
        calendar = sums.get(one)
        if calendar is not None:
            taken |= calendar.throughout(*days)
    return taken


def _calendar(sums: Sum, form: str) -> Calendar:
    found = sums.get(form)
    if found is None:
        found = sums[form] = Calendar()
    return found
