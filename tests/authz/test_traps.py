"""Casbin's traps, each reproduced or shown not to reach us; a name of the list a test.

Those proven elsewhere as well: dropped layers and eval in another model (test_grammar), the door
(test_validation), the linear role manager (test_roles), two administrators at once (test_writing).
"""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import replace
from pathlib import Path

import casbin
import pytest

import authz
from authz import (
    Allowed,
    Authority,
    Effect,
    Line,
    Right,
    Target,
    close_rows,
    convention_line,
    decide,
    profile_line,
    scope,
    viewer_of_user,
)
from authz.changing import changed
from authz.enforcement import MODEL
from authz.facts import AccountFact, Delta
from authz.faults import PolicyFault
from authz.grammar import understand
from authz.rights import step_bits, step_in
from authz.roles import LinearRoles
from models import PolicyRow, User
from tests.authz.sample import OPH, holds, open_boxes, policy, target, viewer
from tests.authz.stored import settle

READ = Right.READ
TEXT = MODEL.read_text(encoding="utf-8")
EFFECT = "some(where (p.eft == allow)) && !some(where (p.eft == deny))"
ALLOW = convention_line(actor="partner:CDC", platform="MIN", right=READ, organisms="all", ref="art. 1")
FILLED = Line("p2", ("profile:x", "MIN", "*", READ.value, "4", "allow", "x"))


@pytest.mark.parametrize("subject", ["user:cdc", "user:oph", "user:min", "client:cdc"])
def test_an_empty_policy_allows_nobody(subject: str) -> None:
    found = policy()
    for right in Right:
        for step in range(7):
            assert found.enforce(subject, right, target(step=step)) == (False, False, False)
            assert not isinstance(decide(viewer(found, subject), right, target(step=step)), Allowed)
        assert scope(viewer(found, subject), right).sql == "FALSE"


def test_the_effect_named_for_a_layer_is_ignored_by_casbin_so_the_three_are_one() -> None:
    model = casbin.Model()
    allow_wins = TEXT.replace(f"e2 = {EFFECT}", "e2 = some(where (p.eft == allow))")
    model.load_model_from_text(allow_wins)
    with pytest.raises(PolicyFault):
        understand(model)
    denied = Line("p2", ("user:cdc", "MIN", "*", READ.value, "4", "deny", "x"))
    assert policy([*open_boxes(READ), ALLOW, denied]).enforce("user:cdc", READ, target()) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize("layer", ["p", "p2", "p3"])
def test_an_empty_layer_allows_nobody_whatever_the_others_say(layer: str) -> None:
    lines = [line for line in [*open_boxes(READ), ALLOW] if line.ptype != layer]
    found = policy(lines)
    answer = dict(zip(("p", "p2", "p3"), found.enforce("user:cdc", READ, target()), strict=True))
    assert answer == {"p": True, "p2": True, "p3": True} | {layer: False}
    assert not isinstance(decide(viewer(found, "user:cdc"), READ, target()), Allowed)
    assert scope(viewer(found, "user:cdc"), READ).sql == "FALSE"


def test_nothing_is_reloaded_beside_its_readers() -> None:
    """Threads are for the shadow alone, which only reads; the loaded model is never changed in place."""
    threaded = {
        path.name
        for path in Path(authz.__file__).parent.glob("*.py")
        if re.search(
            r"to_thread|run_in_executor|^import threading|concurrent", path.read_text(), re.MULTILINE
        )
    }
    assert threaded == {"shadow.py"}
    first = policy([*open_boxes(READ), ALLOW])
    lists = {ptype: first.enforcement.lines(ptype) for ptype in ("p", "p2", "p3", "g", "g2", "g3", "g4")}
    copies = {ptype: list(lines) for ptype, lines in lists.items()}
    added = replace(ALLOW, id=9)
    moved = (AccountFact("user:ancols", "partner:CDC", open=True),)
    second = changed(first, Delta(1, 2, added=(added,), accounts=moved))
    assert len(second.enforcement.lines("p")) == len(copies["p"]) + 1
    assert {ptype: list(first.enforcement.lines(ptype)) for ptype in lists} == copies
    assert all(first.enforcement.lines(ptype) is lines for ptype, lines in lists.items())


def test_ten_thousand_users_are_asked_without_casbins_own_role_manager() -> None:
    found = policy([*open_boxes(READ), ALLOW, holds("user:cdc", "x"), FILLED])
    managers = {id(manager) for manager in vars(found.enforcement)["_enforcer"].rm_map.values()}
    enforcement = found.enforcement
    ours = (enforcement.profiles, enforcement.groups, enforcement.members, enforcement.consents)
    assert managers == {id(manager) for manager in ours}
    assert {type(manager) for manager in ours} == {LinearRoles}


@pytest.mark.parametrize("ptype", ["p4", "g5", "p33", ""])
def test_a_type_that_casbin_drops_in_silence_never_reaches_it(ptype: str) -> None:
    with pytest.raises(PolicyFault) as caught:
        policy([Line(ptype, ALLOW.values)])
    assert caught.value.code == "POLICY_LINE_INVALID"


def test_a_short_line_never_reaches_casbin_where_every_check_would_raise() -> None:
    with pytest.raises(PolicyFault) as caught:
        policy([ALLOW, Line("p", ALLOW.values[:-1])])
    assert caught.value.path == ("1", "values")


def test_no_matcher_evaluates_a_field() -> None:
    assert "eval" not in re.sub(r"#.*", "", TEXT)


@pytest.mark.parametrize("effect", ["alow", "Deny", "DENY", "deny ", ""])
def test_a_misspelt_effect_is_not_silence(effect: str) -> None:
    with pytest.raises(PolicyFault) as caught:
        policy([ALLOW, Line("p", (*ALLOW.values[:-2], effect, "x"))])
    assert caught.value.path == ("1", "eft")


def test_nobody_saves_the_whole_policy_nor_lets_casbin_read_or_watch_it() -> None:
    """`save_policy` would erase another's edit; adapters and watchers lose denies and connections."""
    words = re.compile(r"save_policy|load_policy|set_watcher|\badapter\b|add_policy\(|remove_policy")
    said = {
        path.name: found
        for path in Path(authz.__file__).parent.glob("*.py")
        if (found := words.findall(re.sub(r"#.*", "", path.read_text())))
    }
    assert said == {}


def test_it_is_pycasbin_and_never_casbin() -> None:
    owners = importlib.metadata.packages_distributions()["casbin"]
    assert set(owners) == {"pycasbin"}
    for name in ("pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        text = (MODEL.parent / name).read_text()
        assert re.search(r"^\W*pycasbin[>=]", text, re.MULTILINE)
        assert not re.search(r"^\W*casbin[>=<~ ]", text, re.MULTILINE)


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
