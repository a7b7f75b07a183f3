"""What is wrong with rules that are each well written: those that do nothing, or nothing any more.

A line found dead, redundant, shadowed or vain may go without any decision changing, today or later; one that
has expired decides nothing from today on. Within one layer: what an administrator ticks may change tomorrow.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from authz.facts import Facts
from authz.lines import ANY_FORM, Line
from authz.lint_effects import Denied, Effects
from authz.lint_extent import Extent, Group, Key, covers, groups, names_above, says_the_same
from authz.lint_idle import Idling
from authz.lint_shelves import Organisms, Shelves
from authz.lint_words import Reason, finding_text
from authz.lint_world import World
from authz.rule_text import Naming, keys_alone


class Code(StrEnum):
    """What is found. The value is stable."""

    DEAD = "RULE_DEAD"
    EXPIRED = "RULE_EXPIRED"
    REDUNDANT = "RULE_REDUNDANT"
    SHADOWED = "RULE_SHADOWED"
    VAIN_DENY = "RULE_VAIN_DENY"


class Finding(NamedTuple):
    """One line that does nothing, why, and the lines that make it so. `number`: its place in the facts.

    The sentence is made when it is asked for: a large policy may have thousands of findings, and a desk
    shows fifty.
    """

    code: Code
    line: Line
    number: int
    reason: Reason
    others: tuple[Line, ...] = ()

    @property
    def severity(self) -> str:
        """`warning` where a rule does not do what it says; `info` where it is only of no use."""
        return "info" if self.code in {Code.EXPIRED, Code.REDUNDANT} else "warning"

    @property
    def lines(self) -> tuple[int, ...]:
        """The identifiers of the lines named, its own first; a line not yet written has none."""
        return tuple(line.id for line in (self.line, *self.others) if line.id is not None)

    def sentence(self, name: Naming = keys_alone) -> str:
        """What is wrong with the line, in French."""
        return finding_text(self.line, self.reason, self.others, name)


class _Around(NamedTuple):
    """What the rules on one name and form are held against.

    `wider`: the rules of the same effect on names and forms that include them, and whether on the same name.
    """

    wider: tuple[tuple[bool, Organisms], ...]
    denied: Denied


_NOTHING = _Around((), Denied((), {}))
_ONE: dict[str, int] = {}


def lint_policy(facts: Facts, day: date) -> tuple[Finding, ...]:
    """What is wrong with the lines of a policy that validates, on `day` and later, in the lines' order."""
    with _no_collection():
        return tuple(_Lint(facts, day).findings())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for cycles: there are none, and looking takes a third of the time of a large policy.

    Whatever else the process leaves meanwhile is collected right after.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Lint:
    def __init__(self, facts: Facts, day: date) -> None:
        self._world = World(facts)
        self._lines = facts.lines
        today = day.isoformat()
        self._groups = groups(facts.lines, today)
        self._idling = Idling(self._world, self._groups, today)
        self._shelves = Shelves()
        self._effects = Effects(self._world, self._shelves)

    def findings(self) -> list[Finding]:
        found: list[Finding] = []
        living: list[Group] = []
        for group in self._groups:
            holding, idle = self._idling.split(group)
            found += [self._idle(extent, reason) for extent, reason in idle]
            if holding:
                living.append(Group(group.key, group.who, holding))
                self._shelves.put(*living[-1])
        for group in living:
            found += self._useless(group)
        return sorted(found, key=attrgetter("number"))

    def _idle(self, extent: Extent, reason: Reason) -> Finding:
        code = Code.EXPIRED if reason is Reason.EXPIRED else Code.DEAD
        return Finding(code, self._lines[extent[0]], extent[0], reason)

    def _useless(self, group: Group) -> Iterator[Finding]:
        forms = Counter([extent[3] for extent in group.extents]) if len(group.extents) > 1 else _ONE
        around: dict[tuple[str, bool], _Around] = {}
        for extent in group.extents:
            cell = (extent[3], extent[-1])
            beside = around.get(cell)
            if beside is None:
                beside = around[cell] = self._around(group, *cell, alone=_alone(forms, cell[0]))
            if beside is not _NOTHING:
                found = self._fault(extent, beside)
                if found is not None:
                    yield found

    def _around(self, group: Group, form: str, denies: bool, *, alone: bool) -> _Around:  # noqa: FBT001 - a part of the key that it is kept by
        """What to hold the rules on one name and form against; most users' boxes have nothing near them."""
        key, who, _ = group
        above = names_above(self._world, key, who, form)
        denied = self._shelves.named(key, denies=True)
        if alone and not denies and len(above) == 1 and who not in denied:
            return _NOTHING
        same_effect = self._shelves.named(key, denies=denies)
        wider = tuple(
            (name == who, organisms)
            for name in above
            if name in same_effect and not (alone and name == who)
            for organisms in self._on_form(key, name, form, denies=denies)
        )
        return _Around(wider, Denied(tuple(name for name in above if name in denied), {}))

    def _on_form(self, key: Key, who: str, form: str, *, denies: bool) -> Iterator[Organisms]:
        """The rules on a name that speak of a form, those that name it first."""
        shelf = self._shelves.of(key, who, denies=denies)
        return (shelf[one] for one in dict.fromkeys((form, ANY_FORM)) if one in shelf)

    def _fault(self, extent: Extent, around: _Around) -> Finding | None:
        number = extent[0]
        wider = self._wider(extent, around.wider) if around.wider else None
        if wider is not None:
            return Finding(Code.REDUNDANT, self._lines[number], number, Reason.COVERED, (self._lines[wider],))
        if extent[-1]:
            vain = not self._effects.gives_within(extent)
            return Finding(Code.VAIN_DENY, self._lines[number], number, Reason.VAIN) if vain else None
        taking = self._effects.taken_by(extent, around.denied) if around.denied.names else ()
        denying = tuple(self._lines[deny[0]] for deny in taking)
        return Finding(Code.SHADOWED, self._lines[number], number, Reason.TAKEN, denying) if denying else None

    def _wider(self, extent: Extent, around: tuple[tuple[bool, Organisms], ...]) -> int | None:
        """The number of a rule that makes this one useless; of two that say the same, the first one stays."""
        names = self._names(extent)
        for same_who, organisms in around:
            for name in names:
                found = organisms.get(name)
                if found is None or found is extent:
                    continue
                if isinstance(found, tuple):
                    others: Iterable[Extent] = (found,) if covers(found, extent) else ()
                else:
                    others = found.covering(extent, same_who=same_who)
                for other in others:
                    if other is not extent and (other[0] < extent[0] or not self._equal(other, extent)):
                        return other[0]
        return None

    def _names(self, extent: Extent) -> tuple[str, ...]:
        return self._world.names_around(extent[4], extent[2]) if extent[4] else ("",)

    def _equal(self, other: Extent, extent: Extent) -> bool:
        """Whether the other, which covers it, says no more than it does."""
        return says_the_same(other, extent) and extent[4] in self._names(other)


def _alone(forms: Mapping[str, int], form: str) -> bool:
    """Whether a rule is the only one of its group that speaks of its form; `forms`: how many name each."""
    return not forms or (forms[form] == 1 and (form == ANY_FORM or ANY_FORM not in forms))
