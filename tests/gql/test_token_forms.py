"""The token door's own refusals: each its stable code, the RFC's word, its sentence, and no token."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from gql.http.oauth import FORM
from gql.http.problems import status_of
from models import AccessToken, Event, Problem
from tests.gql.conftest import House
from tests.world import SECRET

if TYPE_CHECKING:
    from collections.abc import Mapping

GRANT = urlencode({"grant_type": "client_credentials"})
WHOLE = f"{GRANT}&{urlencode({'client_id': 'cdc-machine', 'client_secret': SECRET})}"
BASIC = "Basic " + base64.b64encode(f"cdc-machine:{SECRET}".encode()).decode()
NO_FORM = "Le corps de la demande n’est pas un formulaire valide."


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stable codes behind the answers, which carry the RFC's own words only."""
    found: list[str] = []

    def noted(problem: Problem) -> int:
        found.append(problem.code)
        return status_of(problem)

    monkeypatch.setattr("gql.http.oauth.status_of", noted)
    return found


@pytest.mark.parametrize(
    ("body", "headers", "code", "sentence"),
    [
        (
            WHOLE,
            {"authorization": BASIC},
            "CREDENTIALS_TWICE",
            "Le secret est donné deux fois\u00a0: en-tête et formulaire.",
        ),
        (
            WHOLE,
            {"content-type": "application/json"},
            "FORM_EXPECTED",
            f"Le corps de la demande doit être annoncé comme `{FORM}`.",
        ),
        (
            WHOLE,
            {"content-type": ""},
            "FORM_EXPECTED",
            f"Le corps de la demande doit être annoncé comme `{FORM}`.",
        ),
        (
            WHOLE,
            {"content-type": "multipart/form-data; boundary=x"},
            "FORM_EXPECTED",
            f"Le corps de la demande doit être annoncé comme `{FORM}`.",
        ),
        (f"{WHOLE}&{GRANT}", {}, "FORM_MALFORMED", "Un champ du formulaire est donné deux fois."),
        (WHOLE.encode() + b"&scope=\xff", {}, "FORM_MALFORMED", NO_FORM),
        (WHOLE + "&a=" * 30, {}, "FORM_MALFORMED", NO_FORM),
    ],
)
async def test_a_form_that_cannot_be_believed_gives_no_token(
    house: House, codes: list[str], body: str | bytes, headers: Mapping[str, str], code: str, sentence: str
) -> None:
    before = await AccessToken.all().count()
    response = await house.http.post("/oauth/token", content=body, headers={"content-type": FORM, **headers})
    assert codes == [code]
    assert (response.status_code, response.json()) == (
        400,
        {"error": "invalid_request", "error_description": sentence},
    )
    assert response.headers["cache-control"] == "no-store"
    assert await AccessToken.all().count() == before


async def test_a_token_given_or_refused_is_noted_without_what_was_sent(fresh: House) -> None:
    wrong = urlencode({"client_id": "un-secret", "client_secret": "x"})
    for body, status in ((WHOLE, 200), (f"{GRANT}&{wrong}", 401), (f"{WHOLE}&scope=dossier:close", 400)):
        answer = await fresh.http.post("/oauth/token", content=body, headers={"content-type": FORM})
        assert answer.status_code == status
    given, *refused = await Event.filter(kind__startswith="token_").order_by("id")
    assert (given.kind, given.details["client"]) == ("token_given", "cdc-machine")
    assert [one.details["code"] for one in refused] == ["CLIENT_UNKNOWN", "SCOPE_INVALID"]
    assert "un-secret" not in str([one.details for one in refused])
