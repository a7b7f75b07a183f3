"""Bringing the schema to its newest version: our tables by Tortoise's migrations, then the queue's."""

from __future__ import annotations

import procrastinate
from tortoise.context import TortoiseContext
from tortoise.migrations.recorder import MigrationRecorder

from models.database import tortoise_config
from models.steps import Steps


class _Recorder(MigrationRecorder):
    """Tortoise 1.1 writes `$1` for every PostgreSQL driver; psycopg reads only `%s`."""

    def _placeholder(self, pos: int) -> str:
        return "%s" if pos else ""


async def migrate(url: str) -> None:
    """Bring the database at `url` to the newest version; applied steps are not applied again."""
    config = tortoise_config(url)
    # A context of its own: a pool that this process may have open stays as it is.
    async with TortoiseContext() as context:
        await context.init(config=config, init_connections=False)
        executor = Steps(context.connections.get("default"), config["apps"])
        executor.recorder = executor.loader.recorder = _Recorder(executor.connection)
        await executor.migrate()
    await _install_queue(url)


async def _install_queue(url: str) -> None:
    """Procrastinate's own schema has no `IF NOT EXISTS`: ask first."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=1))
    async with app.open_async():
        if not await app.check_connection_async():
            await app.schema_manager.apply_schema_async()
