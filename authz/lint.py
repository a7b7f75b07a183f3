"""What is wrong with rules that are each well written: those that do nothing, or nothing any more.

A line found dead, redundant, shadowed or vain may go without any decision changing, today or later; one that
has expired decides nothing from today on. Within one layer: what an administrator ticks may change tomorrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from authz.facts import Facts
from authz.lines import ANY_FORM, Line
from authz.lint_effects import Effects
from authz.lint_extent import Extent, extents, names_above
from authz.lint_words import Reason, finding_text
from authz.lint_world import World
from authz.names import EVERYONE
from authz.rule_text import Naming, keys_alone

Tree = dict[tuple[str, str, str, bool], dict[str, dict[str, dict[str, list[Extent]]]]]


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
        self._given: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(dict)
        for extent in self._all:
            if extent.key[0] == "p" and not extent.denies and extent.until >= self._today:
                forms = self._given[extent.key[1:]].setdefault(extent.who, {})
                forms[extent.form] = forms.get(extent.form, 0) | extent.steps
        self._living: Tree = {}
        self._effects = Effects(self._world)

    def findings(self) -> Iterator[Finding]:
        found = {extent.number: self._idle(extent) for extent in self._all}
        living = [extent for extent in self._all if found[extent.number] is None]
        for extent in living:
            forms = self._living.setdefault((*extent.key, extent.denies), {}).setdefault(extent.who, {})
            _keep_widest(forms.setdefault(extent.form, {}).setdefault(extent.organisms, []), extent)
        self._effects.take(widest for alike in self._by_name() for widest in alike)
        for extent in living:
            found[extent.number] = self._useless(extent)
        yield from (one for one in found.values() if one is not None)

    def _by_name(self) -> Iterator[list[Extent]]:
        for whom in self._living.values():
            for forms in whom.values():
                for groups in forms.values():
                    yield from groups.values()

    def _idle(self, extent: Extent) -> Finding | None:
        if extent.until < self._today:
            return Finding(Code.EXPIRED, extent.line, extent.number, Reason.EXPIRED)
        checks: tuple[tuple[Reason, Callable[[Extent], bool]], ...] = (
            (Reason.NO_ACCOUNT, self._deserted),
            (Reason.NO_ORGANISM, self._empty),
            (Reason.NO_CONSENT, self._unanswerable),
            (Reason.CEILING, self._above_ceiling),
            (Reason.NO_CONVENTION, self._outside),
        )
        reason = next((reason for reason, holds in checks if holds(extent)), None)
        return None if reason is None else Finding(Code.DEAD, extent.line, extent.number, reason)

    def _deserted(self, extent: Extent) -> bool:
        return not self._world.has_accounts(extent.who)

    def _empty(self, extent: Extent) -> bool:
        return extent.key[0] == "p" and not self._world.members(extent.organisms, extent.who)

    def _unanswerable(self, extent: Extent) -> bool:
        """An organism answers an organization, never a kind of them nor one person."""
        needless = extent.denies and extent.organisms == EVERYONE
        return extent.consent and extent.who not in self._world.organizations and not needless

    def _above_ceiling(self, extent: Extent) -> bool:
        layer, platform, right = extent.key
        if layer == "p3" or (layer == "p2" and extent.who.startswith("profile:")):
            return False
        return not extent.steps & self._world.ceiling(extent.who, platform, right, extent.form)

    def _outside(self, extent: Extent) -> bool:
        if extent.key[0] != "p2" or extent.who.startswith("profile:"):
            return False
        given = self._given.get(extent.key[1:], {})
        forms = [given.get(name, {}) for name in self._world.above(extent.who)]
        return not any(
            extent.steps & steps
            for found in forms
            for form, steps in found.items()
            if ANY_FORM in (extent.form, form) or form == extent.form
        )

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
        return next(
            (
                other
                for other in self._around(extent)
                if other.number != extent.number
                and other.covers(extent)
                and (other.number < extent.number or not self._equal(other, extent))
            ),
            None,
        )

    def _equal(self, other: Extent, extent: Extent) -> bool:
        """Whether each covers the other: `extent` then stands around `other` too."""
        return extent.covers(other) and any(found is extent for found in self._around(other))

    def _around(self, extent: Extent) -> Iterator[Extent]:
        """The rules of the same effect whose names include this one's."""
        whom = self._living.get((*extent.key, extent.denies), {})
        organisms = self._names(extent)
        for who in names_above(self._world, extent):
            found = whom.get(who)
            for form in dict.fromkeys((extent.form, ANY_FORM)) if found else ():
                groups = (found or {}).get(form)
                for name in organisms if groups else ():
                    yield from (groups or {}).get(name, ())

    def _names(self, extent: Extent) -> tuple[str, ...]:
        if extent.key[0] != "p":
            return ("",)
        return self._world.names_around(extent.organisms, extent.who)


def _keep_widest(alike: list[Extent], extent: Extent) -> None:
    """Of the rules on the same names, only those that no other covers are worth comparing with."""
    if not any(other.covers(extent) for other in alike):
        alike[:] = [other for other in alike if not extent.covers(other)]
        alike.append(extent)
