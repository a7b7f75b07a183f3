"""What is shown of boxes: the matrix of an account form by form, and that of a profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz import PROFILES, Right, Viewer, decide_on_platform
from authz.boxes import FormPlace, holds_somewhere, profiles_of
from models import NotFound
from resolvers.boxes import own_places
from resolvers.boxes_lines import saved
from resolvers.boxes_matrix import FunctionRow, Standing, label_of, rows_of
from resolvers.boxes_places import places_of
from resolvers.people_rights import administers, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models import OrganizationKind
    from resolvers.people_rows import AccountRow


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A profile for users of a kind; its boxes are those of one place, or none without it."""

    name: str
    users: OrganizationKind
    place: FormPlace | None

    @property
    def label(self) -> str:
        """Its French name."""
        return label_of(self.name)

    @property
    def kind(self) -> OrganizationKind | None:
        """Whose users may start from it; None for a profile of any kind."""
        known = PROFILES.get(self.name)
        return known.kind if known else None


@dataclass(frozen=True, slots=True)
class FormRightsRow:
    """An account at one place: its profile, whether it is a privileged contact, its boxes."""

    place: FormPlace
    platform_name: str
    profile: ProfileRow | None
    contact: bool
    rows: tuple[FunctionRow, ...]


def form_rights(
    viewer: Viewer, account: AccountRow, places: Iterable[FormPlace]
) -> tuple[FormRightsRow, ...]:
    """The account at each form of its organization, and wherever else it has something."""
    locked = refusal(viewer, account) is not None
    names = viewer.authority.policy.platforms
    rows = []
    for place in sorted({*places, *own_places(account)}):
        one = saved(account, place)
        profile = ProfileRow(one.profiles[0], account.kind, place) if one.profiles else None
        shown = rows_of(viewer, one, locked=locked)
        rows.append(FormRightsRow(place, names[place.platform], profile, one.contact, shown))
    return tuple(rows)


def contact_of(account: AccountRow) -> tuple[str, ...]:
    """The forms for which the account is a privileged contact."""
    return tuple(sorted({place.form for place in own_places(account) if saved(account, place).contact}))


def profiles_for(kind: OrganizationKind, place: FormPlace | None) -> tuple[ProfileRow, ...]:
    """The profiles that users of a kind may start from."""
    return tuple(ProfileRow(name, kind, place) for name in profiles_of(kind))


def profile_boxes(viewer: Viewer, row: ProfileRow) -> tuple[FunctionRow, ...]:
    """The matrix of a profile, whose boxes the viewer may give where he holds them."""
    if row.place is None:
        return ()
    return rows_of(viewer, Standing(row.place, row.users, (row.name,)))


async def read_profile(viewer: Viewer, name: str, place: FormPlace) -> ProfileRow:
    """A profile at a place, for those who give rights there or edit the platform's rules. Raises NotFound."""
    policy = viewer.authority.policy
    known = PROFILES.get(name)
    there = any(policy.boxes.named(place.platform, right, place.form) & {name} for right in Right)
    if not there or not name.startswith("profile:"):
        raise _unknown()
    edits = decide_on_platform(viewer, Right.POLICY_EDIT, place.platform).allowed
    own = await places_of(viewer.organization_id, viewer.kind) if administers(viewer) else ()
    if not edits and place not in own:
        raise _unknown()
    return ProfileRow(name, (known.kind if known else None) or viewer.kind, place)


def _unknown() -> NotFound:
    return NotFound(
        "NOT_FOUND",
        "Ce profil n’existe pas sur ce formulaire : choisissez-en un de la liste.",
        path=("name",),
    )


def edits_policy(viewer: Viewer) -> bool:
    """Whether the viewer may edit the rules of some platform."""
    platforms = viewer.authority.policy.platforms
    return any(decide_on_platform(viewer, Right.POLICY_EDIT, code).allowed for code in platforms)


def conducts_campaigns(viewer: Viewer) -> bool:
    """Whether the viewer conducts the campaign of some form."""
    return viewer.user_id is not None and holds_somewhere(
        viewer.authority.policy, viewer.subject, Right.CAMPAIGN_MANAGE
    )


def gives_consents(viewer: Viewer) -> bool:
    """Whether the viewer's boxes let him answer partners for his organism, on some form."""
    return viewer.user_id is not None and holds_somewhere(
        viewer.authority.policy, viewer.subject, Right.CONSENT_GIVE
    )
