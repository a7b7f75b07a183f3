"""What fields cost by themselves: what takes long is not asked of a list, nor thirty times."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from graphql import parse

from gql.execution import Engine, Request
from gql.guard import Guard, Limits
from gql.schema import build_schema, field_weights, list_sizes, longest_pages
from models import Invalid
from resolvers import pack_review
from tests.desk import build_desk

if TYPE_CHECKING:
    from resolvers.pack_rows import DraftRow, Reading
    from tests.world import World

GUARD = Guard(
    Limits(), list_sizes(build_schema()), field_weights(build_schema()), longest_pages(build_schema())
)


def _aliased(field: str, count: int) -> str:
    return " ".join(f"a{number}: {field}" for number in range(count))


@pytest.mark.parametrize(
    "text",
    [
        f"{{ dossiers(first: 100) {{ edges {{ node {{ {_aliased('suggestionCount', 30)} }} }} }} }}",
        "{ dossiers(first: 100) { edges { node { suggestionCount } } } }",
        f"{{ dossiers(first: 100) {{ edges {{ node {{ {_aliased('commonCore { shared }', 2)} }} }} }} }}",
        f"{{ dossiers(first: 200) {{ edges {{ node {{ {_aliased('groups { code }', 3)} }} }} }} }}",
        '{ dossiers(first: 100) { edges { node { tab(code: "A1") { suggestions { cell } } } } } }',
        "{ packDrafts(first: 50) { findings { code } } }",
        "{ packDrafts(first: 50) { tests { passed } } }",
        "{ packDrafts(first: 50) { difference { place } } }",
        "{ packDrafts(first: 50) { fault { code } } }",
        "{ packDrafts(first: 50) { obstacles { code } } }",
        "{ packDrafts(first: 20) { trial(first: 50) { changed } } }",
        f'{{ packDraft(id: "x") {{ {_aliased("trial(first: 50) { changed }", 5)} }} }}',
        f'{{ packDraft(id: "x") {{ {_aliased("tests { name }", 30)} }} }}',
    ],
)
def test_what_takes_long_is_refused_of_a_list(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        GUARD.check(parse(text), {})
    assert (caught.value.code, caught.value.details["limit"]) == ("DOCUMENT_TOO_COMPLEX", "cost")


@pytest.mark.parametrize(
    "field",
    [
        "exchange { threads(first: 1) { edges { cursor } } }",
        "timeline(first: 1) { edges { cursor } }",
        "visaActs(first: 1) { visa }",
        "suggestedContacts { name }",
    ],
)
def test_what_no_loader_gathers_is_refused_of_a_long_list(field: str) -> None:
    text = f"{{ dossiers(first: 200) {{ edges {{ node {{ {_aliased(field, 3)} }} }} }} }}"
    with pytest.raises(Invalid) as caught:
        GUARD.check(parse(text), {})
    assert (caught.value.code, caught.value.details["limit"]) == ("DOCUMENT_TOO_COMPLEX", "cost")


@pytest.mark.parametrize(
    "text",
    [
        (
            '{ dossier(id: "x") { suggestionCount commonCore { shared } groups { keys } '
            'tab(code: "A1") { suggestions { cell previous acceptable } } } }'
        ),
        '{ packDraft(id: "x") { fault { code } findings { code file line column message } } }',
        (
            '{ packDraft(id: "x") { difference { aspect place before after breaking } obstacles { code } '
            "tests { name passed fault differences { place expected found } } } }"
        ),
        '{ packDraft(id: "x") { trial(first: 10) { changed values { cell } appearing { check } } } }',
        '{ dossiers(first: 100) { edges { node { id tab(code: "A1") { values } } } } }',
        (
            '{ dossier(id: "x") { exchange { threads(first: 50) { edges { cursor } } } '
            "suggestedContacts { name } timeline(first: 50) { edges { cursor } } "
            "visaActs(first: 50) { visa } } }"
        ),
    ],
)
def test_what_a_screen_asks_of_one_passes(text: str) -> None:
    GUARD.check(parse(text), {})


async def test_aliases_of_a_count_are_counted_once(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str | None] = []

    async def count(_dossier: object, _before: object, tab: str | None) -> int:
        await asyncio.sleep(0)
        counted.append(tab)
        return 3

    monkeypatch.setattr("gql.loaders.acceptable", count)
    ask = f'{{ dossier(id: "{world.dossier}") {{ {_aliased("suggestionCount", 20)} }} }}'
    answer = await engine.run(Request(ask), world["saisie"])
    assert set(answer.body["data"]["dossier"].values()) == {3}
    assert counted == [None]


@pytest.mark.usefixtures("database")
async def test_a_draft_is_read_once_for_all_that_ask_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await build_desk()
    rows = [await desk.upload(desk.files()), await desk.upload({"pack.txt": "rien"})]
    read: list[DraftRow] = []
    compile_ = pack_review._compile  # noqa: SLF001 - what is counted is how often a form is read

    def counted(row: DraftRow, files: dict[str, str]) -> object:
        read.append(row)
        return compile_(row, files)

    monkeypatch.setattr(pack_review, "_compile", counted)
    for row in rows:
        found: list[Reading] = await asyncio.gather(*(pack_review.reading(row) for _ in range(8)))
        assert len({id(one) for one in found}) == 1
    assert read == rows
