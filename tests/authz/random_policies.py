"""Random policies and requests, dense enough that every kind of rule often decides.

Drawn from a seeded `Random` rather than line by line by hypothesis, whose own lists stay too short
for a deny, a consent and a box to meet in one decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from random import Random
from typing import TypeVar

from authz import Line, Right, Target
from authz.facts import ConsentFact, Facts
from authz.names import NO_PROFILE
from authz.policy import Policy
from authz.rights import ALL_STEPS
from tests.authz.sample import CLOSED, COOP, ESH, OPEN, OPH, ORGANISMS, SEM, facts

SUBJECTS = [*OPEN, *CLOSED]
PARTNERS = ["partner:CDC", "partner:ANCOLS"]
BODIES = [OPH, ESH, "operator:MIN", *PARTNERS]
KINDS = ["kind:organism", "kind:operator", "kind:partner"]
GROUPS = ["all", "category:OPH", "category:SAC", "department:75", "federated", "federated:ESH", "unfederated"]
ORGANISM_KEYS = [OPH, SEM, ESH, COOP]
PROFILES = ["profile:one", "profile:two"]
FORMS = ["ER", "QDIS"]
YEARS = [2023, 2024]
TABS = ["A1", "A2", "B_3", "ZZ", "*", "", "a1", "A1+A2"]
RIGHTS = [Right.READ, Right.EXPORT]
DAYS = [date(2026, 11, day) for day in (19, 20, 21, 22, 23)]
DATES = ["1900-01-01", *(day.isoformat() for day in DAYS[1:4]), "9999-12-31"]

Item = TypeVar("Item")


class Dice:
    """Draws, most of them weighted towards what makes rules meet."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def one(self, items: Sequence[Item]) -> Item:
        """Any of them."""
        return self._random.choice(items)

    def often(self, usual: Item, others: Sequence[Item], chance: float = 0.6) -> Item:
        """The usual one, or any of the others."""
        return usual if self._random.random() < chance else self._random.choice(others)

    def some(self, items: Sequence[Item], chance: float) -> list[Item]:
        """Each of them with this chance."""
        return [item for item in items if self._random.random() < chance]

    def _steps(self) -> str:
        return self.often(ALL_STEPS, ["".join(self.some(ALL_STEPS, 0.6)) or "4"], 0.7)

    def _end(self, chance: float) -> tuple[str, str]:
        return self.often("allow", ["deny"], chance), self.one(["art. 1", "art. 2", 'l\'article "3", b'])

    def _head(self) -> tuple[str, str]:
        return self.often("MIN", ["ESH"], 0.9), self.often("*", FORMS)

    def convention(self) -> Line:
        """A line of the first layer."""
        mine = self.one(["user:cdc", "partner:CDC", "partner:CDC", "kind:partner"])
        actor = self.often(mine, [*SUBJECTS, *BODIES, *KINDS])
        organisms = self.often("all", ["@self", *GROUPS, *ORGANISM_KEYS], 0.3)
        since, until = self.often(("1900-01-01", "9999-12-31"), [self._dates()])
        middle = (organisms, self.often(RIGHTS[0].value, RIGHTS, 0.9), self._steps(), since, until)
        effect, ref = self._end(0.75)
        tabs = "*" if effect == "deny" else self.often("*", ["A1", "A2", "A1+A2", "B_3"])
        return Line("p", (actor, *self._head(), *middle, self.often("no", ["yes"]), tabs, effect, ref))

    def _dates(self) -> tuple[str, str]:
        first, last = sorted((self.one(DATES), self.one(DATES)))
        return first, last

    def limit(self, ptype: str, names: Sequence[str]) -> Line:
        """A line of the second or the third layer."""
        middle = (self.often(RIGHTS[0].value, RIGHTS), self._steps())
        return Line(ptype, (self.one(names), *self._head(), *middle, *self._end(0.8)))

    def holding(self) -> Line:
        """A profile held."""
        domain = self.often("MIN/ER", ["MIN/QDIS", "ESH/ER", "MIN/*", "MIN/*"])
        return Line("g", (self.one(SUBJECTS), self.often(self.one(PROFILES), [NO_PROFILE], 0.9), domain))

    def policy(self) -> Policy:
        """A policy, compiled."""
        return Policy(self.facts())

    def facts(self) -> Facts:
        """What it is built from; the last two layers are often wide open, or little would be allowed."""
        lines = [self.convention() for _ in range(self.one(range(14)))]
        lines += [self.limit("p2", [*SUBJECTS, *PROFILES, *PROFILES]) for _ in range(self.one(range(8)))]
        lines += [self.limit("p3", KINDS) for _ in range(self.one(range(6)))]
        lines += [self.holding() for _ in range(self.one(range(12)))]
        lines += [Line("p2", (name, "ESH", "QDIS", "notify", "6", "allow", "x")) for name in PROFILES]
        for ptype, names in (("p2", PROFILES), ("p2", SUBJECTS), ("p3", KINDS)):
            opened = [
                Line(ptype, (name, "MIN", "*", RIGHTS[0].value, ALL_STEPS, "allow", "x")) for name in names
            ]
            lines += self.often(opened, [[]], 0.85)
        return facts(lines, self._consents())

    def _consents(self) -> list[ConsentFact]:
        every = product(ORGANISM_KEYS, PARTNERS, ["MIN"], FORMS, YEARS)
        return [ConsentFact(*parts) for parts in self.some(list(every), self.one([0.0, 0.3, 0.7]))]

    def request(self) -> tuple[str, Right, Target, date]:
        """A request, now and then with a name that nobody knows."""
        target = Target(
            self.often("MIN", ["ESH", "NONE"], 0.95),
            self.often(self.often("ER", ["QDIS"]), ["ZZ", "er", "", ""], 0.85),
            self.often(self.often(2024, YEARS), [2030, 1800, 0, 0, -1], 0.85),
            self.often(self.one(ORGANISM_KEYS), ["organism:999999999", "all"], 0.95),
            self.often(self.one(range(7)), [-1, 7, 8], 0.95),
        )
        subject = self.often("user:cdc", [*SUBJECTS, "user:nobody"], 0.5)
        return subject, self.often(RIGHTS[0], RIGHTS, 0.9), target, self.one(DAYS)


# Every sound dossier of the small world, then rows that no sound dossier would be.
ROWS = [
    Target(platform, form, year, organism.key, step)
    for platform, form, year, organism, step in product(
        ["MIN", "ESH"], [*FORMS, "ZZ"], [*YEARS, 2030], ORGANISMS, range(7)
    )
] + [
    Target("MIN", "er", 2024, OPH, 4),
    Target("NONE", "ER", 2024, OPH, 4),
    Target("MIN", "ER", 1800, OPH, 4),
    Target("MIN", "ER", 2024, OPH, 7),
]
