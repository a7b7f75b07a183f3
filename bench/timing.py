"""How long a call takes, for measures that need no database."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter


def milliseconds(run: Callable[[], object], rounds: int) -> float:
    """The fastest round, after one that warms up: what others take longer is the machine's other work."""
    run()
    taken: list[float] = []
    for _ in range(rounds):
        start = perf_counter()
        run()
        taken.append(perf_counter() - start)
    return min(taken) * 1_000
