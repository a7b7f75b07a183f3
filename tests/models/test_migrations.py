"""The migrations make the tables that the models describe, and nothing else."""

from __future__ import annotations

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector

from models.database import tortoise_config


async def test_the_migrations_and_the_models_agree() -> None:
    config = tortoise_config("postgresql://nobody@localhost/nothing")
    async with TortoiseContext() as context:
        await context.init(config=config, init_connections=False)
        assert context.apps is not None
        changes = await MigrationAutodetector(context.apps, config["apps"]).changes()
    assert [str(change.operations) for change in changes] == []
