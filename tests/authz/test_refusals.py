"""A refusal says which layer refused, by which article, and who can change it; a denial changes nothing."""

from __future__ import annotations

import pytest

from authz import (
    PROFILES,
    RIGHT_NAMES,
    Allowed,
    Effect,
    Layer,
    Line,
    Refused,
    Right,
    Target,
    Viewer,
    box_line,
    ceiling_line,
    convention_line,
    decide,
    require,
    rights_on,
    standing_lines,
)
from authz.facts import ConsentFact
from authz.words import STEP_NAMES
from models.problem import Refused as RefusedProblem
from tests.authz.sample import DAY, ESH, OPH, SEM, holds, open_boxes, policy, target, viewer

READ, WRITE = Right.READ, Right.WRITE
STANDING = standing_lines(["MIN"])
CDC = holds("user:cdc", "partner_user")


def line(organisms: str = "all", *, ref: str = "art. 4", right: Right = READ, consent: bool = False) -> Line:
    return convention_line(
        actor="partner:CDC", platform="MIN", right=right, organisms=organisms, ref=ref, consent=consent
    )


def exclusion(organisms: str, ref: str) -> Line:
    return convention_line(
        actor="partner:CDC", platform="MIN", right=READ, organisms=organisms, ref=ref, effect=Effect.DENY
    )


def refusal(who: Viewer, right: Right, about: Target) -> Refused:
    decision = decide(who, right, about, DAY)
    assert isinstance(decision, Refused)
    return decision


def test_no_convention() -> None:
    who = viewer(policy([*STANDING, CDC]), "user:cdc")
    found = refusal(who, READ, target())
    assert (found.layer, found.ref) == (Layer.CONVENTION, None)
    assert "La convention entre le Ministère et la CDC ne prévoit pas" in found.message
    assert "Lecture du dossier" in found.message
    assert "l’étape 4 (fiabilisation)" in found.message
    assert found.message.endswith("Adressez-vous à la plateforme.")


def test_an_organism_excluded_names_the_article() -> None:
    lines = [*STANDING, CDC, line(), exclusion("category:SEM", "art. 9")]
    who = viewer(policy(lines), "user:cdc")
    found = refusal(who, READ, target(SEM))
    assert (found.layer, found.ref) == (Layer.CONVENTION, "art. 9")
    assert "art. 9" in found.message
    assert isinstance(decide(who, READ, target(OPH), DAY), Allowed)


def test_a_missing_consent_says_who_can_give_it() -> None:
    lines = [*STANDING, CDC, line(consent=True)]
    who = viewer(policy(lines, [ConsentFact(ESH, "partner:CDC", "MIN", "ER", 2024)]), "user:cdc")
    found = refusal(who, READ, target(OPH))
    assert (found.layer, found.ref) == (Layer.CONVENTION, None)
    assert "OPH de Paris n’a pas donné à la CDC l’accès à son dossier ER 2024" in found.message
    assert "Cet organisme seul peut donner cet accès." in found.message
    assert decide(who, READ, target(ESH), DAY) == Allowed("art. 4")


def test_an_exclusion_is_told_before_a_missing_consent() -> None:
    lines = [*STANDING, CDC, line(consent=True), exclusion(OPH, "art. 9")]
    found = refusal(viewer(policy(lines), "user:cdc"), READ, target(OPH))
    assert found.ref == "art. 9"


def test_a_box_not_ticked_sends_to_the_administrator() -> None:
    lines = [*STANDING, holds("user:oph", "entry")]
    found = refusal(viewer(policy(lines), "user:oph"), Right.VALIDATE, target(OPH, step=2))
    assert (found.layer, found.ref) == (Layer.BOXES, None)
    assert "Validation de la saisie" in found.message
    assert "l’administrateur de votre organisation" in found.message


def test_a_box_taken_away_names_its_reference() -> None:
    taken = box_line(subject="user:oph", platform="MIN", right=READ, ref="retrait", effect=Effect.DENY)
    lines = [*STANDING, holds("user:oph", "entry"), taken]
    found = refusal(viewer(policy(lines), "user:oph"), READ, target(OPH))
    assert (found.layer, found.ref) == (Layer.BOXES, "retrait")


def test_the_ceiling_is_told_before_what_could_not_help() -> None:
    # Neither a convention nor a box could open step 3 to a partner (manual §2.1.3).
    who = viewer(policy([*STANDING, CDC]), "user:cdc")
    found = refusal(who, READ, target(step=3))
    assert (found.layer, found.ref) == (Layer.CEILING, None)
    assert "un utilisateur partenaire ne peut pas lire ce dossier" in found.message
    assert "limite du système" in found.message


def test_a_ceiling_that_forbids_names_its_reference() -> None:
    lid = ceiling_line(kind="kind:partner", platform="MIN", right=READ, ref="loi", form="ER")
    values = (*lid.values[:-2], "deny", lid.values[-1])
    lines = [*open_boxes(READ), line(), Line("p3", values)]
    found = refusal(viewer(policy(lines), "user:cdc"), READ, target())
    assert (found.layer, found.ref) == (Layer.CEILING, "loi")
    assert isinstance(decide(viewer(policy(lines), "user:cdc"), READ, target(form="QDIS"), DAY), Allowed)


def test_a_token_too_narrow_is_told_last() -> None:
    lines = [*STANDING, line(), holds("client:cdc", "partner_user")]
    found = policy(lines)
    assert isinstance(decide(viewer(found, "client:cdc", frozenset({READ})), READ, target(), DAY), Allowed)
    narrow = refusal(viewer(found, "client:cdc", frozenset({Right.EXPORT})), READ, target())
    assert (narrow.layer, narrow.ref) == (Layer.SCOPE, None)
    assert "dossier:read" in narrow.message
    nothing = viewer(policy(STANDING), "client:cdc", frozenset[str]())
    assert refusal(nothing, READ, target()).layer is Layer.CONVENTION


def test_of_several_articles_the_one_that_gives_it_is_named() -> None:
    lines = [*STANDING, CDC, line("category:SEM", ref="art. 1"), line("category:OPH", ref="art. 2")]
    who = viewer(policy(lines), "user:cdc")
    assert decide(who, READ, target(SEM), DAY) == Allowed("art. 1")
    assert decide(who, READ, target(OPH), DAY) == Allowed("art. 2")


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("user:nobody", target()),
        ("user:gone", target()),
        ("user:cdc", target("organism:999999999")),
        ("user:cdc", target(step=7)),
        ("user:cdc", target(step=-1)),
        ("user:cdc", target(year=0)),
        ("user:cdc", target(form="")),
        ("user:cdc", Target("NONE", "ER", 2024, OPH, 4)),
    ],
)
def test_what_nobody_knows_is_refused_with_a_sentence(subject: str, about: Target) -> None:
    found = refusal(viewer(policy([*open_boxes(READ), line()]), subject), READ, about)
    assert (found.layer, found.ref) == (Layer.CONVENTION, None)
    assert found.message.startswith("Cette demande ne correspond à aucun droit en vigueur.")


@pytest.mark.parametrize("about", [target(year=0), target(form=""), target(form="", year=0)])
def test_the_case_of_other_forms_and_years_has_no_name(about: Target) -> None:
    who = viewer(policy([*open_boxes(READ), line()]), "user:cdc")
    assert isinstance(decide(who, READ, target(form="ZZ", year=2030), DAY), Allowed)
    assert isinstance(decide(who, READ, target(year=2030), DAY), Allowed)
    assert not isinstance(decide(who, READ, about, DAY), Allowed)


def test_require_raises_what_decide_says() -> None:
    found = policy([*STANDING, holds("user:oph", "entry")])
    who = viewer(found, "user:oph")
    require(who, READ, target(OPH))
    with pytest.raises(RefusedProblem) as caught:
        require(who, Right.TRANSMIT, target(OPH, step=3))
    assert caught.value.code == "REFUSED"
    details = {"layer": "boxes", "ref": None, "right": "dossier:transmit", "step": 3}
    assert caught.value.details == details
    assert caught.value.message == refusal(who, Right.TRANSMIT, target(OPH, step=3)).message


def test_rights_on_is_every_yes() -> None:
    who = viewer(policy([*STANDING, holds("user:oph", "entry")]), "user:oph")
    assert rights_on(who, target(OPH, step=1)) == {
        Right.READ, Right.EXPORT, Right.WRITE, Right.ATTACHMENT_READ, Right.ATTACHMENT_WRITE
    }  # fmt: skip
    assert rights_on(who, target(SEM, step=1)) == frozenset()
    assert rights_on(viewer(who.authority.policy, "user:oph", frozenset({READ})), target(OPH)) == {READ}


def test_refusals_are_typeset_in_french() -> None:
    narrow = refusal(viewer(policy(STANDING), "user:cdc"), READ, target(step=3)).message
    assert "\N{NO-BREAK SPACE}: c’est" in narrow
    boxes = refusal(viewer(policy(STANDING), "user:oph"), READ, target(OPH)).message
    assert "«\N{NO-BREAK SPACE}Lecture du dossier\N{NO-BREAK SPACE}»" in boxes


def test_every_right_step_and_profile_has_a_french_name() -> None:
    assert set(RIGHT_NAMES) == set(Right)
    assert all(label and phrase for label, phrase in RIGHT_NAMES.values())
    assert len(STEP_NAMES) == 7
    assert all(profile.label for profile in PROFILES.values())
