"""The matrix function × step of one account at one place (manual §11.2.4), as Casbin's lines give it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from authz import PROFILES, RIGHT_NAMES, Effect, Line, Right
from authz.boxes import CONTACT, EVERY_STEP, FormPlace, Sides, ceiling_steps, held_steps, profile_sides
from authz.lines import ANY_FORM
from authz.names import NO_PROFILE
from authz.rights import STEP_BIT, step_bits
from authz.roles import default_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from authz import Viewer
    from authz.policy import Policy
    from models import OrganizationKind

# The order of the manual's table, then what it says « sans objet » for partners, in a dossier's order.
ORDER = (
    Right.READ,
    Right.ATTACHMENT_READ,
    Right.ASK_REOPENING,
    Right.EXPORT,
    Right.ATTACHMENT_WRITE,
    Right.EXCHANGE_READ,
    Right.EXCHANGE_WRITE,
    Right.INITIALISE,
    Right.WRITE,
    Right.VALIDATE,
    Right.VALIDATE_HIERARCHICAL,
    Right.TRANSMIT,
    Right.CORRECT,
    Right.HAND_BACK,
    Right.FINALISE,
    Right.CLOSE,
    Right.REOPEN,
    Right.DIRECT_READ,
    Right.ADMIN_USERS,
    Right.CONSENT_GIVE,
    Right.CAMPAIGN_MANAGE,
    Right.PACK_EDIT,
    Right.POLICY_EDIT,
)
BY_SYSTEM = "Imposé par le système : ce type d’utilisateur n’a jamais ce droit à cette étape."
BY_FLAG = "Imposé par la case « Administrateur délégué »."
BY_PROFILE = "Imposé par le profil, qui retire ce droit."
NOT_HELD = "Vous ne détenez pas ce droit : vous ne pouvez pas l’accorder."


class BoxState(Enum):
    """How a box stands; the two last ones are imposed, and greyed."""

    GRANTED = "granted"
    REFUSED = "refused"
    INHERITED = "inherited"
    IMPOSED_ON = "imposed_on"
    IMPOSED_OFF = "imposed_off"


@dataclass(frozen=True, slots=True)
class BoxCell:
    """One box; `reason` says why it is imposed, or cannot be ticked by this viewer."""

    step: int
    state: BoxState
    editable: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One line of the matrix: its seven boxes, step 0 to 6."""

    right: Right
    cells: tuple[BoxCell, ...]

    @property
    def label(self) -> str:
        """What heads the line."""
        return RIGHT_NAMES[self.right][0]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the saved lines say of one account at one place: « profil actuel ».

    `default`: its profile by default, which it `inherits` where it has none of its own at the place.
    """

    place: FormPlace
    kind: OrganizationKind
    profiles: tuple[str, ...] = ()
    contact: bool = False
    default: tuple[str, ...] = ()
    inherits: bool = False
    wide: dict[Right, Sides] = field(default_factory=dict)
    own: dict[Right, Sides] = field(default_factory=dict)

    def base(self, policy: Policy, right: Right) -> Sides:
        """What it has before its own boxes at this place: its profile's, and its own on every form."""
        return profile_sides(policy, self.profiles, self.place, right) | self.wide.get(right, Sides())

    def steps(self, policy: Policy, right: Right) -> int:
        """The steps at which it has the right, the ceiling included."""
        sides = self.base(policy, right) | self.own.get(right, Sides())
        return sides.steps & ceiling_steps(policy, self.kind, self.place, right)


def standing(kind: OrganizationKind, lines: Iterable[Line], place: FormPlace) -> Standing:
    """How an account whose lines these are stands at a place."""
    held: list[str] = []
    default: list[str] = []
    wide: dict[Right, Sides] = {}
    own: dict[Right, Sides] = {}
    for line in lines:
        if line.ptype == "g":
            found = {place.domain: held, default_of(place.domain): default}.get(line.field("domain"), [])
            found.append(line.field("profile"))
        elif line.ptype == "p2" and line.field("dom") == place.platform:
            kept = {ANY_FORM: wide, place.form: own}.get(line.field("form"))
            if kept is not None:
                right = Right(line.field("act"))
                kept[right] = kept.get(right, Sides()) | _sides(line)
    profiles = tuple(name for name in held or default if name not in (CONTACT, NO_PROFILE))
    by_default = tuple(default)
    return Standing(place, kind, profiles, CONTACT in held, by_default, bool(default and not held), wide, own)


def _sides(line: Line) -> Sides:
    steps = step_bits(line.field("steps"))
    return Sides(denied=steps) if line.field("eft") == Effect.DENY else Sides(allowed=steps)


def rows_of(viewer: Viewer, one: Standing, *, locked: bool = False) -> tuple[FunctionRow, ...]:
    """The matrix as the viewer may change it; `locked`: he may not change this account at all."""
    policy = viewer.authority.policy
    return tuple(_row(viewer, policy, one, right, locked=locked) for right in shown_rights(policy, one))


def shown_rights(policy: Policy, one: Standing) -> Sequence[Right]:
    """The functions that this kind of user may ever have, in the manual's order."""
    return [right for right in ORDER if ceiling_steps(policy, one.kind, one.place, right)]


def _row(viewer: Viewer, policy: Policy, one: Standing, right: Right, *, locked: bool) -> FunctionRow:
    steps = one.steps(policy, right)
    held = held_steps(policy, viewer.subject, one.place, right)
    imposed = imposed_off(policy, one, right)
    cells = []
    for step, bit in STEP_BIT.items():
        if right is Right.ADMIN_USERS:
            state, reason = _imposed(steps & bit), BY_FLAG
        elif imposed & bit:
            state, reason = BoxState.IMPOSED_OFF, _by(policy, one, right, bit)
        else:
            state = _state(one.base(policy, right).steps & bit, steps & bit)
            reason = "" if locked or steps & bit or held & bit else NOT_HELD
        free = state not in {BoxState.IMPOSED_ON, BoxState.IMPOSED_OFF}
        cells.append(BoxCell(step, state, free and not locked and not reason, reason or None))
    return FunctionRow(right, tuple(cells))


def imposed_off(policy: Policy, one: Standing, right: Right) -> int:
    """The steps at which nobody can tick the box: beyond the ceiling, or taken away by the profile."""
    ceiling = ceiling_steps(policy, one.kind, one.place, right)
    return (EVERY_STEP & ~ceiling) | one.base(policy, right).denied


def _by(policy: Policy, one: Standing, right: Right, bit: int) -> str:
    return BY_PROFILE if ceiling_steps(policy, one.kind, one.place, right) & bit else BY_SYSTEM


def _imposed(ticked: int) -> BoxState:
    return BoxState.IMPOSED_ON if ticked else BoxState.IMPOSED_OFF


def _state(inherited: int, ticked: int) -> BoxState:
    if not ticked:
        return BoxState.REFUSED
    return BoxState.INHERITED if inherited else BoxState.GRANTED


def label_of(profile: str) -> str:
    """The French name of a profile; one of a platform's own making goes by its own name."""
    known = PROFILES.get(profile)
    return known.label if known else profile.removeprefix("profile:")
