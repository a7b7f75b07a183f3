"""`audit verify` and `audit head`: what they print, and the code that they end with."""

from __future__ import annotations

import psycopg
import pytest

from gql.__main__ import main
from resolvers import journal
from resolvers.events import Kind
from resolvers.sealing import seal_events
from tests.gql.test_commands import run


async def test_the_journal_is_verified_from_a_terminal(database: str) -> None:
    for _ in range(2):
        await journal.record(None, Kind.READ)
    await seal_events()
    code, head, _ = await run("audit", "head", HARMONIA_DATABASE_URL=database)
    assert (code, head[:2]) == (0, "2:")
    verified = await run("audit", "verify", "--head", head.strip(), HARMONIA_DATABASE_URL=database)
    assert verified == (0, "Le journal est intact\u00a0: 2 événement(s) scellé(s).\n", "")
    code, out, _ = await run("audit", "verify", HARMONIA_DATABASE_URL=database)
    assert code == 0
    assert "audit head" in out
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE event SET name = 'x'")
    code, out, err = await run("audit", "verify", HARMONIA_DATABASE_URL=database)
    assert (code, err) == (1, "")
    assert out.splitlines()[-1] == "Le journal est rompu à la position 1."


@pytest.mark.parametrize("head", ["2", "x:" + "0" * 64, "1:" + "0" * 63])
def test_a_head_that_none_printed_is_refused(head: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify", "--head", head]) == 2  # AUDIT_HEAD_INVALID
    assert "audit head" in capsys.readouterr().err
