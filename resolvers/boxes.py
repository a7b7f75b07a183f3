"""Giving and taking boxes: a save replaces what an account has at some places, in one version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Line, Right, Touched, Viewer
from authz.boxes import FormPlace, administrator_profile, hold_policy, holds_somewhere, profiles_of
from authz.editing import apply_edits
from authz.lines import ANY_FORM
from models import Conflict, Invalid, User, transaction
from resolvers import journal
from resolvers.boxes_lines import (
    Edits,
    FormRightsEntry,
    administered,
    administering,
    clipped,
    current_wish,
    edits_at,
    place_lines,
    require_held,
    saved,
    wish_of,
)
from resolvers.boxes_matrix import Standing
from resolvers.boxes_places import places_of
from resolvers.events import Kind
from resolvers.people_entries import profile_unknown
from resolvers.people_rights import (
    Hand,
    administrators_only,
    hand_on,
    platform_of,
    read,
    require_open,
    require_own,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from authz.policy import Policy
    from resolvers.people_rows import AccountRow


async def set_form_rights(
    viewer: Viewer, account_id: UUID, entries: Sequence[FormRightsEntry], version: int
) -> AccountRow:
    """Save what is wished at some places; what is not named there stays.

    Raises NotFound; Refused REFUSED, ADMINISTRATORS_ONLY, RIGHT_NOT_HELD; Conflict ACCOUNT_STALE,
    ACCOUNT_ALREADY_CLOSED; Invalid FORM_PLACE_UNKNOWN, FORM_PLACE_TWICE, PROFILE_UNKNOWN, BOX_UNKNOWN,
    BOX_IMPOSED.
    """
    async with transaction():
        policy = await hold_policy(viewer.authority)
        account = await read(viewer, account_id)
        require_open(account)
        hand = await hand_on(viewer, account.organization_id)
        if hand is Hand.ADMINISTRATORS:
            _require_opening(viewer, account, entries)
        else:
            require_own(viewer, account)
        await _require_places(account, entries)
        edits = Edits([], [])
        for number, entry in enumerate(entries):
            edits.extend(_edits(policy, viewer, account, entry, number, opening=hand is Hand.ADMINISTRATORS))
        await raise_version(account, version)
        await write(viewer, policy, edits, f"Droits de {account.name}")
        await journal.record(viewer, Kind.ACCOUNT_CHANGED, "", {"user": account.id, "what": "rights"})
        return await read(viewer, account_id)


def _edits(  # noqa: PLR0913 - who gives what to whom, and which of the places it is
    policy: Policy,
    viewer: Viewer,
    account: AccountRow,
    entry: FormRightsEntry,
    number: int,
    *,
    opening: bool,
) -> Edits:
    path = ("rights", str(number))
    before = saved(account, entry.place)
    if entry.profile is not None and entry.profile not in (*profiles_of(account.kind), *before.profiles):
        raise profile_unknown((*path, "profile"))
    profiles = () if entry.profile is None else (entry.profile,)
    inherits = before.inherits and profiles == before.profiles
    after = replace(before, profiles=profiles, contact=entry.contact, own={}, inherits=inherits)
    if opening:
        # A platform gives an administrator's profile whole; what it gives it may not hold itself.
        return edits_at(
            account, entry.place, place_lines(policy, account, after, current_wish(policy, after))
        )
    flag = account.entry.delegated_administrator or holds_somewhere(
        policy, account.subject, Right.ADMIN_USERS
    )
    wish = wish_of(policy, after, entry, administering(policy, viewer, before, flag=flag), path)
    require_held(policy, viewer, before, wish)
    return edits_at(account, entry.place, place_lines(policy, account, after, wish))


def _require_opening(viewer: Viewer, account: AccountRow, entries: Iterable[FormRightsEntry]) -> None:
    """Elsewhere a platform opens an administrator at its own places, and does nothing else."""
    profile = administrator_profile(account.kind)
    for entry in entries:
        given = entry.profile == profile and not entry.boxes and not entry.contact
        if not given or entry.platform != platform_of(viewer):
            raise administrators_only()


async def _require_places(account: AccountRow, entries: Sequence[FormRightsEntry]) -> None:
    places = await places_of(account.organization_id, account.kind)
    seen: set[FormPlace] = set()
    for number, entry in enumerate(entries):
        path = ("rights", str(number), "form")
        if entry.place not in places:
            raise Invalid(
                "FORM_PLACE_UNKNOWN",
                f"Cette organisation n’intervient pas sur le formulaire {entry.form} : "
                "choisissez-en un autre.",
                path=path,
            )
        if entry.place in seen:
            raise Invalid(
                "FORM_PLACE_TWICE",
                f"Le formulaire {entry.form} est donné deux fois : gardez-en un.",
                path=path,
            )
        seen.add(entry.place)


def opening_lines(
    policy: Policy, viewer: Viewer, account: AccountRow, places: Iterable[FormPlace], *, elsewhere: bool
) -> list[Line]:
    """The boxes of a new account: those of its default profile, of which its author gives what he holds.

    The account's lines are those on forms to come (`default_lines`), and are given back with the others.
    `elsewhere`: a platform opens an administrator, whose profile it gives whole.
    """
    lines = list(account.lines)
    names = (account.entry.default_profile,) if account.entry.default_profile else ()
    for place in places:
        one = replace(saved(account, place), profiles=names, inherits=False)
        wish = current_wish(policy, one)
        if not elsewhere:
            flag = account.entry.delegated_administrator
            wish = clipped(policy, viewer, place, administered(policy, viewer, one, wish, flag=flag))
        held = one if any(wish.values()) else replace(one, profiles=())
        lines += place_lines(policy, account, held, wish)
    return lines


def copied_lines(  # noqa: PLR0913 - who gives whose rights to whom, where, and how far
    policy: Policy,
    viewer: Viewer,
    account: AccountRow,
    source: AccountRow,
    places: Iterable[FormPlace],
    *,
    clip: bool = False,
) -> list[Line]:
    """The boxes, profiles and contacts of `source`, given to a new account. Raises Refused RIGHT_NOT_HELD.

    The account's lines are as for `opening_lines`; `places`: where the source may inherit its default.
    `clip`: what the viewer does not hold is left out, in place of the refusal.
    """
    lines = list(account.lines)
    for place in sorted({*own_places(source), *places}):
        one, fresh = saved(source, place), saved(account, place)
        nothing = Standing(place, account.kind)
        flag = account.entry.delegated_administrator
        had = current_wish(policy, one)
        wish = administered(policy, viewer, nothing, had, flag=flag)
        if clip:
            wish = clipped(
                policy, viewer, place, {right: steps & had[right] for right, steps in wish.items()}
            )
        require_held(policy, viewer, nothing, wish)
        # Boxes on every form stand on the source itself: the copy has them place by place.
        inherits = one.inherits and fresh.profiles == one.profiles
        plain = replace(one, default=fresh.default, inherits=inherits, wide=fresh.wide, own={})
        lines += place_lines(policy, account, plain, wish)
    return lines


def own_places(account: AccountRow) -> list[FormPlace]:
    """Where an account has lines of its own."""
    found = set()
    for line in account.lines:
        if line.ptype == "g":
            platform, _, form = line.field("domain").partition("/")
            found.add(FormPlace(platform, form))
        else:
            found.add(FormPlace(line.field("dom"), line.field("form")))
    return sorted(place for place in found if place.form != ANY_FORM)


async def raise_version(account: AccountRow, version: int, **changes: object) -> None:
    """Change the account's row as it was read at `version`. Raises Conflict ACCOUNT_STALE."""
    found = User.filter(id=account.id, version=version)
    if not await found.update(version=version + 1, **changes):
        raise Conflict(
            "ACCOUNT_STALE",
            "Ce compte a été modifié entre-temps : rechargez-le, puis recommencez.",
            path=("version",),
            details={"version": account.version},
        )


async def write(
    viewer: Viewer, policy: Policy, edits: Edits, comment: str, touched: Touched | None = None
) -> None:
    """Write the edits in one version; none where nothing changes."""
    if edits or touched is not None:
        await apply_edits(
            viewer,
            edits.add,
            edits.close,
            base=policy.version,
            comment=comment[:300],
            touched=touched or Touched(),
        )
