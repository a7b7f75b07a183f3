"""A right on a form as a whole: the administrators of the platform that collects it."""

from __future__ import annotations

import pytest

from authz import (
    Allowed,
    Layer,
    Refused,
    Right,
    box_line,
    convention_line,
    decide_on_form,
    platforms_of,
    require_on_form,
    standing_lines,
)
from authz.lines import Effect, Line
from models.problem import Refused as RefusedProblem
from tests.authz.sample import holds, policy, viewer

STANDING = standing_lines(["MIN"])
CDC = convention_line(
    actor="partner:CDC", platform="MIN", right=Right.PACK_EDIT, organisms="all", ref="art. 1"
)
DENIED = convention_line(
    actor="operator:MIN",
    platform="MIN",
    right=Right.PACK_EDIT,
    organisms="all",
    ref="art. 2",
    form="ER",
    effect=Effect.DENY,
)
BOX = box_line(subject="user:min", platform="MIN", right=Right.PACK_EDIT, ref="case", steps="45")


@pytest.mark.parametrize(
    ("subject", "lines", "platform", "form", "layer"),
    [
        ("user:min", [holds("user:min", "operator_admin")], "MIN", "ER", None),
        ("user:min", [holds("user:min", "operator_admin")], "MIN", "QDIS", Layer.BOXES),
        ("user:min", [holds("user:min", "operator_admin")], "ESH", "ER", Layer.CEILING),
        ("user:min", [holds("user:min", "operator_admin")], "NONE", "ER", Layer.CONVENTION),
        ("user:min", [holds("user:min", "operator_admin")], "MIN", "er; --", Layer.CONVENTION),
        ("user:min", [holds("user:min", "operator_admin"), DENIED], "MIN", "ER", Layer.CONVENTION),
        ("user:min", [holds("user:min", "account_manager")], "MIN", "ER", Layer.BOXES),
        ("user:min", [BOX], "MIN", "ER", Layer.BOXES),
        ("user:cdc", [holds("user:cdc", "partner_admin"), CDC], "MIN", "ER", Layer.CEILING),
        ("user:oph", [holds("user:oph", "organism_admin")], "MIN", "ER", Layer.CEILING),
        ("user:gone", [holds("user:gone", "operator_admin")], "MIN", "ER", Layer.CONVENTION),
    ],
)
def test_who_may_change_a_form(
    subject: str, lines: list[Line], platform: str, form: str, layer: Layer | None
) -> None:
    who = viewer(policy([*STANDING, *lines]), subject)
    found = decide_on_form(who, Right.PACK_EDIT, platform, form)
    assert (found.layer if isinstance(found, Refused) else None) is layer
    assert (
        platforms_of(who, Right.PACK_EDIT, form) == (("MIN",) if layer is None else ()) or platform != "MIN"
    )


def test_a_token_without_the_word_may_not() -> None:
    found = policy([*STANDING, holds("user:min", "operator_admin")])
    narrow, wide = (
        decide_on_form(viewer(found, "user:min", frozenset({word})), Right.PACK_EDIT, "MIN", "ER")
        for word in ("dossier:read", "pack:edit")
    )
    assert isinstance(narrow, Refused)
    assert narrow.layer is Layer.SCOPE
    assert wide == Allowed("règles communes")


def test_a_refusal_says_who_can_change_it() -> None:
    who = viewer(policy([*STANDING, holds("user:min", "officer")]), "user:min")
    with pytest.raises(RefusedProblem, match="l’administrateur de votre organisation") as caught:
        require_on_form(who, Right.PACK_EDIT, "MIN", "ER")
    assert caught.value.code == "REFUSED"
    assert caught.value.details == {"layer": "boxes", "ref": None, "right": "pack:edit"}


@pytest.mark.parametrize(
    ("profile", "form"), [("operator_admin", "ER"), ("officer", "ER"), ("operator_admin", "SEM")]
)
def test_casbin_says_the_same_of_all_organisms(profile: str, form: str) -> None:
    found = policy([*STANDING, holds("user:min", profile)])
    layers = [
        found.enforcement.layers(
            "user:min", "MIN", form, "2024", "all", Right.PACK_EDIT, str(step), "2026-11-22", "*"
        )
        for step in range(7)
    ]
    decision = decide_on_form(viewer(found, "user:min"), Right.PACK_EDIT, "MIN", form)
    assert all(all(answer) for answer in layers) is isinstance(decision, Allowed)
