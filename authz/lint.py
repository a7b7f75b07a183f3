"""What is wrong with rules that are each well written: those that do nothing, or nothing any more.

A line found dead, redundant, shadowed or vain may go without any decision changing, today or later; one that
has expired decides nothing from today on. Within one layer: what an administrator ticks may change tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator
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

# Organisms → the rules on them; by layer, platform, right and effect, then by whom and by form.
Groups = dict[str, Widest]
Tree = dict[tuple[str, str, str, bool], dict[str, dict[str, Groups]]]

# The rules of the last two layers reach whatever the first one leaves, and name no organisms.
_NO_NAMES = ("",)


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
            for forms in whom.values()
            for groups in forms.values()
            for widest in groups.values()
            for front in widest.fronts.values()
            for one in front
        )
        for extent, reason in zip(self._all, reasons, strict=True):
            found = self._useless(extent) if reason is None else _idle(extent, reason)
            if found is not None:
                yield found

    def _keep(self, extent: Extent) -> None:
        forms = self._living.setdefault((*extent.key, extent.denies), {}).setdefault(extent.who, {})
        groups = forms.setdefault(extent.form, {})
        widest = groups.get(extent.organisms)
        if widest is None:
            widest = groups[extent.organisms] = Widest()
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
        convention = extent.key[0] == "p"
        names = self._world.names_around(extent.organisms, extent.who) if convention else _NO_NAMES
        for same_who, groups in self._around(extent):
            for name in names:
                widest = groups.get(name)
                for other in widest.covering(extent, same_who=same_who) if widest is not None else ():
                    if other is not extent and (
                        other.number < extent.number or not self._equal(other, extent)
                    ):
                        return other
        return None

    def _equal(self, other: Extent, extent: Extent) -> bool:
        """Whether the other, which covers it, says no more than it does."""
        around = self._world.names_around(other.organisms, other.who) if other.organisms else _NO_NAMES
        return extent.says_the_same(other) and extent.organisms in around

    def _around(self, extent: Extent) -> tuple[tuple[bool, Groups], ...]:
        """The rules of the same effect whose names include this one's, and whether they name the same one."""
        cell = (extent.key, extent.denies, extent.who, extent.form)
        found = self._shelves.get(cell)
        if found is None:
            whom = self._living.get((*extent.key, extent.denies), {})
            found = self._shelves[cell] = tuple(
                (who == extent.who, forms[form])
                for who in names_above(self._world, extent)
                if (forms := whom.get(who)) is not None
                for form in dict.fromkeys((extent.form, ANY_FORM))
                if form in forms
            )
        return found


def _idle(extent: Extent, reason: Reason) -> Finding:
    code = Code.EXPIRED if reason is Reason.EXPIRED else Code.DEAD
    return Finding(code, extent.line, extent.number, reason)
