"""The demonstration's data and what scripts need to use it: `demo.json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import orjson

from models import close_database, migrate, open_database
from resolvers.demo import DemoAccounts, seed

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path


async def prepare(
    url: str, stage: Callable[[str], AbstractContextManager[None]], say: Callable[[str], None]
) -> DemoAccounts:
    """Bring the database up to date and fill it where it is empty."""
    with stage("Mise à jour de la base"):
        await migrate(url)
    with stage("Données de démonstration"):
        await open_database(url)
        try:
            return await seed(say)
        finally:
            await close_database()


def table(accounts: DemoAccounts) -> list[tuple[str, str, str, str]]:
    """One line an account: role, organization, login, password."""
    return [(one.role, one.organization, one.login, one.password) for one in accounts.accounts]


def write_accounts(data: Path, port: int, accounts: DemoAccounts) -> None:
    """Write `demo.json`, readable by its owner only: it holds passwords, though of invented people."""
    written = {
        "base_url": f"http://localhost:{port}",
        "mailbox_url": f"http://localhost:{port + 1}",
        "accounts": [asdict(account) for account in accounts.accounts],
        "clients": [asdict(client) for client in accounts.clients],
    }
    path = data / "demo.json"
    aside = data / "demo.json.part"
    aside.touch(mode=0o600)
    aside.write_bytes(orjson.dumps(written, option=orjson.OPT_INDENT_2))
    aside.replace(path)
