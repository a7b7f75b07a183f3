"""Conventions and consents, asked by GraphQL and fetched as files."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import httpx
import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from gql.http.awaited import Awaited
from gql.http.convention_files import ConventionFilesDoor
from gql.http.door import Door
from gql.http.problems import on_problem
from models import Event, Problem, close_database, fetch, open_database
from resolvers import convention_annex, conventions
from tests.agreements import build_agreements, everything
from tests.gql.conftest import House, build_client, code_of, house_of, proof

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from resolvers.convention_rows import ConventionRow

SENT = {
    "platform": "MIN",
    "partner": "partner:ANCOLS",
    "title": "Convention État – ANCOLS",
    "purpose": "Contrôle.",
    "since": "2020-01-01",
    "until": "2035-12-31",
    "articles": [
        {
            "number": "6",
            "forms": ["ER"],
            "groups": ["category:OPH"],
            "grants": [{"right": "dossier:read", "steps": [6, 5, 4]}],
            "consent": True,
        }
    ],
}
CREATE = """mutation C($c: ConventionInput!) { createConvention(convention: $c, idempotencyKey: "k") {
  id revision state editable lineCount articles { number grants { label steps } groups { label } } } }"""
PUBLISH = "mutation P($id: ID!, $r: Int!) { publishConvention(id: $id, revision: $r) { revision state } }"
SEEN = """query S($id: ID!) { convention(id: $id) {
  title state editable refusal platform { code } partner { key }
  history { label policyVersion } contradictions { sentence } reach { organisms dossiers users }
  renews { id } waitingProposal signed { name size sha256 } } conventions { totalCount } }"""
CHOICES = """{ conventionChoices(platform: "MIN") { partners { key } forms groups { key }
  functions { right cells { step editable } } tabs(form: "ER") { code }
  organisms(search: "voisin") { key } } }"""
SIMULATE = """query S($c: ConventionInput!) {
  simulateConvention(convention: $c) { sentence gained lost blocking } }"""
ATTACH = """mutation A($id: ID!, $f: String!, $r: Int!) {
  attachSignedText(id: $id, name: "texte signé", content: $f, revision: $r) {
    revision signed { name size } } }"""
GIVE = """mutation G($c: [ConsentInput!]!) { giveConsents(consents: $c) {
  answer effect history { given } } }"""
CONSENTS = """{ consents(year: 2024) { partner { key } answer convention article effect readers }
  readersToday(form: "ER", year: 2024) { subject ref } readings { edges { node { channel } } } }"""
LIST = """{ consentList(platform: "MIN", form: "ER", year: 2024) { totalCount
  edges { node { siren answer organism { name } } } } }"""
PDF = b"%PDF-1.7 signed"


@pytest.fixture(scope="module")
async def place(
    template: str, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """One server over a platform that writes conventions."""
    url, folder = new_database(template), tmp_path_factory.mktemp("agreements")
    build_client(folder / "dist")
    await open_database(url)
    try:
        async with house_of(await build_agreements(), folder, url) as made:
            yield made
    finally:
        await close_database()


async def asked(place: House, query: str, login: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    response = await place.ask(query, variables, by=await place.sign_in(login))
    body: dict[str, Any] = response.json()
    assert "errors" not in body, body
    return dict(body["data"])


async def refused(place: House, query: str, login: str, **variables: Any) -> str:  # noqa: ANN401 - JSON
    before = await everything()
    response = await place.ask(query, variables, by=await place.sign_in(login))
    assert await everything() == before
    return code_of(response)


async def fetched(place: House, address: str, login: str) -> httpx.Response:
    return await place.get(address, await place.sign_in(login))


async def test_a_convention_is_written_published_and_read_by_those_it_binds(place: House) -> None:
    choices = (await asked(place, CHOICES, "admin"))["conventionChoices"]
    assert {"ER"} <= set(choices["forms"])
    assert {"partner:ANCOLS", "partner:CDC"} == {one["key"] for one in choices["partners"]}
    reading = next(row for row in choices["functions"] if row["right"] == "dossier:read")
    assert [cell["step"] for cell in reading["cells"] if cell["editable"]] == [4, 5, 6]
    assert len(choices["organisms"]) == 1
    impact = (await asked(place, SIMULATE, "admin", c=SENT))["simulateConvention"]
    assert (impact["gained"], impact["lost"], impact["blocking"]) == (0, 0, [])

    made = (await asked(place, CREATE, "admin", c=SENT))["createConvention"]
    assert (made["state"], made["editable"], made["lineCount"]) == ("DRAFT", True, 1)
    assert made["articles"][0]["grants"] == [{"label": "Lecture du dossier", "steps": [4, 5, 6]}]
    again = (await asked(place, CREATE, "admin", c=SENT))["createConvention"]
    assert again["id"] == made["id"]
    assert await refused(place, SEEN, "ancols", id=made["id"]) == "NOT_FOUND"
    for login in ("ancols", "ministere", "hierarchie"):
        assert await refused(place, CREATE, login, c=SENT) == "POLICY_DESK_UNKNOWN"
        assert await refused(place, CHOICES, login) == "POLICY_DESK_UNKNOWN"
        assert await refused(place, SIMULATE, login, c=SENT) == "POLICY_DESK_UNKNOWN"
    wrong = {**SENT, "articles": [{**SENT["articles"][0], "forms": ["NONE"]}]}  # type: ignore[dict-item]  # JSON
    assert await refused(place, CREATE, "admin", c=wrong) == "ARTICLE_FORM_UNKNOWN"

    done = (await asked(place, PUBLISH, "admin", id=made["id"], r=1))["publishConvention"]
    assert done == {"revision": 2, "state": "IN_FORCE"}
    seen = await asked(place, SEEN, "ancols", id=made["id"])
    one = seen["convention"]
    assert (one["editable"], one["partner"], one["platform"]) == (
        False,
        {"key": "partner:ANCOLS"},
        {"code": "MIN"},
    )
    assert one["refusal"]
    assert [event["label"] for event in one["history"]] == ["Publication", "Création du projet"]
    assert one["reach"] == {"organisms": 2, "dossiers": 0, "users": 1}
    assert await refused(place, SEEN, "cdc", id=made["id"]) == "NOT_FOUND"
    assert await refused(place, SEEN, "cdc", id="none") == "NOT_FOUND"


async def test_consents_are_given_listed_and_leave_as_a_workbook(place: House) -> None:
    given = {"platform": "MIN", "partner": "partner:ANCOLS", "form": "ER", "year": 2024, "given": True}
    answer = {**given, "was": "NONE"}
    assert await refused(place, GIVE, "saisie", c=[answer]) == "REFUSED"
    (line,) = (await asked(place, GIVE, "hierarchie", c=[answer]))["giveConsents"]
    assert line == {
        "answer": "GIVEN",
        "effect": "lecture aux étapes 4 à 6",
        "history": [{"given": True}],
    }
    assert await refused(place, GIVE, "hierarchie", c=[answer]) == "CONSENT_CONFLICT"
    told = await asked(place, CONSENTS, "hierarchie")
    mine = next(one for one in told["consents"] if one["partner"]["key"] == "partner:ANCOLS")
    assert (mine["answer"], mine["readers"], mine["article"]) == ("GIVEN", 1, "art. 6")
    assert {"user:ancols", "user:cdc"} <= {one["subject"] for one in told["readersToday"]}

    listed = (await asked(place, LIST, "ancols"))["consentList"]
    assert [edge["node"]["answer"] for edge in listed["edges"]] == ["GIVEN", "NONE"]
    assert await refused(place, LIST, "hierarchie") == "CONSENT_LIST_PARTNER"
    response = await fetched(place, "/consents.xlsx?form=ER&year=2024", "ancols")
    assert response.headers["content-disposition"].endswith("acces-donnes-ER-2024.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:G5")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:3] == ["SIREN", "Code", "Organisme"]
    assert rows[1][:2] == ["732829320", "001"]
    assert (rows[1][5], rows[2][5], rows[2][6]) == ("Accès donné", "Sans réponse", None)
    for address, login, status, code in (
        ("/consents.xlsx?form=ER&year=2024&platform=MIN", "saisie", 403, "CONSENT_LIST_PARTNER"),
        ("/consents.xlsx?form=ER&year=24", "ancols", 400, "YEAR_INVALID"),
        ("/consents.xlsx?form=ER&year=2024", "cdc", 400, "PLATFORM_AMBIGUOUS"),
    ):
        response = await fetched(place, address, login)
        assert (response.status_code, response.json()["extensions"]["code"]) == (status, code)


async def agreed(place: House) -> ConventionRow:
    records = await fetch("SELECT id FROM convention WHERE title = %s", [SENT["title"]])
    return await conventions.read(place.world["admin"], records[0]["id"])


async def test_the_signed_text_is_a_pdf_by_its_content_and_is_fetched_by_readers(place: House) -> None:
    row = await agreed(place)
    address = f"/conventions/{row.id}/signed.pdf"
    missing = await fetched(place, address, "ancols")
    assert (missing.status_code, missing.json()["extensions"]["code"]) == (404, "SIGNED_TEXT_MISSING")
    text = base64.b64encode(PDF).decode()
    for content, code in (
        (base64.b64encode(b"<html>%PDF-").decode(), "SIGNED_TEXT_NOT_PDF"),
        ("%%%", "BASE64_INVALID"),
        ("A" * 13_400_000, "SIGNED_TEXT_TOO_LARGE"),
    ):
        assert await refused(place, ATTACH, "admin", id=str(row.id), f=content, r=row.revision) == code
    assert await refused(place, ATTACH, "admin", id=str(row.id), f=text, r=1) == "CONVENTION_STALE"
    assert await refused(place, ATTACH, "ancols", id=str(row.id), f=text, r=row.revision) == "REFUSED"

    done = await asked(place, ATTACH, "admin", id=str(row.id), f=text, r=row.revision)

    assert done["attachSignedText"] == {
        "revision": row.revision + 1,
        "signed": {"name": "texte signé.pdf", "size": len(PDF)},
    }
    event = await Event.filter(kind="convention_changed").order_by("-id").first()
    assert event is not None
    assert (event.details["event"], event.details["revision"]) == ("signed", row.revision + 1)
    file = await fetched(place, address, "hierarchie")
    assert (file.content, file.headers["content-type"]) == (PDF, "application/pdf")
    assert (await fetched(place, address, "cdc")).status_code == httpx.codes.NOT_FOUND
    assert (await place.http.get(address)).status_code == httpx.codes.UNAUTHORIZED


async def test_an_annex_is_awaited_then_fetched_by_readers(place: House) -> None:
    row = await agreed(place)
    door = ConventionFilesDoor(Door(place.world.authority), Awaited(place.files, patience=0.02, pause=0.01))
    app = Starlette(
        routes=[Route("/conventions/{id}/annex.pdf", door.annex)], exception_handlers={Problem: on_problem}
    )
    cookie = proof(await place.sign_in("ancols"))
    address = f"/conventions/{row.id}/annex.pdf"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http:
        waiting = await http.get(address, headers=cookie)
    assert (waiting.status_code, waiting.headers["retry-after"]) == (409, "10")
    assert waiting.json()["extensions"]["code"] == "ANNEX_NOT_READY"
    jobs = await fetch("SELECT args FROM procrastinate_jobs WHERE task_name = 'render_annex'")
    assert [job["args"] for job in jobs] == [{"convention": str(row.id)}]

    await place.files.put(convention_annex.annex_key(row), PDF)
    assert (await fetched(place, address, "ancols")).content == PDF
    assert (await fetched(place, address, "cdc")).status_code == httpx.codes.NOT_FOUND
