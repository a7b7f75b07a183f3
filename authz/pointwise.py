"""What the rules say of one person and one dossier, rule by rule: slow for a list, and it names them.

The same conditions as the compiled tables; what is explained from here is proven to agree with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from authz.decision import Target
from authz.lines import SELF
from authz.rights import STEP_BIT, Right
from authz.rules import Rule, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz.policy import Policy


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
        names, target = self.organism_names, self.target
        found = self.policy.conventions.about(self.actors, target.platform, self.right, target.form)
        return [rule for rule in found if rule.organisms in names]

    def covering(self, naming: Iterable[Rule]) -> list[Rule]:
        """Those of them in force at the step on the day, consent aside."""
        return [rule for rule in naming if rule.steps & self.bit and rule.holds_on(self.day)]

    def reaching(self, naming: Iterable[Rule]) -> list[Rule]:
        """Those whose consent, where they ask for it, is given."""
        return [rule for rule in self.covering(naming) if self.consented(rule)]

    def consented(self, rule: Rule) -> bool:
        """Whether a rule asks for no consent, or has it."""
        if not rule.consent or rule.who == self.assumed:
            return True
        target = self.target
        domain = f"{target.platform}/{target.form}/{target.year}"
        return self.policy.enforcement.consents.has_link(target.organism, rule.who, domain)

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
    """One person's questions on many dossiers: the rules on this person are gathered once.

    `rules`: all those of the first layer, whatever they ask; `here`: those that name the dossier’s organism.
    """

    def __init__(self, point: Point) -> None:
        self._point = point
        names = point.organism_names
        platform, right = point.target.platform, point.right
        self.rules = list(point.policy.conventions.on(point.actors, platform, right))
        # Read through once: with nearly all rules on one person, each more reading is most of the wait.
        self._places: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            self._places.setdefault(rule.organisms, []).append(place)
        self.here = self.on(names)
        self._naming: dict[tuple[str, str], list[Rule]] = {}
        self._denies: dict[tuple[str, str], list[Rule]] = {}
        self._limits: dict[str, int] = {}

    def on(self, names: Iterable[str]) -> list[Rule]:
        """The rules that speak of organisms by one of these names, in their order."""
        places = sorted(place for name in names for place in self._places.get(name, ()))
        return [self.rules[place] for place in places]

    def allows_on(self, name: str) -> bool:
        """Whether one of them gives something on the organisms called so."""
        return any(not self.rules[place].denies for place in self._places.get(name, ()))

    def organisms_named(self) -> Iterable[str]:
        """What the rules call the organisms that they speak of, in the order of their first rules."""
        return self._places.keys()

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
            rules = self.here
            if target.organism != self._point.target.organism:
                names = self._point.at(target, self._point.day).organism_names
                rules = self.on(names)
            found = self._naming[key] = [rule for rule in rules if rule.speaks_of(target.form)]
        return found

    def denied(self, target: Target, day: str, assumed: str) -> bool:
        """Whether a rule of the first layer takes a dossier away."""
        there, key = self._point.at(target, day, assumed), (target.form, target.organism)
        denies = self._denies.get(key)
        if denies is None:
            denies = self._denies[key] = [rule for rule in self.naming(target) if rule.denies]
        return bool(there.reaching(denies))
