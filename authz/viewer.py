"""Who asks: a user or a machine client, as one name that the policies know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from authz.names import client_subject, user_subject
from authz.recent import Recent
from authz.rights import RIGHTS
from models import OrganizationKind, Unauthenticated, fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from authz.authority import Authority


# Asked by every request: one statement each, where the model's instances would cost three times as much.
_USER = """
SELECT u.id, u.login, u.first_name, u.last_name, u.organization_id,
       g.kind, g.key, g.name AS organization_name, g.short_name
FROM user_account u JOIN organization g ON g.id = u.organization_id
WHERE u.id = ANY(%s) AND u.closed_at IS NULL
"""
_CLIENT = """
SELECT c.name, c.scopes, c.organization_id,
       g.kind, g.key, g.name AS organization_name, g.short_name
FROM machine_client c JOIN organization g ON g.id = c.organization_id WHERE c.id = %s AND c.closed_at IS NULL
"""


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
    recent: Recent = field(default_factory=Recent, init=False, repr=False, compare=False)


async def viewer_of_user(authority: Authority, user_id: UUID) -> Viewer:
    """The viewer of an open account. Unauthenticated (ACCOUNT_CLOSED) when it is closed or unknown."""
    for viewer in (await viewers_of_users(authority, [user_id])).values():
        return viewer
    raise Unauthenticated(
        "ACCOUNT_CLOSED",
        "Ce compte n’est plus ouvert. Adressez-vous à l’administrateur de votre organisation.",
    )


async def viewers_of_users(authority: Authority, user_ids: Iterable[UUID]) -> dict[UUID, Viewer]:
    """The viewers of those of the accounts that are open, by account."""
    return {user["id"]: _of_user(authority, user) for user in await fetch(_USER, [list(user_ids)])}


def _of_user(authority: Authority, user: Mapping[str, Any]) -> Viewer:
    return Viewer(
        subject=user_subject(user["login"]),
        name=f"{user['first_name']} {user['last_name']}",
        **_belonging(user),
        user_id=user["id"],
        client_id=None,
        login=user["login"],
        scopes=None,
        authority=authority,
    )


async def viewer_of_client(authority: Authority, client_id: str, scopes: Iterable[str]) -> Viewer:
    """The viewer of an open machine client, never wider than what it is registered for today.

    Raises Unauthenticated (CLIENT_CLOSED) when it is closed or unknown.
    """
    found = await fetch(_CLIENT, [client_id])
    if not found:
        raise Unauthenticated(
            "CLIENT_CLOSED",
            "Ce client n’est plus ouvert. Adressez-vous à l’administrateur de votre organisation.",
        )
    client = found[0]
    return Viewer(
        subject=client_subject(client_id),
        name=client["name"],
        **_belonging(client),
        user_id=None,
        client_id=client_id,
        login=None,
        scopes=frozenset(scopes) & frozenset(client["scopes"]) & RIGHTS,
        authority=authority,
    )


def _belonging(record: Mapping[str, Any]) -> _Belonging:
    return {
        "kind": OrganizationKind(record["kind"]),
        "organization_id": record["organization_id"],
        "organization": record["key"],
        "organization_name": record["organization_name"],
        "organization_short_name": record["short_name"],
    }
