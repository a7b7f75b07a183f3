"""The pipeline of edits: rebased or refused by name, proven, tried, never locking the editors out."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from authz import (
    Authority,
    Effect,
    Line,
    Right,
    Target,
    Touched,
    Viewer,
    apply_edits,
    box_line,
    bump,
    convention_line,
    profile_line,
    viewer_of_user,
)
from authz.editing import try_edits
from authz.history import lines_at, without
from authz.lines import FIELDS
from authz.policy import Policy
from authz.store import read_facts
from models import Conflict, Invalid, Organization, PolicyRow, PolicyTest, Problem, User, transaction
from tests.authz.stored import SIRENS, open_account, settle, stored

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.usefixtures("database")

OPH = f"organism:{SIRENS['OPH']}"
SEM = f"organism:{SIRENS['SEM']}"
DAY = date(2026, 11, 21)


def reads(
    actor: str = "partner:CDC",
    organisms: str = "category:OPH",
    *,
    steps: str = "456",
    form: str = "ER",
    deny: bool = False,
) -> Line:
    """The actor reads, by an article whose name has a comma and quotes."""
    return convention_line(
        actor=actor,
        platform="MIN",
        form=form,
        organisms=organisms,
        right=Right.READ,
        steps=steps,
        effect=Effect.DENY if deny else Effect.ALLOW,
        ref=f'convention "{actor}", art. 3',
    )


async def editor(login: str) -> Viewer:
    """A policy editor of the Ministry, his account opened when it is not."""
    user = await User.get_or_none(login=login)
    if user is None:
        organization = await Organization.get(key="operator:MIN")
        user = await open_account(login, organization.id)
    return await viewer_of_user(await Authority.load(), user.id)


def edits_of(login: str) -> Line:
    return profile_line(subject=f"user:{login}", profile="profile:operator_admin", platform="MIN", form="ER")


async def world(*lines: Line) -> tuple[Viewer, Viewer]:
    """Two policy editors over the small world; the CDC's user and the organism's hold profiles."""
    profiles = [
        profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="ER"),
        profile_line(subject="user:oph", profile="profile:organism_admin", platform="MIN", form="ER"),
    ]
    await settle(*lines, *profiles, edits_of("min"))
    async with transaction():
        organization = await Organization.get(key="operator:MIN")
        await open_account("second", organization.id)
        await bump(None, "Un second administrateur", Touched(accounts=("user:second",)))
    first = await editor("min")
    await apply_edits(first, [edits_of("second")], [], base=2, comment="Il modifie aussi")
    return await editor("min"), await editor("second")


def may(policy: Policy, subject: str, organism: str, right: Right = Right.READ, step: int = 4) -> bool:
    place = policy.organisms.places[organism]
    return bool(policy.table(subject)["MIN", "ER", 2024, right].steps[place] & 1 << step)


async def of_lines(*named: Line) -> list[int]:
    """The numbers of these living lines."""
    wanted = [list(line.values) for line in named]
    return [row.id for row in await PolicyRow.filter(until_version=None) if row.values in wanted]


async def fresh() -> Policy:
    """The policy in force, read whole."""
    return Policy(await read_facts())


def details(refused: pytest.ExceptionInfo[Problem]) -> list[str]:
    return [row["text"] for row in refused.value.details["rows"]]


async def test_edits_based_on_one_version_are_rebased_or_refused_with_the_lines_that_moved() -> None:
    one, two = await world(reads())
    base = one.authority.version
    done = await apply_edits(one, [reads("partner:CDC", OPH, form="*")], [], base=base, comment="Un")
    assert done == base + 1
    # Another actor: nobody has touched it since.
    other = convention_line(
        actor="operator:MIN", platform="MIN", right=Right.EXPORT, organisms=OPH, ref="art. 9", form="ER"
    )
    assert await apply_edits(two, [other], [], base=base, comment="Deux") == base + 2
    after = await fresh()
    assert may(after, "user:cdc", OPH)
    before = await stored()
    with pytest.raises(Conflict) as refused:
        await apply_edits(two, [reads("partner:CDC", SEM)], [], base=base, comment="Trois")
    assert refused.value.code == "POLICY_CONFLICT"
    (row,) = refused.value.details["rows"]
    assert (row["change"], row["by"], row["version"]) == ("added", "Camille Durand", base + 1)
    assert "organism:111111111" in row["text"], row["text"]
    assert f"#{row['id']}" in str(refused.value)
    (closed,) = await of_lines(reads())
    await apply_edits(one, [], [closed], base=base + 2, comment="Close")
    with pytest.raises(Conflict) as refused:
        await apply_edits(two, [], [closed], base=base, comment="Encore")
    assert (refused.value.code, refused.value.details["rows"][0]["change"]) == ("POLICY_CONFLICT", "closed")
    for wrong, code in (((), 9999), "POLICY_BASE_UNKNOWN"), (((9**9,), base), "POLICY_LINE_UNKNOWN"):
        with pytest.raises(Invalid) as invalid:
            await apply_edits(two, [other], wrong[0], base=wrong[1], comment="?")
        assert invalid.value.code == code
    assert len((await stored())[1]) == len(before[1]) + 1


async def test_two_editors_at_the_same_moment_leave_one_of_what_overlaps_and_both_of_what_does_not() -> None:
    one, two = await world(reads())
    base = one.authority.version
    apart = [
        reads("partner:CDC", OPH),
        convention_line(
            actor="operator:MIN", platform="MIN", right=Right.CLOSE, organisms=SEM, ref="art. 4", form="ER"
        ),
    ]
    versions = await asyncio.gather(
        *(
            apply_edits(who, [line], [], base=base, comment="Ensemble")
            for who, line in zip((one, two), apart, strict=True)
        )
    )
    assert sorted(versions) == [base + 1, base + 2]
    (living,) = await of_lines(reads())
    tries = await asyncio.gather(
        *(
            apply_edits(who, [reads("partner:CDC", where)], [living], base=base + 2, comment="Même ligne")
            for who, where in ((one, OPH), (two, SEM))
        ),
        return_exceptions=True,
    )
    (refused,) = [result for result in tries if isinstance(result, BaseException)]
    assert isinstance(refused, Conflict)
    assert refused.code == "POLICY_CONFLICT"
    assert living in [row["id"] for row in refused.details["rows"]]
    rows, numbers = await stored()
    assert numbers[-1] == base + 3
    assert len([row for row in rows if row[1] == base + 3]) == 1
    assert [row for row in rows if row[2] == base + 3] == [(living, 1, base + 3)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("act", "dossier:raed"),
        ("steps", "47"),
        ("orgs", "organism:999999999"),
        ("eft", "alow"),
        ("until", "1800-01-01"),
        ("dom", "XXX"),
        ("tabs", "a b"),
    ],
)
async def test_a_line_that_is_not_right_is_named_and_nothing_is_written(field: str, value: str) -> None:
    one, _ = await world()
    before = await stored()
    values = list(reads().values)
    values[FIELDS["p"].index(field)] = value
    with pytest.raises(Invalid) as refused:
        await apply_edits(one, [reads(), Line("p", tuple(values))], [], base=3, comment="Faute")
    assert (refused.value.code, refused.value.path) == ("POLICY_LINE_INVALID", ("add", "1", field))
    assert await stored() == before


async def test_no_edit_takes_the_editors_own_right_nor_the_last_ones() -> None:
    one, two = await world()
    before = await stored()
    own, of_two = await of_lines(edits_of("min")), await of_lines(edits_of("second"))
    taken = convention_line(
        actor="operator:MIN",
        platform="MIN",
        right=Right.POLICY_EDIT,
        organisms="all",
        effect=Effect.DENY,
        ref="à partir de demain",
        dates=(date(2999, 1, 1), date(9999, 12, 31)),
    )
    denied = box_line(
        subject="user:min", platform="MIN", right=Right.POLICY_EDIT, effect=Effect.DENY, ref="x", form="ER"
    )
    cases: Sequence[tuple[list[Line], list[int]]] = [([], own), ([taken], []), ([denied], [])]
    for add, close in cases:
        with pytest.raises(Problem) as refused:
            await apply_edits(one, add, close, base=3, comment="Trop loin")
        assert refused.value.code == "POLICY_SELF_LOCKOUT"
        assert await stored() == before
    version = await apply_edits(one, [], of_two, base=3, comment="Un autre peut le perdre")
    last = await editor("min")
    # Nor does someone who edits nothing himself, such as a delegated administrator.
    oph = await viewer_of_user(last.authority, (await User.get(login="oph")).id)
    before = await stored()
    with pytest.raises(Problem) as refused:
        await apply_edits(oph, [], own, base=version, comment="Le dernier")
    assert refused.value.code == "POLICY_LAST_EDITOR"
    assert await stored() == before
    assert two.user_id != last.user_id


async def store_test(**changes: Any) -> PolicyTest:  # noqa: ANN401 - columns
    values: dict[str, Any] = {
        "platform_id": "MIN",
        "sentence": "La CDC ne lit jamais le dossier d’une SEM avant l’étape 5",
        "actor": "partner:CDC",
        "right": "dossier:read",
        "form": "*",
        "year": None,
        "organisms": "category:SEM",
        "steps": "01234",
        "expected": False,
        "at": datetime.now(UTC),
    }
    return await PolicyTest.create(**{**values, **changes})


async def test_a_sentence_that_would_no_longer_be_true_refuses_the_change_with_a_counterexample() -> None:
    one, two = await world(reads())
    never = await store_test()
    always = await store_test(
        sentence="La CDC lit toujours les OPH",
        organisms="category:OPH",
        steps="456",
        expected=True,
        form="ER",
        actor="partner:CDC",
    )
    before = await stored()
    (living,) = await of_lines(reads())
    later = convention_line(
        actor="partner:CDC",
        platform="MIN",
        right=Right.READ,
        organisms="all",
        ref="art. 8",
        steps="3456",
        dates=(date(2998, 1, 1), date(2998, 12, 31)),
        consent=False,
    )
    cases: Sequence[tuple[list[Line], list[int], PolicyTest, str]] = [
        ([reads("partner:CDC", "all")], [], never, "organism:222222222"),
        ([later], [], never, "01/01/2998"),
        ([reads("user:cdc", SEM)], [], never, "l’étape"),
        ([], [living], always, "ne peut pas"),
        ([reads("partner:CDC", OPH, deny=True)], [], always, "organism:111111111"),
    ]
    for add, close, test, words in cases:
        with pytest.raises(Invalid) as refused:
            await apply_edits(one, add, close, base=3, comment="Contre la phrase")
        assert refused.value.code == "POLICY_TEST_FAILED"
        (told,) = refused.value.details["tests"]
        assert told["test"] == str(test.id)
        assert words in told["counterexample"], told
        assert await stored() == before
    # What was false before forbids nothing else.
    await apply_edits(one, [reads("partner:CDC", "all")], [], base=3, comment="Sans essais", tests=False)
    other = convention_line(
        actor="operator:MIN", platform="MIN", right=Right.CLOSE, organisms=SEM, ref="art. 4"
    )
    await apply_edits(two, [other], [], base=4, comment="Ailleurs")
    assert not may(await fresh(), "user:cdc", SEM, step=3)


@pytest.mark.parametrize("seed", range(4))
async def test_after_any_edits_the_inverse_gives_every_decision_back(seed: int) -> None:
    await world(reads())
    random, base = Random(seed), 3  # noqa: S311 - the same draws each time
    start = {row.line.id: row for row in await lines_at("MIN", base)}
    first = decisions(await fresh())
    for _ in range(5):
        living = [
            row.line
            for row in await lines_at("MIN", base)
            if row.line.ptype == "p" and row.line.values[4] == Right.READ
        ]
        closing = [line.id for line in living if line.id is not None and random.random() < 0.4]
        actors = ["partner:CDC", "user:cdc", OPH, "kind:partner"]
        adding = [
            reads(
                random.choice(actors),
                random.choice(["all", OPH, SEM, "category:OPH"]),
                form=random.choice(["ER", "*"]),
                deny=random.random() < 0.3,
            )
            for _ in range(random.randint(1, 3))
        ]
        tried = (await try_edits(await editor("min"), adding, closing, base=base))[1]
        base = await apply_edits(await editor("min"), adding, closing, base=base, comment="Au hasard")
        assert decisions(tried) == decisions(await fresh())
    now = await lines_at("MIN", base)
    add = [row.line for row in without(list(start.values()), now)]
    close = [row.line.id for row in without(now, list(start.values())) if row.line.id is not None]
    await apply_edits(
        await editor("min"),
        [Line(line.ptype, line.values) for line in add],
        close,
        base=base,
        comment="Retour",
    )
    assert decisions(await fresh()) == first


def decisions(policy: Policy) -> list[tuple[bool, bool, bool]]:
    """Casbin's own answers, for everyone who reads."""
    return [
        policy.enforce(subject, Right.READ, Target("MIN", form, 2024, organism, step), DAY)
        for subject in ("user:cdc", "user:oph", "user:min", "client:cdc")
        for form in ("ER", "QDIS")
        for organism in (OPH, SEM)
        for step in (1, 4)
    ]
