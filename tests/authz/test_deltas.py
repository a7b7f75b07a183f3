"""A policy that followed changes is the one read whole: Casbin's lists, decisions, conditions of lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authz import Allowed, Effect, Line, Right, Target, convention_line, decide, readable_tabs, scope
from authz.changing import changed, hand_over
from authz.facts import AccountFact, Delta, OrganizationFact
from authz.faults import PolicyFault
from authz.policy import Policy
from authz.table import MOST_GIVEN
from models import OrganizationKind, Problem
from tests.authz.random_deltas import History
from tests.authz.random_policies import DAYS, RIGHTS, SUBJECTS, Dice
from tests.authz.sample import DAY, OPH, facts, holds, open_boxes, policy, target, viewer

Request = tuple[str, Right, Target, date]
READ = Right.READ
EVERYTHING = ("p", "p2", "p3", "g", "g2", "g3", "g4")


def answers(of: Policy, requests: Sequence[Request]) -> list[object]:
    found: list[object] = []
    for subject, right, about, day in requests:
        who = viewer(of, subject)
        found += [decide(who, right, about, day), readable_tabs(who, right, about, day)]
    # Lists: kept conditions must be those of the newer policy, even where nothing was asked since.
    lists = [scope(viewer(of, subject), RIGHTS[0], day) for subject in SUBJECTS for day in DAYS[1:4:2]]
    return found + [(one.sql, one.values) for one in lists]


def loaded(of: Policy) -> dict[str, list[tuple[str, ...]]]:
    """Lines in their order; derived links have none."""
    lists = {ptype: [tuple(values) for values in of.enforcement.lines(ptype)] for ptype in EVERYTHING}
    return {ptype: sorted(found) if ptype in ("g2", "g3", "g4") else found for ptype, found in lists.items()}


def reached(of: Policy) -> list[object]:
    enforcement = of.enforcement
    managers = (enforcement.profiles, enforcement.groups, enforcement.members, enforcement.consents)
    names = sorted({name for lines in loaded(of).values() for values in lines for name in values})
    return [
        (domain, name, manager.reach(name, domain), manager.members(name, domain))
        for manager in managers
        for domain in sorted(manager.domains())
        for name in names
    ]


def followed(old: Policy, delta: Delta) -> Policy:
    new = changed(old, delta)
    hand_over(old, new, delta)
    return new


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=True))
def test_a_policy_that_followed_changes_is_the_one_read_whole(random: Random) -> None:
    dice = Dice(random)
    history = History(dice)
    current = Policy(history.facts)
    for _ in range(3):
        requests = [dice.request() for _ in range(12)]
        before, older = answers(current, requests), current
        delta = history.change()
        try:
            whole = Policy(history.facts)
        except PolicyFault:
            with pytest.raises(PolicyFault):
                changed(current, delta)
            return
        current = followed(older, delta)
        assert loaded(current) == loaded(whole)
        assert reached(current) == reached(whole)
        assert answers(current, requests) == answers(whole, requests)
        assert answers(older, requests) == before  # whoever still holds the older one is not disturbed
        for subject, right, about, day in requests:
            said = isinstance(decide(viewer(current, subject), right, about, day), Allowed)
            assert said is all(current.enforce(subject, right, about, day))


def line(id_: int, organisms: str = "all", effect: Effect = Effect.ALLOW) -> Line:
    made = convention_line(
        actor="partner:CDC", platform="MIN", right=READ, organisms=organisms, ref=f"art. {id_}", effect=effect
    )
    return replace(made, id=id_)


def may(of: Policy, subject: str = "user:cdc") -> bool:
    return isinstance(decide(viewer(of, subject), READ, target(), DAY), Allowed)


def test_of_two_equal_lines_closing_one_leaves_the_other() -> None:
    denials = [replace(line(2, OPH, Effect.DENY), id=number) for number in (2, 3)]
    first = policy([*open_boxes(READ), line(1), *denials])
    assert not may(first)
    second = followed(first, Delta(1, 2, closed=(denials[0],)))
    assert not may(second)
    assert may(followed(second, Delta(2, 3, closed=(denials[1],))))


def test_a_change_leaves_alone_the_tables_that_it_has_no_bearing_on() -> None:
    reader = Line("p2", ("profile:reader", "MIN", "*", READ.value, "4", "allow", "x"), id=9)
    other = replace(line(8), values=("partner:ANCOLS", *line(8).values[1:]))
    first = policy(
        [*open_boxes(READ), other, reader, holds("user:oph", "reader"), holds("user:esh", "reader")]
    )
    tables = {subject: first.table(subject, DAY) for subject in ("user:cdc", "user:oph", "user:esh")}
    assert not may(first)
    second = followed(first, Delta(1, 2, added=(line(10),)))
    assert [second.table(subject, DAY) is tables[subject] for subject in tables] == [False, True, True]
    assert may(second)
    third = followed(second, Delta(2, 3, closed=(reader,), added=(replace(reader, id=11),)))
    assert third.table("user:cdc", DAY) is second.table("user:cdc", DAY) or may(third)
    assert third.table("user:oph", DAY) is not tables["user:oph"]


def test_a_yes_remembered_is_forgotten_with_the_policy_and_with_the_doubt() -> None:
    first = policy([*open_boxes(READ), line(10)])
    who = viewer(first, "user:cdc")
    assert decide(who, READ, target()) is decide(who, READ, target()) == Allowed("art. 10")
    who.authority._follow(Delta(1, 2, closed=(line(10),)))  # noqa: SLF001 - as a refresh that has read it does
    assert not isinstance(decide(who, READ, target()), Allowed)
    who.authority._follow(Delta(2, 3, added=(line(11),)))  # noqa: SLF001 - likewise
    assert decide(who, READ, target()) is decide(who, READ, target()) == Allowed("art. 11")
    who.authority.sure = None
    with pytest.raises(Problem) as caught:
        decide(who, READ, target())
    assert caught.value.code == "AUTHORITY_UNAVAILABLE"


def test_yeses_remembered_are_bounded_and_those_of_a_token_stay_its_own() -> None:
    first = policy([*open_boxes(READ), line(10)])
    who = viewer(first, "client:cdc", frozenset({READ.value}))
    other = replace(who, scopes=frozenset())
    for number in range(3 * MOST_GIVEN):
        assert isinstance(decide(who, READ, target(form=f"F{number}")), Allowed)
    assert len(first.table("client:cdc").given) <= MOST_GIVEN
    for _ in range(2):
        assert isinstance(decide(who, READ, target()), Allowed)
        assert not isinstance(decide(other, READ, target()), Allowed)


def test_a_new_date_cuts_no_more_than_the_tables_it_bears_on() -> None:
    first = policy([*open_boxes(READ), line(10)])
    kept = first.table("user:min", DAY)
    ending = replace(line(11), values=(*line(11).values[:7], DAY.isoformat(), *line(11).values[8:]))
    second = followed(first, Delta(1, 2, added=(ending,), closed=(line(10),)))
    assert second.table("user:min", DAY) is kept
    assert may(second)
    tomorrow = date.fromordinal(DAY.toordinal() + 1)
    assert not isinstance(decide(viewer(second, "user:cdc"), READ, target(), tomorrow), Allowed)


KEPT = Line("p2", ("profile:reader", "MIN", "*", READ.value, "4", "allow", "x"), id=9)


def test_a_table_still_held_is_of_one_version_to_the_end() -> None:
    first = policy([*open_boxes(READ, Right.EXPORT), line(10)])
    held = first.table("user:cdc", DAY)
    second = followed(first, Delta(1, 2, closed=(line(10),)))
    assert held.policy is first
    assert any(held["MIN", "ER", 2024, READ].steps)
    assert held.policy is first
    assert not may(second)


UNCLEAR = {
    "from another version": Delta(2, 3),
    "a line unknown here": Delta(1, 2, closed=(line(99),)),
    "a line that is not as said": Delta(1, 2, closed=(replace(KEPT, values=(*KEPT.values[:-1], "y")),)),
    "a number taken": Delta(1, 2, added=(replace(line(9), id=9), replace(KEPT, id=9))),
    "a line that is not stored": Delta(1, 2, closed=(replace(KEPT, id=None),)),
    "a profile emptied while held": Delta(1, 2, closed=(KEPT,)),
    "a profile nobody fills": Delta(1, 2, added=(holds("user:cdc", "unheard"),)),
    "a line too short": Delta(1, 2, added=(Line("p", ("partner:CDC",), id=10),)),
    "an unknown name": Delta(1, 2, added=(line(10, "organism:999999999"),)),
    "an organization of another kind": Delta(
        1, 2, organizations=(OrganizationFact("partner:CDC", OrganizationKind.OPERATOR, "x"),)
    ),
}


@pytest.mark.parametrize("delta", UNCLEAR.values(), ids=list(UNCLEAR))
def test_what_cannot_be_followed_is_refused_and_nothing_is_changed(delta: Delta) -> None:
    first = policy([*open_boxes(READ), KEPT, holds("user:oph", "reader"), line(20)])
    before, lists = may(first), loaded(first)
    with pytest.raises(PolicyFault) as caught:
        changed(first, delta)
    assert caught.value.code in {"POLICY_DELTA_UNCLEAR", "POLICY_LINE_INVALID", "NAME_AMBIGUOUS"}
    assert (may(first), loaded(first), first.version) == (before, lists, 1)


def test_an_account_that_moves_takes_the_rights_of_where_it_is() -> None:
    first = policy([*open_boxes(READ), line(10)])
    assert (may(first), may(first, "user:ancols")) == (True, False)
    moved = AccountFact("user:ancols", "partner:CDC", open=True)
    second = followed(first, Delta(1, 2, accounts=(moved,)))
    assert may(second, "user:ancols")
    third = followed(second, Delta(2, 3, accounts=(replace(moved, open=False),)))
    assert not may(third, "user:ancols")
    assert third.accounts.keys() == facts_open() - {"user:ancols"}


def facts_open() -> set[str]:
    return {account.subject for account in facts().accounts if account.open}
