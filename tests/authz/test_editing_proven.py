"""An edit is tried by the stored sentences before it is written; the inverse of any edits gives all back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from authz import (
    Line,
    Right,
    Target,
    apply_edits,
    convention_line,
)
from authz.editing import try_edits
from authz.history import lines_at, without
from authz.policy import Policy
from models import Invalid, PolicyTest
from tests.authz.stored import stored

if TYPE_CHECKING:
    from collections.abc import Sequence
from tests.authz.edited import DAY, OPH, SEM, editor, fresh, may, of_lines, reads, world

pytestmark = pytest.mark.usefixtures("database")


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


LATER = convention_line(
    actor="partner:CDC",
    platform="MIN",
    right=Right.READ,
    organisms="all",
    ref="art. 8",
    steps="3456",
    dates=(date(2998, 1, 1), date(2998, 12, 31)),
    consent=False,
)


async def store_always() -> PolicyTest:
    return await store_test(
        sentence="La CDC lit toujours les OPH",
        organisms="category:OPH",
        steps="456",
        expected=True,
        form="ER",
        actor="partner:CDC",
    )


async def test_a_sentence_that_would_no_longer_be_true_refuses_the_change_with_a_counterexample() -> None:
    one, two = await world(reads())
    never, always = await store_test(), await store_always()
    before = await stored()
    (living,) = await of_lines(reads())
    cases: Sequence[tuple[list[Line], list[int], PolicyTest, str]] = [
        ([reads("partner:CDC", "all")], [], never, "organism:222222222"),
        ([LATER], [], never, "01/01/2998"),
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
