"""The installation's own key for its seals, as it is kept: made once, by whichever worker needs it first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models import execute, fetch, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

_CURRENT = "SELECT pkcs12 FROM seal_key WHERE ends_at > %s ORDER BY id DESC LIMIT 1"
_TURN = "SELECT pg_advisory_xact_lock(hashtext('harmonia.seal_key'))"
_KEEP = "INSERT INTO seal_key (pkcs12, sha256, made_at, ends_at) VALUES (%s, %s, %s, %s)"
_END = "UPDATE seal_key SET ends_at = %s WHERE ends_at > %s"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to keep: its PKCS#12 without a password, the SHA-256 of its certificate, when that one ends."""

    pkcs12: bytes
    sha256: str
    ends_at: datetime


async def own_key(make: Callable[[], NewKey]) -> bytes:
    """The PKCS#12 of the key in force; where there is none, one worker alone keeps what `make` gives."""
    found = await fetch(_CURRENT, [datetime.now(UTC)])
    if found:
        return bytes(found[0]["pkcs12"])
    async with transaction():
        await execute(_TURN)
        found = await fetch(_CURRENT, [datetime.now(UTC)])
        return bytes(found[0]["pkcs12"]) if found else await _keep(make())


async def renew(make: Callable[[], NewKey]) -> bytes:
    """End the key in force, and keep what `make` gives in its place; its PKCS#12."""
    async with transaction():
        await execute(_TURN)
        now = datetime.now(UTC)
        await execute(_END, [now, now])
        return await _keep(make())


async def _keep(made: NewKey) -> bytes:
    await execute(_KEEP, [made.pkcs12, made.sha256, datetime.now(UTC), made.ends_at])
    return made.pkcs12
