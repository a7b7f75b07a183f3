"""An organization's partner systems, as its own administrators read them: what each may ask a token for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models import fetch
from resolvers.people_rights import Hand, administrators_only, hand_on, not_administrator

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.organizations import OrganizationRow

_CLIENTS = """
SELECT id, name, scopes, closed_at FROM machine_client
WHERE organization_id = %s ORDER BY closed_at IS NOT NULL, name, id
"""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A system, never its secret; `scopes`: the words of rights that it is registered for."""

    id: str
    name: str
    scopes: tuple[str, ...]
    closed_at: datetime | None


async def list_clients(viewer: Viewer, organization: OrganizationRow) -> list[ClientRow]:
    """The systems of the viewer's organization, those in service first.

    Raises Refused REFUSED, and ADMINISTRATORS_ONLY to the administrator of a platform that it works with.
    """
    hand = await hand_on(viewer, organization.id)
    if hand is Hand.NONE:
        raise not_administrator()
    if hand is Hand.ADMINISTRATORS:
        raise administrators_only()
    return [
        ClientRow(one["id"], one["name"], tuple(sorted(one["scopes"])), one["closed_at"])
        for one in await fetch(_CLIENTS, [organization.id])
    ]
