"""How uvicorn runs the application: quietly, and to the end of what it has begun."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from models import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from gql.settings import Settings


def server_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Our own logs and headers, the proxy's word on the caller's address, a bounded graceful end."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        lifespan="off",
    )


def listen(settings: Settings) -> socket.socket:
    """The socket that the server answers on. Raises Problem PORT_BUSY where it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only where the protocol is named; else each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError:
        listener.close()
        raise Problem(
            "PORT_BUSY",
            f"L’adresse {settings.host} port {settings.port} est déjà prise ou interdite : libérez-la,"
            " ou corrigez HARMONIA_HOST et HARMONIA_PORT.",
        ) from None
    listener.listen()
    return listener
