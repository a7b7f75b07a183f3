"""Random changes of a random policy: what each version adds and closes, and the facts after it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, product
from uuid import UUID

from authz import Line
from authz.facts import AccountFact, ConsentFact, Delta, Facts, OrganismFact, OrganizationFact
from models import OrganizationKind
from tests.authz.random_policies import (
    BODIES,
    FORMS,
    KINDS,
    ORGANISM_KEYS,
    PARTNERS,
    PROFILES,
    SUBJECTS,
    YEARS,
    Dice,
)

NEW_YEARS = [*YEARS, 2025]


class History:
    """The facts of a world whose lines are numbered, and the next change of them."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._numbers = count(1)
        found = dice.facts()
        self.facts = replace(found, lines=tuple(self._numbered(line) for line in found.lines))

    def _numbered(self, line: Line) -> Line:
        return replace(line, id=next(self._numbers))

    def change(self) -> Delta:
        """The next change; `facts` are then those after it."""
        dice, old = self._dice, self.facts
        closed = tuple(dice.some(old.lines, 0.15)) if dice.one([True, True, False]) else ()
        drawn = [self._line() for _ in range(dice.one(range(4)))]
        # Twice the same, and one that is already there: closing one of them leaves the other.
        drawn += dice.some([*old.lines, *drawn], 0.1)
        added = tuple(self._numbered(line) for line in drawn)
        accounts = tuple(self._account(account) for account in dice.some(old.accounts, 0.1))
        asked = [ConsentFact(*one) for one in product(ORGANISM_KEYS, PARTNERS, ["MIN"], FORMS, NEW_YEARS)]
        consents = tuple(
            (consent, dice.one([True, False])) for consent in dice.some(asked, dice.one([0.0, 0.0, 0.08]))
        )
        organisms, organizations = self._bodies()
        delta = Delta(
            old.version, old.version + 1, added, closed, organizations, organisms, accounts, consents
        )
        self.facts = after(old, delta)
        return delta

    def _line(self) -> Line:
        dice = self._dice
        draw = dice.one(["p", "p", "p2", "p3", "g"])
        if draw == "p2":
            return dice.limit("p2", [*SUBJECTS, *PROFILES, *PROFILES])
        return {"p": dice.convention, "p3": lambda: dice.limit("p3", KINDS), "g": dice.holding}[draw]()

    def _account(self, account: AccountFact) -> AccountFact:
        dice = self._dice
        moved = replace(account, organization=dice.often(account.organization, BODIES, 0.7))
        return replace(moved, open=dice.one([True, True, False]))

    def _bodies(self) -> tuple[tuple[OrganismFact, ...], tuple[OrganizationFact, ...]]:
        """Now and then an organism of another category, or a new one."""
        dice, old = self._dice, self.facts
        kind = dice.often("none", ["moved", "born", "renamed"], 0.85)
        if kind == "moved":
            one = dice.one(old.organisms)
            return (replace(one, category=dice.one(["OPH", "SA"]), federation=dice.one([None, "ESH"])),), ()
        if kind == "born":
            key = f"organism:{len(old.organisms):09}"
            body = OrganizationFact(key, OrganizationKind.ORGANISM, key)
            return (OrganismFact(key, UUID(int=50 + len(old.organisms)), "OPH", "75", None),), (body,)
        renamed = replace(dice.one(old.organizations), name="Autre nom")
        return (), (renamed,) if kind == "renamed" else ()


def after(old: Facts, delta: Delta) -> Facts:
    """The facts that a reading of the whole would find after the change."""
    closed = {line.id for line in delta.closed}
    given = dict.fromkeys(old.consents, True) | dict(delta.consents)
    return replace(
        old,
        version=delta.version,
        lines=(*(line for line in old.lines if line.id not in closed), *delta.added),
        organizations=tuple(
            (
                {item.key: item for item in old.organizations} | {i.key: i for i in delta.organizations}
            ).values()
        ),
        organisms=tuple(
            one
            for _, one in sorted(
                ({item.key: item for item in old.organisms} | {i.key: i for i in delta.organisms}).items()
            )
        ),
        accounts=tuple(
            ({item.subject: item for item in old.accounts} | {i.subject: i for i in delta.accounts}).values()
        ),
        consents=tuple(consent for consent, yes in given.items() if yes),
    )
