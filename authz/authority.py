"""The policy in force in this process: swapped in one step, never trusted beyond doubt.

What changed is read, then made into the next policy aside and in one synchronous step; where it cannot be
followed for certain, everything is read again. A decision is always of one whole version.
"""

from __future__ import annotations

import asyncio
import time
from typing import Self

import structlog
from psycopg import Error as DatabaseError
from tortoise.exceptions import BaseORMException

from authz.changing import changed, hand_over
from authz.delta import read_delta
from authz.facts import Delta
from authz.faults import PolicyFault
from authz.policy import Policy
from authz.shadow import Shadow
from authz.shelf import Shelf
from authz.store import probe, read_facts, read_version
from models import Problem

MAX_STALE = 10.0  # seconds without a confirmed version after which everything is refused

log = structlog.stdlib.get_logger("authz.authority")

UNREADABLE = (PolicyFault, BaseORMException, DatabaseError, OSError)


class Authority:
    """Answers for the whole process. Call `refresh` once at the start of every request or job."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        # The policy in force, or None while it cannot be confirmed: what every decision reads first.
        self.sure: Policy | None = policy
        # Asks some decisions again; None unless this installation wants it (`authz.shadow`).
        self.shadow: Shadow | None = None
        self._confirmed = time.monotonic()
        self._loading = asyncio.Lock()

    @classmethod
    async def load(cls) -> Self:
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
        if self.sure is None:
            raise unavailable()
        return self.sure

    async def refresh(self) -> None:
        """Confirm the version in force, and load the new policy if it has moved.

        When nothing can be read the caller is refused (AUTHORITY_UNAVAILABLE), and after `MAX_STALE`
        everyone is, until it can be. So is the caller whose transaction has already written when the
        policy moves: what it reads may never be committed, and must not become everybody's policy.
        """
        try:
            await self._catch_up()
        except UNREADABLE as cause:
            self.doubt()
            log.warning("policy_unreadable", reason=str(cause).strip() or type(cause).__name__)
            raise unavailable() from cause
        self.confirm()

    def confirm(self) -> None:
        """The version in force here has just been found to be the database's."""
        self._confirmed = time.monotonic()
        self.sure = self._policy

    def doubt(self) -> None:
        """The version could not be confirmed just now; after `MAX_STALE`, everyone is refused."""
        if time.monotonic() - self._confirmed > MAX_STALE:
            self.sure = None

    async def _catch_up(self) -> None:
        version, writing = await probe()
        if version == self._policy.version:
            return
        if writing:
            raise unavailable()
        async with self._loading:
            if await read_version() == self._policy.version:
                return
            delta = await read_delta(self._policy.version)
            if delta is None or not self._follow(delta):
                # Built aside, then one assignment: no decision ever sees half of two versions.
                self._adopt(Policy(await read_facts()))

    def _follow(self, delta: Delta) -> bool:
        """Apply a change, in one step without an await; False, and nothing compiled left, if it fails."""
        old = self._policy
        try:
            new = changed(old, delta)
            hand_over(old, new, delta)
        except Exception:  # whatever it was, reading everything again tells what is right
            log.exception("policy_delta_failed", base=delta.base, version=delta.version)
            old.shelf = Shelf(old)
            return False
        self._adopt(new)
        return True

    def _adopt(self, policy: Policy) -> None:
        self._policy = self.sure = policy


def unavailable() -> Problem:
    """The refusal of everything, while the rights in force cannot be confirmed."""
    return Problem(
        "AUTHORITY_UNAVAILABLE",
        "Les droits d’accès ne peuvent pas être vérifiés pour le moment\N{NO-BREAK SPACE}: par prudence, "
        "tout est refusé. Réessayez dans quelques instants.",
    )
