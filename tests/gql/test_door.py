"""The GraphQL door: what is checked before anything is parsed, and who gets through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from gql.http.door import COOKIE
from models import Session, User, fetch
from tests.gql.conftest import LOGIN, House, code_of, session_cookie
from tests.world import PASSWORD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

VIEWER = "{ viewer { login name } }"
BROKEN = "{ viewer { "


def plain(response: httpx.Response) -> str:
    """The message, its no-break spaces as the manual prints them."""
    return str(response.json()["errors"][0]["message"]).replace("\u00a0", " ").replace("\u202f", " ")


async def sessions(house: House, login: str) -> int:
    assert house.world[login].user_id
    return await Session.filter(user_id=house.world[login].user_id).count()


async def test_nobody_is_told_to_sign_in_before_a_word_is_parsed(house: House) -> None:
    for query in (VIEWER, BROKEN, "{ nothing }", "mutation { logout }", ""):
        response = await house.ask(query or "?")
        assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
        assert response.headers["www-authenticate"].startswith("Bearer")


async def test_a_false_token_is_refused_before_a_word_is_parsed(house: House) -> None:
    for query in (VIEWER, BROKEN, LOGIN):
        response = await house.ask(query, by="not-a-token")
        assert (response.status_code, code_of(response)) == (401, "TOKEN_INVALID")
    response = await house.ask(VIEWER, authorization="Basic abc")
    assert response.status_code == 401


async def test_signing_in_sets_a_cookie_bound_to_the_host(house: House) -> None:
    response = await house.ask(LOGIN, {"login": "Saisie", "password": PASSWORD})
    assert response.json() == {"data": {"login": {"name": "Saisie Essai"}}}
    (header,) = response.headers.get_list("set-cookie")
    parts = {part.strip().lower() for part in header.split(";")[1:]}
    assert header.startswith("__Host-harmonia=")
    assert {"httponly", "secure", "path=/", "samesite=lax"} <= parts
    assert not any(part.startswith("domain") for part in parts)
    assert response.headers["cache-control"] == "no-store"
    answer = await house.ask(VIEWER, by=f"cookie:{session_cookie(response)}")
    assert answer.json()["data"]["viewer"]["login"] == "saisie"


async def test_signing_in_anew_ends_the_session_that_was_open(house: House) -> None:
    old = await house.sign_in("voisin")
    fresh = await house.ask(LOGIN, {"login": "voisin", "password": PASSWORD}, by=old)
    assert (await house.ask(VIEWER, by=old)).status_code == 401
    assert (await house.ask(VIEWER, by=f"cookie:{session_cookie(fresh)}")).status_code == 200


async def test_only_the_hash_of_a_session_is_kept(house: House) -> None:
    token = (await house.sign_in("saisie")).removeprefix("cookie:")
    kept = await fetch("SELECT id FROM session")
    assert token not in {row["id"] for row in kept}
    assert all(len(row["id"]) == 64 for row in kept)


async def test_signing_out_ends_the_session_on_the_server(house: House) -> None:
    proof = await house.sign_in("hierarchie")
    response = await house.ask("mutation { logout }", by=proof)
    assert response.json() == {"data": {"logout": True}}
    assert "Max-Age=0" in response.headers["set-cookie"]
    assert (await house.ask(VIEWER, by=proof)).status_code == 401


@pytest.mark.parametrize(
    "query",
    [
        'mutation { login(login: "saisie", password: "x") { name } logout }',
        'mutation { a: login(login: "s", password: "x") { name } b: login(login: "s", password: "y") {name}}',
        'mutation { ...f } fragment f on Mutation { login(login: "saisie", password: "x") { name } }',
        'mutation { ... { login(login: "saisie", password: "x") { name } } }',
        "mutation login { logout }",
        "query login { viewer { name } }",
    ],
)
async def test_nobody_may_send_anything_beside_a_sign_in(house: House, query: str) -> None:
    response = await house.ask(query)
    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")


async def test_a_long_text_is_no_sign_in(house: House) -> None:
    response = await house.ask(LOGIN + "#" * 2_000, {"login": "saisie", "password": PASSWORD})
    assert response.status_code == 401
    assert session_cookie(response) == ""


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "",
        "application/json; charset=utf-16",
        "application/jsonp",
    ],
)
async def test_only_json_is_taken(house: House, kind: str) -> None:
    before = await sessions(house, "voisin")
    body = b'{"query": "mutation { login(login: \\"voisin\\", password: \\"Essai-2024!\\") { name } }"}'
    response = await house.http.post("/graphql", content=body, headers={"content-type": kind})
    assert (response.status_code, code_of(response)) == (415, "MEDIA_TYPE_UNSUPPORTED")
    assert await sessions(house, "voisin") == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"origin": "http://localhost.example.org"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
async def test_another_site_can_neither_sign_in_nor_act(house: House, headers: dict[str, Any]) -> None:
    before = await sessions(house, "ministere")
    response = await house.ask(LOGIN, {"login": "ministere", "password": PASSWORD}, **headers)
    assert (response.status_code, code_of(response)) == (403, "ORIGIN_REFUSED")
    assert await sessions(house, "ministere") == before
    proof = await house.sign_in("ministere")
    assert (await house.ask("mutation { logout }", by=proof, **headers)).status_code == 403
    assert (await house.ask(VIEWER, by=proof)).status_code == 200


async def test_our_own_pages_may(house: House) -> None:
    proof = await house.sign_in("ministere")
    response = await house.ask(VIEWER, by=proof, origin=house.url, sec_fetch_site="same-origin")
    assert response.status_code == 200


async def test_an_ended_session_is_told_and_its_cookie_cleared_yet_one_may_sign_in_again(
    house: House,
) -> None:
    response = await house.ask(VIEWER, by="cookie:ended")
    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
    assert "terminée" in response.json()["errors"][0]["message"]
    assert "Max-Age=0" in response.headers["set-cookie"]
    again = await house.ask(LOGIN, {"login": "saisie", "password": PASSWORD}, by="cookie:ended")
    assert session_cookie(again)


async def test_a_session_is_renewed_as_it_is_used_even_by_a_request_that_fails(house: House) -> None:
    old = await house.sign_in("hierarchie")
    user = house.world["hierarchie"].user_id
    await Session.filter(user_id=user).update(created_at=datetime.now(UTC) - timedelta(hours=1))
    response = await house.ask("{ unknown }", by=old)
    assert code_of(response) == "DOCUMENT_INVALID"
    fresh = session_cookie(response)
    assert fresh
    assert fresh != old.removeprefix("cookie:")
    assert (await house.ask(VIEWER, by=f"cookie:{fresh}")).status_code == 200
    await Session.filter(user_id=user).delete()


async def test_five_failures_lock_the_account_in_the_manuals_words(house: House) -> None:
    for _ in range(4):
        response = await house.ask(LOGIN, {"login": "ancols", "password": "wrong"})
        assert code_of(response) == "INVALID_CREDENTIALS"
        assert plain(response) == "Authentification refusée : Connexion impossible."
        assert response.json()["data"] is None
    for password in ("wrong", PASSWORD):
        response = await house.ask(LOGIN, {"login": "ancols", "password": password})
        assert code_of(response) == "ACCOUNT_LOCKED"
        assert "bloqué pour une durée de 10 minutes" in plain(response)
    assert await sessions(house, "ancols") == 0


async def test_a_closed_account_answers_like_an_unknown_one(house: House) -> None:
    await User.filter(login="cdc").update(closed_at=datetime.now(UTC))
    closed = await house.ask(LOGIN, {"login": "cdc", "password": PASSWORD})
    unknown = await house.ask(LOGIN, {"login": "nobody", "password": PASSWORD})
    await User.filter(login="cdc").update(closed_at=None)
    assert closed.json() == unknown.json()


async def test_nobody_may_send_much(house: House) -> None:
    big = "x" * 70_000
    response = await house.ask(LOGIN, {"login": big, "password": ""})
    assert (response.status_code, code_of(response)) == (413, "BODY_TOO_LARGE")

    async def blocks() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b" " * 1_000

    streamed = await house.http.post(
        "/graphql",
        content=blocks(),
        headers={"content-type": "application/json"},
    )
    assert streamed.status_code == 413
    token = await house.token()
    assert (await house.ask("{ viewer { name } }", {"unused": big}, by=token)).status_code == 200


async def test_a_caller_may_send_a_file_but_not_more_than_its_bound(house: House) -> None:
    token = await house.token()
    response = await house.ask(VIEWER, {"xml": "x" * 15_000_000}, by=token)
    assert (response.status_code, code_of(response)) == (413, "BODY_TOO_LARGE")
    assert "15\u202fMo" in response.json()["errors"][0]["message"]


async def test_queries_by_get_need_a_token_and_mutations_a_post(house: House) -> None:
    address = {"query": VIEWER}
    cookie = (await house.sign_in("saisie")).removeprefix("cookie:")
    by_cookie = await house.http.get("/graphql", params=address, headers={"cookie": f"{COOKIE}={cookie}"})
    assert (by_cookie.status_code, code_of(by_cookie)) == (405, "METHOD_NOT_ALLOWED")
    bearer = {"authorization": f"Bearer {await house.token()}"}
    by_token = await house.http.get("/graphql", params=address, headers=bearer)
    assert by_token.json()["data"]["viewer"]["name"] == "Système de la CDC"
    mutation = await house.http.get("/graphql", params={"query": "mutation { logout }"}, headers=bearer)
    assert mutation.status_code == 405


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/graphql-response+json, application/json", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json;q=0.5", "application/json"),
        ("text/html, application/*;q=0.1", "application/json"),
    ],
)
async def test_the_answer_is_of_the_kind_that_was_asked_for(house: House, accept: str, kind: str) -> None:
    response = await house.ask(VIEWER, by=await house.token(), accept=accept)
    assert response.headers["content-type"] == f"{kind}; charset=utf-8"


async def test_another_kind_is_not_to_be_had(house: House) -> None:
    response = await house.ask(VIEWER, by=await house.token(), accept="text/html")
    assert (response.status_code, code_of(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "body", ["{", "[]", "3", '{"query": 3}', '{"query": ""}', '{"query": "{a}", "variables": []}']
)
async def test_a_malformed_request_is_400(house: House, body: str) -> None:
    headers = {"content-type": "application/json", "authorization": f"Bearer {await house.token()}"}
    response = await house.http.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert code_of(response) in {"JSON_MALFORMED", "REQUEST_INVALID"}


async def test_a_request_that_is_refused_for_its_document_says_so(house: House) -> None:
    token = await house.token()
    query = "{" + " ".join(f"a{n}: viewer {{ name }}" for n in range(40)) + "}"
    response: httpx.Response = await house.ask(query, by=token, accept="application/graphql-response+json")
    assert (response.status_code, code_of(response)) == (400, "DOCUMENT_TOO_COMPLEX")
    assert "data" not in response.json()
