"""What is wrong with variables is told in French, with its place and what was sent: never in English."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from graphql import OperationDefinitionNode, build_schema, parse

from gql.execution import Request
from gql.variable_faults import LONGEST_TOLD, MOST_TOLD, variable_faults
from tests.gql.french import english, plain

if TYPE_CHECKING:
    from gql.execution import Engine
    from tests.world import World

FIND = """query Find($criteria: DossierCriteria, $sort: DossierSort!, $first: Int = 5, $down: Boolean) {
  dossiers(criteria: $criteria, sort: $sort, first: $first, descending: $down) { totalCount } }"""
WRITE = (
    "mutation W($id: ID!, $writes: [CellWrite!]!) { writeCells(dossier: $id, writes: $writes) { written } }"
)
LATE = (
    'query L($by: Date!) { transmittedBy(platform: "MIN", form: "ER", year: 2024, by: $by) { totalCount } }'
)


def writes(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Two writes, the second of them with these values; one of `...` is left out."""
    second = {"cell": "A1", "value": "1", "was": "", **changes}
    kept = {name: value for name, value in second.items() if value is not ...}
    return {"id": "x", "writes": [{"cell": "A1", "value": "1", "was": ""}, kept]}


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    # A variable that is missing, null or of another form.
    (FIND, {}, "sort", "La variable « $sort » manque : donnez-lui une valeur de type « DossierSort! »."),
    (FIND, {"sort": None}, "sort", "est nulle, alors que le schéma en attend une (« DossierSort! »)"),
    (FIND, {"sort": "PASSWORD"}, "sort", "« PASSWORD » n’est pas une valeur de « DossierSort », dont le"),
    (FIND, {"sort": "Code"}, "sort", "« Code » n’est pas une valeur"),
    (FIND, {"sort": 7}, "sort", "« 7 » n’est pas une valeur"),
    (FIND, {"sort": ["CODE"]}, "sort", "« une liste » n’est pas une valeur"),
    (FIND, {"sort": {"a": 1}}, "sort", "« un objet » n’est pas une valeur"),
    (FIND, {"sort": "CODE", "first": "5"}, "first", "au lieu de « 5 », donnez un nombre entier de −2 147"),
    (FIND, {"sort": "CODE", "first": 5.5}, "first", "au lieu de « 5.5 », donnez un nombre entier"),
    (FIND, {"sort": "CODE", "first": True}, "first", "au lieu de « true », donnez un nombre entier"),
    (FIND, {"sort": "CODE", "first": 2**31}, "first", "au lieu de « 2147483648 », donnez un nombre entier"),
    (FIND, {"sort": "CODE", "first": 10**60}, "first", "donnez un nombre entier"),
    (FIND, {"sort": "CODE", "first": [1, 2]}, "first", "au lieu de « une liste », donnez un nombre entier"),
    (FIND, {"sort": "CODE", "down": "yes"}, "down", "au lieu de « yes », donnez vrai ou faux, sans guille"),
    (FIND, {"sort": "CODE", "down": 1}, "down", "au lieu de « 1 », donnez vrai ou faux"),
    # Within an input.
    (
        FIND,
        {"sort": "CODE", "criteria": 7},
        "criteria",
        "au lieu de « 7 », donnez un objet « DossierCriteria »",
    ),
    (FIND, {"sort": "CODE", "criteria": []}, "criteria", "au lieu de « une liste », donnez un objet"),
    (
        FIND,
        {"sort": "CODE", "criteria": {"nme": "x"}},
        "criteria.nme",
        "Le champ « nme » de « $criteria » n’existe pas dans « DossierCriteria » : retirez-le",
    ),
    (
        FIND,
        {"sort": "CODE", "criteria": {"year": "2024"}},
        "criteria.year",
        "La valeur de « $criteria.year » ne convient pas : au lieu de « 2024 », donnez un nombre entier",
    ),
    (
        FIND,
        {"sort": "CODE", "criteria": {"search": 7}},
        "criteria.search",
        "au lieu de « 7 », donnez un texte",
    ),
    (FIND, {"sort": "CODE", "criteria": {"search": ["a"]}}, "criteria.search", "donnez un texte"),
    (FIND, {"sort": "CODE", "criteria": {"labels": [{}]}}, "criteria.labels.0", "donnez un identifiant"),
    (FIND, {"sort": "CODE", "criteria": {"officer": 1.5}}, "criteria.officer", "donnez un identifiant"),
    (
        FIND,
        {"sort": "CODE", "criteria": {"steps": ["REVIEW", "NOWHERE"]}},
        "criteria.steps.1",
        "La valeur de « $criteria.steps[1] » ne convient pas : « NOWHERE » n’est pas une valeur de « Step »",
    ),
    (FIND, {"sort": "CODE", "criteria": {"steps": [None]}}, "criteria.steps.0", "est nulle"),
    # A list of inputs.
    (WRITE, {"id": "x"}, "writes", "La variable « $writes » manque"),
    (WRITE, {"id": True, "writes": []}, "id", "donnez un identifiant, texte ou nombre entier."),
    (WRITE, {"id": "x", "writes": "A1"}, "writes", "donnez un objet « CellWrite »"),
    (WRITE, writes(cell=...), "writes.1.cell", "Il manque à « $writes[1] » le champ « cell », obligatoire"),
    (WRITE, writes(cell=None), "writes.1.cell", "La valeur de « $writes[1].cell » est nulle"),
    (WRITE, writes(cell=12), "writes.1.cell", "au lieu de « 12 », donnez un texte"),
    (WRITE, writes(valeur="1"), "writes.1.valeur", "Le champ « valeur » de « $writes[1] » n’existe pas"),
]


@pytest.mark.parametrize(("document", "variables", "place", "said"), BAD)
async def test_a_variable_that_does_not_fit_is_told_in_french(
    engine: Engine, world: World, document: str, variables: dict[str, Any], place: str, said: str
) -> None:
    outcome = await engine.run(Request(document, variables=variables), world["saisie"])
    (error,) = outcome.body["errors"]
    told = error["extensions"]
    assert (outcome.invalid, "data" in outcome.body) == (True, False)
    assert (told["code"], told["path"]) == ("VARIABLE_INVALID", ["variables", *place.split(".")])
    assert told["details"]["variable"] == place.split(".", maxsplit=1)[0]
    assert said in plain(error["message"]), plain(error["message"])
    assert english(error["message"]) == set()
    assert len(error["message"]) < 300
    assert error["locations"][0]["line"] == 1


@pytest.mark.parametrize("by", ["2026-13-01", "hier", 7, "0001-01-01", [1], {}, True, "2026-02-30"])
async def test_a_day_that_is_none_keeps_its_own_code(engine: Engine, world: World, by: object) -> None:
    outcome = await engine.run(Request(LATE, variables={"by": by}), world["saisie"])
    (error,) = outcome.body["errors"]
    assert error["extensions"] == {"code": "DATE_INVALID", "path": ["variables", "by"]}
    assert error["message"].startswith("Donnez la date sous la forme AAAA-MM-JJ")


async def test_a_variable_that_is_null_where_its_argument_may_not_be(engine: Engine, world: World) -> None:
    """The schema lets a variable that may be null stand where there is a default; the value may still not."""
    document = (
        "query F($n: Int, $if: Boolean = true) { dossiers(first: $n) { totalCount @include(if: $if) } }"
    )
    for variables, variable, argument in (({"n": None}, "n", "first"), ({"n": 5, "if": None}, "if", "if")):
        outcome = await engine.run(Request(document, variables=variables), world["saisie"])
        (error,) = outcome.body["errors"]
        told = error["extensions"]
        assert (told["code"], told["path"]) == ("VARIABLE_INVALID", ["variables", variable])
        assert told["details"] == {"variable": variable, "argument": argument}
        assert english(error["message"]) == set()


async def test_what_fits_is_read_again_by_nobody(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("gql.execution.variable_faults")
    fine = {"sort": "CODE", "criteria": {"steps": "REVIEW", "labels": [], "year": 2024.0}, "down": False}
    outcome = await engine.run(Request(FIND, variables=fine), world["saisie"])
    assert outcome.body == {"data": {"dossiers": {"totalCount": 0}}}


SCHEMA = build_schema("""scalar DateTime scalar Other input Deep { more: [[Deep!]!] at: Float }
type Query { a(d: Deep, o: Other, t: DateTime, n: Int): String }""")
SCHEMA.type_map["DateTime"].coerce_input_value = datetime.fromisoformat  # type: ignore[attr-defined] # a scalar


def told(head: str, variables: dict[str, Any]) -> list[str]:
    operation = parse(f"query Q({head}) {{ a }}").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return [plain(one.message) for one in variable_faults(SCHEMA, operation, variables)]


def test_lists_in_lists_are_told_by_their_places_and_no_more_than_a_few() -> None:
    found = told("$d: Deep", {"d": {"more": [[{"at": "x"}, {"at": 1}, None], {"at": []}]}})
    assert [one.partition("»")[0] for one in found] == [
        "La valeur de « $d.more[0][0].at ",
        "La valeur de « $d.more[0][2] ",
        "La valeur de « $d.more[1].at ",
    ]
    assert len(told("$a: [Int!], $b: Int!, $c: [Int]", {"a": ["x"] * 500, "c": ["x"]})) == MOST_TOLD
    assert told("$a: [Int!] = 7, $d: Deep, $o: Other", {"o": {"any": "thing"}}) == []


def test_a_long_or_unreadable_value_is_told_by_its_start() -> None:
    (found,) = told("$n: Int", {"n": "\x1b[2J" + "a" * 5_000_000})
    assert f"« \ufffd[2J{'a' * (LONGEST_TOLD - 4)}… »" in found
    assert "\x1b" not in found


@pytest.mark.parametrize(
    ("head", "value", "said"),
    [
        ("$t: DateTime", "hier", "donnez un instant au format ISO 8601, par exemple 2026-11-21T22:30:00Z."),
        ("$t: DateTime", 7, "donnez un instant au format ISO 8601"),
        ("$t: Other", float("nan"), ""),
        ("$t: Float", "1,5", "au lieu de « 1,5 », donnez un nombre."),
    ],
)
def test_what_no_argument_takes_yet_is_told_alike(head: str, value: object, said: str) -> None:
    found = told(head, {"t": value})
    assert len(found) == bool(said)
    assert said in "".join(found)
