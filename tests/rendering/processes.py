"""The Chromium processes that this very process started, found by who started whom."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path


def ours(kind: str, apart: frozenset[int] = frozenset()) -> list[int]:
    """The pids of our own Chromium processes of a kind: `renderer`, or `browser` for the main one."""
    parents = {pid: parent for pid in _all() if (parent := _parent(pid)) is not None}
    return [pid for pid in parents if pid not in apart and _is(kind, pid) and _descends(pid, parents)]


def _is(kind: str, pid: int) -> bool:
    command = _command(pid)
    if kind != "browser":
        return f"--type={kind}" in command
    # A wrapper script would carry the same arguments: it is no Chromium.
    return "--headless" in command and "--type=" not in command and "chrom" in command.partition("\0")[0]


def send(number: signal.Signals, pids: list[int]) -> None:
    """Send a signal to those processes of ours that are still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _all() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _parent(pid: int) -> int | None:
    try:
        status = (Path("/proc") / str(pid) / "stat").read_text()
    except OSError:
        return None
    # The name of the process may hold spaces and parentheses.
    return int(status.rpartition(")")[2].split()[1])


def _command(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _descends(pid: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid == os.getpid():
            return True
    return False
