"""The demonstration's data and what scripts need to use it: `demo.json`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import orjson

from models import close_database, migrate, open_database
from rendering.xml_out import write_dossier
from resolvers.demo import DemoAccounts, complete_set, seed
from resolvers.demo.content import content_of

if TYPE_CHECKING:
    from pathlib import Path

Stage = Callable[[str], AbstractContextManager[Callable[[str], None]]]
Fill = Callable[[str, Stage], Awaitable[DemoAccounts]]


async def prepare(url: str, stage: Stage) -> DemoAccounts:
    """Bring the database up to date and fill it where it is empty; the accounts either way."""
    with stage("Mise à jour de la base"):
        await migrate(url)
    with stage("Données de démonstration") as tell:
        await open_database(url)
        try:
            return await seed(lambda label, done, total: tell(f"{label} {done}/{total}"))
        finally:
            await close_database()


def table(accounts: DemoAccounts) -> list[tuple[str, str, str, str]]:
    """One line an account worth showing: role, organization, login, password."""
    return [(one.role, one.organization, one.login, one.password) for one in accounts.accounts]


def write_sample(data: Path, accounts: DemoAccounts) -> Path:
    """Write, once, the file of values that the organism with an empty dossier can load."""
    sample = data / "samples" / f"er_2024_{accounts.blank_siren}.xml"
    if not sample.exists():
        sample.parent.mkdir(parents=True, exist_ok=True)
        aside = sample.with_suffix(".part")
        aside.write_bytes(write_dossier(content_of(complete_set())))
        aside.replace(sample)
    return sample


def write_accounts(data: Path, port: int, accounts: DemoAccounts) -> None:
    """Write `demo.json`, readable by its owner only: it holds passwords, though of invented people."""
    written = {
        "base_url": f"http://localhost:{port}",
        "mailbox_url": f"http://localhost:{port + 1}",
        "sample_xml": str(write_sample(data, accounts)),
        "accounts": [
            {"role": one.role, "organization": one.organization, "login": one.login, "password": one.password}
            for one in (*accounts.accounts, *accounts.administrators)
        ],
        "clients": [
            {"partner": one.organization, "id": one.id, "secret": one.secret, "scopes": list(one.scopes)}
            for one in accounts.clients
        ],
    }
    aside = data / "demo.json.part"
    aside.touch(mode=0o600)
    aside.write_bytes(orjson.dumps(written, option=orjson.OPT_INDENT_2))
    aside.replace(data / "demo.json")
