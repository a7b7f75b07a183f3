"""Passwords: argon2id, off the event loop."""

from __future__ import annotations

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second setting for argon2id: 19 MiB, two passes, one lane; about 50 ms on one core.
_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)


async def hashed(password: str) -> str:
    """The hash to keep; the password itself is kept nowhere."""
    return await asyncio.to_thread(_hasher.hash, password)


async def matches(kept: str, password: str) -> bool:
    """Whether `password` is the one behind `kept`."""
    return await asyncio.to_thread(_matches, kept, password)


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobodys_hash() -> str:
    """A hash to check against when the name is nobody's, so that both answers take the same time."""
    return _hasher.hash("nobody has this password")
