"""The two long-lived processes: the web server and the worker; each opens what it needs and gives it back."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
import uvicorn

from authz import Authority, shadowed, watching
from gql.app import build_app
from gql.http.server import listen, server_config
from models import Clamd, FileStore, close_database, open_database
from rendering.jobs import Pace, run_worker
from rendering.jobs import build_app as build_queue
from rendering.mail import Mailer, MailSettings
from rendering.pades_key import SealKeys, read_keys
from rendering.pdf import Printer
from rendering.services import Services
from resolvers import listing, packs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from gql.settings import Settings

log = structlog.stdlib.get_logger("gql.process")


@asynccontextmanager
async def opened(
    settings: Settings, *, longest: int | None = None
) -> AsyncIterator[tuple[Authority, FileStore]]:
    """The pool, the forms published here, the policy in force and the files, while the process lives.

    `longest`: seconds after which a statement of the pool is cut; None for no bound.
    Raises Problem PACK_CLASH, AUTHORITY_UNAVAILABLE.
    """
    await open_database(settings.database_url, pool=settings.database_pool, longest=longest)
    try:
        authority = await Authority.load()
        await packs.load_published()
        async with watching(authority, settings.database_url), shadowed(authority, settings.shadow):
            yield authority, open_files(settings)
    finally:
        await close_database()


def keep_for_good() -> None:
    """Leave what is loaded by now, which lives as long as the process, out of the collector's full rounds.

    Forms alone are 200,000 objects: looking through them again and again is a tenth of a second each time.
    """
    gc.collect()
    gc.freeze()


def open_files(settings: Settings) -> FileStore:
    """The object store that the settings name; a local folder under the data by default."""
    return (
        FileStore.at(settings.files_url) if settings.files_url else FileStore.local(settings.data / "files")
    )


async def serve(settings: Settings) -> None:
    """Answer HTTP until SIGTERM or SIGINT; what is in flight is finished first."""
    async with opened(settings, longest=settings.statement_seconds) as (authority, files):
        await listing.warm(authority)
        await packs.warm()
        keep_for_good()
        server = uvicorn.Server(server_config(build_app(settings, authority, files), settings))
        end_quietly()
        with listen(settings) as listener:
            log.info("serving", url=settings.base_url)
            try:
                await server.serve(sockets=[listener])
            finally:
                log.info("stopped")


async def work(settings: Settings) -> None:
    """Do the jobs left behind until SIGTERM or SIGINT; what is in flight is finished first.

    Raises Problem as `seal_keys`: a worker that could not sign would leave every copy waiting.
    """
    seals, stop = seal_keys(settings), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(settings) as (authority, files):
        printer = Printer(settings.chromium or None, pages=settings.worker_concurrency)
        await printer.start()
        keep_for_good()
        try:
            log.info("working")
            scanner = Clamd(settings.clamd) if settings.clamd else None
            services = Services(authority, printer, files, Mailer(mail_settings(settings)), scanner, seals)
            pace = Pace(concurrency=settings.worker_concurrency, shutdown=settings.shutdown_seconds)
            await run_worker(build_queue(settings.database_url), services, stop, pace)
            log.info("stopped")
        finally:
            await printer.close()


def seal_keys(settings: Settings) -> SealKeys:
    """With what this installation signs its sealed copies. Raises Problem as `read_keys`."""
    host = urlsplit(settings.base_url).hostname or ""
    return read_keys(settings.seal_key, settings.seal_password.get_secret_value(), host)


def mail_settings(settings: Settings) -> MailSettings:
    """How mails leave this installation."""
    return MailSettings(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        base_url=settings.base_url,
        tls=settings.smtp_tls,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        support=settings.support_email,
    )


def end_quietly() -> None:
    """SIGTERM is how a process is asked to end, so ending is success; uvicorn would report the signal."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
