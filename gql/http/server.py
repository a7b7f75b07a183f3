"""How uvicorn runs the application: quietly, and to the end of what it has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from gql.settings import Settings


def server_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Our own logs and headers, the proxy's word on the caller's address, a bounded graceful end."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        lifespan="off",
    )
