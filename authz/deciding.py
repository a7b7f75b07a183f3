"""The decision on one thing: may she? Lists ask `scope` instead, and get the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import time
from uuid import UUID

from authz.authority import Authority
from authz.decision import Allowed, Decision, Target
from authz.policy import Policy
from authz.refusal import Question
from authz.rights import RIGHTS, STEP_BIT, Right
from authz.table import Table
from authz.viewer import Viewer
from models.problem import Refused as RefusedProblem


def decide(viewer: Viewer, right: Right, target: Target, day: date | None = None) -> Decision:
    """Whether the viewer may, on `day` (today in Paris when None), and why or why not.

    Raises Problem (AUTHORITY_UNAVAILABLE) while the rights in force cannot be confirmed.
    """
    recent = viewer.recent
    if day is None and recent.policy is viewer.authority.sure and recent.since <= time() < recent.until:
        found = recent.given.get((right, target))
        if found is not None:
            return found
    return _decide(viewer, right, target, day)


def _decide(viewer: Viewer, right: Right, target: Target, day: date | None) -> Decision:
    """From the compiled cell; a yes about today is kept for the next time that it is asked."""
    policy = viewer.authority.policy
    table = policy.table(viewer.subject, day)
    cell = table[target.platform, target.form, target.year, right]
    place = policy.organisms.places.get(target.organism)
    said = place is not None and bool(cell.steps[place] & STEP_BIT.get(target.step, 0))
    shadow = viewer.authority.shadow
    if shadow is not None:
        shadow.decided(table, right, target, day or policy.shelf.day.date, said=said)
    if not said or (viewer.scopes is not None and right not in viewer.scopes):
        return Question(policy, table, viewer, right, target).refuse()
    allowed = cell.allowed or Question(policy, table, viewer, right, target).allow()
    # In the shadow each decision passes here; otherwise a yes asked again is found before. Not a client's:
    # what its subject was allowed is common to all of its tokens, and the one of now may be narrower.
    if day is None and shadow is None and viewer.scopes is None:
        table.remember(right, target, allowed)
        viewer.recent.follow(policy, policy.shelf.day, table.given)
    return allowed


def require(viewer: Viewer, right: Right, target: Target) -> None:
    """Nothing, or Refused (REFUSED) with the layer, the article and the sentence of the refusal.

    The right and the step are what a screen asks of `explain` to tell the rest.
    """
    decision = decide(viewer, right, target)
    if not isinstance(decision, Allowed):
        what = {"right": right.value, "step": int(target.step)}
        details = {"layer": decision.layer.value, "ref": decision.ref, **what}
        raise RefusedProblem("REFUSED", decision.message, details=details)


def rights_on(viewer: Viewer, target: Target) -> frozenset[Right]:
    """Everything the viewer may do on a target today: the yeses of `decide`, without its reasons."""
    policy = viewer.authority.policy
    table = policy.table(viewer.subject)
    words = RIGHTS if viewer.scopes is None else viewer.scopes
    return frozenset(right for right in Right if right in words and _may(policy, table, right, target))


def readable_tabs(
    viewer: Viewer, right: Right, target: Target, day: date | None = None
) -> frozenset[str] | None:
    """The codes of the tabs on which the viewer has a right; None: all of them, whatever they are.

    A dossier refused has none. Where several rules give the dossier, each gives its own tabs.
    """
    if not decide(viewer, right, target, day).allowed:
        return frozenset()
    policy = viewer.authority.policy
    table = policy.table(viewer.subject, day)
    if not table[target.platform, target.form, target.year, right].limited:
        return None
    return Question(policy, table, viewer, right, target).tabs()


def holders(authority: Authority, right: Right, target: Target, day: date | None = None) -> frozenset[UUID]:
    """The users who hold a right on a target: for instance, the contacts to tell of it (`notify`)."""
    return holders_of_any(authority, [right], [target], day)


def holders_of_any(
    authority: Authority, rights: Sequence[Right], targets: Sequence[Target], day: date | None = None
) -> frozenset[UUID]:
    """The users who hold, on one target or more, all of the rights; targets are of one platform's form."""
    return frozenset(first_held(authority, rights, targets, day))


def first_held(
    authority: Authority, rights: Sequence[Right], targets: Sequence[Target], day: date | None = None
) -> dict[UUID, int]:
    """The same users, each with the number of the first target on which he holds all of the rights."""
    policy = authority.policy
    found: dict[UUID, int] = {}
    for subject in _boxed(policy, rights[0], targets[0]) if targets else ():
        user_id = policy.accounts[subject].user_id
        first = _first(policy, policy.table(subject, day), rights, targets)
        if user_id is not None and first is not None:
            found[user_id] = first
    return found


def _first(policy: Policy, table: Table, rights: Sequence[Right], targets: Sequence[Target]) -> int | None:
    held = (
        number
        for number, target in enumerate(targets)
        if all(_may(policy, table, right, target) for right in rights)
    )
    return next(held, None)


def _may(policy: Policy, table: Table, right: Right, target: Target) -> bool:
    place = policy.organisms.places.get(target.organism)
    if place is None:
        return False
    steps = table[target.platform, target.form, target.year, right].steps[place]
    return bool(steps & STEP_BIT.get(target.step, 0))


def _boxed(policy: Policy, right: Right, target: Target) -> set[str]:
    """The open accounts that some box names for a right, themselves or through a profile."""
    domain = f"{target.platform}/{target.form}"
    names = policy.boxes.named(target.platform, right, target.form)
    members = (policy.enforcement.profiles.members(name, domain) for name in names)
    return {subject for group in members for subject in group if subject in policy.accounts}
