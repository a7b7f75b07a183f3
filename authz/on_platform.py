"""The decision on a platform as a whole, of which no form is a part: may she edit its policy?

The first layer and the ceiling must give the right on every form and all organisms. A profile is held form
by form: a box on every form counts wherever it is held, and a box that denies it takes it away everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from authz import sentences
from authz.decision import Allowed, Decision, Refused
from authz.lines import ANY_FORM
from authz.on_form import EVERY_STEP, on_everyone, refusal
from authz.policy import Policy
from authz.rights import RIGHTS, Layer, Right
from authz.rules import OTHER_FORM, Rule, steps_of
from authz.table import Table
from authz.viewer import Viewer
from authz.words import typeset


def decide_on_platform(viewer: Viewer, right: Right, platform: str) -> Decision:
    """Whether the viewer has a right on a whole platform today, at every step, and why or why not.

    Raises Problem (AUTHORITY_UNAVAILABLE) while the rights in force cannot be confirmed.
    """
    policy = viewer.authority.policy
    table = policy.table(viewer.subject)
    if not (table.actors and platform in policy.platforms and right in RIGHTS):
        return Refused(Layer.CONVENTION, None, typeset(sentences.unknown()))
    if steps_of(table.ceiling_rules(platform, OTHER_FORM, right)) != EVERY_STEP:
        return Refused(Layer.CEILING, None, typeset(sentences.form_ceiling(viewer.kind, right)))
    conventions = on_everyone(table, right, platform, OTHER_FORM)
    if steps_of(conventions) != EVERY_STEP:
        there = policy.platforms[platform]
        text = sentences.platform_not_provided(viewer.kind, viewer.organization_name, there, right)
        return Refused(Layer.CONVENTION, None, typeset(text))
    if steps_of(boxes_on_platform(policy, table, right, platform)) != EVERY_STEP:
        return Refused(
            Layer.BOXES, None, typeset(sentences.platform_boxes(right, policy.platforms[platform]))
        )
    if viewer.scopes is not None and right not in viewer.scopes:
        return Refused(Layer.SCOPE, None, typeset(sentences.scope(right)))
    return Allowed(next(rule.ref for rule in conventions if not rule.denies))


def require_on_platform(viewer: Viewer, right: Right, platform: str) -> None:
    """Nothing, or Refused (REFUSED) with the layer and the sentence of the refusal."""
    decision = decide_on_platform(viewer, right, platform)
    if not isinstance(decision, Allowed):
        raise refusal(decision, right)


def boxes_on_platform(policy: Policy, table: Table, right: Right, platform: str) -> Iterator[Rule]:
    """The rules of the second layer that bear on a whole platform: boxes on every form, and denies on any."""
    forms = sorted(policy.buckets.forms(platform) | {OTHER_FORM})
    rules = chain.from_iterable(table.box_rules(platform, form, right) for form in forms)
    return (rule for rule in rules if rule.denies or rule.form == ANY_FORM)
