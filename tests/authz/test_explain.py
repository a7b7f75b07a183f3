"""An explanation is of one mind with the decision, names what decided, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from authz import (
    Allowed,
    Effect,
    Layer,
    Line,
    Right,
    box_line,
    convention_line,
    decide,
    profile_line,
    standing_lines,
)
from authz.explain import explain
from authz.explanation import NearMiss
from authz.facts import ConsentFact, Facts
from authz.policy import Policy
from authz.who import articles, what_can, who_can
from tests.authz.random_policies import Dice
from tests.authz.sample import DAY, ESH, OPH, SEM, facts, holds, target, viewer

READ = Right.READ
STANDING = standing_lines(["MIN"])
CDC = holds("user:cdc", "partner_user")


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=True))
def test_explanations_agree_with_decisions(random: Random) -> None:
    dice = Dice(random)
    known = dice.facts()
    found = Policy(known)
    for subject, right, about, day in (dice.request() for _ in range(40)):
        told = explain(found, subject, right, about, day)
        decision = decide(viewer(found, subject), right, about, day)
        layers = found.enforce(subject, right, about, day)
        assert tuple(verdict.allowed for verdict in told.layers) == layers
        assert told.allowed is decision.allowed is all(layers)
        assert len(told.near_misses) <= 5
        assert not (told.allowed and (told.near_misses or told.consent))
        if not isinstance(decision, Allowed):
            refused = {verdict.layer: verdict for verdict in told.layers if not verdict.allowed}
            assert told.sentence == refused[decision.layer].sentence
        _near_misses_hold(known, told.near_misses, subject, right)


def _near_misses_hold(known: Facts, near: tuple[NearMiss, ...], subject: str, right: Right) -> None:
    for one in near:
        about = one.target
        given = ConsentFact(about.organism, one.consent, about.platform, about.form, about.year)
        consents = (*known.consents, given) if one.consent else known.consents
        put_right = Policy(replace(known, consents=consents))
        assert decide(viewer(put_right, subject), right, about, one.day).allowed, one
        assert 1 <= len(one.differs_by) <= 2
        assert one.sentence.startswith("Ce serait oui ")


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=True))
def test_who_can_is_everyone_to_whom_the_answer_is_yes(random: Random) -> None:
    dice = Dice(random)
    found = dice.policy()
    for _, right, about, day in (dice.request() for _ in range(10)):
        told = {one.subject for body in who_can(found, right, about, day) for one in body.accounts}
        assert told == {
            subject for subject in found.accounts if decide(viewer(found, subject), right, about, day).allowed
        }


def line(organisms: str = "all", **changes: Any) -> Line:  # noqa: ANN401 - fields of a line
    fields: dict[str, Any] = {"platform": "MIN", "right": READ, "ref": "art. 4", "steps": "456", **changes}
    return convention_line(actor="partner:CDC", organisms=organisms, **fields)


def numbered(*lines: Line) -> list[Line]:
    return [replace(one, id=number) for number, one in enumerate([*lines, *STANDING], 1)]


def test_a_yes_names_the_article_and_its_line() -> None:
    found = Policy(facts(numbered(line(form="ER", dates=(date(2022, 3, 14), date(2031, 12, 31))), CDC)))
    told = explain(found, "user:cdc", READ, target(), DAY)
    assert told.allowed
    assert told.sentence == "Oui, il est permis de lire ce dossier à l’étape 4 (fiabilisation)\u00a0: art. 4."
    convention, boxes, ceiling = told.layers
    (cited,) = convention.decided_by
    assert (cited.line.id, cited.ref, cited.denies) == (1, "art. 4", False)
    assert (cited.since, cited.until) == (date(2022, 3, 14), date(2031, 12, 31))
    assert convention.sentence == "La convention entre le Ministère et la CDC le prévoit (art. 4)."
    assert "est cochée sur le formulaire ER à l’étape 4" in boxes.sentence
    assert boxes.decided_by[0].line.values[0] == "profile:partner_user"
    assert boxes.who_can_change == "L’administrateur des utilisateurs de l’organisation (la CDC)."
    assert ceiling.who_can_change == "Personne\u00a0: c’est une limite du système."


def test_a_missing_consent_names_who_can_give_it() -> None:
    admin = profile_line(subject="user:oph", profile="profile:organism_admin", platform="MIN", form="ER")
    found = Policy(facts(numbered(line(consent=True), CDC, admin)))
    told = explain(found, "user:cdc", READ, target(), DAY)
    assert told.consent is not None
    assert (told.consent.organism, told.consent.partner) == (OPH, "partner:CDC")
    assert (told.consent.form, told.consent.year, told.consent.givers) == ("ER", 2024, ("user:oph",))
    assert told.layers[0].who_can_change == "OPH de Paris, et lui seul, en donnant son accord."
    assert told.layers[0].decided_by[0].line.id == 1
    (near,) = told.near_misses
    assert near.sentence == "Ce serait oui avec l’accord de OPH de Paris (art. 4)."


def test_near_misses_are_told_nearest_first() -> None:
    lines = numbered(
        line(steps="56"),
        line(dates=(date(2027, 1, 1), date(2028, 1, 1)), ref="art. 5"),
        line(dates=(date(2020, 1, 1), date(2025, 12, 31)), ref="art. 6"),
        line(steps="6", dates=(date(2027, 1, 1), date(2028, 1, 1)), ref="art. 7"),
        line(steps="6", form="QDIS", consent=True, ref="three conditions"),
        CDC,
    )
    told = explain(Policy(facts(lines)), "user:cdc", READ, target(), DAY)
    assert [near.sentence for near in told.near_misses] == [
        "Ce serait oui à partir du 01/01/2027 (art. 5).",
        "Ce serait oui jusqu’au 31/12/2025 (art. 6).",
        "Ce serait oui à l’étape 5 (art. 4).",
        "Ce serait oui à l’étape 6 et à partir du 01/01/2027 (art. 7).",
    ]
    assert [near.rule.line.id for near in told.near_misses] == [2, 3, 1, 4]


def test_a_rule_on_other_organisms_comes_near() -> None:
    lines = numbered(line("category:SEM"), CDC)
    (near,) = explain(Policy(facts(lines)), "user:cdc", READ, target(ESH), DAY).near_misses
    assert (near.target.organism, near.differs_by) == (SEM, ("pour les SEM",))


def test_a_box_ticked_at_another_step_comes_near() -> None:
    box = box_line(subject="user:cdc", platform="MIN", right=READ, steps="5", ref="case")
    told = explain(Policy(facts(numbered(line(), box))), "user:cdc", READ, target(), DAY)
    assert [verdict.allowed for verdict in told.layers] == [True, False, True]
    assert "n’est pas cochée" in told.sentence
    (near,) = told.near_misses
    assert (near.rule.layer, near.differs_by) == (Layer.BOXES, ("à l’étape 5",))


def test_what_is_taken_away_is_named() -> None:
    deny = line("category:OPH", effect=Effect.DENY, ref="art. 9")
    taken = box_line(subject="user:cdc", platform="MIN", right=READ, effect=Effect.DENY, ref="retrait")
    told = explain(Policy(facts(numbered(line(), deny, CDC, taken))), "user:cdc", READ, target(), DAY)
    assert [cited.ref for verdict in told.layers[:2] for cited in verdict.decided_by] == ["art. 9", "retrait"]
    assert "l’exclut (art. 9)" in told.sentence
    assert "est retirée" in told.layers[1].sentence


def test_a_token_too_narrow_is_a_fourth_layer() -> None:
    held = holds("client:cdc", "partner_user")
    found = Policy(facts(numbered(line(), held)))
    narrow = explain(found, "client:cdc", READ, target(), DAY, scopes={Right.EXPORT})
    assert [verdict.allowed for verdict in narrow.layers] == [True, True, True, False]
    assert "dossier:read" in narrow.sentence
    assert explain(found, "client:cdc", READ, target(), DAY, scopes={READ}).allowed


def test_who_and_what_of_an_organization() -> None:
    found = Policy(facts(numbered(line("category:OPH"), CDC, holds("user:oph", "entry"))))
    bodies = who_can(found, READ, target(), DAY)
    assert [(body.organization, body.refs, [one.subject for one in body.accounts]) for body in bodies] == [
        (OPH, ("règles communes",), ["user:oph"]),
        ("partner:CDC", ("art. 4",), ["user:cdc"]),
    ]
    assert set(articles(found, "partner:CDC", "MIN", READ, DAY)) == {"*"}
    where = what_can(found, "partner:CDC", READ, DAY)
    assert "d.step IN (4, 5, 6)" in where.sql
    assert what_can(found, "partner:ANCOLS", READ, DAY).sql == "FALSE"


def test_rules_that_take_away_never_hide_one_that_gives() -> None:
    lines = numbered(
        *(line(steps="3", effect=Effect.DENY, ref=f"art. {at}") for at in range(60)), line(steps="5"), CDC
    )
    (near,) = explain(Policy(facts(lines)), "user:cdc", READ, target(), DAY).near_misses
    assert near.sentence == "Ce serait oui à l’étape 5 (art. 4)."
