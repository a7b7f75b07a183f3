"""Rights: one decision beside Casbin's own three enforce(), the list's condition, roles, reload."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from statistics import median
from time import perf_counter
from uuid import UUID

from casbin.rbac.default_role_manager import DomainManager

from authz import (
    Authority,
    Line,
    Right,
    Target,
    Viewer,
    bump,
    convention_line,
    decide,
    profile_line,
    scope,
    standing_lines,
)
from authz.facts import AccountFact, ConsentFact, Facts, OrganismFact, OrganizationFact
from authz.policy import Policy
from authz.roles import LinearRoles
from bench.ground import fastest, ground
from bench.report import Measure
from bench.timing import milliseconds
from models import OrganizationKind, fetch, transaction

_ORGANISMS, _USERS, _ROLES, _PEER_ROLES = 1_000, 8_000, 10_000, 1_000
_CATEGORIES = ("OPH", "SA", "COOP", "SEM", "MOI")
_TARGET = Target("MIN", "ER", 2024, "organism:100000002", 4)
_PARTNERS = 50
_PARTNER = "user:u0"


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """One decision (µs), a viewer's first one, a scope, 10,000 users' roles, a refresh (ms)."""
    rounds = 3 if quick else 30
    facts = _facts()
    policy = Policy(facts)
    for measure in (*_decisions(policy, rounds), *_lists(policy, rounds), *_roles(rounds)):
        yield measure
    yield Measure(
        f"load and compile {len(facts.lines)} lines, {_USERS} users, {_ORGANISMS} organisms",
        milliseconds(lambda: Policy(facts), 1 if quick else 3),
        "ms",
    )
    async for measure in _refreshes(rounds):
        yield measure


def _decisions(policy: Policy, rounds: int) -> Iterator[Measure]:
    who = _viewer(policy)
    decide(who, Right.READ, _TARGET)
    many = range(1_000)
    yield Measure(
        "one decision, compiled",
        milliseconds(lambda: [decide(who, Right.READ, _TARGET) for _ in many], rounds),
        "µs",
        peer="Casbin's three enforce() on the same lines",
        peer_value=milliseconds(lambda: policy.enforce(_PARTNER, Right.READ, _TARGET), 3) * 1_000,
        goal="<= 1",
    )
    yield Measure(
        "first decision of a viewer",
        _first(policy, lambda who: decide(who, Right.EXPORT, _TARGET), rounds),
        "ms",
        goal="<= 7",
    )


def _lists(policy: Policy, rounds: int) -> Iterator[Measure]:
    who = _viewer(policy)
    yield Measure(
        "condition of a list, a partner with scattered consents",
        _first(policy, lambda who: scope(who, Right.READ), rounds),
        "ms",
        peer="one decision for each organism and step",
        peer_value=milliseconds(lambda: _one_by_one(who), 3),
        goal="<= 1 x",
    )


def _roles(rounds: int) -> Iterator[Measure]:
    yield Measure(
        f"roles of {_ROLES} users: built, and every one asked",
        milliseconds(lambda: _ask_roles(LinearRoles(), _ROLES), min(rounds, 5)),
        "ms",
        peer=f"Casbin's own manager with {_PEER_ROLES} users",
        peer_value=milliseconds(lambda: _ask_roles(DomainManager(10), _PEER_ROLES), 1),
        goal="<= 1 x",
    )


async def _refreshes(rounds: int) -> AsyncIterator[Measure]:
    async with ground() as world:
        bare = await fastest(lambda: fetch("SELECT 1"), rounds)
        yield Measure(
            "refresh of an authority, the version unmoved",
            await fastest(world.authority.refresh, rounds),
            "ms",
            peer="SELECT 1",
            peer_value=bare,
            goal="<= 3 x",
        )
        yield Measure(
            "a version and a reload of the small world",
            await fastest(lambda: _move(world.authority), 3),
            "ms",
        )


async def _move(authority: Authority) -> None:
    async with transaction():
        await bump(None, "bench")
    await authority.refresh()


def _facts() -> Facts:
    """The demonstration's size: all organisms, three partners, one profile a user."""
    keys = [f"organism:{100_000_000 + number}" for number in range(_ORGANISMS)]
    organisms = [
        OrganismFact(key, UUID(int=number), _CATEGORIES[number % 5], f"{number % 95 + 1:02}", None)
        for number, key in enumerate(keys)
    ]
    bodies = [
        OrganizationFact("operator:MIN", OrganizationKind.OPERATOR, "Ministère"),
        OrganizationFact("partner:CDC", OrganizationKind.PARTNER, "CDC"),
        *(OrganizationFact(key, OrganizationKind.ORGANISM, key) for key in keys),
    ]
    owners = ["partner:CDC"] * _PARTNERS + [keys[number % _ORGANISMS] for number in range(_PARTNERS, _USERS)]
    accounts = [AccountFact(f"user:u{number}", owner, open=True) for number, owner in enumerate(owners)]
    consents = [ConsentFact(key, "partner:CDC", "MIN", "ER", 2024) for key in keys[::2]]
    return Facts(
        1,
        tuple(_lines(accounts)),
        {"MIN": "Ministère"},
        tuple(bodies),
        tuple(organisms),
        tuple(accounts),
        tuple(consents),
    )


def _lines(accounts: list[AccountFact]) -> Iterator[Line]:
    yield from standing_lines(["MIN"])
    for number, account in enumerate(accounts):
        profile = "profile:partner_user" if number < _PARTNERS else "profile:entry"
        yield profile_line(subject=account.subject, profile=profile, platform="MIN", form="ER")
    for right in (Right.READ, Right.EXPORT):
        yield convention_line(
            actor="partner:CDC", platform="MIN", right=right, organisms="all", ref="art. 3", consent=True
        )


def _viewer(policy: Policy, number: int = 0) -> Viewer:
    body, kind = "partner:CDC", OrganizationKind.PARTNER
    subject, authority = f"user:u{number}", Authority(policy)
    return Viewer(subject, "U", kind, UUID(int=0), body, "CDC", None, None, None, None, authority)


def _one_by_one(who: Viewer) -> int:
    keys = who.authority.policy.organisms.places
    return sum(
        decide(who, Right.READ, Target("MIN", "ER", 2024, key, step)).allowed
        for key in keys
        for step in (4, 5, 6)
    )


def _ask_roles(manager: LinearRoles | DomainManager, users: int) -> bool:
    for number in range(users):
        manager.add_link(f"user:{number}", "profile:entry", "MIN/ER")
    return all(manager.has_link(f"user:{number}", "profile:entry", "MIN/ER") for number in range(users))


def _first(policy: Policy, ask: Callable[[Viewer], object], rounds: int) -> float:
    """The median, in milliseconds, over partner users who have asked nothing before."""
    taken = []
    for number in range(rounds):
        who = _viewer(policy, number)
        start = perf_counter()
        ask(who)
        taken.append(perf_counter() - start)
    return median(taken) * 1_000
