"""What is declared is what is refused: with every right but the one declared, nothing; with it, an answer."""

from __future__ import annotations

import re
from string import Template
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from forms import load_pack
from gql.execution import Request
from models import close_database, execute, open_database, transaction
from resolvers import crossing
from tests.catalogue import forget_published
from tests.gql.declared import Case, Rights, declared_fields
from tests.gql.declared_cases import CASES
from tests.gql.declared_life import MOVES
from tests.gql.declared_things import PUT
from tests.gql.declared_world import Asker, Declaring, build_declared

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

FIELDS = declared_fields()
# What is too long to stand in a document, by the type of its variable.
LARGE = {
    "xml": "String!",
    "sheet": "String!",
    "rows": "String!",
    "yes": "[Boolean!]!",
    "csv": "String!",
    "files": "[PackFileInput!]!",
}


@pytest.fixture(scope="module")
async def declaring(
    template: str, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Declaring]:
    url = new_database(template)
    with pytest.MonkeyPatch.context() as patch:
        # What is published here is forgotten after it.
        forget_published(patch)
        await open_database(url)
        try:
            yield await build_declared(url, tmp_path_factory.mktemp("declared"), CASES)
        finally:
            await close_database()


class _AnsweredError(Exception):
    """Carries an answer, and whether it left everything as it was, out of what is taken back."""

    def __init__(self, code: str, *, clean: bool) -> None:
        super().__init__()
        self.code, self.clean = code, clean


async def answer(declaring: Declaring, case: Case, asker: Asker) -> tuple[str, bool]:
    """The code that an asker reads, and whether nothing was changed; what was is taken back."""
    laid = """UPDATE dossier SET step = %s, passes = %s, handed_back_at = CASE WHEN %s THEN now() END
    WHERE id = %s AND (step <> %s OR (handed_back_at IS NOT NULL) <> %s)"""
    stands = [case.step, case.step, case.handed_back]
    await execute(laid, [*stands, declaring.named["dossier"], case.step, case.handed_back])
    before = await declaring.state()
    try:
        await _ask(declaring, case, asker, before)
    except _AnsweredError as answered:
        return answered.code, answered.clean
    raise AssertionError


async def _ask(declaring: Declaring, case: Case, asker: Asker, before: str) -> NoReturn:
    async with transaction():
        code = await (_fetched if case.route else _run)(declaring, case, asker)
        raise _AnsweredError(code, clean=code == "OK" or await declaring.state() == before)
    raise AssertionError


async def _run(declaring: Declaring, case: Case, asker: Asker) -> str:
    text = Template(case.text).substitute({**declaring.named, **asker.own})
    large = [name for name in LARGE if re.search(rf"\${name}\b", text)]
    kind = "mutation" if case.field.startswith("Mutation.") else "query"
    head = ", ".join(f"${name}: {LARGE[name]}" for name in large)
    document = f"{kind} Ask{f'({head})' if head else ''} {{ {text} }}"
    variables = {name: declaring.large[name] for name in large}
    body = (await declaring.engine.run(Request(document, variables=variables), asker.viewer)).body
    if "errors" in body:
        return str(body["errors"][0]["extensions"]["code"])
    (found,) = body["data"].values()
    return "EMPTY" if _empty(found) else "NOT_WRITTEN" if _unwritten(found) else "OK"


def _empty(found: Any) -> bool:  # noqa: ANN401 - what a field answers
    held = found["edges"] if isinstance(found, dict) and "edges" in found else found
    return held == [] and (not isinstance(found, dict) or not found.get("totalCount"))


def _unwritten(found: Any) -> bool:  # noqa: ANN401 - what a field answers
    return isinstance(found, dict) and bool(found.get("refused") or found.get("conflicts"))


async def _fetched(declaring: Declaring, case: Case, asker: Asker) -> str:
    path = Template(case.text).substitute({**declaring.named, **asker.own})
    method, sent = ("PUT", PUT) if case.field.startswith("PUT ") else ("GET", None)
    found = await declaring.http.request(method, path, content=sent, headers=asker.proof)
    if found.status_code != 200:
        return str(found.json()["extensions"]["code"])
    return "EMPTY" if found.headers.get("x-total-count") == "0" else "OK"


def faults(lost: Rights, read: str, expected: str) -> str:
    """What is wrong with what someone reads; empty where it is as declared."""
    without = ", ".join(sorted(lost)) or "nothing"
    return "" if read == expected else f"without {without}: {read} instead of {expected}"


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
async def test_who_lacks_what_is_declared_is_refused_and_changes_nothing(
    declaring: Declaring, case: Case
) -> None:
    wrong = []
    for lost in case.lacking(declaring.declared[case.field]):
        for asker, expected in (
            (declaring.people[case.place, lost], case.refused),
            (declaring.machines[case.place, lost], case.machine[0] or case.refused),
        ):
            code, clean = await answer(declaring, case, asker)
            wrong.append(faults(lost, code, expected) or ("" if clean else "something changed"))
    assert [each for each in wrong if each] == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
async def test_who_has_one_of_what_is_declared_is_answered(declaring: Declaring, case: Case) -> None:
    """One of several suffices to a person; a system is asked with its widest token."""
    wrong = []
    for lost in case.sparing(declaring.declared[case.field]):
        code, _ = await answer(declaring, case, declaring.people[case.place, lost])
        wrong.append(faults(lost, code, case.passes))
    code, _ = await answer(declaring, case, declaring.machines[case.place, frozenset()])
    wrong.append(faults(frozenset(), code, case.machine[1] or case.passes))
    assert [each for each in wrong if each] == []


def test_each_declaration_has_its_case(declaring: Declaring) -> None:
    """A field, mutation or route that is declared later is named here until the table has a row for it."""
    tried = {case.field for case in CASES}
    assert sorted(set(declaring.declared) - tried) == [], "add a row: tests/gql/declared_cases.py"
    assert sorted(tried - set(declaring.declared)) == [], "nothing is declared under this name any more"


def test_each_right_that_is_declared_is_asked_for_by_some_case(declaring: Declaring) -> None:
    for name, declared in declaring.declared.items():
        asked = [case.rights or declared for case in CASES if case.field == name]
        assert frozenset().union(*asked) == declared, name


def test_each_move_of_the_cycle_has_its_case() -> None:
    cycle = load_pack("ER/2024/1").cycle
    expected = {(move.name, int(move.source), move.right) for move in cycle.moves if move.name != "transmit"}
    assert {(name, step, right.value) for name, step, right in MOVES} == expected


async def test_what_was_tried_is_taken_back(declaring: Declaring) -> None:
    case = next(case for case in CASES if case.field == "Mutation.createUser")
    before = await declaring.state()
    for _ in range(2):
        assert (await answer(declaring, case, declaring.people[case.place, frozenset()]))[0] == "OK"
    assert await declaring.state() == before


async def test_a_resolver_that_forgets_to_ask_would_be_noticed(
    declaring: Declaring, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case, *_) = [case for case in CASES if case.field == "Mutation.advanceDossier"]
    asker = declaring.people[case.place, case.rights]
    assert await answer(declaring, case, asker) == (case.refused, True)
    monkeypatch.setattr(crossing, "require", lambda *_: None)
    assert (await answer(declaring, case, asker))[0] == "OK"
