"""Child processes: started with their log, watched, and ended in order."""

from __future__ import annotations

import asyncio
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
    """A process of ours and where it writes."""

    name: str
    process: asyncio.subprocess.Process
    log: Path


class Children:
    """The processes of one demonstration."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = {**os.environ, **environment}
        self.running: list[Child] = []

    async def start(self, name: str, *arguments: str) -> None:
        """Start `python -m gql …`, in a session of its own so that Ctrl-C reaches only the supervisor."""
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{name}.log"
        with log.open("ab") as out:
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
        self.running.append(Child(name, process, log))

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
    """What is said when a process ends by itself."""
    return Problem(
        "PROCESS_ENDED",
        f"Le processus « {child.name} » s’est arrêté (code {child.process.returncode}) :"
        f" tout est arrêté. La raison est à la fin de {child.log}.",
    )


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
                    f"Le port {port} est déjà pris ou interdit : arrêtez ce qui l’occupe,"
                    " ou choisissez-en un autre par « --port ».",
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
