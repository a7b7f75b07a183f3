"""How far one line reaches, in the terms in which two lines are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from authz.lines import ALL_TABS, ANY_FORM, SELF, Effect, Line
from authz.lint_world import EVERY_ORGANISM_ITSELF, World
from authz.rights import step_bits

_ALWAYS = ("", "~")
# Layer, platform and right: one object for all the lines of the same.
Key = tuple[str, str, str]


class Extent(NamedTuple):
    """A line of the first three types. `since` is never before the day of the examination.

    `organisms` is "" in the second and third layers, where every line reaches the same; `tabs` is None
    where it reaches all of them.
    """

    number: int
    line: Line
    key: Key
    who: str
    form: str
    organisms: str
    steps: int
    since: str
    until: str
    consent: bool
    tabs: frozenset[str] | None
    denies: bool

    @property
    def self_of_each(self) -> bool:
        """Whether it gives or takes to each organism itself: another set for each subject."""
        return self.organisms == SELF and self.who == EVERY_ORGANISM_ITSELF

    def covers(self, other: Extent) -> bool:
        """Whether it does at least as much, where names, form and organisms are already known to include."""
        return (
            not other.steps & ~self.steps
            and self.since <= other.since
            and other.until <= self.until
            and (other.consent and self.who == other.who if self.consent else True)
            and (self.tabs is None or (other.tabs is not None and other.tabs <= self.tabs))
        )

    def says_the_same(self, other: Extent) -> bool:
        """Whether it says the very same as another, of names already known to mean the same."""
        mine = (self.who, self.form, self.steps, self.since, self.until, self.consent, self.tabs)
        return mine == (
            *(other.who, other.form, other.steps),
            *(other.since, other.until, other.consent, other.tabs),
        )


def extents(lines: Iterable[Line], today: str) -> Iterator[Extent]:
    """The extents of lines p, p2 and p3, in order; those of a profile held (g) have none."""
    keys: dict[Key, Key] = {}
    for number, line in enumerate(lines):
        if line.ptype == "p":
            yield _of_convention(number, line, today, keys)
        elif line.ptype != "g":
            who, platform, form, right, steps, effect, _ = line.values
            key, denies = (line.ptype, platform, right), effect == Effect.DENY
            key = keys.setdefault(key, key)
            bits = step_bits(steps)
            yield Extent(number, line, key, who, form, "", bits, *_ALWAYS, False, None, denies)  # noqa: FBT003 - a tuple's fields, in its order


def _of_convention(number: int, line: Line, today: str, keys: dict[Key, Key]) -> Extent:
    who, platform, form, organisms, right, steps, since, until, consent, tabs, effect, _ = line.values
    return Extent(
        number,
        line,
        keys.setdefault(key := ("p", platform, right), key),
        who,
        form,
        organisms,
        step_bits(steps),
        max(since, today),
        until,
        consent == "yes",
        None if tabs == ALL_TABS else frozenset(tabs.split("+")),
        effect == Effect.DENY,
    )


def names_above(world: World, extent: Extent) -> tuple[str, ...]:
    """Whom a line must name for its rule to bear on every subject of this one."""
    if extent.key[0] == "p":
        return world.above(extent.who)
    if extent.key[0] == "p2" and extent.form != ANY_FORM:
        return (extent.who, *world.profiles(extent.who, f"{extent.key[1]}/{extent.form}"))
    return (extent.who,)


def names_near(world: World, extent: Extent) -> tuple[str, ...]:
    """Whom a line may name for its rule to bear on some subject of this one, on any form."""
    if extent.key[0] == "p":
        return world.above(extent.who)
    return (extent.who, *world.profiles(extent.who, extent.key[1]))


def reach(world: World, extent: Extent) -> int:
    """The steps of each organism that a line reaches, a byte an organism."""
    if extent.key[0] != "p":
        return extent.steps
    return int(world.reached(extent.organisms, extent.who, extent.steps))
