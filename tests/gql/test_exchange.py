"""The exchange space by GraphQL: opened in three statements, written in, and told as it is refused."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from graphql import print_ast

from gql.app import build_engine
from gql.execution import Request
from gql.settings import Settings
from models import Message, Thread
from tests import talks
from tests.exchanges import build_exchanges
from tests.gql.client_documents import documents
from tests.gql.conftest import error_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gql.execution import Engine
    from tests.world import World

OPEN = """query Open($id: ID!) { dossier(id: $id) { exchange { canWrite unread audiences
 unpublished { messages attachments }
 marks { level anchor nature published open count unread }
 threads(first: 200) { edges { node { id level anchor label audience state dueOn unread canSettle
  messages { id text author organization publishedAt mine } } } pageInfo { hasNextPage } } } } }"""
ADD = """mutation Add($id: ID!, $text: String!, $key: String!) { addMessage(dossier: $id, level: CELL,
 anchor: "A1.L011.B", nature: QUESTION, text: $text, audience: PLATFORM, dueOn: null, idempotencyKey: $key)
 { id label audience messages { id mine publishedAt } } }"""
PUBLISH = 'mutation Publish($id: ID!) { publishMessages(dossier: $id, idempotencyKey: "p") }'


@pytest.fixture
async def world(database: str) -> World:
    del database
    return await build_exchanges()


@pytest.fixture
def engine(database: str, world: World) -> Engine:
    return build_engine(Settings(DATABASE_URL=database), world.authority)


async def asked(engine: Engine, world: World, login: str, document: str, **values: object) -> dict[str, Any]:
    request = Request(document, variables={"id": str(world.dossier), **values})
    body: dict[str, Any] = (await engine.run(request, world[login])).body
    return body


async def a_thousand(world: World) -> None:
    """A thousand messages in two hundred threads, on a cell each of four."""
    start = datetime(2026, 1, 5, tzinfo=UTC)
    rows = [
        Thread(
            dossier_id=world.dossier,
            level="cell",
            anchor=f"A1.L{11 + number % 4:03}.B",
            organization_id=world["ministere"].organization_id,
            opened_at=start + timedelta(hours=number),
        )
        for number in range(200)
    ]
    await Thread.bulk_create(rows)
    await Message.bulk_create(
        Message(
            thread_id=row.id,
            nature="question" if rank else "comment",
            text=f"Message {number} {rank}",
            author_id=world["saisie" if rank % 2 else "ministere"].user_id,
            organization_id=world["saisie" if rank % 2 else "ministere"].organization_id,
            written_at=row.opened_at + timedelta(minutes=rank),
            published_at=row.opened_at + timedelta(minutes=rank),
        )
        for number, row in enumerate(rows)
        for rank in range(5)
    )


@pytest.mark.parametrize("first", [20, 200])
async def test_a_space_of_a_thousand_messages_is_opened_in_three_statements(
    engine: Engine, world: World, statements: Callable[[], list[str]], first: int
) -> None:
    """By the very document of the web client's page; what stands beside the messages is asked beside."""
    await a_thousand(world)
    texts = {name: print_ast(document) for name, document in documents().items()}
    space = {"state": ["OPEN"], "first": first}
    for login in ("saisie", "ministere", "agence"):
        # The first reading of the day from outside is noted, for the organism to know, and then remembered.
        for _ in range(0 if login == "saisie" else 2):
            await asked(engine, world, login, texts["ExchangeSpace"], **space)
        statements()
        body = await asked(engine, world, login, texts["ExchangeSpace"], **space)
        assert "errors" not in body
        assert len(statements()) <= 3, login
        for beside in ("Attachments", "CanCarry"):
            assert "errors" not in await asked(engine, world, login, texts[beside])
            assert len(statements()) <= 2, (login, beside)
        found = body["data"]["dossier"]["exchange"]
        held = [edge["node"]["messages"] for edge in found["threads"]["edges"]]
        assert Counter(len(messages) for messages in held) == {5: first}
        assert sum(mark["count"] for mark in found["marks"]) == 1000
        assert found["unread"] == {"saisie": 600, "ministere": 400, "agence": 1000}[login]


async def test_a_question_is_drafted_published_and_read(engine: Engine, world: World) -> None:
    body = await asked(engine, world, "saisie", ADD, text=" Pourquoi ce montant\u202f? ", key="a")
    thread = body["data"]["addMessage"]
    assert (thread["audience"], thread["messages"][0]["mine"]) == ("PLATFORM", True)
    opened = await asked(engine, world, "ministere", OPEN)
    assert opened["data"]["dossier"]["exchange"]["threads"]["edges"] == []
    assert (await asked(engine, world, "saisie", PUBLISH))["data"] == {"publishMessages": 1}
    opened = (await asked(engine, world, "ministere", OPEN))["data"]["dossier"]["exchange"]
    (edge,) = opened["threads"]["edges"]
    assert edge["node"]["messages"][0]["text"] == "Pourquoi ce montant\u202f?"
    assert (opened["unread"], edge["node"]["unread"], edge["node"]["canSettle"]) == (1, 1, True)
    assert opened["audiences"] == ["ALL", "PLATFORM", "OWN"]
    read = f'mutation {{ markThreadsRead(dossier: "{world.dossier}", threads: ["{thread["id"]}"]) }}'
    assert (await engine.run(Request(read), world["ministere"])).body["data"] == {"markThreadsRead": 1}
    assert (await asked(engine, world, "ministere", OPEN))["data"]["dossier"]["exchange"]["unread"] == 0
    # The CDC's convention opens the space, not what is said between the organism and its platform.
    opened = (await asked(engine, world, "cdc", OPEN))["data"]["dossier"]["exchange"]
    assert (opened["threads"]["edges"], opened["marks"], opened["canWrite"]) == ([], [], True)
    opened = (await asked(engine, world, "system", OPEN))["data"]["dossier"]["exchange"]
    assert (opened["canWrite"], opened["audiences"], opened["unread"]) == (False, [], 0)
    assert (await asked(engine, world, "ancols", OPEN))["data"]["dossier"]["exchange"] is None


@pytest.mark.parametrize("sent", ["pas-un-identifiant", "00000000-0000-0000-0000-000000000000"])
async def test_what_is_not_there_is_told_alike(engine: Engine, world: World, sent: str) -> None:
    draft = await talks.message(
        world["ministere"], await talks.thread(world["ministere"], world.dossier), "Secret", draft=True
    )
    bodies = []
    for message in (sent, str(draft.id)):
        text = f'mutation {{ deleteDraft(message: "{message}", idempotencyKey: "d") }}'
        bodies.append((await engine.run(Request(text), world["saisie"])).body)
    for thread in (sent, str(draft.thread_id)):
        text = f'mutation {{ setThreadDue(thread: "{thread}", idempotencyKey: "t") {{ id }} }}'
        bodies.append((await engine.run(Request(text), world["saisie"])).body)
    codes = [error_of(body)["code"] for body in bodies]
    assert codes == ["MESSAGE_UNKNOWN"] * 2 + ["THREAD_UNKNOWN"] * 2
    assert bodies[0] == bodies[1]
    assert bodies[2] == bodies[3]


async def test_a_text_that_cannot_be_read_is_refused_whole(engine: Engine, world: World) -> None:
    for text, code in (("\x07", "MESSAGE_EMPTY"), ("a\x07", "MESSAGE_UNREADABLE"), ("a\x00", "NUL_REFUSED")):
        body = await asked(engine, world, "saisie", ADD, text=text, key=code)
        assert error_of(body)["code"] == code
    assert await Thread.all().count() == 0
