"""Who manages whose accounts: an administrator his organization's, a platform administrators alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from authz import Right, Viewer
from authz.boxes import administrators, holds_somewhere, places_held
from models import Conflict, NotFound, OrganizationKind, Refused, fetch
from resolvers.people_rows import AccountRow, account_row

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from authz.boxes import FormPlace
    from authz.policy import Policy

_TIED = """
SELECT 1 FROM organization g LEFT JOIN organism o ON o.organization_id = g.id
WHERE g.id = %s AND (
    EXISTS (SELECT 1 FROM organism_code c WHERE c.organism_id = o.id AND c.platform_id = %s)
    OR (g.kind = 'partner' AND (
        EXISTS (SELECT 1 FROM convention v WHERE v.partner_id = g.id AND v.platform_id = %s)
        OR EXISTS (SELECT 1 FROM policy_row p WHERE p.until_version IS NULL AND p.ptype = 'p'
                   AND p."values" ->> 0 = g.key AND p."values" ->> 1 = %s))))
"""


class Hand(Enum):
    """How far the viewer manages an organization's accounts."""

    NONE = "none"
    ADMINISTRATORS = "administrators"
    OWN = "own"


def administers(viewer: Viewer) -> bool:
    """Whether the viewer manages users: a person with the box, on some form."""
    return viewer.user_id is not None and holds_somewhere(
        viewer.authority.policy, viewer.subject, Right.ADMIN_USERS
    )


def platform_of(viewer: Viewer) -> str | None:
    """The platform that the viewer works for; None for a user of an organism or of a partner."""
    return viewer.organization.partition(":")[2] if viewer.kind is OrganizationKind.OPERATOR else None


async def hand_on(viewer: Viewer, organization_id: UUID) -> Hand:
    """How far the viewer manages the accounts of this organization."""
    if viewer.organization_id == organization_id:
        return Hand.OWN if administers(viewer) else Hand.NONE
    platform = platform_of(viewer)
    places = places_held(viewer.authority.policy, viewer.subject, Right.ADMIN_USERS)
    if platform is None or not administers(viewer) or all(place.platform != platform for place in places):
        return Hand.NONE
    return Hand.ADMINISTRATORS if await tied(organization_id, platform) else Hand.NONE


async def tied(organization_id: UUID, platform: str) -> bool:
    """Whether it is an organism with a code on the platform, or a partner with a convention with it."""
    return bool(await fetch(_TIED, [organization_id, platform, platform, platform]))


async def read(viewer: Viewer, account_id: UUID) -> AccountRow:
    """An account: one's own, or one that the viewer manages. NotFound, the same for none and a stranger's."""
    account = await account_row(account_id)
    if account is None:
        raise not_found()
    if account.id != viewer.user_id:
        hand = await hand_on(viewer, account.organization_id)
        known = hand is Hand.OWN or (hand is Hand.ADMINISTRATORS and account.entry.delegated_administrator)
        if not known:
            raise not_found()
    return account


def refusal(viewer: Viewer, account: AccountRow) -> str | None:
    """Why the viewer may not change an account that he may know of; None if he may."""
    if account.closed_at is not None:
        return "Ce compte est fermé : rouvrez-le pour le modifier."
    if not administers(viewer):
        return _NOT_ADMINISTRATOR
    if account.organization_id != viewer.organization_id:
        return _ONLY_ADMINISTRATORS
    return None


def require_own(viewer: Viewer, account: AccountRow) -> None:
    """Nothing, if the viewer manages this account as one of his organization's.

    Raises Conflict ACCOUNT_ALREADY_CLOSED; Refused REFUSED, ADMINISTRATORS_ONLY.
    """
    require_open(account)
    if not administers(viewer):
        raise not_administrator()
    if account.organization_id != viewer.organization_id:
        raise administrators_only()


def require_open(account: AccountRow) -> None:
    """Nothing, or Conflict ACCOUNT_ALREADY_CLOSED."""
    if account.closed_at is not None:
        raise Conflict("ACCOUNT_ALREADY_CLOSED", "Ce compte est fermé : rouvrez-le pour le modifier.")


def keep_administrators(
    viewer: Viewer, policy: Policy, account: AccountRow, places: Collection[FormPlace]
) -> None:
    """Nothing, if this account may stop managing users; `places`: the forms of its organization.

    Raises Refused SELF_LOCKOUT, LAST_ADMINISTRATOR.
    """
    if account.id == viewer.user_id:
        raise Refused(
            "SELF_LOCKOUT",
            "Vous ne pouvez ni fermer votre compte ni vous retirer le paramétrage : "
            "demandez-le à un autre administrateur.",
        )
    if administrators(policy, account.organization, places) == {account.subject}:
        raise Refused(
            "LAST_ADMINISTRATOR",
            f"{account.name} est le dernier administrateur de son organisation : nommez-en d’abord un autre.",
        )


_NOT_ADMINISTRATOR = (
    "Vous ne gérez pas les utilisateurs. Adressez-vous à un administrateur de votre organisation."
)
_ONLY_ADMINISTRATORS = (
    "La plateforme ouvre et ferme les comptes des administrateurs de cette organisation, et rien d’autre : "
    "le reste revient à son administrateur."
)


def not_administrator() -> Refused:
    """The box is not ticked."""
    details = {"layer": "boxes", "ref": None, "right": Right.ADMIN_USERS.value}
    return Refused("REFUSED", _NOT_ADMINISTRATOR, details=details)


def administrators_only() -> Refused:
    """What a platform may not do elsewhere."""
    return Refused("ADMINISTRATORS_ONLY", _ONLY_ADMINISTRATORS)


def not_found() -> NotFound:
    """The same words whether the account does not exist or may not be known to."""
    return NotFound(
        "NOT_FOUND",
        "Ce compte n’existe pas ou ne vous est pas ouvert : revenez à la liste des utilisateurs.",
        path=("user",),
    )
