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
    from collections.abc import Iterable, Iterator

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

    def about(self, form: str) -> Iterator[Rule]:
        """The rules of the first layer on this person, for the right and a form, whatever else they ask."""
        return self.policy.conventions.about(self.actors, self.target.platform, self.right, form)

    def naming(self) -> list[Rule]:
        """Those on the dossier's form that name its organism."""
        names = self.organism_names
        return [rule for rule in self.about(self.target.form) if rule.organisms in names]

    @property
    def organism_names(self) -> frozenset[str]:
        """What rules call the dossier's organism: by its key, its groups, or itself."""
        groups = self.policy.enforcement.groups.reach(self.target.organism)
        return groups | {SELF} if self.target.organism in self.actors else groups

    def covering(self, naming: Iterable[Rule] | None = None) -> list[Rule]:
        """Those in force at the step on the day, consent aside."""
        found = self.naming() if naming is None else naming
        return [rule for rule in found if rule.steps & self.bit and rule.holds_on(self.day)]

    def reaching(self, naming: Iterable[Rule] | None = None) -> list[Rule]:
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

    def conventions_allow(self, naming: Iterable[Rule] | None = None) -> bool:
        """Whether the first layer says yes."""
        return {rule.denies for rule in self.reaching(naming)} == {False}

    def limit(self, form: str) -> int:
        """The steps that the last two layers leave on a form."""
        return steps_of(self.box_rules(form)) & steps_of(self.ceiling_rules(form))

    def allows(self) -> bool:
        """Whether the three layers say yes."""
        return bool(self.limit(self.target.form) & self.bit) and self.conventions_allow()


class Tries:
    """One person's questions on many dossiers: the rules are gathered once a form and an organism."""

    def __init__(self, point: Point) -> None:
        self._point = point
        self._naming: dict[tuple[str, str], list[Rule]] = {}
        self._limits: dict[str, int] = {}

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

    def allow(self, target: Target, day: str, assumed: str) -> bool:
        """As `Point.allows`."""
        there = self._point.at(target, day, assumed)
        if not self.limit(target.form) & there.bit:
            return False
        return there.conventions_allow(self.naming(target))
