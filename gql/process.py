"""The two long-lived processes: the web server and the worker; each opens what it needs and gives it back."""

from __future__ import annotations

import signal
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
import uvicorn

from authz import Authority
from gql.app import build_app
from gql.http.server import server_config
from models import FileStore, close_database, open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from gql.settings import Settings

log = structlog.stdlib.get_logger("gql.process")


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Authority, FileStore]]:
    """The pool, the policy in force and the files, for as long as the process lives."""
    await open_database(settings.database_url, pool=settings.database_pool)
    try:
        yield await Authority.load(), open_files(settings)
    finally:
        await close_database()


def open_files(settings: Settings) -> FileStore:
    """The object store that the settings name; a local folder under the data by default."""
    return (
        FileStore.at(settings.files_url) if settings.files_url else FileStore.local(settings.data / "files")
    )


async def serve(settings: Settings) -> None:
    """Answer HTTP until SIGTERM or SIGINT; what is in flight is finished first."""
    async with opened(settings) as (authority, files):
        server = uvicorn.Server(server_config(build_app(settings, authority, files), settings))
        end_quietly()
        log.info("serving", url=settings.base_url)
        await server.serve()
        log.info("stopped")


def end_quietly() -> None:
    """SIGTERM is how a process is asked to end, so ending is success; uvicorn would report the signal."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
