"""Jobs left behind for the workers, inside the transaction that asks for them."""

from __future__ import annotations

from typing import Any

import procrastinate

from models.database import raw_connection

RENDER_EXPORT = "render_export"
SEND_NOTIFICATION = "send_notification"
RENDER_ANNEX = "render_annex"

_queue = procrastinate.App(connector=procrastinate.PsycopgConnector())


async def defer(name: str, *, lock: str | None = None, **arguments: Any) -> None:  # noqa: ANN401 - JSON
    """Leave job `name` with JSON arguments; it exists if, and only if, the current transaction commits."""
    deferrer = _queue.configure_task(name, allow_unknown=True, lock=lock, connection=raw_connection())
    await deferrer.defer_async(**arguments)
