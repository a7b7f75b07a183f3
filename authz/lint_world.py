"""What rules are weighed against: who is beneath whom, what a group holds, what the ceiling leaves."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from authz.facts import Facts
from authz.lines import ANY_FORM, SELF, Effect, Line
from authz.names import EVERYONE, groups_of, kind_name
from authz.rights import step_bits
from authz.roles import default_of
from models import OrganizationKind

EVERY_ORGANISM_ITSELF = kind_name(OrganizationKind.ORGANISM)


class World:
    """The facts of one version, read once. Sets of organisms are integers, a byte an organism.

    One byte more stands for the form as a whole, which only rules on all organisms speak of
    (`authz.on_form`): no list of organisms makes up for it.
    """

    def __init__(self, facts: Facts) -> None:
        self.parents: dict[str, tuple[str, ...]] = {
            item.key: (item.key, kind_name(item.kind)) for item in facts.organizations
        }
        self.organizations = self.parents.keys()
        self._homes = {item.subject: item.organization for item in facts.accounts}
        self._open = {item.subject for item in facts.accounts if item.open}
        self._peopled = {item.organization for item in facts.accounts if item.open}
        self._groups = {organism.key: groups_of(organism) for organism in facts.organisms}
        self._sets = _sets(facts)
        self.every = self._sets[EVERYONE]
        self._profiles: dict[tuple[str, str], set[str]] = defaultdict(set)
        for line in facts.lines:
            if line.ptype == "g":
                subject, profile, domain = line.values
                self._profiles[subject, domain].add(profile)
                self._profiles[subject, domain.partition("/")[0]].add(profile)
        self._ceilings = _ceilings(facts.lines)
        # The same few names and cells are asked about by many thousands of lines.
        self.own = lru_cache(maxsize=None)(self._own)
        self._reached = lru_cache(maxsize=None)(lambda organisms, steps: self._sets.get(organisms, 0) * steps)
        self._names = lru_cache(maxsize=None)(self._names_around)
        self._ceiling = lru_cache(maxsize=None)(self._of_kind)

    def above(self, actor: str) -> tuple[str, ...]:
        """An actor of the first layer, and whatever it is part of: its organization, its kind."""
        home = self._homes.get(actor)
        if home is not None:
            return (actor, *self.parents[home])
        return self.parents.get(actor, (actor,))

    def profiles(self, subject: str, place: str) -> set[str]:
        """The profiles that a subject holds in `PLATFORM/FORM`, or anywhere on `PLATFORM`."""
        found = self._profiles.get((subject, place))
        return self._profiles.get((subject, default_of(place) or ""), set()) if found is None else found

    def _own(self, actor: str) -> str | None:
        """The organism that `@self` means to an actor; None for a kind, and for who is no organism's."""
        return next((name for name in self.above(actor) if name in self._groups), None)

    def members(self, organisms: str, actor: str) -> int:
        """The organisms that a rule on an actor speaks of, as a set."""
        if organisms != SELF:
            return self._sets.get(organisms, 0)
        own = self.own(actor)
        if own is not None:
            return self._sets[own]
        return self.every if actor == EVERY_ORGANISM_ITSELF else 0

    def reached(self, organisms: str, actor: str, steps: int) -> int:
        """Those organisms, each with the steps of a rule."""
        if organisms == SELF:
            return self.members(organisms, actor) * steps
        return int(self._reached(organisms, steps))

    def names_around(self, organisms: str, actor: str) -> tuple[str, ...]:
        """The names whose organisms include all of those that a rule speaks of, itself first.

        By what the names mean, not by who happens to be in them today: two groups that hold the same
        organisms are still two.
        """
        return self._names(organisms, self.own(actor))

    def _names_around(self, organisms: str, own: str | None) -> tuple[str, ...]:
        if organisms == SELF:
            return (SELF, EVERYONE) if own is None else (SELF, own, *self._groups[own])
        if organisms in self._groups:
            itself = (SELF,) if own == organisms else ()
            return (organisms, *self._groups[organisms], *itself)
        wider = ("federated",) if organisms.startswith("federated:") else ()
        return tuple(dict.fromkeys((organisms, *wider, EVERYONE)))

    def has_accounts(self, actor: str) -> bool:
        """Whether any open account is the actor or belongs to it; a kind always might."""
        if actor in self.parents:
            return actor in self._peopled
        return actor in self._open or actor not in self._homes

    def ceiling(self, actor: str, platform: str, right: str, form: str) -> int:
        """The steps that the third layer may leave to an actor, on one form or on any."""
        return self._ceiling(self.above(actor)[-1], platform, right, form)

    def _of_kind(self, kind: str, platform: str, right: str, form: str) -> int:
        found = self._ceilings.get((kind, platform, right), {})
        wanted = found.values() if form == ANY_FORM else (found.get(form, 0), found.get(ANY_FORM, 0))
        steps = 0
        for part in wanted:
            steps |= part
        return steps


def _sets(facts: Facts) -> dict[str, int]:
    size = len(facts.organisms) + 1
    flags: dict[str, bytearray] = defaultdict(lambda: bytearray(size))
    for place, organism in enumerate(facts.organisms):
        for name in (organism.key, *groups_of(organism)):
            flags[name][place] = 1
    flags[EVERYONE][-1] = 1
    return {name: int.from_bytes(found, "little") for name, found in flags.items()}


def _ceilings(lines: tuple[Line, ...]) -> dict[tuple[str, str, str], dict[str, int]]:
    """By kind, platform and right: the steps allowed, form by form, less those denied on every form."""
    found: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    denied: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in lines:
        if line.ptype != "p3":
            continue
        kind, platform, form, right, steps, effect, _ = line.values
        key = (kind, platform, right)
        if effect == Effect.ALLOW:
            found[key][form] = found[key].get(form, 0) | step_bits(steps)
        elif form == ANY_FORM:
            denied[key] |= step_bits(steps)
    return {
        key: {form: steps & ~denied[key] for form, steps in forms.items()} for key, forms in found.items()
    }
