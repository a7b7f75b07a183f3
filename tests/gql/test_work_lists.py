"""Work lists, kept searches, labels and lists' looks as a client asks for them over HTTP."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from models import SavedSearch, WorkListItem
from tests.gql.conftest import code_of, house_of
from tests.kept import dossier_of
from tests.world import SIREN, build_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.gql.conftest import House

LISTS = "{ workLists { id name shared mine managed isDefault owner sort descending count createdAt } }"
CREATE = """mutation New($name: String! = "À clore", $key: String! = "c") {
  createWorkList(name: $name, shared: true, idempotencyKey: $key) { id name shared owner managed } }"""
ADD = """mutation Add($list: ID!, $ids: [ID!]!, $key: String! = "a") {
  addToWorkList(list: $list, dossiers: $ids, idempotencyKey: $key) {
    added already refused removed list { count } } }"""
IMPORT = """mutation Load($list: ID!, $file: String!, $first: Int! = 500, $key: String! = "i") {
  importWorkList(list: $list, file: $file, year: 2024, idempotencyKey: $key) {
    added already refused list { count }
    lines(outcomes: [UNKNOWN, UNREADABLE], first: $first) { number text outcome message } } }"""
SORT = """mutation Sort($list: ID!) {
  sortWorkList(list: $list, sort: STEP_SINCE, descending: true, idempotencyKey: "o") { sort descending } }"""
SAVE = """mutation Save($criteria: DossierCriteria!) {
  saveSearch(name: "Habitat", criteria: $criteria, sort: NAME, idempotencyKey: "s") {
    id name criteria sort descending } }"""
SEARCHES = "{ savedSearches { id name criteria sort descending } }"
FIND = "query Find($criteria: DossierCriteria) { dossiers(criteria: $criteria) { totalCount } }"
FORGET = 'mutation Forget($id: ID!) { deleteSavedSearch(id: $id, idempotencyKey: "f") }'
LABEL = 'mutation Label { createLabel(name: "À revoir", tone: AMBER, idempotencyKey: "l") { id name tone } }'
PUT = """mutation Put($ids: [ID!]!, $add: [ID!]!) {
  setLabels(dossiers: $ids, add: $add, remove: [], idempotencyKey: "p") }"""
LABELLED = "{ dossiers { edges { node { id labels { name tone } } } } labels { name } }"
VIEW = """mutation View { saveListView(place: RESULTS, columns: ["code", "step"], paged: true) {
  place columns paged } }"""
SEEN = "{ listView(place: RESULTS) { columns paged } other: listView(place: WORK_LIST) { columns paged } }"


@pytest.fixture
async def house(database: str, tmp_path: Path) -> AsyncIterator[House]:
    async with house_of(await build_world(step=4), tmp_path, database) as found:
        yield found


async def asked(house: House, text: str, login: str = "saisie", **variables: Any) -> Any:  # noqa: ANN401 - JSON
    body = (await house.ask(text, variables, by=await house.sign_in(login))).json()
    assert "errors" not in body, body
    return body["data"]


async def refused(house: House, text: str, login: str = "saisie", **variables: Any) -> str:  # noqa: ANN401 - JSON
    return code_of(await house.ask(text, variables, by=await house.sign_in(login)))


async def test_a_list_is_made_filled_sorted_and_seen(house: House) -> None:
    (mine,) = (await asked(house, LISTS))["workLists"]
    assert (mine["name"], mine["isDefault"], mine["managed"], mine["count"]) == ("", True, False, 0)
    made = (await asked(house, CREATE))["createWorkList"]
    assert (made["shared"], made["managed"], made["owner"]) == (True, True, "Saisie Essai")
    dossier = str(house.world.dossier)
    done = (await asked(house, ADD, list=made["id"], ids=[dossier, "pas un identifiant"]))["addToWorkList"]
    assert done == {"added": 1, "already": 0, "refused": 1, "removed": 0, "list": {"count": 1}}
    assert (await asked(house, SORT, list=made["id"]))["sortWorkList"] == {
        "sort": "STEP_SINCE",
        "descending": True,
    }
    theirs = (await asked(house, LISTS, "comptable"))["workLists"]
    assert [(one["name"], one["mine"], one["count"], one["sort"]) for one in theirs] == [
        ("", True, 0, "CODE"),
        ("À clore", False, 1, "STEP_SINCE"),
    ]
    for login, asked_for in (("voisin", made["id"]), ("saisie", "aucune")):
        assert await refused(house, ADD, login, list=asked_for, ids=[dossier]) == "WORK_LIST_UNKNOWN"
    assert await refused(house, CREATE, name="À clore", key="d") == "WORK_LIST_NAMED"
    assert await WorkListItem.all().count() == 1


async def test_a_file_is_loaded_with_a_report_by_line(house: House) -> None:
    (mine,) = (await asked(house, LISTS))["workLists"]
    await dossier_of(SIREN, 2023, "001")
    file = base64.b64encode(f"{SIREN}\n=1+1\n111111111\n".encode()).decode()
    told = (await asked(house, IMPORT, list=mine["id"], file=file))["importWorkList"]
    lines = told.pop("lines")
    assert told == {"added": 1, "already": 0, "refused": 2, "list": {"count": 1}}
    assert [(line["number"], line["text"], line["outcome"]) for line in lines] == [
        (2, "=1+1", "UNREADABLE"),
        (3, "111111111", "UNKNOWN"),
    ]
    for variables, code in (
        ({"file": "é"}, "BASE64_MALFORMED"),
        ({"file": base64.b64encode(b"PK\x03\x04\0").decode()}, "CSV_ENCODING"),
        ({"file": file, "first": 0}, "FIRST_OUT_OF_BOUNDS"),
        ({"file": file, "first": 2_001, "key": "j"}, "FIRST_OUT_OF_BOUNDS"),
    ):
        assert await refused(house, IMPORT, list=mine["id"], **variables) == code
    assert await WorkListItem.all().count() == 1


async def test_a_file_of_a_million_lines_is_refused_in_words_and_adds_nothing(house: House) -> None:
    (mine,) = (await asked(house, LISTS))["workLists"]
    for lines in (f"SIREN\r\n{SIREN}\r\n" + "1;\n" * 1_000_000, f"{SIREN}\n" * 1_000_000):
        file = base64.b64encode(lines.encode()).decode()
        answer = await house.ask(IMPORT, {"list": mine["id"], "file": file}, by=await house.sign_in("saisie"))
        assert code_of(answer) == "CSV_TOO_LARGE"
        told = answer.json()["errors"][0]["message"]
        assert (
            told == "Ce fichier dépasse 8\u00a0Mo ou 20\u202f000 lignes\u00a0: importez-le en plusieurs fois."
        )
    assert await WorkListItem.all().count() == 0


async def test_a_kept_search_is_asked_again_as_it_was(house: House) -> None:
    wanted = {"search": "habitat", "steps": ["REVIEW"], "category": "OPH", "year": 2024, "department": None}
    saved = (await asked(house, SAVE, criteria=wanted))["saveSearch"]
    kept = {name: value for name, value in wanted.items() if value is not None}
    assert orjson.loads(saved["criteria"]) == kept
    assert (saved["sort"], saved["descending"]) == ("NAME", False)
    assert (await asked(house, SEARCHES))["savedSearches"] == [saved]
    assert (await asked(house, SEARCHES, "comptable"))["savedSearches"] == []
    found = await asked(house, FIND, criteria=orjson.loads(saved["criteria"]))
    assert found["dossiers"]["totalCount"] == 1
    assert await refused(house, FORGET, "comptable", id=saved["id"]) == "SAVED_SEARCH_UNKNOWN"
    assert await refused(house, FORGET, id="aucune") == "SAVED_SEARCH_UNKNOWN"
    assert (await asked(house, FORGET, id=saved["id"]))["deleteSavedSearch"] is True
    assert await SavedSearch.all().count() == 0


async def test_labels_and_looks_are_told_to_their_own(house: House) -> None:
    label = (await asked(house, LABEL))["createLabel"]
    assert (await asked(house, PUT, ids=[str(house.world.dossier)], add=[label["id"]]))["setLabels"] == 1
    told = await asked(house, LABELLED, "comptable")
    assert told["labels"] == [{"name": "À revoir"}]
    assert [edge["node"]["labels"] for edge in told["dossiers"]["edges"]] == [
        [{"name": "À revoir", "tone": "AMBER"}]
    ]
    other = await asked(house, LABELLED, "ministere")
    assert other["labels"] == []
    assert other["dossiers"]["edges"][0]["node"]["labels"] == []
    assert await refused(house, PUT, "ministere", ids=[str(house.world.dossier)], add=[label["id"]]) == (
        "LABEL_UNKNOWN"
    )
    await asked(house, VIEW)
    assert await asked(house, SEEN) == {
        "listView": {"columns": ["code", "step"], "paged": True},
        "other": {"columns": [], "paged": False},
    }
