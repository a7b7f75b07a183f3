"""A model that is not, condition by condition, the one compiled from is refused whole."""

from __future__ import annotations

import pytest

from authz.enforcement import MODEL
from authz.faults import PolicyFault
from authz.policy import Policy
from tests.authz.sample import facts

TEXT = MODEL.read_text(encoding="utf-8")
EFFECT = "some(where (p.eft == allow)) && !some(where (p.eft == deny))"

MUTANTS = {
    "a condition less": (" && stepIn(r.step, p.steps)", ""),
    "a condition more": ("m3 = ", "m3 = r.sub != 'user:oph' && "),
    "python's in": ("stepIn(r.step, p2.steps)", "r.step in p2.steps"),
    "or for and": ("r.act == p.act && ", "r.act == p.act || "),
    "eval of a field": ("g3(r.sub, p3.kind)", "eval(p3.kind)"),
    "strict date": ("r.day <= p.until", "r.day < p.until"),
    "consent of anyone": ("g4(r.org, p.actor,", "g4(r.org, r.org,"),
    "another relation": ("g3(r.sub, p.actor)", "g2(r.sub, p.actor)"),
    "no layer for users": ("p2 = sub, dom, form, act, steps, eft, ref\n", ""),
    "a gap before p3": ("p2 = sub", "p4 = sub"),
    "a fourth layer": ("p3 = kind", "p4 = kind, eft\np3 = kind"),
    "fields in another order": ("p3 = kind, dom", "p3 = dom, kind"),
    "a relation without domain": ("g = _, _, _", "g = _, _"),
    "deny alone decides": (f"e = {EFFECT}", "e = !some(where (p.eft == deny))"),
    "allow wins": (f"e = {EFFECT}", "e = some(where (p.eft == allow))"),
    "effects that differ": (f"e3 = {EFFECT}", "e3 = some(where (p.eft == allow))"),
    "not a matcher": ("m2 = ", "m2 = ((("),
}


def test_the_model_of_the_house_is_understood() -> None:
    assert Policy(facts(), TEXT).version == 1


def test_order_and_spacing_are_free() -> None:
    text = TEXT.replace(
        "r.act == p3.act && stepIn(r.step, p3.steps)", "stepIn(r.step,p3.steps)&&r.act == p3.act"
    )
    assert text != TEXT
    assert Policy(facts(), text).version == 1


@pytest.mark.parametrize("change", MUTANTS.values(), ids=list(MUTANTS))
def test_any_other_model_is_refused(change: tuple[str, str]) -> None:
    text = TEXT.replace(*change)
    assert text != TEXT
    with pytest.raises(PolicyFault) as caught:
        Policy(facts(), text)
    assert caught.value.code == "MODEL_UNKNOWN"
