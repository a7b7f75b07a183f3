"""The bound on variables: what it lets through, what it refuses, and that it refuses before any work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gql.documents import Documents
from gql.execution import Engine, Request
from gql.variables import DEEPEST, LONGEST_LIST, MOST_VALUES, check_variables
from models import CellChange, Invalid, fetch
from tests.gql.conftest import error_of
from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITES = (
    "mutation W($id: ID!, $writes: [CellWrite!]!) { writeCells(dossier: $id, writes: $writes) { written } }"
)
ITEM = {"cell": "A1.L011.B", "value": "1", "was": "1", "reason": "Motif"}


class Counted(list[Any]):
    """A list that knows how many of its items were looked at."""

    def __init__(self, items: list[Any]) -> None:
        super().__init__(items)
        self.looked = 0

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            self.looked += 1
            yield item


def refused(variables: dict[str, Any]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        check_variables(variables)
    assert (caught.value.code, caught.value.path) == ("VARIABLES_TOO_LARGE", ("variables",))
    return caught.value


def nested(levels: int) -> Any:  # noqa: ANN401 - lists in lists
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def test_a_full_batch_of_writes_and_a_whole_file_pass() -> None:
    assert check_variables({"id": "x", "writes": [ITEM] * 2_000}) == 2 + 2_000 + 8_000
    assert check_variables({"id": "x", "xml": "x" * 5_000_000}) == 2
    assert check_variables({}) == 0


def test_each_value_is_looked_at_once() -> None:
    inner = Counted([1] * 1_000)
    outer = Counted([inner])
    assert check_variables({"a": outer}) == 1 + 1 + 1_000
    assert (outer.looked, inner.looked) == (1, 1_000)


def test_a_list_too_long_is_refused_unread() -> None:
    check_variables({"a": [1] * LONGEST_LIST})
    long = Counted([ITEM] * (LONGEST_LIST + 1))
    problem = refused({"deep": {"a": long}})
    assert long.looked == 0
    assert problem.details == {"limit": "list", "max": LONGEST_LIST}
    assert problem.message == (
        "Les variables de la demande sont trop grandes\u00a0: plus de 2\u202f000 éléments dans une liste."
        " Envoyez-les en plusieurs fois."
    )


def test_what_exceeds_the_whole_is_refused_unread() -> None:
    lists = [Counted([1] * LONGEST_LIST) for _ in range(12)]
    problem = refused({"a": lists})
    assert problem.details == {"limit": "values", "max": MOST_VALUES}
    assert sum(one.looked for one in lists) <= MOST_VALUES
    assert lists[-1].looked == 0
    assert refused({str(n): n for n in range(MOST_VALUES + 1)}).details["limit"] == "values"


def test_nesting_is_bounded_without_recursion() -> None:
    assert check_variables({"a": nested(DEEPEST - 1)}) == DEEPEST
    assert refused({"a": nested(DEEPEST)}).details == {"limit": "depth", "max": DEEPEST}
    assert refused({"a": nested(100_000)}).details["limit"] == "depth"


async def test_too_many_writes_are_refused_before_the_document_is_even_read(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    prepare = Documents.prepare

    def noted(self: Documents, text: str, variables: dict[str, Any]) -> object:
        prepared.append(text)
        return prepare(self, text, variables)

    monkeypatch.setattr(Documents, "prepare", noted)
    writes = Counted([ITEM] * 300_000)
    request = Request(WRITES, variables={"id": str(world.dossier), "writes": writes})
    outcome = await engine.run(request, world["saisie"])
    assert error_of(outcome.body)["code"] == "VARIABLES_TOO_LARGE"
    assert outcome.invalid
    assert (writes.looked, prepared) == (0, [])
    assert await CellChange.all().count() == 0
    few = Request(WRITES, variables={"id": str(world.dossier), "writes": [{**ITEM, "was": None}]})
    assert (await engine.run(few, world["saisie"])).body["data"]["writeCells"]["written"] == 1
    assert prepared == [WRITES]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query Q($t: String!) { dossiers(criteria: {search: $t}) { totalCount } }", {"t": "a\0"}),
        ("query Q($t: String!) { dossiers(criteria: {form: $t}) { totalCount } }", {"t": "\0"}),
        (
            "query Q($c: DossierCriteria!) { dossiers(criteria: $c) { totalCount } }",
            {"c": {"department": "\0"}},
        ),
        ("query Q($t: String!) { dossiers(after: $t) { totalCount } }", {"t": "\0"}),
        ("query Q($t: String!) { exports(after: $t) { edges { cursor } } }", {"t": "\0"}),
        ("query Q($t: [String!]!) { viewer { name } }", {"t": ["a", "\0"]}),
        (r'{ dossiers(criteria: {search: "\u0000"}) { totalCount } }', {}),
        ('{ dossiers(criteria: {search: "\0"}) { totalCount } }', {}),
        ('mutation { login(login: "a\0", password: "b") { name } }', {}),
        (r'mutation { login(login: "a\u0000", password: "b") { name } }', {}),
        ("mutation L($t: String!) { login(login: $t, password: $t) { name } }", {"t": "a\0"}),
    ],
)
async def test_a_nul_is_refused_before_it_reaches_the_database(
    engine: Engine, world: World, query: str, variables: dict[str, Any]
) -> None:
    callers = (world["saisie"], None) if "login" in query else (world["saisie"],)
    for viewer in callers:
        outcome = await engine.run(Request(query, variables=variables), viewer)
        assert error_of(outcome.body)["code"] == "NUL_REFUSED"
        assert "caractère nul" in outcome.body["errors"][0]["message"]
        assert outcome.invalid
    assert await fetch("SELECT id FROM sign_in_failure") == []
