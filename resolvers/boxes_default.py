"""The profile by default (manual §11.2.2): what an account has on forms that are opened later.

One line of the policy says it, on every form for which no other gives the account a profile. At the forms
that are there already the account has lines of its own: another default bears on those to come only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from authz import Right
from authz.boxes import CONTACT, FormPlace, held_steps
from authz.lines import ANY_FORM
from models import fetch
from resolvers.boxes_lines import (
    Edits,
    administered,
    current_wish,
    edits_at,
    edits_between,
    place_lines,
    saved,
)
from resolvers.boxes_matrix import Standing
from resolvers.people_rights import platform_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from authz import Line, Viewer
    from authz.policy import Policy
    from resolvers.people_rows import AccountRow

_PLATFORMS = """
SELECT g.platform_id AS platform FROM organization g WHERE g.id = %s AND g.platform_id IS NOT NULL
UNION SELECT k.platform_id FROM organism_code k JOIN organism o ON o.id = k.organism_id
WHERE o.organization_id = %s
UNION SELECT v.platform_id FROM convention v WHERE v.partner_id = %s
UNION SELECT p."values" ->> 1 FROM policy_row p JOIN organization g ON g.key = p."values" ->> 0
WHERE p.until_version IS NULL AND p.ptype = 'p' AND g.id = %s
"""


async def default_places(organization_id: UUID) -> tuple[FormPlace, ...]:
    """Every form to come, on each platform that the organization takes part in."""
    records = await fetch(_PLATFORMS, [organization_id] * 4)
    return tuple(FormPlace(code, ANY_FORM) for code in sorted(record["platform"] for record in records))


async def with_defaults(
    viewer: Viewer, policy: Policy, account: AccountRow, places: Collection[FormPlace], *, elsewhere: bool
) -> AccountRow:
    """A new account with its lines on forms to come, all but `places`; a platform gives them for itself."""
    defaults = await default_places(account.organization_id)
    mine = platform_of(viewer)
    given = [place for place in defaults if not elsewhere or place.platform == mine]
    lines = default_lines(policy, viewer, account, given, places, elsewhere=elsewhere)
    return replace(account, lines=tuple(lines))


def default_lines(  # noqa: PLR0913 - who gives what to whom, where, and how far
    policy: Policy,
    viewer: Viewer,
    account: AccountRow,
    defaults: Iterable[FormPlace],
    places: Collection[FormPlace],
    *,
    elsewhere: bool,
) -> list[Line]:
    """What gives the default profile on forms to come, at `defaults` (`default_places`).

    Nothing where the flag and the profile disagree, or where the author lacks a part of it: he would give
    more than he holds, and a part of a profile cannot be told of every form at once. `places`: the forms
    that the organization has already. `elsewhere`: a platform opens an administrator, whose profile it gives
    whole.
    """
    lines: list[Line] = []
    for place in defaults if account.entry.default_profile else ():
        one = Standing(place, account.kind, (account.entry.default_profile,))
        wish = current_wish(policy, one)
        flag = account.entry.delegated_administrator
        wanted = administered(policy, viewer, one, wish, flag=flag)
        given = place_lines(policy, account, one, wanted)
        named = {FormPlace(place.platform, form) for form in policy.buckets.forms(place.platform)}
        to_come = {place, *named.difference(places)}
        dropped = _given_by_default(account, (place,))
        then = (*(line for line in account.lines if line not in dropped), *given)
        held = elsewhere or all(_held(policy, viewer, account, then, there) for there in to_come)
        if held and (flag or not wish.get(Right.ADMIN_USERS)):
            lines += given
    return lines


def _held(
    policy: Policy, viewer: Viewer, account: AccountRow, lines: tuple[Line, ...], place: FormPlace
) -> bool:
    """Whether the author holds at a place all that the account would have there by these lines and had not.

    Lines may name a form before it opens: what a profile gives on it is then not what it gives on another.
    """
    had, then = saved(account, place), saved(replace(account, lines=lines), place)
    return not any(
        then.steps(policy, right)
        & ~had.steps(policy, right)
        & ~held_steps(policy, viewer.subject, place, right)
        for right in Right
    )


def _is_own_profile(line: Line) -> bool:
    return line.field("profile") != CONTACT


def settled_edits(  # noqa: PLR0913 - who changes whom, where, and whether the flag moves
    policy: Policy,
    viewer: Viewer,
    account: AccountRow,
    places: Iterable[FormPlace],
    defaults: Iterable[FormPlace],
    *,
    flag: bool | None,
) -> Edits:
    """What a new default profile or flag makes of an account, whose entry is the new one.

    Another default bears on no form that is there already. `flag`: the box « Paramétrage » is made to agree
    with it everywhere; None leaves it.
    """
    defaults = tuple(defaults)
    places = tuple(places)
    wanted = default_lines(policy, viewer, account, defaults, places, elsewhere=False)
    edits = edits_between(_given_by_default(account, defaults), wanted)
    kept = tuple(line for line in account.lines if line.id not in edits.close)
    then = replace(account, lines=(*kept, *edits.add))
    moved = bool(edits)
    for place in places:
        one, after = saved(account, place), saved(then, place)
        wish = current_wish(policy, one)
        if flag is not None:
            wish = administered(policy, viewer, one, wish, flag=flag)
        inherits = one.inherits and not moved
        there = replace(one, inherits=inherits, default=after.default, wide=after.wide)
        edits.extend(edits_at(account, place, place_lines(policy, account, there, wish)))
    return edits


def _given_by_default(account: AccountRow, defaults: Iterable[FormPlace]) -> list[Line]:
    """The account's lines on forms to come: its profile, and what the flag gives beside it."""
    domains = {place.domain for place in defaults}
    platforms = {place.platform for place in defaults}
    return [
        line
        for line in account.lines
        if line.id is not None
        and (
            (line.ptype == "g" and line.field("domain") in domains and _is_own_profile(line))
            or (
                line.ptype == "p2"
                and (line.field("dom") in platforms and line.field("form") == ANY_FORM)
                and line.field("act") == Right.ADMIN_USERS
            )
        )
    ]
