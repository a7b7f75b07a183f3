"""A print of no tab at all is refused before anything is left to do."""

from __future__ import annotations

import pytest

from models import fetch
from tests.gql.conftest import House
from tests.gql.journey import PRINT, send


async def left() -> dict[str, int]:
    """The exports, the jobs and the keys that a request leaves behind."""
    (found,) = await fetch(
        "SELECT (SELECT count(*) FROM export) AS exports, (SELECT count(*) FROM idempotency_key) AS keys,"
        " (SELECT count(*) FROM procrastinate_jobs) AS jobs"
    )
    return found


@pytest.mark.parametrize(
    ("tabs", "code", "message"),
    [
        ([], "TABS_EMPTY", "Choisissez au moins un onglet à imprimer."),
        (
            ["A1", "ZZ"],
            "TAB_UNKNOWN",
            "L’onglet ZZ n’existe pas dans ce dossier\u00a0: choisissez un onglet de la liste.",
        ),
    ],
)
async def test_a_print_of_nothing_leaves_nothing(
    fresh: House, tabs: list[str], code: str, message: str
) -> None:
    response = await send(fresh, PRINT, await fresh.sign_in("saisie"), tabs=tabs, key="k")
    (error,) = response.json()["errors"]
    assert (error["extensions"]["code"], error["message"]) == (code, message)
    assert response.json()["data"] is None
    assert await left() == {"exports": 0, "keys": 0, "jobs": 0}
