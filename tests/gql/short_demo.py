"""The demonstration with an empty database: everything but its data. Run by test_demo.py."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gql.demo.supervisor import run
from models import Problem, execute, migrate, open_database
from models.database import close_database
from resolvers.demo import DemoAccounts

if TYPE_CHECKING:
    from gql.demo.world import Stage


async def fill(url: str, stage: Stage) -> DemoAccounts:
    """Count the starts of this folder, in place of the demonstration's data."""
    with stage("Mise à jour de la base"):
        await migrate(url)
    with stage("Données de démonstration"):
        await open_database(url)
        await execute("CREATE TABLE IF NOT EXISTS starts (at timestamptz DEFAULT now())")
        await execute("INSERT INTO starts DEFAULT VALUES")
        await close_database()
    return DemoAccounts((), (), (), "")


try:
    sys.exit(run(Path(sys.argv[1]), int(sys.argv[2]), fill))
except Problem as problem:
    sys.stderr.write(f"{problem.message}\n")
    sys.exit(2)
