"""Every door but GraphQL's: tokens, packs, health, the built client, and the headers around them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from forms import load_pack, script
from gql.http.packs import script_address
from models import AccessToken
from tests.gql.conftest import House, house_of
from tests.world import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

GRANT = {"grant_type": "client_credentials"}
CLIENT = {"client_id": "cdc-machine", "client_secret": SECRET}


async def post_token(house: House, form: dict[str, str], **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
    return await house.http.post("/oauth/token", data=form, **options)


@pytest.mark.parametrize("basic", [True, False])
async def test_a_client_proves_its_secret_either_way(house: House, basic: bool) -> None:
    if basic:
        response = await post_token(house, GRANT, auth=("cdc-machine", SECRET))
    else:
        response = await post_token(house, {**GRANT, **CLIENT})
    body = response.json()
    assert response.status_code == 200
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert set(body["scope"].split()) == {"dossier:export", "dossier:read"}
    assert response.headers["cache-control"] == "no-store"
    assert not await AccessToken.filter(id=body["access_token"]).exists()
    answer = await house.ask("{ viewer { login scopes kind } }", by=body["access_token"])
    assert answer.json()["data"]["viewer"] == {
        "login": None,
        "scopes": ["dossier:export", "dossier:read"],
        "kind": "PARTNER",
    }


async def test_a_token_may_be_narrower_than_its_client(house: House) -> None:
    narrow = await post_token(house, {**GRANT, **CLIENT, "scope": "dossier:read"})
    assert narrow.json()["scope"] == "dossier:read"
    viewer = await house.ask("{ viewer { scopes } }", by=narrow.json()["access_token"])
    assert viewer.json()["data"]["viewer"]["scopes"] == ["dossier:read"]


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({**GRANT, **CLIENT, "client_secret": "wrong"}, 401, "invalid_client"),
        ({**GRANT, "client_id": "nobody", "client_secret": SECRET}, 401, "invalid_client"),
        (GRANT, 401, "invalid_client"),
        ({**CLIENT, "grant_type": "password"}, 400, "unsupported_grant_type"),
        (CLIENT, 400, "unsupported_grant_type"),
        ({**GRANT, **CLIENT, "scope": "dossier:write"}, 400, "invalid_scope"),
    ],
)
async def test_refusals_of_tokens_are_those_of_the_rfc(
    house: House, form: dict[str, str], status: int, error: str
) -> None:
    before = await AccessToken.all().count()
    response = await post_token(house, form)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response.json()["error_description"].endswith(".")
    assert ("www-authenticate" in response.headers) == (status == 401)
    assert await AccessToken.all().count() == before


async def test_malformed_token_requests_are_refused(house: House) -> None:
    twice = await post_token(house, {**GRANT, **CLIENT}, auth=("cdc-machine", SECRET))
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_request")
    json = await house.http.post("/oauth/token", json={**GRANT, **CLIENT})
    assert (json.status_code, json.json()["error"]) == (400, "invalid_request")
    form = {"content-type": "application/x-www-form-urlencoded"}
    repeated = await house.http.post("/oauth/token", content="scope=a&scope=b", headers=form)
    assert (repeated.status_code, repeated.json()["error"]) == (400, "invalid_request")
    bearer = await post_token(house, GRANT, headers={"authorization": "Bearer x"})
    assert (bearer.status_code, bearer.json()["error"]) == (401, "invalid_client")
    unreadable = await post_token(house, GRANT, headers={"authorization": "Basic =%="})
    assert (unreadable.status_code, unreadable.json()["error"]) == (401, "invalid_client")
    long = await house.http.post("/oauth/token", content=b"x" * 70_000, headers=form)
    assert (long.status_code, long.json()["error"]) == (413, "invalid_request")


@pytest.mark.parametrize("field", ["client_id", "client_secret", "scope", "grant_type"])
@pytest.mark.parametrize("basic", [True, False])
async def test_a_nul_in_a_token_request_is_refused(house: House, field: str, basic: bool) -> None:
    before = await AccessToken.all().count()
    form = {**GRANT, **CLIENT}
    form[field] = form.get(field, "") + "\0"
    if basic:
        pair = (form.pop("client_id"), form.pop("client_secret"))
        response = await post_token(house, form, auth=pair)
    else:
        response = await post_token(house, form)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")
    assert "caractère nul" in response.json()["error_description"]
    assert await AccessToken.all().count() == before


async def test_a_pack_is_public_marked_and_compressed(house: House) -> None:
    response = await house.http.get("/packs/ER/2024/1.json")
    assert response.status_code == 200
    assert response.headers["content-encoding"] == "gzip"
    body = response.json()
    assert (body["key"], len(body["tabs"])) == ("ER/2024/1", 65)
    assert body["title"] == load_pack("ER/2024/1").title
    mark = {"if-none-match": response.headers["etag"]}
    again = await house.http.get("/packs/ER/2024/1.json", headers=mark)
    assert (again.status_code, again.content) == (304, b"")


async def test_the_module_of_a_pack_is_kept_for_good_by_its_seal_only(house: House) -> None:
    plain = await house.http.get("/packs/ER/2024/1.js")
    assert (plain.status_code, plain.headers["content-encoding"]) == (200, "gzip")
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert plain.headers["cache-control"] == "no-cache"
    # The page's policy stands: a module of our own origin, and no code made from text.
    policy = plain.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "eval" not in policy
    assert plain.text == script(load_pack("ER/2024/1"))
    address = script_address(load_pack("ER/2024/1").key)
    sealed = await house.http.get(address)
    assert sealed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sealed.text == plain.text
    other = await house.http.get("/packs/ER/2024/1.js?seal=0123")
    assert other.headers["cache-control"] == "no-cache"
    again = await house.http.get(address, headers={"if-none-match": sealed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/packs/ER/1999/1.json",
        "/packs/ER/1999/1.js",
        "/packs/ER/02024/1.js",
        "/packs/ER/2024/99.json",
        "/packs/ER/02024/1.json",
        "/packs/ER/2024/x.json",
        "/packs/ER/2024%00/1.json",
        f"/packs/ER/{'9' * 5_000}/1.json",
        f"/packs/ER/2024/{'9' * 5_000}.json",
        "/packs/..%2F..%2Fgql/2024/1.json",
    ],
    ids=lambda path: path[:30],
)
async def test_an_unknown_pack_is_404(house: House, path: str) -> None:
    response = await house.http.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/json"


async def test_health_tells_life_from_readiness(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await house.http.get("/health/live")).json() == {"status": "ok"}
    ready = await house.http.get("/health/ready")
    assert ready.json() == {"status": "ok", "policy_version": str(house.world.authority.version)}

    async def lost(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("gql.http.health.fetch", lost)
    unready = await house.http.get("/health/ready")
    assert (unready.status_code, unready.json()["status"]) == (503, "unavailable")
    assert (await house.http.get("/health/live")).status_code == 200


async def test_assets_are_kept_for_ever_and_compressed_once(house: House) -> None:
    response = await house.http.get("/assets/app-1a2b3c.js")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["content-encoding"] == "gzip"
    plain = await house.http.get("/assets/app-1a2b3c.js", headers={"accept-encoding": "identity"})
    assert plain.text == response.text
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("path", ["/", "/dossiers/42", "/exports", "/connexion"])
async def test_the_first_page_answers_for_the_clients_own_addresses(house: House, path: str) -> None:
    response = await house.http.get(path)
    assert response.status_code == 200
    assert "<title>Harmonia</title>" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone-000000.js",
        "/assets/",
        "/assets",
        "/graphql/x",
        "/health/other",
        "/packs/ER",
        "/exports/x/y/z",
        "/oauth/authorize",
        "/favicon.ico",
        "/documents.json",
        "/../gql/settings.py",
        "/assets/..%2f..%2fsettings.py",
    ],
)
async def test_the_first_page_never_answers_for_what_is_missing(house: House, path: str) -> None:
    response = await house.http.get(path)
    assert response.status_code == 404
    assert response.json()["extensions"]["code"] == "NOT_FOUND"
    assert response.json()["message"].endswith(".")


async def test_the_token_door_takes_posts_only(house: House) -> None:
    response = await house.http.get("/oauth/token")
    assert response.status_code == 405
    assert response.json()["error"] == "invalid_request"


@pytest.mark.parametrize("path", ["/", "/assets/app-1a2b3c.js", "/health/live", "/missing.js", "/graphql"])
async def test_every_answer_carries_the_security_headers(house: House, path: str) -> None:
    headers = (await house.http.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    assert "server" not in headers


async def test_tls_is_promised_only_where_users_have_it(house: House, tmp_path: Path) -> None:
    url = house.settings.database_url
    async with house_of(house.world, tmp_path, url, base_url="https://harmonia.example") as secure:
        headers = (await secure.http.get("/health/live")).headers
    assert headers["strict-transport-security"].startswith("max-age=31536000")


async def test_without_a_built_client_the_page_says_what_to_do(tmp_path: Path, house: House) -> None:
    async with house_of(house.world, tmp_path, house.settings.database_url) as bare:
        response = await bare.http.get("/")
    assert "./harmonia demo" in response.text


async def test_what_is_not_foreseen_is_masked_and_logged(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr("gql.http.packs.list_packs", broken)
    response = await house.http.get("/packs/ER/2024/1.json")
    assert response.status_code == 500
    assert response.json()["extensions"]["code"] == "INTERNAL"
    assert "secret" not in response.text
    assert response.json()["extensions"]["details"]["reference"] in response.json()["message"]
    logged = capsys.readouterr().out
    assert "secret of the machine" in logged
    assert response.json()["extensions"]["details"]["reference"] in logged
