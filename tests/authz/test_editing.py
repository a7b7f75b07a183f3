"""The pipeline of edits: rebased or refused by name, proven, tried, never locking the editors out."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from authz import (
    Effect,
    Line,
    Right,
    apply_edits,
    box_line,
    convention_line,
    viewer_of_user,
)
from authz.lines import FIELDS
from models import Conflict, Invalid, Problem, User
from tests.authz.stored import stored

if TYPE_CHECKING:
    from collections.abc import Sequence
from tests.authz.edited import OPH, SEM, editor, edits_of, fresh, may, of_lines, reads, world

pytestmark = pytest.mark.usefixtures("database")


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
        ("dom", "RIEN"),
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
