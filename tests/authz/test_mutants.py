"""The compiler, wronged in one place at a time: the comparison with enforce() must notice every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from authz import Allowed, Right, Target, decide, readable_tabs
from authz.changing import changed, hand_over
from authz.facts import Delta, Facts
from authz.faults import PolicyFault
from authz.policy import Policy
from tests.authz.mutating import mutant
from tests.authz.random_deltas import one_change, plain_changes
from tests.authz.random_policies import BODIES, DAYS, GROUPS, KINDS, PROFILES, RIGHTS, SUBJECTS, Dice
from tests.authz.sample import target, viewer

Request = tuple[str, Right, Target, date]
# The last two meet what few others do: a consent of whom the rule does not name, an organism that changes.
SEEDS = (*range(48), 85, 101)
REQUESTS, TABS = 12, ("A1", "A2", "B_3")

MUTANTS: list[tuple[str, str, str]] = [
    ("table:Table._compile", "allowed & ~denied", "allowed"),
    ("table:Table._compile", "denied |= steps", "denied = steps"),
    ("table:Table._compile", "allowed |= steps", "allowed = steps"),
    ("table:Table._compile", "(organisms.every * limit)", "organisms.every * 127"),
    ("table:Table._compile", "box_steps(platform, form, right) &", "box_steps(platform, form, right) |"),
    ("table:Table._compile", "limited or rule.tabs is not None", "False"),
    ("table:Table.conventions", "if rule.holds_on(self.era):", "if True:"),
    ("table:Table.covered", "rule.organisms == SELF", "False"),
    ("table:Table.reached", "if not rule.consent:", "if True:"),
    ("table:Table.reached", "self.covered(rule) & self.policy", "self.policy"),
    ("table:Table.reached", "consenting(rule.who,", "consenting(self.subject,"),
    ("table:Table.box_rules", "{platform}/{form}", "{platform}/ER"),
    ("table:Table.ceiling_rules", "self.actors", "self.actors[:1]"),
    ("table:Table._admits", "year in YEARS", "True"),
    ("table:Table._admits", "FORM.fullmatch(form) is not None", "True"),
    ("rules:RuleIndex.about", "{form, ANY_FORM}", "{form}"),
    ("rules:RuleIndex.about", "for one in spoken if one in forms", "for one in forms"),
    ("rules:Rule.holds_on", "self.since <= day <= self.until", "self.since <= day < self.until"),
    ("rules:Rule.holds_on", "self.since <= day <=", "self.since < day <="),
    ("rules:_rule", "consent != ", "consent == "),
    ("rules:_rule", 'frozenset(tabs.split("+"))', "frozenset({tabs})"),
    ("rules:steps_of", "allowed & ~denied", "allowed"),
    ("rules:steps_of", "if rule.denies:", "if False:"),
    ("buckets:Buckets.sort", "year if named else OTHER_YEAR", "OTHER_YEAR"),
    ("buckets:Buckets.sort", "if form not in self._forms.get(platform, ()):", "if True:"),
    ("buckets:Eras.of", "bisect_right(self._starts, day.isoformat()) - 1", "0"),
    ("organisms:Organisms.gather", "flags[place] = 1", "flags[place - 1] = 1"),
    (
        "organisms:Organisms.consenting",
        "self._consents.get((actor, domain))",
        "self._consents.get((actor, domain), 0)",
    ),
    ("organisms:Organisms._become", "if key[1] not in moved", ""),
    ("roles:LinearRoles.reach", "_closure(name, links)", "frozenset({name, *links.get(name, ())})"),
    ("roles:LinearRoles.delete_link", "links[key].remove(value)", "links[key].clear()"),
    ("roles:LinearRoles._opened", "if domain in self._shared:", "if False:"),
    ("roles:LinearRoles._opened", "self._reach.pop(domain, None)", "None"),
    ("rules:RuleIndex._move", "one.id != rule.id", "one[:-1] != rule[:-1]"),
    ("rules:RuleIndex._become", "dict(self._rules.get(key, {}))", "self._rules.get(key, {})"),
    ("loaded:Loaded.changed", "del new.values[place], new._ids[place]", "pass"),
    ("enforcement:_replaced", "if link not in left_out", ""),
    ("derived:link_changes", "and not yes", "and False"),
    ("derived:_members", "if item.open", ""),
    ("derived:_members", "for item in before]", "for item in before if False]"),
    ("changing:_sort_again", "new.eras = Eras(new.conventions.dates)", "pass"),
    ("changing:_sort_again", "if delta.organisms:", "if False:"),
    ("affected:affected", "delta.organisms or", ""),
    ("affected:affected", "{account.subject for account in delta.accounts}", "set()"),
    ("affected:affected", "actors |= policy.enforcement.consents", "policy.enforcement.consents"),
    ("affected:affected", 'in ("p", "p3")', 'in ("p",)'),
    ("affected:affected", 'in ("p", "p3")', 'in ("p3",)'),
    ("affected:affected", "*delta.closed", "*()"),
    ("affected:affected", "*delta.added", "*()"),
    ("affected:_boxed", "if not is_profile(name):", "if True:"),
    ("affected:_boxed", 'if line.ptype == "g":', "if False:"),
    ("shelf:Shelf.hand_over", "for subject in without:", "for subject in ():"),
    ("refusal:Question.tabs", "if not rule.denies", "if rule.denies"),
    ("refusal:Question.tabs", "len(limits) < len(opened)", "len(limits) > len(opened)"),
]


@dataclass(frozen=True, slots=True)
class Expected:
    """What Casbin says of one request: the dossier, and which tabs."""

    request: Request
    allowed: bool
    tabs: frozenset[str]


@dataclass(frozen=True, slots=True)
class World:
    """A policy, a change of it, and what Casbin holds and answers before and after."""

    facts: Facts
    before: tuple[Expected, ...]
    delta: Delta
    after: tuple[Expected, ...]
    held: tuple[list[object], list[object]]


def _held(of: Policy) -> list[object]:
    """Casbin's lists, and what its role managers reach both ways."""
    casbin = of.enforcement
    managers = (casbin.profiles, casbin.groups, casbin.members, casbin.consents)
    return [sorted(casbin.lines(ptype)) for ptype in ("p", "p2", "p3", "g", "g2", "g3", "g4")] + [
        (domain, name, manager.reach(name, domain), manager.members(name, domain))
        for manager in managers
        for domain in sorted(manager.domains())
        for name in (*SUBJECTS, *PROFILES, *BODIES, *KINDS, *GROUPS)
    ]


def _expected(of: Policy, requests: list[Request]) -> tuple[Expected, ...]:
    found = []
    for request in requests:
        allowed = all(of.enforce(*request))
        opened = frozenset(tab for tab in TABS if allowed and all(of.enforce(*request, tab)))
        found.append(Expected(request, allowed, opened))
    return tuple(found)


@cache
def worlds() -> tuple[World, ...]:
    """The fixed set, with Casbin's own answers, taken before anything is wronged."""
    return tuple(_worlds())


def _worlds() -> Iterator[World]:
    every = [("user:cdc", RIGHTS[0], target(step=step), day) for step in (3, 4) for day in DAYS]
    for old, delta, new in plain_changes():
        yield _world(Policy(old), old, delta, Policy(new), every)
    for seed in SEEDS:
        dice = Dice(Random(seed))  # noqa: S311 - a draw that is the same each time
        before, delta, after = one_change(dice, seed)
        # Half of the requests are anybody's, or too few would be an organism's own.
        requests = [dice.request() for _ in range(REQUESTS)]
        requests += [(dice.one(SUBJECTS), *request[1:]) for request in requests]
        try:
            yield _world(Policy(before), before, delta, Policy(after), requests)
        except PolicyFault:  # a profile that the change leaves empty: no policy may follow
            continue


def _world(old: Policy, facts: Facts, delta: Delta, new: Policy, requests: list[Request]) -> World:
    before, after = _expected(old, requests), _expected(new, requests)
    return World(facts, before, delta, after, (_held(old), _held(new)))


def agrees() -> bool:
    """Whether the compiled policies answer as expected, read whole and after the change."""
    return all(_agrees(world) for world in worlds())


def _agrees(world: World) -> bool:
    old = Policy(world.facts)
    if not all(_same(old, expected) for expected in world.before):
        return False
    new = changed(old, world.delta)
    hand_over(old, new, world.delta)
    if (_held(old), _held(new)) != world.held:
        return False
    # The older one still answers as it did: nothing that both read was changed under it.
    return all(_same(new, one) for one in world.after) and all(_same(old, one) for one in world.before)


def _same(of: Policy, expected: Expected) -> bool:
    subject, right, about, day = expected.request
    who = viewer(of, subject)
    tabs = readable_tabs(who, right, about, day)
    said = isinstance(decide(who, right, about, day), Allowed)
    return (
        said is expected.allowed and (frozenset(TABS) if tabs is None else tabs & set(TABS)) == expected.tabs
    )


def caught(place: str, was: str, becomes: str) -> bool:
    """Whether the comparison notices: another answer, or an error where none is due."""
    with mutant(place, was, becomes):
        try:
            return not agrees()
        except Exception:  # noqa: BLE001 - an error refuses everything, which is noticed
            return True


def test_no_wrong_compiler_goes_unnoticed() -> None:
    assert agrees()
    survivors = [one for one in MUTANTS if not caught(*one)]
    assert survivors == []
    assert agrees()
