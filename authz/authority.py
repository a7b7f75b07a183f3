"""The policy in force in this process: loaded whole, swapped in one step, never trusted beyond doubt."""

from __future__ import annotations

import asyncio
import time

from psycopg import Error as DatabaseError
from tortoise.exceptions import BaseORMException

from authz.faults import PolicyFault
from authz.policy import Policy
from authz.store import probe, read_facts, read_version
from models import Problem

MAX_STALE = 10.0  # seconds without a confirmed version after which everything is refused

UNREADABLE = (PolicyFault, BaseORMException, DatabaseError, OSError)


class Authority:
    """Answers for the whole process. Call `refresh` once at the start of every request or job."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._confirmed = time.monotonic()
        self._doubtful = False
        self._loading = asyncio.Lock()

    @classmethod
    async def load(cls) -> Authority:
        """Read and compile the policy in force. Problem (AUTHORITY_UNAVAILABLE) when it cannot be."""
        try:
            return cls(Policy(await read_facts()))
        except UNREADABLE as cause:
            raise unavailable() from cause

    @property
    def version(self) -> int:
        """The version that decisions are taken from."""
        return self._policy.version

    @property
    def policy(self) -> Policy:
        """The compiled policy. Problem (AUTHORITY_UNAVAILABLE) while it cannot be confirmed."""
        if self._doubtful:
            raise unavailable()
        return self._policy

    async def refresh(self) -> None:
        """Confirm the version in force, and load the new policy if it has moved.

        When nothing can be read the caller is refused (AUTHORITY_UNAVAILABLE), and after `MAX_STALE`
        everyone is, until it can be. So is the caller whose transaction has already written when the
        policy moves: what it reads may never be committed, and must not become everybody's policy.
        """
        try:
            await self._catch_up()
        except UNREADABLE as cause:
            self._doubtful = time.monotonic() - self._confirmed > MAX_STALE
            raise unavailable() from cause
        self._confirmed = time.monotonic()
        self._doubtful = False

    async def _catch_up(self) -> None:
        version, writing = await probe()
        if version == self._policy.version:
            return
        if writing:
            raise unavailable()
        async with self._loading:
            if await read_version() != self._policy.version:
                # Built aside, then one assignment: no decision ever sees half of two versions.
                self._policy = Policy(await read_facts())


def unavailable() -> Problem:
    """The refusal of everything, while the rights in force cannot be confirmed."""
    return Problem(
        "AUTHORITY_UNAVAILABLE",
        "Les droits d’accès ne peuvent pas être vérifiés pour le moment\N{NO-BREAK SPACE}: par prudence, "
        "tout est refusé. Réessayez dans quelques instants.",
    )
