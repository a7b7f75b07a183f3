"""What is wrong with rules that are each well written: those that do nothing, or nothing any more.

A line found dead, redundant, shadowed or vain may go without any decision changing, today or later; one that
has expired decides nothing from today on. Within one layer: what an administrator ticks may change tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from authz.facts import Facts
from authz.lines import ANY_FORM, Line
from authz.lint_effects import Effects
from authz.lint_extent import Extent, extents, names_above
from authz.lint_idle import Idling
from authz.lint_widest import Widest
from authz.lint_words import Reason, finding_text
from authz.lint_world import World
from authz.rule_text import Naming, keys_alone

# By layer, platform, right and effect, then by whom (and by form, in the first layer), then by organisms (by
# form in the other two): one rule, or several on the same names. Few of the names have two.
Groups = dict[str, Extent | Widest]
Tree = dict[tuple[str, str, str, bool], dict[object, Groups]]


class Code(StrEnum):
    """What is found. The value is stable."""

    DEAD = "RULE_DEAD"
    EXPIRED = "RULE_EXPIRED"
    REDUNDANT = "RULE_REDUNDANT"
    SHADOWED = "RULE_SHADOWED"
    VAIN_DENY = "RULE_VAIN_DENY"


@dataclass(frozen=True, slots=True)
class Finding:
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


def lint_policy(facts: Facts, day: date) -> tuple[Finding, ...]:
    """What is wrong with the lines of a policy that validates, on `day` and later, in the lines' order."""
    return tuple(_Lint(facts, day).findings())


class _Lint:
    def __init__(self, facts: Facts, day: date) -> None:
        self._world = World(facts)
        self._today = day.isoformat()
        self._all = tuple(extents(facts.lines, self._today))
        self._idling = Idling(self._world, self._all, self._today)
        self._living: Tree = {}
        self._shelves: dict[tuple[object, ...], tuple[tuple[bool, Groups], ...]] = {}
        self._effects = Effects(self._world)

    def findings(self) -> Iterator[Finding]:
        reasons = [self._idling.reason(extent) for extent in self._all]
        living = [extent for extent, reason in zip(self._all, reasons, strict=True) if reason is None]
        for extent in living:
            self._keep(extent)
        self._effects.take(
            one
            for whom in self._living.values()
            for groups in whom.values()
            for widest in groups.values()
            for one in ((widest,) if isinstance(widest, Extent) else widest.all())
        )
        for extent, reason in zip(self._all, reasons, strict=True):
            found = self._useless(extent) if reason is None else _idle(extent, reason)
            if found is not None:
                yield found

    def _keep(self, extent: Extent) -> None:
        convention = extent.key[0] == "p"
        whom = self._living.setdefault((*extent.key, extent.denies), {})
        groups = whom.setdefault((extent.who, extent.form) if convention else extent.who, {})
        name = extent.organisms if convention else extent.form
        widest = groups.setdefault(name, extent)
        if widest is extent:
            return
        if isinstance(widest, Extent):
            widest = groups[name] = Widest(widest)
        widest.keep(extent)

    def _useless(self, extent: Extent) -> Finding | None:
        wider = self._wider(extent)
        if wider is not None:
            return Finding(Code.REDUNDANT, extent.line, extent.number, Reason.COVERED, (wider.line,))
        if extent.denies:
            vain = not self._effects.gives_within(extent)
            return Finding(Code.VAIN_DENY, extent.line, extent.number, Reason.VAIN) if vain else None
        denying = tuple(deny.line for deny in self._effects.taken_by(extent))
        return Finding(Code.SHADOWED, extent.line, extent.number, Reason.TAKEN, denying) if denying else None

    def _wider(self, extent: Extent) -> Extent | None:
        """A rule that makes this one useless; of two that say the same, the first one stays."""
        names = self._names(extent)
        for same_who, groups in self._around(extent):
            for name in names:
                found = groups.get(name)
                if found is None or found is extent:
                    continue
                if isinstance(found, Extent):
                    others: Iterable[Extent] = (found,) if found.covers(extent) else ()
                else:
                    others = found.covering(extent, same_who=same_who)
                for other in others:
                    if other is not extent and (
                        other.number < extent.number or not self._equal(other, extent)
                    ):
                        return other
        return None

    def _names(self, extent: Extent) -> tuple[str, ...]:
        if extent.key[0] != "p":
            return (extent.form, ANY_FORM)
        return self._world.names_around(extent.organisms, extent.who)

    def _equal(self, other: Extent, extent: Extent) -> bool:
        """Whether the other, which covers it, says no more than it does."""
        return extent.says_the_same(other) and (
            extent.key[0] != "p" or extent.organisms in self._names(other)
        )

    def _around(self, extent: Extent) -> tuple[tuple[bool, Groups], ...]:
        """The rules of the same effect whose names include this one's, and whether they name the same one."""
        if extent.key[0] != "p":
            return self._groups(extent, names_above(self._world, extent))
        cell = (extent.key, extent.denies, extent.who, extent.form)
        found = self._shelves.get(cell)
        if found is None:
            forms = dict.fromkeys((extent.form, ANY_FORM))
            whom = [(who, form) for who in names_above(self._world, extent) for form in forms]
            found = self._shelves[cell] = self._groups(extent, whom)
        return found

    def _groups(self, extent: Extent, whom: Iterable[object]) -> tuple[tuple[bool, Groups], ...]:
        found = self._living.get((*extent.key, extent.denies), {})
        same = (extent.who, (extent.who, extent.form), (extent.who, ANY_FORM))
        return tuple((who in same, found[who]) for who in whom if who in found)


def _idle(extent: Extent, reason: Reason) -> Finding:
    code = Code.EXPIRED if reason is Reason.EXPIRED else Code.DEAD
    return Finding(code, extent.line, extent.number, reason)
