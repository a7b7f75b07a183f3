"""Uvicorn on a measure's own loop."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import uvicorn


class LoopbackServer(uvicorn.Server):
    """Leaves the process its signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's own, which would take them."""
        yield
