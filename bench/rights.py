"""Rights at 1,000, 10,000 and 100,000 rules: decisions beside Casbin's and Cedar's, a delta, and the desk."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from casbin.rbac.default_role_manager import DomainManager

from authz import Right, Target, decide, scope
from authz.changing import changed
from authz.clock import today
from authz.explain import explain
from authz.facts import Delta
from authz.lint import lint_policy
from authz.policy import Policy
from authz.roles import LinearRoles
from bench import rights_cedar
from bench.report import Measure
from bench.rights_ground import KEYS, ORGANISMS, TARGET, USERS, facts_of, skewed, viewer
from bench.rights_processes import shared
from bench.timing import milliseconds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from authz import Viewer
    from authz.facts import Facts

_SIZES = (1_000, 10_000, 100_000)
_ROLES, _PEER_ROLES = 10_000, 1_000
_PARTNER = 0


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """Each size in turn, then 10,000 users' roles, then what needs a database."""
    rounds = 3 if quick else 30
    if not rights_cedar.installed():
        yield Measure("cedarpy is not installed (requirements-bench.txt): not measured", 0.0, "")
    for size in _SIZES[:2] if quick else _SIZES:
        facts = facts_of(size)
        start = perf_counter()
        policy = Policy(facts)
        loaded = (perf_counter() - start) * 1_000
        name = f"{size:,} rules: "
        yield Measure(f"{name}loaded with {USERS:,} users and {ORGANISMS:,} organisms", loaded, "ms")
        for measure in _decisions(name, facts, policy, rounds):
            yield measure
        for measure in _changes(name, facts, policy, rounds):
            yield measure
    for measure in (*_skewed(_SIZES[1 if quick else 2], rounds), *_roles(rounds)):
        yield measure
    async for measure in shared(rounds):
        yield measure


def _decisions(name: str, facts: Facts, policy: Policy, rounds: int) -> Iterator[Measure]:
    who = viewer(policy, _PARTNER)
    target = _allowed(who)
    many = range(1_000)
    right = Right.READ

    def decisions() -> float:
        return milliseconds(lambda: [decide(who, right, target) for _ in many], 100)

    compiled = decisions()
    label = f"{name}one decision, compiled"
    casbin = milliseconds(lambda: policy.enforce(who.subject, right, target), 1) * 1_000
    # Again, a second later: a shared processor is at times half as fast, for longer than all rounds take.
    compiled = min(compiled, decisions())
    yield Measure(label, compiled, "µs", "Casbin's three enforce() on the same lines", casbin, "<= 0.3")
    if rights_cedar.installed():
        cedar, same = rights_cedar.microseconds(facts, who.subject, target, rounds)
        said = "which say yes too" if same else "which say no"
        yield Measure(label, compiled, "µs", f"Cedar's three requests, {said}", cedar, "<= 0.3")
    yield Measure(
        f"{name}one refusal, with its sentence",
        milliseconds(lambda: decide(who, Right.READ, target._replace(step=0)), rounds) * 1_000,
        "µs",
    )
    taken = sorted(_first(policy, 400))
    label = f"{name}first decision of a user, p95 of {len(taken)}"
    yield Measure(label, taken[int(len(taken) * 0.95)], "ms", goal="<= 7")
    asked = list(_first(policy, 10, ask_scope=True))
    yield Measure(f"{name}condition of a list of a partner, asked first", median(asked), "ms")


def _allowed(who: Viewer) -> Target:
    """Some dossier that the viewer may read: Casbin then reads all lines, as it does for most."""
    targets = (Target("MIN", "F01", 2024, key, step) for key in KEYS for step in (6, 5, 4))
    return next(target for target in targets if decide(who, Right.READ, target).allowed)


def _first(policy: Policy, count: int, *, ask_scope: bool = False) -> Iterator[float]:
    """Milliseconds for each of so many users, partners' among them, who have asked nothing before."""
    right = Right.EXPORT if ask_scope else Right.READ
    step = 10 if ask_scope else 7
    for user in range(10, 10 + step * count, step):
        who = viewer(policy, user)
        start = perf_counter()
        if ask_scope:
            found = scope(who, right)
            found.steps(TARGET.platform, TARGET.form, TARGET.year)
            _ = found.sql
        else:
            decide(who, right, TARGET)
        yield (perf_counter() - start) * 1_000


def _changes(name: str, facts: Facts, policy: Policy, rounds: int) -> Iterator[Measure]:
    line = next(line for line in reversed(facts.lines) if line.ptype == "p")
    delta = Delta(base=policy.version, version=policy.version + 1, closed=(line,))
    yield Measure(
        f"{name}a change of one rule applied", milliseconds(lambda: changed(policy, delta), rounds), "ms"
    )
    yield Measure(f"{name}explanation of one decision", _explained(policy, rounds), "ms", goal="<= 5")
    seconds, found = _examined(facts)
    yield Measure(f"{name}lint of the whole policy ({found:,} findings)", seconds, "s", goal="<= 2")


def _skewed(size: int, rounds: int) -> Iterator[Measure]:
    facts = skewed(facts_of(_SIZES[0]), size)
    label = f"{size:,} rules: explanation to a partner who holds nearly all rules"
    yield Measure(label, _explained(Policy(facts), rounds), "ms", goal="<= 5")
    seconds, found = _examined(facts)
    label = f"{size:,} rules: lint, nearly all rules one partner's ({found:,} findings)"
    yield Measure(label, seconds, "s", goal="<= 2")


def _explained(policy: Policy, rounds: int) -> float:
    """Milliseconds of the slower of two: a step that the rules speak of, and one that no layer allows."""
    subject = f"user:u{_PARTNER}"
    return max(
        milliseconds(lambda: explain(policy, subject, Right.EXPORT, target), min(rounds, 10))  # noqa: B023 - called at once
        for target in (TARGET, TARGET._replace(step=0))
    )


def _examined(facts: Facts) -> tuple[float, int]:
    """Seconds, the faster of two, and how much was found."""
    found = lint_policy(facts, today().date)
    return milliseconds(lambda: lint_policy(facts, today().date), 2) / 1_000, len(found)


def _roles(rounds: int) -> Iterator[Measure]:
    yield Measure(
        f"roles of {_ROLES:,} users: built, and every one asked",
        milliseconds(lambda: _ask_roles(LinearRoles(), _ROLES), min(rounds, 5)),
        "ms",
        peer=f"Casbin's own manager with {_PEER_ROLES:,} users",
        peer_value=milliseconds(lambda: _ask_roles(DomainManager(10), _PEER_ROLES), 1),
        goal="<= 1 x",
    )


def _ask_roles(manager: LinearRoles | DomainManager, users: int) -> bool:
    for number in range(users):
        manager.add_link(f"user:{number}", "profile:entry", "MIN/ER")
    return all(manager.has_link(f"user:{number}", "profile:entry", "MIN/ER") for number in range(users))
