"""Ports for what a test starts outside this process, where it cannot let the system choose."""

from __future__ import annotations

import contextlib
import os

from gql.demo.processes import require_free
from models import Problem

FIRST, SPAN, BLOCKS = 20_000, 30, 400


def three_free_ports() -> int:
    """A port whose two successors are free as well, below those that the system gives by itself.

    Each process looks in a block of its own: two workers that look at once do not find the same.
    """
    start = FIRST + os.getpid() % BLOCKS * SPAN
    for port in range(start, start + SPAN - 2, 3):
        with contextlib.suppress(Problem):
            require_free((port, port + 1, port + 2))
            return port
    raise AssertionError
