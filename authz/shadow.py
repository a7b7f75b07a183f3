"""Shadow mode: some decisions are asked again of Casbin itself, later and elsewhere; a difference is told.

Nothing waits for it: what is sampled is put aside, and asked again in a thread, of the very policy that was
decided from (it is never changed once built). Enforce is slow: the time spent is a bounded share of one core.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import structlog

from authz.decision import Target
from authz.rights import STEP_BIT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from authz.authority import Authority
    from authz.policy import Policy
    from authz.table import Table

BUDGET = 0.05  # seconds of Casbin a second, at most
MOST_WAITING = 100  # samples put aside; more than that are dropped, and counted
FEWEST_YEARS = (2020, 2035)  # where a list's row is drawn from when the policy names no year

log = structlog.stdlib.get_logger("authz.shadow")


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer: what was asked, from which policy, and what the compiled tables said."""

    policy: Policy
    subject: str
    right: str
    target: Target
    day: date
    said: bool
    channel: str


class Shadow:
    """`checked`, `differences`, `dropped`: how many samples were asked again, told wrong, not asked."""

    def __init__(self, share: float, random: Random | None = None) -> None:
        self._share = share
        self._random = random or Random()  # noqa: S311 - which decisions are looked at is no secret
        self._waiting: deque[Sample] = deque()
        self._some = asyncio.Event()
        self.checked = self.differences = self.dropped = 0

    def decided(self, table: Table, right: str, target: Target, day: date, *, said: bool) -> None:
        """Sample a decision just taken."""
        if self._random.random() < self._share:
            self._put(Sample(table.policy, table.subject, right, target, day, said, "decision"))

    def listed(self, table: Table, right: str, day: date) -> None:
        """Sample a list: one row that it could hold, of which the compiled cell must say what Casbin does."""
        if self._random.random() >= self._share:
            return
        policy, random = table.policy, self._random
        if not policy.organisms.places or not policy.platforms:
            return
        platform = random.choice(sorted(policy.platforms))
        form = random.choice(sorted(policy.buckets.forms(platform)) or ["ER"])
        year = random.choice([*policy.buckets.years(platform, form), *FEWEST_YEARS])
        organism, step = random.choice(list(policy.organisms.places)), random.choice(list(STEP_BIT))
        steps = table[platform, form, year, right].steps[policy.organisms.places[organism]]
        target = Target(platform, form, year, organism, step)
        said = bool(steps & STEP_BIT[step])
        self._put(Sample(policy, table.subject, right, target, day, said, "list"))

    def _put(self, sample: Sample) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self.dropped += 1
            return
        self._waiting.append(sample)
        self._some.set()

    async def run(self) -> None:
        """Ask again what is put aside, until cancelled; it rests after each, to stay in its budget."""
        while True:
            await self._some.wait()
            if not self._waiting:
                self._some.clear()
                continue
            sample = self._waiting.popleft()
            started = time.perf_counter()
            try:
                self.compare(sample, await asyncio.to_thread(_ask, sample))
            except Exception:  # the shadow must not end with one question, nor its process with it
                log.exception("authz.shadow.failed", subject=sample.subject, right=sample.right)
            await asyncio.sleep((time.perf_counter() - started) * (1 / BUDGET - 1))

    def compare(self, sample: Sample, layers: tuple[bool, bool, bool]) -> None:
        """Count one, and log it if Casbin says otherwise: everything needed to ask it again."""
        self.checked += 1
        if all(layers) is sample.said:
            return
        self.differences += 1
        log.error(
            "authz.shadow.difference",
            **sample.target._asdict(),
            subject=sample.subject,
            right=str(sample.right),
            day=sample.day.isoformat(),
            version=sample.policy.version,
            channel=sample.channel,
            compiled=sample.said,
            enforce=dict(zip(("convention", "boxes", "ceiling"), layers, strict=True)),
            checked=self.checked,
            differences=self.differences,
            dropped=self.dropped,
        )


def _ask(sample: Sample) -> tuple[bool, bool, bool]:
    return sample.policy.enforce(sample.subject, sample.right, sample.target, sample.day)


@asynccontextmanager
async def shadowed(authority: Authority, share: float) -> AsyncIterator[None]:
    """While the block lasts, this share of the decisions (0 to 1) is asked again; none costs nothing."""
    if not share:
        yield
        return
    authority.shadow = Shadow(share)
    task = asyncio.create_task(authority.shadow.run(), name="policy shadow")
    try:
        yield
    finally:
        authority.shadow = None
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
