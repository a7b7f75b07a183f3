"""From boxes to lines: what differs from the profile is written on the account, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz import RIGHT_NAMES, Effect, Line, Right, box_line, profile_line
from authz.boxes import CONTACT, FormPlace, ceiling_steps, held_steps
from authz.names import NO_PROFILE
from authz.rights import ALL_STEPS, STEP_BIT
from models import Invalid, Refused
from resolvers.boxes_matrix import BY_FLAG, BY_SYSTEM, Standing, imposed_off, shown_rights, standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from authz import Viewer
    from authz.policy import Policy
    from resolvers.people_rows import AccountRow


@dataclass(frozen=True, slots=True)
class BoxWrite:
    """One box as it is wished."""

    right: str
    step: int
    granted: bool


@dataclass(frozen=True, slots=True)
class FormRightsEntry:
    """What is wished at one place: a profile (None: none), and every box that differs from it."""

    platform: str
    form: str
    profile: str | None
    contact: bool
    boxes: tuple[BoxWrite, ...] = ()

    @property
    def place(self) -> FormPlace:
        """Where."""
        return FormPlace(self.platform, self.form)


@dataclass(slots=True)
class Edits:
    """The lines to add and the ids of those to close."""

    add: list[Line]
    close: list[int]

    def __bool__(self) -> bool:
        return bool(self.add or self.close)

    def extend(self, other: Edits) -> None:
        """Take another place's edits in."""
        self.add += other.add
        self.close += other.close


Wish = dict[Right, int]


def wish_of(
    policy: Policy, one: Standing, entry: FormRightsEntry, administering: int, path: tuple[str, ...]
) -> Wish:
    """The steps wished by right: the profile's, then each box; `administering`, those the flag imposes.

    Raises Invalid BOX_UNKNOWN, BOX_IMPOSED.
    """
    rights = {right.value: right for right in shown_rights(policy, one)}
    wish = {
        right: one.base(policy, right).steps & ceiling_steps(policy, one.kind, one.place, right)
        for right in rights.values()
    }
    wish[Right.ADMIN_USERS] = administering
    for number, box in enumerate(entry.boxes):
        where = (*path, "boxes", str(number))
        right, bit = rights.get(box.right), STEP_BIT.get(box.step)
        if right is None or bit is None:
            raise Invalid("BOX_UNKNOWN", "Cette case n’est pas dans le tableau des droits.", path=where)
        flagged = right is Right.ADMIN_USERS
        if flagged or imposed_off(policy, one, right) & bit:
            # A client may send the greyed boxes back as they are.
            if box.granted != bool(flagged and wish[right] & bit):
                raise _imposed(where, BY_FLAG if flagged else BY_SYSTEM)
            continue
        wish[right] = wish[right] | bit if box.granted else wish[right] & ~bit
    return wish


def _imposed(where: tuple[str, ...], reason: str) -> Invalid:
    return Invalid("BOX_IMPOSED", f"{reason} Elle ne se modifie pas ici.", path=where)


def current_wish(policy: Policy, one: Standing) -> Wish:
    """What is saved, as if it were wished."""
    return {right: one.steps(policy, right) for right in shown_rights(policy, one)}


def administering(policy: Policy, viewer: Viewer, before: Standing, *, flag: bool) -> int:
    """The steps of « administrateur délégué » at a place: kept where they were, given where one has them."""
    right = Right.ADMIN_USERS
    held = held_steps(policy, viewer.subject, before.place, right)
    return before.steps(policy, right) | held if flag else 0


def administered(policy: Policy, viewer: Viewer, one: Standing, wish: Wish, *, flag: bool) -> Wish:
    """The wish, with the steps of « administrateur délégué » that the flag imposes."""
    right = next(iter(wish.keys() & {Right.ADMIN_USERS}), None)
    return wish if right is None else {**wish, right: administering(policy, viewer, one, flag=flag)}


def require_held(policy: Policy, viewer: Viewer, before: Standing, wish: Mapping[Right, int]) -> None:
    """Nothing, if whatever is added is the viewer's own too. Raises Refused RIGHT_NOT_HELD."""
    for right, steps in wish.items():
        added = steps & ~before.steps(policy, right)
        missing = added & ~held_steps(policy, viewer.subject, before.place, right)
        if missing:
            step = next(step for step, bit in STEP_BIT.items() if missing & bit)
            raise Refused(
                "RIGHT_NOT_HELD",
                f"Vous ne détenez pas « {RIGHT_NAMES[right][0]} » à l’étape {step} sur le formulaire "
                f"{before.place.form} : vous ne pouvez pas l’accorder.",
                details={"right": right.value, "step": step, "form": before.place.form},
            )


def clipped(policy: Policy, viewer: Viewer, place: FormPlace, wish: Wish) -> Wish:
    """What of a wish the viewer holds himself."""
    return {right: steps & held_steps(policy, viewer.subject, place, right) for right, steps in wish.items()}


def place_lines(policy: Policy, account: AccountRow, one: Standing, wish: Wish) -> list[Line]:
    """The lines that make an account stand as wished, `one` being its profile and contact at the place."""
    place, subject = one.place, account.subject
    lines = [
        profile_line(subject=subject, profile=name, platform=place.platform, form=place.form)
        for name in _held(one)
    ]
    for right, wished in wish.items():
        base, ceiling = one.base(policy, right), ceiling_steps(policy, one.kind, place, right)
        sides = ((Effect.ALLOW, wished & ~base.allowed), (Effect.DENY, base.steps & ceiling & ~wished))
        lines += [
            box_line(
                subject=subject,
                platform=place.platform,
                form=place.form,
                right=right,
                steps=_digits(bits),
                ref=f"Droits de {account.name}",
                effect=effect,
            )
            for effect, bits in sides
            if bits
        ]
    return lines


def _held(one: Standing) -> tuple[str, ...]:
    """The profiles to be held at the place itself: none where the one by default is meant to reach it."""
    if one.inherits and not one.contact:
        return ()
    named = (*one.profiles, *((CONTACT,) if one.contact else ()))
    return named or ((NO_PROFILE,) if one.default else ())


def edits_at(account: AccountRow, place: FormPlace, wanted: Iterable[Line]) -> Edits:
    """What turns the account's saved lines at a place into those wanted; a line that stays is not touched."""
    return edits_between([line for line in account.lines if _is_at(line, place)], wanted)


def edits_between(saved: Collection[Line], wanted: Iterable[Line]) -> Edits:
    """What turns saved lines into those wanted. Two equal lines are two: each that is not wanted goes."""
    wished = {(line.ptype, line.values): line for line in wanted}
    there = {(line.ptype, line.values) for line in saved}
    return Edits(
        [line for key, line in wished.items() if key not in there],
        [line.id for line in saved if line.id is not None and (line.ptype, line.values) not in wished],
    )


def _is_at(line: Line, place: FormPlace) -> bool:
    if line.ptype == "g":
        return line.field("domain") == place.domain
    return (line.field("dom"), line.field("form")) == (place.platform, place.form)


def _digits(bits: int) -> str:
    return "".join(digit for digit in ALL_STEPS if STEP_BIT[int(digit)] & bits)


def saved(account: AccountRow, place: FormPlace) -> Standing:
    """How the account stands at a place today."""
    return standing(account.kind, account.lines, place)
