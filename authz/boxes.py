"""What the boxes say at one place, a form of a platform: what profiles give, and what somebody holds himself.

Boxes and ceiling only: whether a convention opens a dossier besides is `authz.deciding`'s question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz.lines import ANY_FORM
from authz.names import kind_name
from authz.profiles import PROFILES
from authz.rights import ALL_STEPS, Right, step_bits
from authz.rules import OTHER_FORM, steps_of
from models import execute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from authz.authority import Authority
    from authz.policy import Policy
    from models import OrganizationKind

EVERY_STEP = step_bits(ALL_STEPS)
CONTACT = "profile:contact"


@dataclass(frozen=True, slots=True, order=True)
class FormPlace:
    """A form of a platform: where boxes are ticked."""

    platform: str
    form: str

    @property
    def domain(self) -> str:
        """Its name in the lines that give a profile."""
        return f"{self.platform}/{self.form}"


@dataclass(frozen=True, slots=True)
class Sides:
    """The steps that lines allow and those that they deny, as bits; a denial wins."""

    allowed: int = 0
    denied: int = 0

    def __or__(self, other: Sides) -> Sides:
        return Sides(self.allowed | other.allowed, self.denied | other.denied)

    @property
    def steps(self) -> int:
        """What is left."""
        return self.allowed & ~self.denied


async def hold_policy(authority: Authority) -> Policy:
    """The policy as it stands, which nobody else changes before the caller's transaction ends.

    What is checked on it is therefore still true when it is written. Call it before anything is written in
    the transaction; Problem (AUTHORITY_UNAVAILABLE) after.
    """
    await execute("LOCK TABLE policy_version IN SHARE ROW EXCLUSIVE MODE")
    await authority.refresh()
    return authority.policy


def profile_sides(policy: Policy, profiles: Iterable[str], place: FormPlace, right: Right) -> Sides:
    """The boxes that profiles give at a place."""
    allowed = denied = 0
    for rule in policy.boxes.about(profiles, place.platform, right, place.form):
        if rule.denies:
            denied |= rule.steps
        else:
            allowed |= rule.steps
    return Sides(allowed, denied)


def ceiling_steps(policy: Policy, kind: OrganizationKind, place: FormPlace, right: Right) -> int:
    """The steps at which a kind of user may ever hold a right at a place."""
    return steps_of(policy.ceilings.about([kind_name(kind)], place.platform, right, place.form))


def held_steps(policy: Policy, subject: str, place: FormPlace, right: Right) -> int:
    """The steps at which an open account's boxes, within the ceiling, give a right; none for a closed one."""
    table = policy.table(subject)
    if not table.actors:
        return 0
    boxes = table.box_steps(place.platform, place.form, right)
    return boxes & table.ceiling_steps(place.platform, place.form, right)


def places_held(policy: Policy, subject: str, right: Right) -> Iterator[FormPlace]:
    """Where an open account holds a right at every step; OTHER_FORM is any form that no line names."""
    for platform in sorted(policy.platforms):
        for form in sorted(_forms(policy, platform)):
            place = FormPlace(platform, form)
            if holds_at(policy, subject, right, place):
                yield place


def holds_at(policy: Policy, subject: str, right: Right, place: FormPlace) -> bool:
    """Whether an open account holds a right at every step of a place."""
    return held_steps(policy, subject, place, right) == EVERY_STEP


def holds_somewhere(policy: Policy, subject: str, right: Right) -> bool:
    """Whether there is such a place."""
    return next(places_held(policy, subject, right), None) is not None


def platforms_held(policy: Policy, subject: str, right: Right) -> frozenset[str]:
    """The platforms where an open account's boxes give a right, on some form and at some step."""
    return frozenset(
        code
        for code in policy.platforms
        if any(held_steps(policy, subject, FormPlace(code, form), right) for form in _forms(policy, code))
    )


def administrators(policy: Policy, organization: str, places: Iterable[FormPlace] = ()) -> frozenset[str]:
    """The open accounts of an organization that manage its users.

    At one of its `places` if somebody does: who does so on forms to come alone manages nobody yet.
    """
    right = Right.ADMIN_USERS
    members = [one.subject for one in policy.accounts.values() if one.organization == organization]
    there = {one for place in places for one in members if holds_at(policy, one, right, place)}
    return frozenset(there or (one for one in members if holds_somewhere(policy, one, right)))


def profiles_of(kind: OrganizationKind) -> tuple[str, ...]:
    """The profiles that users of a kind may start from."""
    return tuple(profile.name for profile in PROFILES.values() if profile.kind is kind)


def administrator_profile(kind: OrganizationKind) -> str:
    """The profile of those who manage users, of which each kind has one."""
    return next(name for name in profiles_of(kind) if Right.ADMIN_USERS in PROFILES[name].boxes)


def _forms(policy: Policy, platform: str) -> set[str]:
    """The forms on which somebody holds a profile or a box of his own, and any other."""
    held = (domain.partition("/") for domain in policy.enforcement.profiles.domains())
    named = {form for code, _, form in held if code == platform} | policy.boxes.forms.get(platform, set())
    # A profile by default is asked about as on another form: `*` is not the name of one.
    return (named - {ANY_FORM}) | {OTHER_FORM}
