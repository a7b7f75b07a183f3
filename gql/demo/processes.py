"""Child processes: started with their log, watched, and ended in order."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gql.settings import ROOT
from models import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PATIENCE = 40.0


@dataclass(frozen=True, slots=True)
class Child:
    """A process of ours and where it writes; `since` is where in its log this run began."""

    name: str
    process: asyncio.subprocess.Process
    log: Path
    since: int

    def lines(self) -> list[str]:
        """What it has said so far, without the empty lines."""
        with self.log.open("rb") as written:
            written.seek(self.since)
            return [line for line in written.read().decode(errors="replace").splitlines() if line.strip()]

    def has_told(self, event: str) -> bool:
        """Whether its log, in JSON, holds this event."""
        return any(_event(line) == event for line in self.lines())


class Children:
    """The processes of one demonstration."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = {**os.environ, **environment}
        self.running: list[Child] = []

    async def start(self, name: str, *arguments: str) -> Child:
        """Start `python -m gql …`, in a session of its own so that Ctrl-C reaches only the supervisor."""
        self._logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = self._logs / f"{name}.log"
        with log.open("ab") as out:
            since = out.tell()
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "gql",
                *arguments,
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        child = Child(name, process, log, since)
        self.running.append(child)
        return child

    async def first_to_end(self) -> Child:
        """Wait for a child to end by itself, which none should."""
        waits = {asyncio.create_task(child.process.wait()): child for child in self.running}
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()
        return waits[done.pop()]

    async def stop(self) -> None:
        """Ask every child to end, the last started first, and wait; one that will not is killed."""
        for child in reversed(self.running):
            if child.process.returncode is None:
                child.process.send_signal(signal.SIGTERM)
        for child in reversed(self.running):
            try:
                await asyncio.wait_for(child.process.wait(), PATIENCE)
            except TimeoutError:
                child.process.kill()
                await child.process.wait()
        self.running.clear()


def crashed(child: Child) -> Problem:
    """What is said when a process ends by itself: its own last words, and where the others are."""
    said = child.lines()
    reason = _event(said[-1]).strip() if said else "il n’a rien dit."
    return Problem(
        "PROCESS_ENDED",
        f"Le processus « {child.name} » s’est arrêté (code {child.process.returncode}) : {reason}"
        f" Tout est arrêté ; son journal est {child.log}.",
    )


def _event(line: str) -> str:
    """What a line of a log says: the event where it is JSON, else the line itself."""
    try:
        told = json.loads(line)
    except ValueError:
        return line
    return str(told.get("event", line)) if isinstance(told, dict) else line


def require_free(ports: Sequence[int]) -> None:
    """Raises Problem PORT_BUSY naming the first port that something else already uses."""
    for port in ports:
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                raise Problem(
                    "PORT_BUSY",
                    f"Le port {port} est déjà pris ou interdit : arrêtez ce qui l’occupe,"
                    " ou choisissez-en un autre par « --port ».",
                ) from None


async def answers(port: int, path: str) -> bool:
    """Whether an HTTP server on this machine answers 200 to a GET."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        return b" 200 " in await reader.readline()
    except OSError:
        return False
    finally:
        writer.close()
