"""So many passwords a minute from one address, whoever asks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from models import fetch
from tests.gql.conftest import LOGIN, House, code_of, house_of

if TYPE_CHECKING:
    from pathlib import Path

VIEWER = "{ viewer { login name } }"


async def test_too_many_tries_from_one_address_must_wait(house: House, tmp_path: Path) -> None:
    async with house_of(house.world, tmp_path, house.settings.database_url, attempts_per_minute=2) as strict:
        answers = [await strict.ask(LOGIN, {"login": "nobody", "password": "x"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert code_of(answers[-1]) == "TOO_MANY_ATTEMPTS"
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 31
        token = await strict.http.post("/oauth/token", data={"grant_type": "client_credentials"})
        assert token.status_code == 429


TRANSMIT = """
mutation T($id: ID!) {
  transmitDossier(dossier: $id, commitments: [true], password: "wrong", idempotencyKey: "k") { step }
}
"""


@pytest.mark.parametrize(
    "query", [LOGIN, TRANSMIT, 'mutation { logout: login(login: "stranger", password: "x") { name } }']
)
async def test_a_session_does_not_lift_the_limit_on_passwords(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    proof, token = await house.sign_in("hierarchie"), await house.token()
    monkeypatch.setattr("gql.http.gates.time", SimpleNamespace(monotonic=lambda: 0.0))
    given = {"login": "stranger", "password": "x", "id": str(house.world.dossier)}
    async with house_of(house.world, tmp_path, house.settings.database_url, attempts_per_minute=2) as strict:
        for _ in range(5):
            assert (await strict.ask(VIEWER, by=proof)).status_code == 200
        tried = [await strict.ask(query, given, by=proof) for _ in range(2)]
        failures = await fetch("SELECT * FROM sign_in_failure ORDER BY id")
        beyond = [await strict.ask(query, given, by=by) for by in (proof, token)]
        assert {"TOO_MANY_ATTEMPTS"}.isdisjoint(code_of(answer) for answer in tried)
        assert [(answer.status_code, code_of(answer)) for answer in beyond] == [
            (429, "TOO_MANY_ATTEMPTS")
        ] * 2
        assert [answer.headers["retry-after"] for answer in beyond] == ["31", "31"]
        assert await fetch("SELECT * FROM sign_in_failure ORDER BY id") == failures
        assert (await strict.ask(VIEWER, by=proof)).status_code == 200
