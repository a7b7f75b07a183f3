"""A right on a platform as a whole: those who edit its policy."""

from __future__ import annotations

import pytest

from authz import (
    Allowed,
    Effect,
    Layer,
    Line,
    Refused,
    Right,
    box_line,
    convention_line,
    decide_on_platform,
    require_on_platform,
    standing_lines,
)
from models.problem import Refused as RefusedProblem
from tests.authz.sample import OPH, holds, policy, target, viewer

STANDING = standing_lines(["MIN"])
EDIT = Right.POLICY_EDIT
ADMIN = holds("user:min", "operator_admin")
OTHERS = convention_line(actor="partner:CDC", platform="MIN", right=EDIT, organisms="all", ref="art. 1")
DENIED = convention_line(
    actor="operator:MIN", platform="MIN", right=EDIT, organisms="all", ref="art. 2", effect=Effect.DENY
)
ONE_FORM = box_line(subject="user:min", platform="MIN", right=EDIT, ref="case", form="ER")
EVERY_FORM = box_line(subject="user:min", platform="MIN", right=EDIT, ref="case")
UNTICKED = box_line(subject="user:min", platform="MIN", right=EDIT, ref="case", form="ER", effect=Effect.DENY)


@pytest.mark.parametrize(
    ("subject", "lines", "platform", "layer"),
    [
        ("user:min", [ADMIN], "MIN", None),
        ("user:min", [EVERY_FORM], "MIN", None),
        ("user:min", [ADMIN], "ESH", Layer.CEILING),
        ("user:min", [ADMIN], "NONE", Layer.CONVENTION),
        ("user:min", [ADMIN, DENIED], "MIN", Layer.CONVENTION),
        ("user:min", [ONE_FORM], "MIN", Layer.BOXES),
        ("user:min", [ADMIN, UNTICKED], "MIN", Layer.BOXES),
        ("user:min", [holds("user:min", "officer")], "MIN", Layer.BOXES),
        ("user:cdc", [holds("user:cdc", "partner_admin"), OTHERS], "MIN", Layer.CEILING),
        ("user:nobody", [ADMIN], "MIN", Layer.CONVENTION),
    ],
)
def test_who_may_edit_the_policy_of_a_platform(
    subject: str, lines: list[Line], platform: str, layer: Layer | None
) -> None:
    found = policy([*STANDING, *lines])
    decision = decide_on_platform(viewer(found, subject), EDIT, platform)
    assert (decision.layer if isinstance(decision, Refused) else None) is layer
    if layer is None:
        assert all(found.enforce(subject, EDIT, target(OPH)))


def test_a_token_without_the_word_may_not() -> None:
    who = viewer(policy([*STANDING, ADMIN]), "user:min", frozenset({Right.READ.value}))
    decision = decide_on_platform(who, EDIT, "MIN")
    assert isinstance(decision, Refused)
    assert decision.layer is Layer.SCOPE
    assert decide_on_platform(viewer(who.authority.policy, "user:min"), EDIT, "MIN") == Allowed(
        "règles communes"
    )


def test_a_refusal_says_who_can_change_it() -> None:
    who = viewer(policy([*STANDING, holds("user:min", "officer")]), "user:min")
    with pytest.raises(RefusedProblem, match="l’administrateur de votre organisation") as caught:
        require_on_platform(who, EDIT, "MIN")
    assert caught.value.details == {"layer": "boxes", "ref": None, "right": "policy:edit"}
