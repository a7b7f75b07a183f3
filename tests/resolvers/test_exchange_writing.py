"""Writing in the exchange space: whose drafts are whose, what may be said where, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from authz import Right, add_rows, convention_line, read_version
from models import (
    Audience,
    Conflict,
    Dossier,
    Invalid,
    Level,
    Message,
    Nature,
    NotFound,
    Refused,
    TabDocument,
    Thread,
    ThreadState,
)
from resolvers import dossiers, exchange_marks
from resolvers.exchange_publishing import publish
from resolvers.exchange_reading import threads
from resolvers.exchange_settling import set_due, settle
from resolvers.exchange_writing import (
    MOST_MESSAGES,
    NewThread,
    add_message,
    change_nature,
    delete_draft,
    edit_draft,
    reply,
)
from tests import talks
from tests.exchanges import build_exchanges, refusal

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")

ASKED = NewThread(Level.CELL, "A1.L011.B", Nature.QUESTION, "Pourquoi\u202f?")


async def told(world: World, login: str) -> int:
    """How many messages someone is shown."""
    viewer = world[login]
    page = await threads(viewer, await dossiers.read(viewer, world.dossier))
    return sum(len(row.messages) for row in page.rows)


async def test_a_draft_is_its_authors_until_it_is_published() -> None:
    world = await build_exchanges()
    entry = world["saisie"]
    thread = await add_message(entry, world.dossier, ASKED, "a")
    assert (thread.label, thread.published, thread.may_settle) == (
        "Bilan – Actif immobilisé – Frais d’établissement – Brut",
        False,
        True,
    )
    everyone = ("comptable", "ministere", "cdc", "agence", "federation", "system")
    assert [await told(world, login) for login in ("saisie", *everyone)] == [1, *[0] * len(everyone)]
    (draft,) = thread.messages
    for other in ("comptable", "ministere"):
        unknown = (NotFound, "MESSAGE_UNKNOWN")
        assert await refusal(edit_draft(world[other], draft.id, "Autre", None, other)) == unknown
        assert await refusal(delete_draft(world[other], draft.id, other + "d")) == unknown
        gone = (NotFound, "THREAD_UNKNOWN")
        assert await refusal(reply(world[other], thread.id, Nature.COMMENT, "Vu.", other + "r")) == gone
    assert (
        await edit_draft(entry, draft.id, " Combien\u202f? ", Nature.COMMENT, "e")
    ).text == "Combien\u202f?"
    assert await publish(entry, world.dossier, [draft.id], "p") == 1
    assert [await told(world, login) for login in everyone] == [1] * len(everyone)
    late = (Conflict, "MESSAGE_PUBLISHED")
    assert await refusal(edit_draft(entry, draft.id, "Autre", None, "e2")) == late
    assert await refusal(delete_draft(entry, draft.id, "d")) == late


async def test_a_thread_goes_with_its_last_draft_and_a_key_serves_once() -> None:
    world = await build_exchanges()
    entry = world["saisie"]
    thread = await add_message(entry, world.dossier, ASKED, "a")
    assert (await add_message(entry, world.dossier, ASKED, "a")).id == thread.id
    reused = (Conflict, "IDEMPOTENCY_REUSED")
    assert await refusal(add_message(entry, world.dossier, replace(ASKED, text="Autre"), "a")) == reused
    answered = await reply(entry, thread.id, Nature.COMMENT, "Je précise.", "r")
    assert len((await reply(entry, thread.id, Nature.COMMENT, "Je précise.", "r")).messages) == 2
    first, second = answered.messages
    # Where one may write no more, one may still throw away.
    await Dossier.filter(id=world.dossier).update(step=5)
    assert (await refusal(edit_draft(entry, first.id, "Autre", None, "e")))[1] == "REFUSED"
    for message in (first, second):
        assert await delete_draft(entry, message.id, str(message.id))
        assert await delete_draft(entry, message.id, str(message.id))
    assert await Thread.all().count() == await Message.all().count() == 0


@pytest.mark.parametrize("login", ["voisin", "ancols", "machine", "system"])
async def test_who_may_not_write_opens_nothing(login: str) -> None:
    world = await build_exchanges()
    code = await refusal(add_message(world[login], world.dossier, ASKED, "a"))
    assert (
        code
        == {
            "voisin": (NotFound, "NOT_FOUND"),
            "ancols": (Refused, "REFUSED"),
            "machine": (Refused, "REFUSED"),
            "system": (Invalid, "PERSON_REQUIRED"),
        }[login]
    )
    told = await talks.thread(world["ministere"], world.dossier)
    said = await talks.message(world["ministere"], told, "Dit.")
    closed = "PERSON_REQUIRED" if login == "system" else "THREAD_UNKNOWN"
    assert (await refusal(reply(world[login], told.id, Nature.COMMENT, "Vu.", "r")))[1] == closed
    assert (await refusal(settle(world[login], told.id, ThreadState.CLOSED, "s")))[1] == closed
    closed = closed.replace("THREAD", "MESSAGE")
    assert (await refusal(change_nature(world[login], said.id, Nature.COMMENT, "n")))[1] == closed
    other = {"voisin": "NOT_FOUND", "system": "PERSON_REQUIRED"}.get(login, "REFUSED")
    assert (await refusal(publish(world[login], world.dossier, None, "p")))[1] == other
    assert (await refusal(exchange_marks.mark_read(world[login], world.dossier, None)))[1] == other


@pytest.mark.parametrize("step", [3, 5, 6])
async def test_one_writes_in_review_alone(step: int) -> None:
    world = await build_exchanges()
    thread = await add_message(world["saisie"], world.dossier, ASKED, "a")
    await publish(world["saisie"], world.dossier, None, "p")
    await Dossier.filter(id=world.dossier).update(step=step)
    known = step > 4
    assert (await refusal(add_message(world["saisie"], world.dossier, ASKED, "b")))[1] == "REFUSED"
    for tried in (
        reply(world["saisie"], thread.id, Nature.COMMENT, "Vu.", "r"),
        settle(world["saisie"], thread.id, ThreadState.CLOSED, "s"),
        set_due(world["saisie"], thread.id, None, "d"),
    ):
        assert (await refusal(tried))[1] == ("REFUSED" if known else "THREAD_UNKNOWN")


async def test_a_reader_of_a_few_tabs_talks_of_them_alone() -> None:
    world = await build_exchanges()
    agency = world["agence"]
    assert (await add_message(agency, world.dossier, ASKED, "a")).anchor == "A1.L011.B"
    assert (
        await add_message(agency, world.dossier, replace(ASKED, level=Level.DOSSIER, anchor=""), "d")
    ).label == "Dossier"
    for level, anchor in ((Level.CELL, "A2.L111.B"), (Level.TAB, "A2")):
        elsewhere = replace(ASKED, level=level, anchor=anchor)
        withheld = (Refused, "TAB_WITHHELD")
        assert await refusal(add_message(agency, world.dossier, elsewhere, anchor)) == withheld
    closed = await talks.thread(world["ministere"], world.dossier, "A2.L111.B")
    await talks.message(world["ministere"], closed, "Dit.")
    gone = (NotFound, "THREAD_UNKNOWN")
    assert await refusal(reply(agency, closed.id, Nature.COMMENT, "Vu.", "r")) == gone


async def test_a_convention_may_let_one_read_more_tabs_than_one_answers_in() -> None:
    """Its articles on exchanges narrow what that on the dossier opens, each for itself."""
    world = await build_exchanges()
    lines = [
        convention_line(
            actor="partner:ANCOLS", platform="MIN", organisms="all", right=right, tabs=tabs, ref="art. 2"
        )
        for right, tabs in ((Right.EXCHANGE_READ, ("A1", "A2")), (Right.EXCHANGE_WRITE, ("A1", "F01")))
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Deux onglets")
    await world.authority.refresh()
    found = {}
    for anchor in ("A1", "A2", "F01"):
        found[anchor] = await talks.thread(world["ministere"], world.dossier, anchor)
        await talks.message(world["ministere"], found[anchor], "Dit.")
    reader = world["ancols"]
    assert await told(world, "ancols") == 2
    assert len((await reply(reader, found["A1"].id, Nature.COMMENT, "Vu.", "a1")).messages) == 2
    withheld, gone = (Refused, "TAB_WITHHELD"), (NotFound, "THREAD_UNKNOWN")
    assert await refusal(reply(reader, found["A2"].id, Nature.COMMENT, "Vu.", "a2")) == withheld
    assert await refusal(reply(reader, found["F01"].id, Nature.COMMENT, "Vu.", "f1")) == gone
    for anchor in ("A2", "F01"):
        new = replace(ASKED, level=Level.TAB, anchor=anchor)
        assert await refusal(add_message(reader, world.dossier, new, anchor)) == withheld


@pytest.mark.parametrize(
    ("level", "anchor", "code"),
    [
        (Level.DOSSIER, "A1", "ANCHOR_UNEXPECTED"),
        (Level.TAB, "", "TAB_UNKNOWN"),
        (Level.TAB, "ZZ", "TAB_UNKNOWN"),
        (Level.TAB, "A1.L011.B", "TAB_UNKNOWN"),
        (Level.CELL, "A1", "CELL_UNKNOWN"),
        (Level.CELL, "A1.L011", "CELL_UNKNOWN"),
        (Level.CELL, "A1.L999.B", "CELL_UNKNOWN"),
        (Level.CELL, "F01[0001].C99", "CELL_UNKNOWN"),
        (Level.CELL, "F01[0001]", "CELL_UNKNOWN"),
        (Level.CELL, "F01[0009].C10", "ROW_UNKNOWN"),
        (Level.CELL, "A1[1].L011.B", "TAB_UNKNOWN"),
    ],
)
async def test_a_thread_stands_where_the_form_has_a_place(level: Level, anchor: str, code: str) -> None:
    world = await build_exchanges()
    await TabDocument.create(
        dossier_id=world.dossier, tab="F01", rows=[{"key": "0001", "values": {"C10": "5"}, "computed": {}}]
    )
    wrong = replace(ASKED, level=level, anchor=anchor)
    assert (await refusal(add_message(world["saisie"], world.dossier, wrong, "a")))[1] == code
    row = replace(ASKED, anchor="F01[0001].C10")
    thread = await add_message(world["saisie"], world.dossier, row, "b")
    assert "ligne 0001" in thread.label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "MESSAGE_EMPTY"),
        (" \n\t\u00a0\u200b", "MESSAGE_EMPTY"),
        ("a" * 5001, "MESSAGE_TOO_LONG"),
        ("a\x07b", "MESSAGE_UNREADABLE"),
        ("a\x00b", "MESSAGE_UNREADABLE"),
        ("a\u202eb", "MESSAGE_UNREADABLE"),
        ("a\ud800b", "MESSAGE_UNREADABLE"),
    ],
)
async def test_a_text_is_read_as_it_was_written(text: str, code: str) -> None:
    world = await build_exchanges()
    entry = world["saisie"]
    thread = await add_message(entry, world.dossier, replace(ASKED, text=f" <b>{'é' * 4993}</b> "), "a")
    (message,) = thread.messages
    assert (message.text[:4], len(message.text)) == ("<b>é", 5000)
    assert await refusal(add_message(entry, world.dossier, replace(ASKED, text=text), "b")) == (Invalid, code)
    assert await refusal(edit_draft(entry, message.id, text, None, "e")) == (Invalid, code)
    assert await refusal(reply(entry, thread.id, Nature.COMMENT, text, "r")) == (Invalid, code)
    lines = await edit_draft(entry, message.id, "Un.\r\n\r\nDeux\tfois.\n", None, "l")
    assert lines.text == "Un.\n\nDeux fois."


async def test_replies_have_the_audience_of_their_thread() -> None:
    world = await build_exchanges()
    thread = await add_message(world["cdc"], world.dossier, replace(ASKED, audience=Audience.PLATFORM), "a")
    await publish(world["cdc"], world.dossier, None, "p")
    await reply(world["ministere"], thread.id, Nature.COMMENT, "Vu.", "r")
    await publish(world["ministere"], world.dossier, None, "p2")
    logins = ("saisie", "ministere", "cdc", "agence", "federation", "system")
    assert [await told(world, login) for login in logins] == [2, 2, 2, 0, 0, 2]


async def test_a_thread_is_not_endless() -> None:
    world = await build_exchanges()
    thread = await talks.thread(world["ministere"], world.dossier)
    for number in range(MOST_MESSAGES):
        await talks.message(world["ministere"], thread, f"{number}")
    assert await refusal(reply(world["saisie"], thread.id, Nature.COMMENT, "Vu.", "r")) == (
        Conflict,
        "THREAD_FULL",
    )
