"""How far one line reaches, in the terms in which two lines are compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from authz.lines import ALL_TABS, ANY_FORM, SELF, Effect, Line
from authz.lint_world import EVERY_ORGANISM_ITSELF, World
from authz.rights import step_bits

_ALWAYS = ("", "~")
_DENY = Effect.DENY.value
EVERY_TAB = -1
# Layer, platform and right: one object for all the lines of the same.
Key = tuple[str, str, str]
# A line of the first three types: number, key, who, form, organisms, steps, since, until, consent, tabs and
# denies. A bare tuple of bare values: Python's collector looks at no such one twice, and with named ones it
# takes a third of the time. `since` is never before the day of the examination; `organisms` is "" in the
# last two layers, where every line reaches the same; `tabs` has a bit a tab, or EVERY_TAB.
Extent = tuple[int, Key, str, str, str, int, str, str, bool, int, bool]


def covers(one: Extent, other: Extent) -> bool:
    """Whether it does at least as much as another, where names are already known to include those of it."""
    _, _, who, _, _, steps, since, until, consent, tabs, _ = one
    _, _, whose, _, _, wanted, first, last, asks, opens, _ = other
    return (
        not wanted & ~steps
        and since <= first
        and last <= until
        and (not consent or (asks and who == whose))
        and not opens & ~tabs
    )


def says_the_same(one: Extent, other: Extent) -> bool:
    """Whether it says the very same as another, of organisms already known to be the same."""
    return one[2:4] == other[2:4] and one[5:10] == other[5:10]


class Group(NamedTuple):
    """The lines of one layer, platform and right that name the same one, in their order."""

    key: Key
    who: str
    extents: list[Extent]


def groups(lines: Iterable[Line], today: str) -> list[Group]:
    """The extents of lines p, p2 and p3, by whom they name; those of a profile held (g) have none."""
    found: dict[tuple[str, str, str, str], Group] = {}
    keys: dict[Key, Key] = {}
    tabs = _Tabs({ALL_TABS: EVERY_TAB})
    for number, line in enumerate(lines):
        layer, values = line.ptype, line.values
        if layer == "g":
            continue
        who, platform = values[0], values[1]
        right = values[4] if layer == "p" else values[3]
        group = found.get(place := (layer, platform, right, who))
        if group is None:
            key = keys.setdefault(key := (layer, platform, right), key)
            group = found[place] = Group(key, who, [])
        group.extents.append(
            _of_convention(number, group.key, values, today, tabs)
            if layer == "p"
            else (
                *(number, group.key, who, values[2], "", step_bits(values[4])),
                *(*_ALWAYS, False, EVERY_TAB, values[5] == _DENY),
            )
        )
    return list(found.values())


def _of_convention(number: int, key: Key, values: tuple[str, ...], today: str, tabs: _Tabs) -> Extent:
    who, _, form, organisms, _, steps, since, until, consent, opened, effect, _ = values
    bits, first = step_bits(steps), max(since, today)
    asks, denies = consent == "yes", effect == _DENY
    return number, key, who, form, organisms, bits, first, until, asks, tabs[opened], denies


class _Tabs(dict[str, int]):
    """What lines say of tabs (`A1+F01`), as bits."""

    def __missing__(self, tabs: str) -> int:
        codes = tabs.split("+")
        if len(codes) == 1:
            found = 1 << len(self)
        else:
            found = 0
            for code in codes:
                found |= self[code]
        self[tabs] = found
        return found


def names_above(world: World, key: Key, who: str, form: str) -> tuple[str, ...]:
    """Whom a line must name, `who` first, for its rule to bear on all subjects of one on `who` and a form."""
    if key[0] == "p":
        return world.above(who)
    if key[0] == "p2" and form != ANY_FORM:
        return (who, *world.profiles(who, f"{key[1]}/{form}"))
    return (who,)


def names_near(world: World, key: Key, who: str) -> tuple[str, ...]:
    """Whom a line may name, `who` first, for its rule to bear on some subject of one on `who`."""
    if key[0] == "p":
        return world.above(who)
    return (who, *world.profiles(who, key[1]))


def reach(world: World, extent: Extent) -> int:
    """The steps of each organism that a line reaches, a byte an organism."""
    organisms, steps = extent[4], extent[5]
    return world.reached(organisms, extent[2], steps) if organisms else steps


def self_of_each(extent: Extent) -> bool:
    """Whether it gives or takes to each organism itself: another set for each subject."""
    return extent[4] == SELF and extent[2] == EVERY_ORGANISM_ITSELF
