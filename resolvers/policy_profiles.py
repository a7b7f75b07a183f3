"""The boxes of one profile on a platform, set as a whole: told as lines to add and to close."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass

from authz import PROFILES, Line, Right, Viewer, box_line
from authz.boxes import FormPlace
from authz.lines import ANY_FORM
from authz.names import FORM
from authz.reach import ceiling_of
from authz.rights import RIGHTS
from models import Invalid
from resolvers.account_rights import ProfileRow
from resolvers.policy_changes import Change, Outcome, once
from resolvers.policy_desk import living_lines


@dataclass(frozen=True, slots=True)
class Box:
    """A function ticked at some steps, on one form or on all of them (`*`)."""

    right: str
    form: str
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProfileWrite:
    """A profile as it is wished on a platform: its boxes replace all those that it has there."""

    platform: str
    profile: str
    boxes: tuple[Box, ...]
    base: int
    comment: str


def profiles_on(viewer: Viewer, platform: str) -> tuple[ProfileRow, ...]:
    """Every profile, with the boxes that it has on all the forms of a platform."""
    place = FormPlace(platform, ANY_FORM)
    return tuple(ProfileRow(one.name, one.kind or viewer.kind, place) for one in PROFILES.values())


async def set_profile(viewer: Viewer, wanted: ProfileWrite, key: str) -> Outcome:
    """Raises as `change`, Invalid POLICY_PROFILE_UNKNOWN, POLICY_BOX_INVALID, POLICY_BOX_IMPOSED."""
    arguments = {**asdict(wanted), "boxes": [list(astuple(box)) for box in wanted.boxes]}
    return await once(viewer, key, wanted.platform, arguments, lambda: change_of(viewer, wanted))


async def change_of(viewer: Viewer, wanted: ProfileWrite) -> Change:
    """What a profile that is set changes. Raises as `set_profile`."""
    if wanted.profile not in PROFILES:
        raise Invalid(
            "POLICY_PROFILE_UNKNOWN", "Ce profil n’existe pas : choisissez-en un autre.", path=("profile",)
        )
    lines = [_line(viewer, wanted, number, box) for number, box in enumerate(wanted.boxes)]
    living = await living_lines(wanted.platform, "p2", wanted.profile)
    old, new = {_content(line) for line in living}, {_content(line) for line in lines}
    add = tuple(line for line in lines if _content(line) not in old)
    close = tuple(line.id for line in living if line.id is not None and _content(line) not in new)
    return Change(wanted.platform, add, close, wanted.base, wanted.comment)


def _line(viewer: Viewer, wanted: ProfileWrite, number: int, box: Box) -> Line:
    steps = sorted(set(box.steps))
    known = box.right in RIGHTS and (box.form == ANY_FORM or FORM.fullmatch(box.form) is not None)
    if not known or not steps or not set(steps) <= set(range(7)):
        raise Invalid(
            "POLICY_BOX_INVALID",
            "Cette case n’existe pas : une fonction, un formulaire et des étapes de 0 à 6.",
            path=("boxes", str(number)),
        )
    profile = PROFILES[wanted.profile]
    if profile.kind is not None:
        ceiling = ceiling_of(
            viewer.authority.policy, profile.kind, wanted.platform, box.form, Right(box.right)
        )
        if not set(steps) <= ceiling:
            raise Invalid(
                "POLICY_BOX_IMPOSED",
                "Cette case est grisée : le système ne la donne jamais à cette nature d’utilisateur.",
                path=("boxes", str(number)),
            )
    return box_line(
        subject=wanted.profile,
        platform=wanted.platform,
        right=Right(box.right),
        form=box.form,
        steps="".join(map(str, steps)),
        ref=profile.label,
    )


def _content(line: Line) -> tuple[str, ...]:
    """What a box says, whatever its article and the order of its steps."""
    steps = "".join(sorted(line.field("steps")))
    return (*line.values[:4], steps, line.field("eft"))
