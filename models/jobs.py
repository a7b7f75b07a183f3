"""Jobs left behind for the workers, inside the transaction that asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import procrastinate

from models.database import raw_connection

if TYPE_CHECKING:
    from collections.abc import Sequence

RENDER_EXPORT = "render_export"
SEND_NOTIFICATION = "send_notification"
SEND_DIGEST = "send_digest"
RENDER_ANNEX = "render_annex"
SEAL_COPY = "seal_copy"
SEND_SUPPORT = "send_support"
RENDER_MANUAL = "render_manual"
MASS_MOVE = "mass_move"
MAKE_MASS_EXPORT = "make_mass_export"
SCAN_ATTACHMENT = "scan_attachment"
FORGET_ATTACHMENT = "forget_attachment"

_queue = procrastinate.App(connector=procrastinate.PsycopgConnector())


async def defer(name: str, *, lock: str | None = None, **arguments: Any) -> None:  # noqa: ANN401 - JSON
    """Leave job `name` with JSON arguments; it exists if, and only if, the current transaction commits."""
    deferrer = _queue.configure_task(name, allow_unknown=True, lock=lock, connection=raw_connection())
    await deferrer.defer_async(**arguments)


async def defer_many(name: str, arguments: Sequence[dict[str, Any]]) -> None:
    """Leave one job `name` for each set of JSON arguments, in one statement; as `defer` otherwise."""
    if arguments:
        deferrer = _queue.configure_task(name, allow_unknown=True, connection=raw_connection())
        await deferrer.batch_defer_async(*arguments)
