"""Casbin's traps that no other file holds: silence, substrings, names kept for ever, denies lost.

The others: identical effects, eval and dropped layers (test_grammar), short lines, dropped types and
misspelt effects (test_validation), the linear role manager (test_roles), reload in one step
(test_authority), two administrators at once (test_writing).
"""

from __future__ import annotations

import pytest

from authz import (
    Allowed,
    Authority,
    Effect,
    Right,
    Target,
    close_rows,
    convention_line,
    decide,
    profile_line,
    scope,
    viewer_of_user,
)
from authz.rights import step_bits, step_in
from models import PolicyRow, User
from tests.authz.sample import OPH, open_boxes, policy, target, viewer
from tests.authz.stored import settle

READ = Right.READ


@pytest.mark.parametrize("subject", ["user:cdc", "user:oph", "user:min", "client:cdc"])
def test_an_empty_policy_allows_nobody(subject: str) -> None:
    found = policy()
    for right in Right:
        for step in range(7):
            assert found.enforce(subject, right, target(step=step)) == (False, False, False)
            assert not isinstance(decide(viewer(found, subject), right, target(step=step)), Allowed)
        assert scope(viewer(found, subject), right).sql == "FALSE"


@pytest.mark.parametrize(("step", "steps"), [("", "456"), ("45", "456"), ("", ""), ("4", ""), ("3", "456")])
def test_a_step_is_one_digit_not_a_part_of_a_text(step: str, steps: str) -> None:
    assert not step_in(step, steps)


def test_steps_as_bits() -> None:
    assert step_in("5", "456")
    assert step_bits("456") == 0b1110000


def test_refused_checks_with_unknown_names_leave_nothing_behind() -> None:
    line = convention_line(actor="partner:CDC", platform="MIN", right=READ, organisms="all", ref="art. 1")
    found = policy([*open_boxes(READ), line])
    managers = found.enforcement
    relations = (managers.profiles, managers.groups, managers.members, managers.consents)

    def weight() -> list[int]:
        table = found.table("user:cdc")
        kept = (table, table._cases, found.shelf, found.organisms._consents)  # noqa: SLF001 - what would leak
        return [len(found) for found in (*relations, *kept)]

    assert isinstance(decide(viewer(found, "user:cdc"), READ, target()), Allowed)
    assert isinstance(decide(viewer(found, "user:cdc"), READ, target(form="ZZ")), Allowed)
    before = weight()
    known = viewer(found, "user:cdc")
    for number in range(300):
        stranger = viewer(found, f"user:{number}")
        for about in (
            target(f"organism:{number:09}"),
            target(form=f"F{number}", organism="organism:0"),
            target(year=3000 + number),
            Target(f"P{number}", "ER", 2024, OPH, 4),
        ):
            assert not isinstance(decide(known, READ, about), Allowed)
            assert not isinstance(decide(stranger, READ, about), Allowed)
            assert found.enforce(f"user:{number}", READ, about) == (False, False, False)
    assert weight() == before


async def test_closing_an_allow_keeps_the_deny_beside_it(database: str) -> None:
    assert database
    lines = [
        convention_line(
            actor="partner:CDC", platform="MIN", right=READ, organisms=organisms, ref="art. 1", effect=effect
        )
        for organisms, effect in (
            ("all", Effect.ALLOW),
            ("category:OPH", Effect.ALLOW),
            ("category:OPH", Effect.DENY),
        )
    ]
    holding = profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="ER")
    await settle(holding, *lines)
    allow = await PolicyRow.get(ptype="p", values__contains=["partner:CDC", "category:OPH", "allow"])
    await close_rows([allow.id], base=1, author_id=None, comment="x")
    found = await Authority.load()
    who = await viewer_of_user(found, (await User.get(login="cdc")).id)
    excluded, other = (Target("MIN", "ER", 2024, f"organism:{digit * 9}", 4) for digit in "12")
    assert not isinstance(decide(who, READ, excluded), Allowed)
    assert isinstance(decide(who, READ, other), Allowed)
