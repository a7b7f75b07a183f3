"""The compiler's second half: what one subject may, as a byte of steps an organism.

A cell answers for one platform, form, year and right. It is compiled when first asked, from the rules
that Casbin has loaded, and holds the conjunction of the three layers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from authz.decision import Allowed, Target
from authz.lines import SELF
from authz.names import FORM, YEARS
from authz.rights import RIGHTS
from authz.rules import Rule, steps_of

if TYPE_CHECKING:
    from authz.policy import Policy
    from authz.scope import Scope
    from authz.shelf import Shelf

Key = tuple[str, str, int, str]
# What was asked, and the yes already said.
Given = dict[tuple[str, Target], Allowed]
MOST_GIVEN = 2_000


class Cell:
    """`steps`: one byte of step bits an organism; `allowed`: the answer when every rule has one article.

    `limited`: some rule gives a few tabs only, so that which ones remains to be asked.
    """

    __slots__ = ("allowed", "limited", "steps")

    def __init__(self, steps: bytes, allowed: Allowed | None, *, limited: bool = False) -> None:
        self.steps = steps
        self.allowed = allowed
        self.limited = limited


class Table(dict[Key, Cell]):
    """The cells of one subject in one span of days, by (platform, form, year, right)."""

    def __init__(self, shelf: Shelf, subject: str, era: str) -> None:
        super().__init__()
        self._shelf = shelf
        policy = shelf.policy
        self.era = era
        self.subject = subject
        # The subject, its organization and its kind: whom the first and the third layers may name.
        self.actors = sorted(policy.enforcement.members.reach(subject)) if subject in policy.accounts else []
        self.own = policy.organisms.gather(self.actors)
        self.given: Given = {}
        self.scopes: dict[str, Scope] = {}
        # Apart from what is asked: the case of all other forms and years must not answer to its own name.
        self._cases: dict[Key, Cell] = {}

    @property
    def policy(self) -> Policy:
        """The policy answered for: a newer one than it was compiled from, if nothing there bears on it."""
        return self._shelf.policy

    def remember(self, right: str, target: Target, allowed: Allowed) -> None:
        """Keep a yes; not more of them than one screen asks about, whatever forms and years are asked."""
        if len(self.given) >= MOST_GIVEN:
            self.given.clear()
        self.given[right, target] = allowed

    def stay(self, shelf: Shelf) -> None:
        """Remain with the policy that it was compiled from, while the others follow a newer one."""
        self._shelf = shelf

    def __missing__(self, key: Key) -> Cell:
        platform, form, year, right = key
        if not self._admits(platform, form, year, right):
            return self.policy.nothing
        found = self.cell(platform, *self.policy.buckets.sort(platform, form, year), right)
        if form in self.policy.buckets.forms(platform):
            # Asked again, a named form in a plausible year is found at once; any other stays unknown.
            self[key] = found
        return found

    def _admits(self, platform: str, form: str, year: int, right: str) -> bool:
        """Names that nobody knows are refused here, before any rule is read, and leave nothing behind."""
        known = bool(self.actors) and platform in self.policy.platforms and right in RIGHTS
        return known and FORM.fullmatch(form) is not None and year in YEARS

    def cell(self, platform: str, form: str, year: int, right: str) -> Cell:
        """The cell of a case already sorted (`Buckets.sort`)."""
        case = (platform, form, year, right)
        found = self._cases.get(case)
        if found is None:
            found = self._cases[case] = self._compile(*case)
        return found

    def _compile(self, platform: str, form: str, year: int, right: str) -> Cell:
        allowed = denied = 0
        refs: set[str] = set()
        limited = False
        for rule in self.conventions(platform, form, right):
            steps = self.reached(rule, platform, form, year) * rule.steps
            if rule.denies:
                denied |= steps
            else:
                allowed |= steps
                refs.add(rule.ref)
                limited = limited or rule.tabs is not None
        limit = self.box_steps(platform, form, right) & self.ceiling_steps(platform, form, right)
        organisms = self.policy.organisms
        flat = organisms.table(allowed & ~denied & (organisms.every * limit))
        return Cell(flat, Allowed(refs.pop()) if len(refs) == 1 else None, limited=limited)

    def conventions(self, platform: str, form: str, right: str) -> Iterator[Rule]:
        """The rules of the first layer that are in force and name this subject or its organization."""
        for rule in self.policy.conventions.about(self.actors, platform, right, form):
            if rule.holds_on(self.era):
                yield rule

    def covered(self, rule: Rule) -> int:
        """The organisms that a rule of the first layer names, as a set, whatever they consented to."""
        return self.own if rule.organisms == SELF else self.policy.organisms.group(rule.organisms)

    def reached(self, rule: Rule, platform: str, form: str, year: int) -> int:
        """The organisms that a rule of the first layer names and, where it asks for it, that consented."""
        if not rule.consent:
            return self.covered(rule)
        return self.covered(rule) & self.policy.organisms.consenting(rule.who, f"{platform}/{form}/{year}")

    def box_rules(self, platform: str, form: str, right: str) -> Iterator[Rule]:
        """The rules of the second layer on this subject or one of its profiles."""
        names = self.policy.enforcement.profiles.reach(self.subject, f"{platform}/{form}")
        return self.policy.boxes.about(sorted(names), platform, right, form)

    def ceiling_rules(self, platform: str, form: str, right: str) -> Iterator[Rule]:
        """The rules of the third layer on this subject's kind."""
        return self.policy.ceilings.about(self.actors, platform, right, form)

    def box_steps(self, platform: str, form: str, right: str) -> int:
        """The steps at which the second layer says yes, as bits."""
        return steps_of(self.box_rules(platform, form, right))

    def ceiling_steps(self, platform: str, form: str, right: str) -> int:
        """The steps at which the third layer says yes, as bits."""
        return steps_of(self.ceiling_rules(platform, form, right))
