"""People (manual §11.2): opened, copied, changed, closed; never erased, so that an author stays named."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from authz import Right, Touched, Viewer
from authz.boxes import administrator_profile, hold_policy, holds_somewhere, profiles_of
from models import Conflict, Session, User, transaction
from resolvers import boxes, journal, organizations, passwords
from resolvers.boxes_default import default_places, settled_edits, with_defaults
from resolvers.boxes_lines import Edits
from resolvers.boxes_places import places_of
from resolvers.events import Kind
from resolvers.idempotency import claim, keep
from resolvers.people_entries import checked_entry, checked_login
from resolvers.people_passwords import check
from resolvers.people_rights import (
    Hand,
    administrators_only,
    hand_on,
    keep_administrators,
    not_administrator,
    platform_of,
    read,
    require_open,
    require_own,
)
from resolvers.people_rows import AccountEntry, AccountRow

if TYPE_CHECKING:
    from authz import Line
    from authz.boxes import FormPlace
    from authz.policy import Policy
    from resolvers.organizations import OrganizationRow


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a new user signs in with, the password typed twice."""

    login: str
    password: str
    again: str


async def create(
    viewer: Viewer, organization_id: UUID, credentials: Credentials, entry: AccountEntry, key: str
) -> AccountRow:
    """Open an account, with the boxes of its default profile at each form of the organization.

    Elsewhere than in his own organization an operator's administrator opens administrators only. The author
    gives what he holds. Raises NotFound; Refused REFUSED, ADMINISTRATORS_ONLY; Conflict LOGIN_TAKEN;
    Invalid: those of an entry, of a password and of a key.
    """
    async with transaction():
        organization = await organizations.read(viewer, organization_id)
        hand = await hand_on(viewer, organization.id)
        wanted, login, kept_hash, places = await _prepared(viewer, hand, organization, credentials, entry)
        policy = await hold_policy(viewer.authority)
        hand = await hand_on(viewer, organization.id)
        wanted = _allowed(hand, organization, wanted)
        given = {"organization": str(organization.id), "login": login, "account": asdict(entry)}
        known = await claim(viewer, key, "createUser", given)
        if known is not None:
            return await read(viewer, UUID(known["user"]))
        account = await _insert(viewer, organization, login, kept_hash, wanted)
        elsewhere = hand is Hand.ADMINISTRATORS
        account = await with_defaults(viewer, policy, account, places, elsewhere=elsewhere)
        lines = boxes.opening_lines(policy, viewer, account, places, elsewhere=elsewhere)
        return await _opened(viewer, policy, account, lines, key)


async def duplicate(
    viewer: Viewer, account_id: UUID, credentials: Credentials, entry: AccountEntry, key: str
) -> AccountRow:
    """Open an account with the profiles, boxes and contacts of another of the viewer's organization.

    Raises as `create`, Refused RIGHT_NOT_HELD and Conflict ACCOUNT_ALREADY_CLOSED besides.
    """
    async with transaction():
        source = await read(viewer, account_id)
        require_own(viewer, source)
        organization = await organizations.read(viewer, source.organization_id)
        profile = entry.default_profile or source.entry.default_profile
        copy = replace(entry, default_profile=profile)
        wanted, login, kept_hash, places = await _prepared(viewer, Hand.OWN, organization, credentials, copy)
        policy = await hold_policy(viewer.authority)
        source = await read(viewer, account_id)
        require_own(viewer, source)
        given = {"user": str(source.id), "login": login, "account": asdict(entry)}
        known = await claim(viewer, key, "duplicateUser", given)
        if known is not None:
            return await read(viewer, UUID(known["user"]))
        account = await _insert(viewer, organization, login, kept_hash, wanted)
        account = await with_defaults(viewer, policy, account, places, elsewhere=False)
        lines = boxes.copied_lines(policy, viewer, account, source, places)
        return await _opened(viewer, policy, account, lines, key)


async def _prepared(
    viewer: Viewer,
    hand: Hand,
    organization: OrganizationRow,
    credentials: Credentials,
    entry: AccountEntry,
) -> tuple[AccountEntry, str, str, list[FormPlace]]:
    """What is long, done before anyone has to wait: the entry and the password checked, its hash."""
    wanted = _allowed(hand, organization, entry)
    places = await places_of(organization.id, organization.kind)
    wanted = checked_entry(
        wanted, profiles=profiles_of(organization.kind), forms={place.form for place in places}
    )
    login = checked_login(credentials.login)
    check(credentials.password, credentials.again, (login, wanted.first_name, wanted.last_name))
    mine = platform_of(viewer)
    given = [place for place in places if hand is Hand.OWN or place.platform == mine]
    return wanted, login, await passwords.hashed(credentials.password), given


def _allowed(hand: Hand, organization: OrganizationRow, entry: AccountEntry) -> AccountEntry:
    """The entry as this hand may open it. Raises Refused REFUSED, ADMINISTRATORS_ONLY."""
    if hand is Hand.NONE:
        raise not_administrator()
    if hand is Hand.OWN:
        return entry
    profile = administrator_profile(organization.kind)
    if not entry.delegated_administrator or entry.default_profile not in {"", profile}:
        raise administrators_only()
    return replace(entry, default_profile=profile)


async def _insert(
    viewer: Viewer, organization: OrganizationRow, login: str, password_hash: str, entry: AccountEntry
) -> AccountRow:
    """The new row. Nobody else opens one meanwhile: the policy is held."""
    if await User.exists(login=login):
        raise Conflict("LOGIN_TAKEN", "Ce login est déjà pris : choisissez-en un autre.", path=("login",))
    account_id = uuid4()
    await User.create(
        id=account_id,
        organization_id=organization.id,
        login=login,
        password_hash=password_hash,
        password_set_by_id=viewer.user_id,
        password_set_at=datetime.now(UTC),
        **asdict(entry),
    )
    return AccountRow(
        account_id, login, entry, 0, None, organization.id, organization.key, organization.kind, ()
    )


async def _opened(
    viewer: Viewer, policy: Policy, account: AccountRow, lines: list[Line], key: str
) -> AccountRow:
    touched = Touched(accounts=(account.subject,))
    await boxes.write(viewer, policy, Edits(lines, []), f"Ouverture du compte de {account.name}", touched)
    await keep(viewer, key, {"user": str(account.id)})
    await journal.record(viewer, Kind.ACCOUNT_CHANGED, "", {"user": account.id, "what": "opened"})
    return await read(viewer, account.id)


async def update(viewer: Viewer, account_id: UUID, entry: AccountEntry, version: int) -> AccountRow:
    """Change what is known of a person. « Administrateur délégué » ticks or unticks the box everywhere.

    Raises NotFound; Refused REFUSED, ADMINISTRATORS_ONLY, SELF_LOCKOUT, LAST_ADMINISTRATOR, RIGHT_NOT_HELD;
    Conflict ACCOUNT_STALE, ACCOUNT_ALREADY_CLOSED; Invalid, those of an entry.
    """
    async with transaction():
        policy = await hold_policy(viewer.authority)
        account = await read(viewer, account_id)
        require_own(viewer, account)
        places = await places_of(account.organization_id, account.kind)
        forms = {place.form for place in places} | {account.entry.home_form}
        profiles = {*profiles_of(account.kind), account.entry.default_profile}
        wanted = checked_entry(entry, profiles=profiles, forms=forms, known=account.entry)
        flag = wanted.delegated_administrator
        manages = holds_somewhere(policy, account.subject, Right.ADMIN_USERS)
        if manages and not flag:
            keep_administrators(viewer, policy, account, places)
        await boxes.raise_version(account, version, **asdict(wanted))
        flagged = flag != (manages and account.entry.delegated_administrator)
        changed = flagged or wanted.default_profile != account.entry.default_profile
        account = replace(account, entry=wanted)
        if changed:
            defaults = await default_places(account.organization_id)
            where = sorted({*places, *boxes.own_places(account)})
            set_flag = flag if flagged else None
            edits = settled_edits(policy, viewer, account, where, defaults, flag=set_flag)
            await boxes.write(viewer, policy, edits, f"Paramétrage par {account.name}")
        await journal.record(viewer, Kind.ACCOUNT_CHANGED, "", {"user": account.id, "what": "updated"})
        return await read(viewer, account_id)


async def close(viewer: Viewer, account_id: UUID, version: int) -> AccountRow:
    """Close an account: its sessions end, it decides nothing any more, its name and its lines stay readable.

    Raises NotFound; Refused REFUSED, ADMINISTRATORS_ONLY, SELF_LOCKOUT, LAST_ADMINISTRATOR; Conflict
    ACCOUNT_STALE, ACCOUNT_ALREADY_CLOSED.
    """
    async with transaction():
        policy = await hold_policy(viewer.authority)
        account = await read(viewer, account_id)
        require_open(account)
        if await hand_on(viewer, account.organization_id) is Hand.NONE:
            raise not_administrator()
        places = await places_of(account.organization_id, account.kind)
        keep_administrators(viewer, policy, account, places)
        await boxes.raise_version(account, version, closed_at=datetime.now(UTC))
        await Session.filter(user_id=account.id).delete()
        touched = Touched(accounts=(account.subject,))
        await boxes.write(viewer, policy, Edits([], []), f"Fermeture du compte de {account.name}", touched)
        await journal.record(viewer, Kind.ACCOUNT_CHANGED, "", {"user": account.id, "what": "closed"})
        return await read(viewer, account_id)
