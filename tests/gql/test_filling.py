"""Last year, the other form, rows, history and trials, as the web client asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gql.execution import Engine, Request
from models import CellChange, Dossier, Justification, User
from resolvers import verification
from tests.gql.conftest import error_of
from tests.resolvers import past
from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK = """
query Look($id: ID!) { dossier(id: $id) {
  suggestionCount count: suggestionCount(tab: "A1")
  tabs(codes: ["A1", "A2", "F01"]) {
    suggestions { cell label previousDisplay currentDisplay variationDisplay acceptable }
  }
  commonCore { shared other { id form } divergences { id cell otherCell hereDisplay thereDisplay
    canCopyFromOther canCopyToOther provenance } }
} }
"""
ACCEPT = """
mutation Accept($id: ID!) { acceptSuggestions(dossier: $id, tab: "A1", idempotencyKey: "k") {
  written batch left changed } }
"""
UNDO = """
mutation Undo($id: ID!, $batch: ID!) { undoBatch(dossier: $id, batch: $batch, idempotencyKey: "u") {
  written left } }
"""
ROWS = """
mutation Rows($id: ID!, $changes: [RowChange!]!) { writeRows(dossier: $id, tab: "F01", changes: $changes) {
  keys written conflicts { cell theirs } refused { code } } }
"""
COPY = """
mutation Copy($id: ID!, $copy: CommonCoreCopy!) {
  copyCommonCore(dossier: $id, copy: $copy, idempotencyKey: "c") { written changed refused { code } } }
"""
HISTORY = """
query History($id: ID!, $cell: String!) { cellHistory(dossier: $id, cell: $cell, first: 5) {
  edges { cursor node { author beforeDisplay afterDisplay origin reason batch } } pageInfo { hasNextPage } } }
"""
TRY = """
query Try($id: ID!, $origin: ChangeOrigin! = TYPED) {
  dryRun(dossier: $id, writes: [{cell: "A1.L011.B", value: "1", origin: $origin}]) {
    changed major blocking conflicts { cell } refused { code }
    anomalies { check explanation proposedJustification } } }
"""
VERIFIED = """
query Verified($id: ID!) { dossier(id: $id) {
  verification { anomalies { check explanation proposedJustification } } } }
"""


@pytest.fixture
def ask(engine: Engine, world: World) -> Callable[..., Any]:
    async def asked(query: str, login: str = "saisie", **variables: object) -> Any:  # noqa: ANN401 - JSON
        given = {"id": str(world.dossier), **variables}
        return (await engine.run(Request(query, variables=given), world[login])).body

    return asked


async def test_last_year_is_looked_at_taken_over_undone_and_told(ask: Callable[..., Any]) -> None:
    await past.last_year({"A1.L011.B": "1234.5"}, past.FIRST_ROWS)
    looked = (await ask(LOOK))["data"]["dossier"]
    assert (looked["suggestionCount"], looked["count"], looked["commonCore"]) == (3, 1, None)
    (one,) = looked["tabs"][0]["suggestions"]
    assert (one["cell"], one["previousDisplay"], one["acceptable"]) == ("A1.L011.B", "1\u202f234,50", True)
    assert len(looked["tabs"][2]["suggestions"]) == 2
    taken = (await ask(ACCEPT))["data"]["acceptSuggestions"]
    assert (taken["written"], taken["changed"]["A1.L019.B"]) == (1, "1234.5")
    assert (await ask(ACCEPT))["data"]["acceptSuggestions"] == taken
    undone = await ask(UNDO, batch=taken["batch"])
    assert undone["data"]["undoBatch"] == {"written": 1, "left": []}
    told = (await ask(HISTORY, cell="A1.L011.B"))["data"]["cellHistory"]
    nodes = [edge["node"] for edge in told["edges"]]
    assert [(node["origin"], node["afterDisplay"]) for node in nodes] == [
        ("UNDO", ""),
        ("PREVIOUS_YEAR", "1\u202f234,50"),
    ]
    assert nodes[1]["batch"] == taken["batch"]
    assert error_of(await ask(UNDO, batch="x"))["code"] == "BATCH_UNKNOWN"


async def test_the_other_form_is_compared_and_copied(ask: Callable[..., Any], world: World) -> None:
    other = await past.survey(world, {"QA.L011.V": "Office d’essai"})
    core = (await ask(LOOK))["data"]["dossier"]["commonCore"]
    assert core["other"] == {"id": str(other), "form": "QDIS"}
    (one,) = core["divergences"]
    assert (one["cell"], one["thereDisplay"], one["canCopyFromOther"]) == (
        "G01.L011.V",
        "Office d’essai",
        True,
    )
    copy = {"divergences": [{"id": one["id"], "there": "Office d’essai"}], "direction": "FROM_OTHER"}
    copied = (await ask(COPY, copy=copy))["data"]["copyCommonCore"]
    assert (copied["written"], copied["changed"]["G01.L011.V"]) == (1, "Office d’essai")


async def test_rows_are_changed_and_wrong_values_told(ask: Callable[..., Any]) -> None:
    made = (await ask(ROWS, changes=[{"action": "ADD", "values": {"C10": "5"}}]))["data"]["writeRows"]
    (key,) = made["keys"]
    gone = await ask(ROWS, changes=[{"action": "DELETE", "key": key, "was": {"C10": "4"}}])
    assert gone["data"]["writeRows"]["conflicts"] == [{"cell": f"F01[{key}].C10", "theirs": "5"}]
    wrong = await ask(ROWS, changes=[{"action": "ADD", "values": {"C10": 5}}])
    assert error_of(wrong)["code"] == "ROW_VALUES_INVALID"


async def test_a_trial_explains_and_proposes_last_years_reason_to_who_may_read_it(
    ask: Callable[..., Any], world: World
) -> None:
    before = await past.last_year({})
    tried = (await ask(TRY))["data"]["dryRun"]
    check = tried["anomalies"][0]["check"]
    assert all(one["explanation"].endswith(".") for one in tried["anomalies"])
    author = await User.get(login="hierarchie")
    await Justification.create(
        dossier_id=before, check_id=check, text="Comme toujours.", author=author, at=author.created_at
    )
    again = (await ask(TRY))["data"]["dryRun"]["anomalies"][0]
    assert again["proposedJustification"] == "Comme toujours."
    assert await CellChange.all().count() == 0
    assert error_of(await ask(TRY, origin="XML"))["code"] == "ORIGIN_NOT_ENTRY"
    # The same anomalies, kept, as the partner reads them: it may not read last year.
    await verification.verify(world["saisie"], world.dossier)
    await Dossier.filter(id=world.dossier).update(step=4)
    for login, reason in (("saisie", "Comme toujours."), ("cdc", None)):
        found = (await ask(VERIFIED, login))["data"]["dossier"]["verification"]["anomalies"]
        assert {one["proposedJustification"] for one in found if one["check"] == check} <= {reason}


@pytest.mark.parametrize(
    ("query", "variables", "most"),
    [
        (LOOK, {}, 12),
        (ACCEPT, {}, 14),
        (HISTORY, {"cell": "A1.L011.B"}, 4),
        (TRY, {}, 9),
        (ROWS, {"changes": [{"action": "ADD"}, {"action": "ADD"}]}, 12),
    ],
)
async def test_what_is_asked_costs_few_statements_however_much_there_is(
    ask: Callable[..., Any],
    world: World,
    statements: Callable[[], list[str]],
    query: str,
    variables: dict[str, object],
    most: int,
) -> None:
    cells = {f"A1.L{line:03}.B": "1" for line in range(11, 60)}
    await past.last_year({**cells, **{f"A2.L{line:03}.B": "1" for line in range(11, 60)}}, past.FIRST_ROWS)
    await past.survey(world, {"QA.L011.V": "x", "QA.L017.V": "12"})
    await ask(LOOK)
    statements()
    body = await ask(query, **variables)
    assert "errors" not in body
    assert len(statements()) <= most


@pytest.mark.parametrize("login", ["hierarchie", "ministere", "cdc", "ancols", "voisin"])
async def test_who_may_not_write_is_refused_each_verb_and_changes_nothing(
    ask: Callable[..., Any], world: World, login: str
) -> None:
    await past.last_year({"A1.L011.B": "1"})
    await past.survey(world, {"QA.L011.V": "x"})
    before = await past.kept()
    copy = {"divergences": [{"id": "QA.L011.V", "there": "x"}], "direction": "FROM_OTHER"}
    for query, variables in (
        (ACCEPT, {}),
        (UNDO, {"batch": str(world.dossier)}),
        (ROWS, {"changes": [{"action": "ADD"}]}),
        (COPY, {"copy": copy}),
        (TRY, {}),
    ):
        code = error_of(await ask(query, login, **variables))["code"]
        assert code in {"REFUSED", "NOT_FOUND", "COMMON_CORE_UNAVAILABLE"}
    assert await past.kept() == before
