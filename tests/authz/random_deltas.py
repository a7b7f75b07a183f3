"""Random changes of a random policy: what each version adds and closes, and the facts after it."""

from __future__ import annotations

from collections.abc import Iterator
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
from tests.authz.sample import facts

ALWAYS = ("1900-01-01", "9999-12-31")
# Rare among those drawn, and what an organism's own or moved dossiers hang on.
_OWN = [
    Line("p", (actor, "MIN", "*", organisms, "dossier:read", "0123456", *ALWAYS, "no", "*", "allow", "own"))
    for actor, organisms in (("kind:organism", "@self"), ("partner:ANCOLS", "federated"))
]
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

    def line(self) -> Line:
        """A new line of any type, with its number."""
        return replace(self._numbered(self._line()), id=10_000 + next(self._numbers))

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


def one_change(dice: Dice, number: int) -> tuple[Facts, Delta, Facts]:
    """Facts, a change of one kind alone (by its number), and the facts after it."""
    history = History(dice)
    lines = (*history.facts.lines, *(replace(line, id=900 + place) for place, line in enumerate(_OWN)))
    if number % 8 in (2, 4):
        # The boxes of one's own would hide those of a profile.
        lines = tuple(line for line in lines if not (line.ptype == "p2" and line.values[0] in SUBJECTS))
    old = replace(history.facts, lines=lines)
    if number % 8 == 0:
        # Every line twice: closing one of two must change nothing.
        twice = [replace(line, id=(line.id or 0) + 1_000) for line in old.lines]
        old = replace(old, lines=(*old.lines, *twice))
        delta = Delta(1, 2, closed=tuple(dice.some(old.lines, 0.3)))
        return old, delta, after(old, delta)
    whole = history.change()
    ptypes = {1: ("p",), 2: ("p2",), 3: ("p3",), 4: ("g",)}.get(number % 8, ())
    delta = replace(
        whole,
        added=_some(history, ptypes) if number % 16 < 8 else (),
        closed=tuple(line for line in dice.some(old.lines, 0.4) if line.ptype in ptypes and number % 16 >= 8),
        organizations=(),
        organisms=(_elsewhere(dice, old),) if number % 8 == 5 else (),
        accounts=_accounts(dice, old) if number % 8 == 6 else (),
        consents=_consents(dice) if number % 8 == 7 else (),
    )
    return old, delta, after(old, delta)


def _some(history: History, ptypes: tuple[str, ...]) -> tuple[Line, ...]:
    drawn = [history.line() for _ in range(40)]
    return tuple(line for line in drawn if line.ptype in ptypes)[:5]


def _elsewhere(dice: Dice, old: Facts) -> OrganismFact:
    return replace(dice.one(old.organisms), category="SA", department="69", federation="ESH")


def _accounts(dice: Dice, old: Facts) -> tuple[AccountFact, ...]:
    chosen = dice.some(old.accounts, 0.6)
    return tuple(replace(one, organization=dice.one(BODIES), open=dice.one([True, False])) for one in chosen)


def _consents(dice: Dice) -> tuple[tuple[ConsentFact, bool], ...]:
    every = [ConsentFact(*one) for one in product(ORGANISM_KEYS, PARTNERS, ["MIN"], FORMS, YEARS)]
    return tuple((consent, dice.one([True, False])) for consent in dice.some(every, 0.7))


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


def plain_changes() -> Iterator[tuple[Facts, Delta, Facts]]:
    """One line added and nothing else that could hide it: a rule, a dated one, a profile's box."""
    ends = ("allow", "x")
    given = ("partner:CDC", "MIN", "*", "all", "dossier:read", "0123456")
    box = ("profile:one", "MIN", "*", "dossier:read", "0123456", *ends)
    base = [
        Line("p", ("partner:ANCOLS", *given[1:], *ALWAYS, "no", "*", *ends)),
        Line("p2", ("user:ancols", *box[1:])),
        Line("p2", ("profile:one", "MIN", "*", "notify", "0123456", *ends)),
        Line("p3", ("kind:partner", *box[1:])),
        Line("g", ("user:cdc", "profile:one", "MIN/ER")),
    ]
    rule, boxed = Line("p", (*given, *ALWAYS, "no", "*", *ends)), Line("p2", box)
    dated = Line("p", (*given, "2026-11-20", "2026-11-21", "no", "*", *ends))
    for known, added in (([boxed], rule), ([boxed], dated), ([rule], boxed)):
        lines = [replace(line, id=number) for number, line in enumerate([*base, *known], 1)]
        old, delta = facts(lines), Delta(1, 2, added=(replace(added, id=100),))
        yield old, delta, after(old, delta)
