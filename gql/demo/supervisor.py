"""`python -m gql demo`: database, migrations, data, mailbox, worker and web server, as one thing."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import signal
import sys
import time
import warnings
from typing import TYPE_CHECKING

from gql.demo.processes import Child, Children, answers, crashed, require_free
from gql.demo.world import Fill, prepare, table, write_accounts, write_sample
from models import FileStore, Problem
from resolvers.demo.attachments import write_contents

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    from resolvers.demo import DemoAccounts

START = 60.0
STAGES = 6


class Stages:
    """Tells each stage as it goes; on a terminal its line is rewritten with what is being done."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._number = 0

    @contextlib.contextmanager
    def stage(self, title: str) -> Iterator[Callable[[str], None]]:
        """One stage, with its seconds; yields the way to tell its progress."""
        self._number += 1
        head = f"[{self._number}/{self._total}] {title}…"
        started = time.monotonic()
        say(head, end="")

        def tell(progress: str) -> None:
            if sys.stdout.isatty():
                say(f"\r\033[K{head} {progress}", end="")

        try:
            yield tell
        except BaseException:
            say(" ✗")
            raise
        seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
        tell("")
        say(f" ✓ {seconds}\u202fs")


def say(text: str, end: str = "\n") -> None:
    """A text for whoever started us, at once."""
    print(text, end=end, flush=True)  # noqa: T201 - the terminal is the interface


def run(data: Path, port: int, fill: Fill = prepare) -> int:
    """Run the demonstration until Ctrl-C or SIGTERM; `fill` prepares the database. Raises Problem."""
    require_free((port, port + 1, port + 2))
    with alone(data):
        return asyncio.run(_until_told(data, port, fill))


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """One demonstration a folder. Raises Problem DATA_BUSY or DATA_UNWRITABLE."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "demo.lock").open("w")
    except OSError as error:
        raise Problem("DATA_UNWRITABLE", f"« {data} » ne peut pas être écrit : {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(
                "DATA_BUSY",
                f"Une autre démonstration utilise déjà « {data} » : arrêtez-la, ou prenez un autre dossier"
                " par « --data ».",
            ) from None
        yield


async def _until_told(data: Path, port: int, fill: Fill) -> int:
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    work = asyncio.create_task(_demonstrate(data, port, fill))
    ending = asyncio.create_task(told.wait())
    await asyncio.wait({work, ending}, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if told.is_set():
        say("\nArrêt en cours…")
        work.cancel()
    try:
        await work
    except asyncio.CancelledError:
        say("Tout est arrêté. Les données sont gardées.")
    return 0


async def _demonstrate(data: Path, port: int, fill: Fill) -> None:
    stages = Stages(STAGES)
    async with _database(data, stages) as url:
        children = Children(data / "logs", _environment(data, port, url))
        try:
            # It needs no data: it starts while they are made.
            await children.start("mailbox", *_mailbox(data, port))
            accounts = await fill(url, stages.stage)
            await write_contents(FileStore.local(data / "files"))
            await _start(children, port, stages)
            write_accounts(data, port, accounts)
            _welcome(data, port, accounts)
            raise crashed(await children.first_to_end())
        finally:
            await children.stop()


@contextlib.asynccontextmanager
async def _database(data: Path, stages: Stages) -> AsyncIterator[str]:
    """The embedded server, off the event loop: starting and stopping it takes seconds."""
    # It asks, as it is imported, for a user's folder that a machine without a desktop does not have.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from models.embedded import EmbeddedServer  # noqa: PLC0415 - so that it is not shown to anyone

    with stages.stage("Base de données"):
        server = await asyncio.to_thread(EmbeddedServer, data / "postgres")
    try:
        yield await asyncio.to_thread(server.ensure_database, "harmonia")
    finally:
        await asyncio.to_thread(server.stop)


def _mailbox(data: Path, port: int) -> tuple[str, ...]:
    return "mailbox", str(data / "mails"), "--port", str(port + 1), "--smtp-port", str(port + 2)


async def _start(children: Children, port: int, stages: Stages) -> None:
    with stages.stage("Boîte aux lettres locale"):
        await _ready(children, lambda: answers(port + 1, "/"), "la boîte aux lettres")
    # Side by side, and only now: the first mail of a worker is not sent in vain.
    worker, _ = await children.start("work", "work"), await children.start("serve", "serve")
    with stages.stage("Travaux en arrière-plan"):
        await _ready(children, lambda: _working(worker), "le processus des travaux")
    with stages.stage("Serveur web"):
        await _ready(children, lambda: answers(port, "/health/ready"), "le serveur web")


async def _working(worker: Child) -> bool:
    """It listens on no port; its log tells when its Chromium has started."""
    return await asyncio.to_thread(worker.has_told, "working")


async def _ready(children: Children, is_ready: Callable[[], Awaitable[bool]], who: str) -> None:
    """Wait for a child to be ready; a child that ends meanwhile is the answer."""
    ended = asyncio.create_task(children.first_to_end())
    try:
        async with asyncio.timeout(START):
            while not await is_ready():
                if ended.done():
                    raise crashed(ended.result())
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Problem(
            "START_TOO_LONG", f"Après {START:.0f} s, {who} ne répond pas : voyez les journaux."
        ) from None
    finally:
        ended.cancel()


def _environment(data: Path, port: int, url: str) -> dict[str, str]:
    return {
        "HARMONIA_DATABASE_URL": url,
        "HARMONIA_BASE_URL": f"http://localhost:{port}",
        "HARMONIA_EXTRA_ORIGINS": f"http://127.0.0.1:{port}",
        "HARMONIA_PORT": str(port),
        "HARMONIA_DATA": str(data),
        "HARMONIA_SMTP_HOST": "127.0.0.1",
        "HARMONIA_SMTP_PORT": str(port + 2),
        "HARMONIA_LOG_FORMAT": "json",
        # At less than this the worker would not say that it is ready.
        "HARMONIA_LOG_LEVEL": "INFO",
        # Everyone comes from this one machine, and scripts may try every account.
        "HARMONIA_ATTEMPTS_PER_MINUTE": "6000",
    }


def _welcome(data: Path, port: int, accounts: DemoAccounts) -> None:
    rows = [("Rôle", "Organisation", "Identifiant", "Mot de passe"), *table(accounts)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    say("\n".join(["", *lines, ""]))
    if accounts.administrators:
        say("Chaque autre organisme a son administrateur : voir demo.json, dans le dossier des données.\n")
    say(
        f"Fichier d’exemple, à charger dans le dossier ER 2024 encore vide de l’organisme"
        f" {accounts.blank_siren} (compte « saisie.{accounts.blank_siren} ») :"
        f"\n{write_sample(data, accounts)}\n"
    )
    say(f"Harmonia :   http://localhost:{port}\nCourriels :  http://localhost:{port + 1}")
    say("Ctrl-C pour tout arrêter ; les données sont gardées.")
