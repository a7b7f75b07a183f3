"""The decision on a form as a whole, of which no dossier and no step is a part: may she change it?

The three layers are those of a dossier. A form is everybody's, so the first layer must give the right on
all organisms; a rule on some of them gives nothing here, nor takes anything away.
"""

from __future__ import annotations

from authz import sentences
from authz.decision import Allowed, Decision, Refused
from authz.names import EVERYONE, FORM
from authz.rights import ALL_STEPS, RIGHTS, Layer, Right, step_bits
from authz.rules import Rule, steps_of
from authz.table import Table
from authz.viewer import Viewer
from authz.words import typeset
from models.problem import Refused as RefusedProblem

EVERY_STEP = step_bits(ALL_STEPS)


def decide_on_form(viewer: Viewer, right: Right, platform: str, form: str) -> Decision:
    """Whether the viewer has a right on a platform's form today, at every step, and why or why not.

    Raises Problem (AUTHORITY_UNAVAILABLE) while the rights in force cannot be confirmed.
    """
    policy = viewer.authority.policy
    table = policy.table(viewer.subject)
    known = bool(table.actors) and platform in policy.platforms and right in RIGHTS
    if not known or FORM.fullmatch(form) is None:
        return Refused(Layer.CONVENTION, None, typeset(sentences.unknown()))
    if steps_of(table.ceiling_rules(platform, form, right)) != EVERY_STEP:
        return Refused(Layer.CEILING, None, typeset(sentences.form_ceiling(viewer.kind, right)))
    conventions = on_everyone(table, right, platform, form)
    if steps_of(conventions) != EVERY_STEP:
        there = policy.platforms[platform]
        text = sentences.form_not_provided(viewer.kind, viewer.organization_name, there, right, form)
        return Refused(Layer.CONVENTION, None, typeset(text))
    if steps_of(table.box_rules(platform, form, right)) != EVERY_STEP:
        return Refused(Layer.BOXES, None, typeset(sentences.form_boxes(right, form)))
    if viewer.scopes is not None and right not in viewer.scopes:
        return Refused(Layer.SCOPE, None, typeset(sentences.scope(right)))
    return Allowed(next(rule.ref for rule in conventions if not rule.denies))


def require_on_form(viewer: Viewer, right: Right, platform: str, form: str) -> None:
    """Nothing, or Refused (REFUSED) with the layer and the sentence of the refusal."""
    decision = decide_on_form(viewer, right, platform, form)
    if not isinstance(decision, Allowed):
        raise refusal(decision, right)


def refusal(decision: Refused, right: Right) -> RefusedProblem:
    """The problem that tells a refusal: its layer, its article, its sentence."""
    details = {"layer": decision.layer.value, "ref": decision.ref, "right": right.value}
    return RefusedProblem("REFUSED", decision.message, details=details)


def platforms_of(viewer: Viewer, right: Right, form: str) -> tuple[str, ...]:
    """The codes of the platforms on whose form the viewer has a right today."""
    policy = viewer.authority.policy
    return tuple(
        code
        for code in sorted(policy.platforms)
        if isinstance(decide_on_form(viewer, right, code, form), Allowed)
    )


def on_everyone(table: Table, right: Right, platform: str, form: str) -> list[Rule]:
    """The rules of the first layer on all organisms; one on consents or on some tabs gives no form."""
    rules = table.conventions(platform, form, right)
    return [rule for rule in rules if rule.organisms == EVERYONE and (rule.denies or _unconditional(rule))]


def _unconditional(rule: Rule) -> bool:
    return not rule.consent and rule.tabs is None
