"""A mutation that moves something is done once: a client that retries gets the first answer again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from models import Conflict, Invalid, execute, fetch, transaction

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from authz import Viewer

LONGEST_KEY = 80


async def once(
    viewer: Viewer,
    key: str,
    operation: str,
    arguments: dict[str, Any],
    act: Callable[[], Awaitable[dict[str, Any]]],
) -> dict[str, Any]:
    """Do it in one transaction, once a key; what is kept of it, the first time and at each retry.

    `act` gives what JSON holds. Raises as `claim`.
    """
    async with transaction():
        done = await claim(viewer, key, operation, arguments)
        if done is None:
            done = await act()
            await keep(viewer, key, done)
        return done


async def claim(viewer: Viewer, key: str, operation: str, arguments: dict[str, Any]) -> dict[str, Any] | None:
    """Take `key` inside the current transaction; None when it is new, else what was kept under it.

    Two tries at once meet on the key's row: the second waits for the first to end. Raises Invalid
    IDEMPOTENCY_KEY_INVALID, or Conflict IDEMPOTENCY_REUSED when the key served another request.
    """
    row_id, fingerprint = _checked(viewer, key, operation, arguments)
    taken = await execute(
        "INSERT INTO idempotency_key (id, operation, fingerprint, result, at) "
        "VALUES (%s, %s, %s, '{}', now()) ON CONFLICT (id) DO NOTHING",
        [row_id, operation, fingerprint],
    )
    return None if taken else await _kept(row_id, fingerprint)


async def done_under(
    viewer: Viewer, key: str, operation: str, arguments: dict[str, Any]
) -> dict[str, Any] | None:
    """What was kept under `key`, which is not taken; None when it is new. Raises as `claim`."""
    row_id, fingerprint = _checked(viewer, key, operation, arguments)
    known = await fetch("SELECT FROM idempotency_key WHERE id = %s", [row_id])
    return await _kept(row_id, fingerprint) if known else None


def _checked(viewer: Viewer, key: str, operation: str, arguments: dict[str, Any]) -> tuple[str, str]:
    """The key's row and what it is asked for. Raises Invalid IDEMPOTENCY_KEY_INVALID."""
    if not 1 <= len(key) <= LONGEST_KEY:
        raise Invalid(
            "IDEMPOTENCY_KEY_INVALID",
            f"La clé d’idempotence compte de 1 à {LONGEST_KEY} caractères : corrigez-la.",
            path=("idempotencyKey",),
        )
    asked = orjson.dumps([operation, arguments], default=str, option=orjson.OPT_SORT_KEYS)
    return _row_id(viewer, key), hashlib.sha256(asked).hexdigest()


async def _kept(row_id: str, fingerprint: str) -> dict[str, Any]:
    """What was kept for the same request. Raises Conflict IDEMPOTENCY_REUSED for another's."""
    records = await fetch("SELECT fingerprint, result FROM idempotency_key WHERE id = %s", [row_id])
    if not records or records[0]["fingerprint"] != fingerprint:
        raise Conflict(
            "IDEMPOTENCY_REUSED",
            "Cette clé d’idempotence a déjà servi à une autre demande : prenez-en une nouvelle.",
            path=("idempotencyKey",),
        )
    result: dict[str, Any] = records[0]["result"]
    return result


async def keep(viewer: Viewer, key: str, result: dict[str, Any]) -> None:
    """Keep the answer under a key just claimed."""
    await execute(
        "UPDATE idempotency_key SET result = %s::jsonb WHERE id = %s",
        [orjson.dumps(result, default=str).decode(), _row_id(viewer, key)],
    )


async def release(viewer: Viewer, key: str) -> None:
    """Give back a key just claimed: nothing was done under it."""
    await execute("DELETE FROM idempotency_key WHERE id = %s", [_row_id(viewer, key)])


def _row_id(viewer: Viewer, key: str) -> str:
    """Keys are private to their caller: two callers may choose the same one."""
    return hashlib.sha256(f"{viewer.subject}\n{key}".encode()).hexdigest()
