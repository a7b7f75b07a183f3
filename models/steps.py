"""Migrations without what only reading rows through the models of the past would need: ours are SQL.

Tortoise makes every model anew, with all its queries and filters, before and after each step: with the
whole schema, three quarters of the time that an empty database takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps

if TYPE_CHECKING:
    from tortoise import Model
    from tortoise.backends.base.client import BaseDBAsyncClient
    from tortoise.migrations.graph import MigrationKey
    from tortoise.migrations.schema_generator.state import ModelState


class _Before(StateApps):
    """The models before a step, made when it asks for one: most ask only for those after it."""

    def __init__(self, states: dict[tuple[str, str], ModelState]) -> None:
        super().__init__()
        self._states = states

    def get_model(self, app_label: str, model_name: str | None = None) -> type[Model]:
        if not self.apps:
            self.apps = StateApps().clone(self._states).apps
        return super().get_model(app_label, model_name)


class _Now(State):
    def clone(self) -> State:
        states = {key: state.clone() for key, state in self.models.items()}
        return State(states, _Before(states))


class Steps(MigrationExecutor):
    """Applies the steps; one that would read rows through a model finds it without a connection."""

    def __init__(self, connection: BaseDBAsyncClient, apps: dict[str, dict[str, object]]) -> None:
        super().__init__(
            connection, {name: {**app, "default_connection": None} for name, app in apps.items()}
        )

    async def _project_state(self, applied: set[MigrationKey], *, upto: MigrationKey | None = None) -> State:
        state = await super()._project_state(applied, upto=upto)
        return _Now(state.models, state.apps)
