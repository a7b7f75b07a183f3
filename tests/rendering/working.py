"""Asking for an export, letting a worker do what is due, and reading what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rendering.jobs import build_app
from rendering.tasks import SERVICES
from resolvers import exports

if TYPE_CHECKING:
    from rendering.services import Services
    from resolvers.rows import ExportRow
    from tests.world import World


async def ask(world: World, login: str = "cdc", tabs: list[str] | None = None, key: str = "k") -> ExportRow:
    return await exports.request_print(world[login], world.dossier, tabs, accessible=False, key=key)


async def work(url: str, services: Services) -> None:
    """Do every job that is due, then stop."""
    app = build_app(url)
    async with app.open_async():
        await app.run_worker_async(
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            additional_context={SERVICES: services},
        )


async def read(world: World, export: ExportRow, login: str = "cdc") -> ExportRow:
    return await exports.read(world[login], export.id)
