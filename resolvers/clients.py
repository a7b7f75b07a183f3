"""Partner systems: OAuth 2 client credentials (RFC 6749 §4.4), hashed and scoped bearer tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from authz import Authority, Viewer, viewer_of_client
from models import AccessToken, Invalid, MachineClient, Unauthenticated, fetch, transaction
from resolvers import journal
from resolvers.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Grant:
    """A bearer token just given, with its scopes and its life in seconds."""

    token: str
    scopes: tuple[str, ...]
    expires_in: int


def secret_hash(secret: str) -> str:
    """What is kept of a client's secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def grant(client_id: str, secret: str, scopes: Iterable[str] | None = None) -> Grant:
    """Give a token to a client that proves its secret, for all its scopes or those asked for.

    Raises Unauthenticated CLIENT_UNKNOWN, Invalid SCOPE_INVALID; either is noted.
    """
    try:
        return await _given(client_id, secret, scopes)
    except (Unauthenticated, Invalid) as refusal:
        async with transaction():
            # By its hash: what was sent as a name may be a secret.
            told = {"name": secret_hash(client_id), "code": refusal.code}
            await journal.record(None, Kind.TOKEN_REFUSED, "", told)
        raise


async def _given(client_id: str, secret: str, scopes: Iterable[str] | None) -> Grant:
    async with transaction():
        client = await MachineClient.get_or_none(id=client_id, closed_at=None)
        kept = client.secret_hash if client else secret_hash("")
        if not secrets.compare_digest(kept, secret_hash(secret)) or client is None:
            raise Unauthenticated(
                "CLIENT_UNKNOWN", "L’identifiant ou le secret du client machine n’est pas reconnu."
            )
        given = _scopes(client, scopes)
        now = datetime.now(UTC)
        await AccessToken.filter(expires_at__lt=now).delete()
        token = secrets.token_urlsafe(32)
        await AccessToken.create(
            id=secret_hash(token), client_id=client.id, scopes=list(given), expires_at=now + LIFETIME
        )
        told = {"client": client.id, "scopes": given}
        await journal.record(None, Kind.TOKEN_GIVEN, "", told)
        return Grant(token, given, int(LIFETIME.total_seconds()))


def _scopes(client: MachineClient, asked: Iterable[str] | None) -> tuple[str, ...]:
    wanted = sorted(set(asked)) if asked is not None else client.scopes
    if not wanted or not set(wanted) <= set(client.scopes):
        raise Invalid(
            "SCOPE_INVALID", "Ce client machine ne peut pas demander cette portée : demandez-en une autre."
        )
    return tuple(wanted)


async def viewer_of_token(authority: Authority, token: str) -> Viewer:
    """The viewer behind a bearer token. Raises Unauthenticated TOKEN_INVALID."""
    found = await fetch(
        "SELECT client_id, scopes FROM access_token WHERE id = %s AND expires_at > %s",
        [secret_hash(token), datetime.now(UTC)],
    )
    if not found:
        raise Unauthenticated("TOKEN_INVALID", "Ce jeton est inconnu ou a expiré : demandez-en un nouveau.")
    return await viewer_of_client(authority, found[0]["client_id"], frozenset(found[0]["scopes"]))
