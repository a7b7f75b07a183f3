"""What the rules say of one person and one dossier, rule by rule: slow for a list, and it names them.

The same conditions as the compiled tables; what is explained from here is proven to agree with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING

from authz.decision import Target
from authz.lines import ANY_FORM, SELF
from authz.rights import STEP_BIT, Right
from authz.rules import Rule, in_order, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from authz.policy import Policy

# Of the rules of one name, beyond so many on the same organisms and form, and so many in all, an answer would
# come no nearer, and the wait be longer.
MOST_ALIKE = 50
MOST_WEIGHED = 500


@dataclass(frozen=True, slots=True)
class Point:
    """One question to the rules. `assumed`: an actor to whom the organism is taken to have said yes."""

    policy: Policy
    subject: str
    actors: tuple[str, ...]
    right: Right
    target: Target
    day: str
    assumed: str = ""

    @classmethod
    def of(cls, policy: Policy, subject: str, right: Right, target: Target, day: date) -> Point:
        """The question of an open account; it must be one whose every name is known (`Policy.knows`)."""
        actors = tuple(sorted(policy.enforcement.members.reach(subject)))
        return cls(policy, subject, actors, right, target, day.isoformat())

    def at(self, target: Target, day: str, assumed: str = "") -> Point:
        """The same person's question on another dossier or day."""
        return replace(self, target=target, day=day, assumed=assumed)

    @property
    def bit(self) -> int:
        """The step asked about."""
        return STEP_BIT[self.target.step]

    @property
    def organism_names(self) -> frozenset[str]:
        """What rules call the dossier's organism: by its key, its groups, or itself."""
        groups = self.policy.enforcement.groups.reach(self.target.organism)
        return groups | {SELF} if self.target.organism in self.actors else groups

    def naming(self) -> list[Rule]:
        """The rules of the first layer on this person, right and form that name the dossier's organism."""
        target, names = self.target, self.organism_names
        found: list[Rule] = []
        for held in self.policy.conventions.held(self.actors, target.platform, self.right):
            on_it = [held[name] for name in names if name in held]
            spoken = {target.form, ANY_FORM}
            found += in_order(forms[one] for forms in on_it for one in spoken if one in forms)
        return found

    def covering(self, naming: Iterable[Rule]) -> list[Rule]:
        """Those of them in force at the step on the day, consent aside."""
        bit, day = self.bit, self.day
        return [rule for rule in naming if rule.steps & bit and rule.since <= day <= rule.until]

    def reaching(self, naming: Iterable[Rule]) -> list[Rule]:
        """Those whose consent, where they ask for it, is given."""
        return self.answered(self.covering(naming))

    def answered(self, rules: list[Rule]) -> list[Rule]:
        """The rules that ask for no consent, or have it."""
        given = {who for who in {rule.who for rule in rules if rule.consent} if self.has_said_yes(who)}
        return [rule for rule in rules if not rule.consent or rule.who in given]

    def consented(self, rule: Rule) -> bool:
        """Whether a rule asks for no consent, or has it."""
        return not rule.consent or self.has_said_yes(rule.who)

    def has_said_yes(self, to: str) -> bool:
        """Whether the dossier’s organism has said yes to an actor, or is taken to have."""
        if to == self.assumed:
            return True
        target = self.target
        domain = f"{target.platform}/{target.form}/{target.year}"
        return self.policy.enforcement.consents.has_link(target.organism, to, domain)

    def box_rules(self, form: str) -> list[Rule]:
        """The rules of the second layer on this person and a form."""
        platform = self.target.platform
        names = self.policy.enforcement.profiles.reach(self.subject, f"{platform}/{form}")
        return list(self.policy.boxes.about(sorted(names), platform, self.right, form))

    def ceiling_rules(self, form: str) -> list[Rule]:
        """The rules of the third layer on this person and a form."""
        return list(self.policy.ceilings.about(self.actors, self.target.platform, self.right, form))

    def conventions_allow(self, naming: Iterable[Rule]) -> bool:
        """Whether the first layer says yes."""
        return {rule.denies for rule in self.reaching(naming)} == {False}

    def limit(self, form: str) -> int:
        """The steps that the last two layers leave on a form."""
        return steps_of(self.box_rules(form)) & steps_of(self.ceiling_rules(form))

    def allows(self) -> bool:
        """Whether the three layers say yes."""
        return bool(self.limit(self.target.form) & self.bit) and self.conventions_allow(self.naming())


class Tries:
    """One person's questions on many dossiers: what is found of each is kept."""

    def __init__(self, point: Point) -> None:
        self._point = point
        platform, right = point.target.platform, point.right
        self._held = point.policy.conventions.held(point.actors, platform, right)
        others = point.policy.buckets.forms(platform) - {point.target.form}
        self._forms = (point.target.form, ANY_FORM, *sorted(others))
        self._naming: dict[tuple[str, str], list[Rule]] = {}
        self._denies: dict[tuple[str, str], list[Rule]] = {}
        self._limits: dict[str, int] = {}

    def on(self, names: Iterable[str]) -> Iterator[Rule]:
        """The first rules that give on organisms so named, those on the form asked about before others."""
        on_them = [held[name] for name in sorted(names) for held in self._held if name in held]
        found = (forms[one] for one in self._forms for forms in on_them if one in forms)
        giving = (islice((rule for rule in rules if not rule.denies), MOST_ALIKE) for rules in found)
        return islice(chain.from_iterable(giving), MOST_WEIGHED)

    def allows_on(self, name: str) -> bool:
        """Whether one of them gives something on the organisms called so."""
        return any(self.on((name,)))

    def organisms_named(self) -> set[str]:
        """What the rules call the organisms that they speak of."""
        return {name for held in self._held for name in held}

    def limit(self, form: str) -> int:
        """As `Point.limit`."""
        found = self._limits.get(form)
        if found is None:
            found = self._limits[form] = self._point.limit(form)
        return found

    def naming(self, target: Target) -> list[Rule]:
        """As `Point.naming`, on a dossier."""
        key = (target.form, target.organism)
        found = self._naming.get(key)
        if found is None:
            found = self._naming[key] = self._point.at(target, self._point.day).naming()
        return found

    def denied(self, target: Target, day: str, assumed: str) -> bool:
        """Whether a rule of the first layer takes a dossier away."""
        there, key = self._point.at(target, day, assumed), (target.form, target.organism)
        denies = self._denies.get(key)
        if denies is None:
            denies = self._denies[key] = [rule for rule in self.naming(target) if rule.denies]
        bit = there.bit
        return any(
            rule.steps & bit and rule.since <= day <= rule.until and there.consented(rule) for rule in denies
        )
