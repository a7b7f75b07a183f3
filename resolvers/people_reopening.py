"""A closed account opened again by who could open it, with what he may give at that moment, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from authz import Touched, Viewer
from authz.boxes import administrator_profile, hold_policy
from models import Conflict, transaction
from resolvers import boxes, journal, passwords, sign_in
from resolvers.boxes_default import with_defaults
from resolvers.boxes_lines import edits_between
from resolvers.boxes_places import places_of
from resolvers.events import Kind
from resolvers.people_passwords import check
from resolvers.people_rights import Hand, hand_on, not_administrator, platform_of, read

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Line
    from authz.policy import Policy
    from resolvers.people_rows import AccountRow


async def reopen(viewer: Viewer, account_id: UUID, password: str, again: str, version: int) -> AccountRow:
    """Open a closed account under a new password; of the rights that it had, what the viewer may give today.

    A platform gives an administrator elsewhere his profile whole, at its own forms, as when it opens one.
    Raises NotFound; Refused REFUSED; Conflict ACCOUNT_NOT_CLOSED, ACCOUNT_STALE; Invalid, those of a
    password.
    """
    async with transaction():
        account = await read(viewer, account_id)
        _require_closed(account)
        check(password, again, (account.login, account.entry.first_name, account.entry.last_name))
        # Long, hence done before anyone has to wait.
        kept = await passwords.hashed(password)
        policy = await hold_policy(viewer.authority)
        account = await read(viewer, account_id)
        _require_closed(account)
        hand = await hand_on(viewer, account.organization_id)
        if hand is Hand.NONE:
            raise not_administrator()
        then = _elsewhere(account) if hand is Hand.ADMINISTRATORS else account
        lines = await _lines(viewer, policy, account, then, elsewhere=hand is Hand.ADMINISTRATORS)
        await boxes.raise_version(
            account,
            version,
            closed_at=None,
            default_profile=then.entry.default_profile,
            password_hash=kept,
            password_set_by_id=viewer.user_id,
            password_set_at=datetime.now(UTC),
        )
        await sign_in.forget_failures(account.login)
        touched = Touched(accounts=(account.subject,))
        comment = f"Réouverture du compte de {account.name}"
        await boxes.write(viewer, policy, edits_between(account.lines, lines), comment, touched)
        await journal.record(viewer, Kind.ACCOUNT_CHANGED, "", {"user": account.id, "what": "reopened"})
        return await read(viewer, account_id)


def _require_closed(account: AccountRow) -> None:
    if account.closed_at is None:
        raise Conflict("ACCOUNT_NOT_CLOSED", "Ce compte est en service : il n’y a rien à rouvrir.")


def _elsewhere(account: AccountRow) -> AccountRow:
    """The account as a platform may open it: an administrator, from his profile."""
    profile = administrator_profile(account.kind)
    return replace(account, entry=replace(account.entry, default_profile=profile))


async def _lines(
    viewer: Viewer, policy: Policy, source: AccountRow, account: AccountRow, *, elsewhere: bool
) -> list[Line]:
    """All the lines that the account has from now on."""
    places = await places_of(account.organization_id, account.kind)
    account = await with_defaults(viewer, policy, replace(account, lines=()), places, elsewhere=elsewhere)
    if elsewhere:
        mine = [place for place in places if place.platform == platform_of(viewer)]
        return boxes.opening_lines(policy, viewer, account, mine, elsewhere=True)
    return boxes.copied_lines(policy, viewer, account, source, places, clip=True)
