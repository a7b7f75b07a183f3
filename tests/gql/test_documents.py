"""Documents made ready once: what is kept, what is not, and the trusted ones."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import graphql
import orjson
import pytest

from gql.documents import Documents, read_trusted
from gql.guard import Guard, Limits
from gql.schema import build_schema, field_weights, list_sizes, longest_pages, own_transactions
from models import Invalid, NotFound
from tests.gql.conftest import House, code_of, house_of

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = build_schema()
PAGE = "query Page($n: Int!) { dossiers(first: $n) { totalCount edges { node { id } } } }"


def made(limits: Limits | None = None, kept: int = 100, characters: int = 10_000) -> Documents:
    guard = Guard(limits or Limits(), list_sizes(SCHEMA), field_weights(SCHEMA), longest_pages(SCHEMA))
    secret = own_transactions(SCHEMA)
    schema = SCHEMA._schema  # noqa: SLF001 - graphql-core's own schema
    return Documents(schema, guard, kept=kept, characters=characters, secret=secret)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed, in order."""
    texts: list[str] = []

    def noted(text: str, max_tokens: int) -> object:
        texts.append(text)
        return graphql.parse(text, max_tokens=max_tokens)

    monkeypatch.setattr("gql.documents.parse", noted)
    return texts


def test_a_document_is_parsed_and_validated_once(parsed: list[str]) -> None:
    ready = made()
    assert ready.prepare("{ viewer { name } }", {}) is ready.prepare("{ viewer { name } }", {})
    assert len(parsed) == 1


def test_the_least_used_go_first(parsed: list[str]) -> None:
    ready = made(kept=6)
    texts = [f"{{ viewer {{ {field} }} }}" for field in ("name", "login", "kind")]
    for text in texts:
        ready.prepare(text, {})
    ready.prepare(texts[0], {})
    ready.prepare("{ viewer { scopes } }", {})
    parsed.clear()
    ready.prepare(texts[0], {})
    assert parsed == []
    ready.prepare(texts[1], {})
    assert parsed == [texts[1]]


def test_long_texts_of_few_selections_go_by_their_length(parsed: list[str]) -> None:
    ready = made(kept=1_000, characters=2_500)
    texts = [f"{{ viewer {{ {field} }} }} #{'x' * 970}" for field in ("name", "login", "kind")]
    for text in texts:
        ready.prepare(text, {})
    parsed.clear()
    for text in (texts[2], texts[1], texts[0], texts[1]):
        ready.prepare(text, {})
    assert parsed == [texts[0]]


def test_a_text_longer_than_the_whole_cache_stands_alone(parsed: list[str]) -> None:
    ready = made(characters=100)
    short, long = "{ viewer { name } }", "{ viewer { login } } #" + "x" * 200
    for text in (short, long, long, short, short):
        ready.prepare(text, {})
    assert parsed == [short, long, short]


@pytest.mark.parametrize(
    "text",
    [
        'mutation { login(login: "a", password: "b") { name } }',
        'mutation { logout: login(login: "a", password: "b") { name } }',
        'mutation { transmitDossier(dossier: "a",commitments: [], password: "b", idempotencyKey: "k") {id} }',
        'mutation { ...f } fragment f on Mutation { login(login: "a", password: "b") { name } }',
        'mutation { ... { login(login: "a", password: "b") { name } } }',
        'query A { viewer { name } } mutation B { login(login: "a", password: "b") { name } }',
    ],
)
def test_a_text_that_may_hold_a_password_is_never_kept(parsed: list[str], text: str) -> None:
    ready = made()
    for _ in range(2):
        assert ready.prepare(text, {}).faults == ()
    assert parsed == [text, text]
    ready.prepare("mutation { logout }", {})
    ready.prepare("mutation { logout }", {})
    assert len(parsed) == 3


def test_a_faulty_document_takes_no_place(parsed: list[str]) -> None:
    ready = made()
    for _ in range(2):
        assert ready.prepare("{ nothing }", {}).faults
    assert len(parsed) == 2


def test_a_kept_document_is_measured_again_with_its_variables() -> None:
    ready = made(Limits(cost=4_100))
    ready.prepare(PAGE, {"n": 5})
    with pytest.raises(Invalid, match="trop complexe"):
        ready.prepare(PAGE, {"n": 200})
    ready.prepare(PAGE, {"n": 5})


def test_too_many_tokens_are_refused_by_the_parser() -> None:
    with pytest.raises(Exception, match="token"):
        made(Limits(tokens=10)).prepare("{ viewer { name login kind scopes organization { id } } }", {})


def test_a_trusted_text_must_have_its_own_hash(tmp_path: Path) -> None:
    text = "{ viewer { name } }"
    digest = hashlib.sha256(text.encode()).hexdigest()
    path = tmp_path / "documents.json"
    path.write_bytes(orjson.dumps({digest: text, "0" * 64: text}))
    assert read_trusted(path) == {digest: text}
    assert read_trusted(tmp_path / "missing.json") == {}


async def test_a_trusted_document_is_named_by_its_hash(house: House, tmp_path: Path) -> None:
    text = "query Me { viewer { name } }"
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "documents.json").write_bytes(orjson.dumps({digest: text}))
    async with house_of(house.world, tmp_path, house.settings.database_url) as trusting:
        bearer = {"authorization": f"Bearer {await trusting.token()}"}
        for named in (
            {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}},
            {"documentId": f"sha256:{digest}"},
            {"documentId": digest},
        ):
            response = await trusting.http.post("/graphql", json=named, headers=bearer)
            assert response.json() == {"data": {"viewer": {"name": "Système de la CDC"}}}
        unknown = await trusting.http.post("/graphql", json={"documentId": "f" * 64}, headers=bearer)
        assert (unknown.status_code, code_of(unknown)) == (404, "PERSISTED_QUERY_NOT_FOUND")
        malformed = await trusting.http.post("/graphql", json={"documentId": "x"}, headers=bearer)
        assert (malformed.status_code, code_of(malformed)) == (400, "REQUEST_INVALID")
        anonymous = await trusting.http.post("/graphql", json={"documentId": digest})
        assert (anonymous.status_code, code_of(anonymous)) == (401, "UNAUTHENTICATED")


def test_an_unknown_hash_is_not_found() -> None:
    with pytest.raises(NotFound):
        made().trusted("0" * 64)
