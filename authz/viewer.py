"""Who asks: a user or a machine client, as one name that the policies know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from authz.names import client_subject, user_subject
from authz.rights import RIGHTS
from models import MachineClient, Organization, OrganizationKind, Unauthenticated, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz.authority import Authority


class _Belonging(TypedDict):
    kind: OrganizationKind
    organization_id: UUID
    organization: str
    organization_name: str
    organization_short_name: str


@dataclass(frozen=True)
class Viewer:
    """The asker of every question. `scopes`: None for a person; a client's token bounds it to its words."""

    subject: str
    name: str
    kind: OrganizationKind
    organization_id: UUID
    organization: str
    organization_name: str
    user_id: UUID | None
    client_id: str | None
    login: str | None
    scopes: frozenset[str] | None
    authority: Authority
    organization_short_name: str = ""


async def viewer_of_user(authority: Authority, user_id: UUID) -> Viewer:
    """The viewer of an open account. Unauthenticated (ACCOUNT_CLOSED) when it is closed or unknown."""
    user = await User.filter(id=user_id, closed_at=None).select_related("organization").first()
    if user is None:
        raise Unauthenticated(
            "ACCOUNT_CLOSED",
            "Ce compte n’est plus ouvert. Adressez-vous à l’administrateur de votre organisation.",
        )
    return Viewer(
        subject=user_subject(user.login),
        name=user.full_name,
        **_belonging(user.organization),
        user_id=user.id,
        client_id=None,
        login=user.login,
        scopes=None,
        authority=authority,
    )


async def viewer_of_client(authority: Authority, client_id: str, scopes: Iterable[str]) -> Viewer:
    """The viewer of an open machine client, never wider than what it is registered for today.

    Raises Unauthenticated (CLIENT_CLOSED) when it is closed or unknown.
    """
    client = await MachineClient.filter(id=client_id, closed_at=None).select_related("organization").first()
    if client is None:
        raise Unauthenticated(
            "CLIENT_CLOSED",
            "Ce client n’est plus ouvert. Adressez-vous à l’administrateur de votre organisation.",
        )
    return Viewer(
        subject=client_subject(client.id),
        name=client.name,
        **_belonging(client.organization),
        user_id=None,
        client_id=client.id,
        login=None,
        scopes=frozenset(scopes) & frozenset(client.scopes) & RIGHTS,
        authority=authority,
    )


def _belonging(organization: Organization) -> _Belonging:
    return {
        "kind": organization.kind,
        "organization_id": organization.id,
        "organization": organization.key,
        "organization_name": organization.name,
        "organization_short_name": organization.short_name,
    }
