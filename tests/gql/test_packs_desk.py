"""The pack desk over GraphQL and HTTP: from a workbook to a published form, and to nobody but its editors."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from forms import PackKey, pack_texts
from gql.app import build_engine
from gql.execution import Engine, Request
from gql.settings import Settings
from rendering.pack_sheet import read_sheet, write_sheet
from resolvers import loading
from tests.cases import loaded_file, read_case
from tests.desk import Desk, build_desk, everything
from tests.gql.conftest import House, code_of, error_of, house_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from authz import Viewer

UPLOAD = (
    "mutation Up($upload: PackUpload!) { uploadPack(upload: $upload) { id key state obstacles { code } } }"
)
PUBLISH = "mutation Pub($id: ID!) { publishPack(draft: $id) { key state publishedBy publishedAt } }"
DISCARD = "mutation Drop($id: ID!) { discardPackDraft(draft: $id) }"
REVIEW = """
query Review($id: ID!) { packDraft(id: $id) {
  key state form year platform base sha256 note author createdAt publishedBy publishedAt
  files { name text } fault { code file line column message severity }
  findings { code severity } difference { aspect place before after breaking }
  tests { name passed fault differences { place expected found } } obstacles { code message }
  trial(first: 5) { dossier { id pack } changed
    values { cell before after beforeDisplay afterDisplay } appearing { check } disappearing { check } }
} }
"""
LISTS = """
{ packs { key form formLabel year revision title latest editable note publishedBy
  publishedAt url sheetUrl archiveUrl }
  packDrafts(first: 10) { id key } }
"""
STRANGERS = ["saisie", "voisin", "ministere", "cdc", "ancols", "machine"]


pytestmark = pytest.mark.usefixtures("published_is_forgotten")


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_desk()


@pytest.fixture
def asked(database: str, desk: Desk) -> Engine:
    return build_engine(Settings(DATABASE_URL=database), desk.world.authority)


@pytest.fixture
async def served(desk: Desk, database: str, tmp_path: Path) -> AsyncIterator[House]:
    async with house_of(desk.world, tmp_path, database) as made:
        yield made


async def ask(engine: Engine, viewer: Viewer, query: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return (await engine.run(Request(query, variables=variables), viewer)).body


def sent(desk: Desk, files: dict[str, str], **others: object) -> dict[str, object]:
    named = [{"name": name, "text": text} for name, text in files.items()]
    return {"form": desk.form, "year": 2024, "files": named} | others


def sheet(desk: Desk, content: bytes) -> dict[str, object]:
    return {"form": desk.form, "year": 2024, "sheet": base64.b64encode(content).decode()}


async def publish(engine: Engine, desk: Desk, upload: dict[str, object]) -> dict[str, Any]:
    body = await ask(engine, desk.admin, UPLOAD, upload=upload)
    body = await ask(engine, desk.admin, PUBLISH, id=body["data"]["uploadPack"]["id"])
    found: dict[str, Any] = body["data"]["publishPack"]
    return found


async def test_a_revision_from_its_workbook_to_its_publication(asked: Engine, desk: Desk) -> None:
    first = await publish(asked, desk, sent(desk, desk.files() | desk.case(expected="3"), note="Première"))
    assert (first["key"], first["state"], first["publishedBy"]) == (
        f"{desk.form}/2024/1",
        "PUBLISHED",
        "Admin Essai",
    )
    dossier = await desk.dossier(first["key"], {"L011.A": "4", "L011.B": "3000"})
    content = write_sheet(desk.files(formula="(A + B) * 1"))
    body = await ask(asked, desk.admin, UPLOAD, upload=sheet(desk, content))
    draft = body["data"]["uploadPack"]
    assert (draft["key"], draft["state"], draft["obstacles"]) == (f"{desk.form}/2024/2", "DRAFT", [])
    review = (await ask(asked, desk.admin, REVIEW, id=draft["id"]))["data"]["packDraft"]
    assert (review["base"], review["platform"], review["author"]) == (first["key"], "MIN", "Admin Essai")
    assert {"name": "tests/somme.json"}.items() <= review["files"][-1].items()
    assert review["tests"] == [{"name": "somme.json", "passed": True, "fault": None, "differences": []}]
    assert [(one["aspect"], one["breaking"]) for one in review["difference"]] == [("COLUMN", False)]
    assert review["trial"] == [
        {
            "dossier": {"id": str(dossier.id), "pack": first["key"]},
            "changed": 0,
            "values": [],
            "appearing": [],
            "disappearing": [],
        }
    ]
    lists = (await ask(asked, desk.admin, LISTS))["data"]
    assert lists["packDrafts"] == [{"id": draft["id"], "key": draft["key"]}]
    listed = next(one for one in lists["packs"] if one["key"] == first["key"])
    assert listed["sheetUrl"] == f"/packs/{first['key']}.xlsx"
    assert (listed["note"], listed["latest"], listed["editable"]) == ("Première", True, True)
    assert (await ask(asked, desk.admin, DISCARD, id=draft["id"]))["data"] == {"discardPackDraft": True}
    body = await ask(asked, desk.admin, DISCARD, id=draft["id"])
    assert error_of(body)["code"] == "PACK_DRAFT_UNKNOWN"


async def test_a_trial_shows_values_as_french_writes_them(asked: Engine, desk: Desk) -> None:
    first = await publish(asked, desk, sent(desk, desk.files()))
    await desk.dossier(first["key"], {"L011.A": "4", "L011.B": "3"})
    body = await ask(asked, desk.admin, UPLOAD, upload=sent(desk, desk.files(formula="A * B * 1000")))
    review = await ask(asked, desk.admin, REVIEW, id=body["data"]["uploadPack"]["id"])
    (tried,) = review["data"]["packDraft"]["trial"]
    assert tried["values"] == [
        {
            "cell": "A1.L011.X",
            "before": "7",
            "after": "12000",
            "beforeDisplay": "7,00",
            "afterDisplay": "12\u202f000,00",
        }
    ]
    assert [one["check"] for one in tried["appearing"]] == ["T-1"]


async def test_a_fault_says_where_and_stops_the_publication(asked: Engine, desk: Desk) -> None:
    body = await ask(asked, desk.admin, UPLOAD, upload=sent(desk, desk.files(formula="A +")))
    draft = body["data"]["uploadPack"]
    assert [one["code"] for one in draft["obstacles"]] == ["PACK_UNREADABLE"]
    review = (await ask(asked, desk.admin, REVIEW, id=draft["id"]))["data"]["packDraft"]
    assert (review["fault"]["file"], review["fault"]["line"], review["fault"]["severity"]) == (
        "part-01.txt",
        5,
        "FAULT",
    )
    assert (review["difference"], review["tests"], review["trial"]) == ([], [], [])
    before = await everything()
    refused = error_of(await ask(asked, desk.admin, PUBLISH, id=draft["id"]))
    assert refused["code"] == "PACK_UNREADABLE"
    assert refused["path"] == ["part-01.txt", "5", str(review["fault"]["column"])]
    assert await everything() == before


@pytest.mark.parametrize("login", STRANGERS)
async def test_others_are_refused_and_nothing_changes(asked: Engine, desk: Desk, login: str) -> None:
    draft, stranger = await desk.upload(), desk.world[login]
    before = await everything()
    body = await ask(asked, stranger, UPLOAD, upload=sheet(desk, b"not even opened"))
    assert error_of(body)["code"] == "REFUSED"
    for query in (PUBLISH, DISCARD, REVIEW):
        body = await ask(asked, stranger, query, id=str(draft.id))
        assert error_of(body)["code"] == "PACK_DRAFT_UNKNOWN"
    lists = (await ask(asked, stranger, LISTS))["data"]
    assert lists["packDrafts"] == []
    assert {one["editable"] for one in lists["packs"]} == {False}
    assert "ER/2024/1" in {one["key"] for one in lists["packs"]}
    assert await everything() == before


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("PACK_UPLOAD_AMBIGUOUS", {"sheet": "AAAA"}),
        ("PACK_UPLOAD_AMBIGUOUS", {"files": None}),
        ("BASE64_INVALID", {"files": None, "sheet": "é"}),
        ("SHEET_MALFORMED", {"files": None, "sheet": "AAAA"}),
        ("SHEET_TOO_LARGE", {"files": None, "sheet": "A" * 6_700_000}),
        ("PACK_DRAFT_UNKNOWN", {"replaces": "none"}),
    ],
)
async def test_an_upload_that_cannot_be_read_keeps_nothing(
    asked: Engine, desk: Desk, code: str, changes: dict[str, object]
) -> None:
    before = await everything()
    body = await ask(asked, desk.admin, UPLOAD, upload=sent(desk, desk.files()) | changes)
    assert error_of(body)["code"] == code
    assert await everything() == before


async def test_the_files_of_a_published_form_are_fetched_with_a_session_only(
    served: House, asked: Engine, desk: Desk
) -> None:
    row = await publish(asked, desk, sent(desk, desk.files() | desk.case(expected="3")))
    by = await served.sign_in("cdc")
    fetched = await served.get(f"/packs/{row['key']}.xlsx", by)
    assert fetched.headers["content-disposition"] == f'attachment; filename="{desk.form}-2024-1.xlsx"'
    assert dict(read_sheet(fetched.content)).keys() == desk.files().keys()
    fetched = await served.get(f"/packs/{row['key']}.zip", by)
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as archive:
        # The figures of a stored test are someone's: whoever may not change the form does without.
        assert {*archive.namelist()} == {*desk.files()}
    by = await served.sign_in("admin")
    fetched = await served.get(f"/packs/{row['key']}.zip", by)
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as archive:
        assert {*archive.namelist()} == {*desk.files(), "tests/somme.json"}
    for suffix in ("xlsx", "zip"):
        stranger = await served.http.get(f"/packs/{row['key']}.{suffix}")
        assert (stranger.status_code, stranger.json()["extensions"]["code"]) == (401, "UNAUTHENTICATED")
        unknown = await served.get(f"/packs/{desk.form}/2024/9.{suffix}", by)
        assert (unknown.status_code, unknown.json()["extensions"]["code"]) == (404, "PACK_UNKNOWN")
    shown = await served.http.get(f"/packs/{row['key']}.json")
    assert shown.json()["key"] == row["key"]


async def test_publishing_stands_alone_in_its_document(served: House, desk: Desk) -> None:
    draft = await desk.upload()
    before = await everything()
    one = f'publishPack(draft: "{draft.id}") {{ key }}'
    twice = f"mutation {{ a: {one} b: {one} }}"
    answer = await served.ask(twice, by=await served.sign_in("admin"))
    assert code_of(answer) == "MUTATION_NOT_ALONE"
    assert await everything() == before


async def test_the_whole_er_is_revised_and_tried_on_a_real_dossier(asked: Engine, desk: Desk) -> None:
    case = read_case("er-2024-plain")
    await loading.load(desk.world["saisie"], desk.world.dossier, loaded_file(case))
    files = dict(pack_texts(PackKey("ER", 2024, 1)))
    assert "B - D" in files["part-01.txt"]
    files["part-01.txt"] = files["part-01.txt"].replace("B - D", "B + D", 1)
    files["checks.txt"] += "\nNEW-1 | majeure | A1.L011.N | >= | 0 | 0 | toujours | Le net est positif\n"
    named = [{"name": name, "text": text} for name, text in files.items()]
    upload = {"form": "ER", "year": 2024, "files": named}
    body = await ask(asked, desk.admin, UPLOAD, upload=upload)
    draft = body["data"]["uploadPack"]
    before = await everything()
    review = (await ask(asked, desk.admin, REVIEW, id=draft["id"]))["data"]["packDraft"]
    assert await everything() == before
    assert (review["key"], review["fault"], review["base"]) == ("ER/2024/2", None, "ER/2024/1")
    found = {(one["aspect"], one["place"], one["breaking"]) for one in review["difference"]}
    assert {("COLUMN", "A1.N", False), ("CHECK", "NEW-1", False)} <= found
    (tried,) = review["trial"]
    assert tried["dossier"] == {"id": str(desk.world.dossier), "pack": "ER/2024/1"}
    assert tried["changed"] == len(tried["values"]) > 10
    shown = {one["cell"]: (one["before"], one["after"]) for one in tried["values"]}
    assert shown["A1.L011.N"] == (case["expected"]["A1.L011.N"], "-988543.4")
    assert [one["check"] for one in tried["appearing"]] == ["NEW-1"]


@pytest.mark.parametrize(("login", "told"), [("admin", True), ("cdc", False), ("saisie", False)])
async def test_a_note_and_who_published_are_told_to_editors_alone(
    asked: Engine, desk: Desk, login: str, told: bool
) -> None:
    upload = sent(desk, desk.files(checks=""))
    row = await publish(asked, desk, {**upload, "note": "note interne"})
    answer = await asked.run(Request("{ packs { key note publishedBy } }"), desk.world[login])
    (found,) = [one for one in answer.body["data"]["packs"] if one["key"] == row["key"]]
    assert (found["note"], found["publishedBy"] is not None) == ("note interne" if told else "", told)
