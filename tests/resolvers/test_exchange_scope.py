"""Who may see what is said: the condition in SQL, against what the rules say in plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from authz import Right
from models import Audience, Crossing, Level, Message, Nature, NotFound, Thread, ThreadReading, ThreadState
from resolvers import dossiers, exchange_marks, timeline
from resolvers.exchange_publishing import publish
from resolvers.exchange_reading import threads
from resolvers.exchange_scope import as_read_by, known_threads, place_of, readers_of
from resolvers.exchange_writing import NewThread, add_message
from tests.exchanges import OPEN_TABS, build_exchanges
from tests.resolvers import past
from tests.world import SIREN, World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz import Viewer

pytestmark = pytest.mark.usefixtures("database")

# EF08 holds personal data; ZZ9 is a tab that the form has no more.
ANCHORS = {
    "ER": ("", "A1", "A1.L011.B", "A2.L111.B", "F01", "F01[0001].C10", "ZZ9.L001.A"),
    "EFFECTIFS": ("", "EF01", "EF08", "EF08[0001].C01", "ZZ9"),
}
WRITERS = ("saisie", "comptable", "ministere", "mission", "cdc", "agence", "federation")
# The organism and the platform that collects, who are inside; whom a convention lets in.
INSIDE = {f"organism:{SIREN}", "operator:MIN"}
LET_IN = {
    "ER": {"partner:CDC", "partner:AGENCE", "operator:FED"},
    "EFFECTIFS": {"partner:CDC", "operator:FED"},
}
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


@dataclass
class Told:
    """A thread and its messages as the test laid them."""

    row: Thread
    opener: str
    messages: list[tuple[Message, str]] = field(default_factory=list)


def opened(told: Told, viewer: Viewer, form: str) -> bool:
    """Whether the rules open a thread to him, whatever is in it: his body, the audience, the tab."""
    body = viewer.organization
    if viewer.scopes is not None and Right.EXCHANGE_READ not in viewer.scopes:
        return False
    everyone = INSIDE | LET_IN[form]
    readers = {
        Audience.ALL: everyone,
        Audience.PLATFORM: INSIDE | (everyone & {told.opener}),
        Audience.OWN: everyone & {told.opener},
    }
    tab = re.split(r"[.\[]", told.row.anchor)[0]
    closed = tab in {"EF08", "ZZ9"} or (body == "partner:AGENCE" and tab not in OPEN_TABS)
    return body in readers[told.row.audience] and (not tab or body in INSIDE or not closed)


def shown(told: Iterable[Told], viewer: Viewer, form: str) -> dict[UUID, set[UUID]]:
    """The messages that are his to read, by thread; a thread without one does not exist for him."""
    found = {
        one.row.id: {
            message.id
            for message, _ in one.messages
            if message.published_at is not None or message.author_id == viewer.user_id
        }
        for one in told
        if opened(one, viewer, form)
    }
    return {thread: messages for thread, messages in found.items() if messages}


async def lay(world: World, dossier: UUID, form: str, dice: Random) -> list[Told]:
    """Forty threads of anyone's about anything, of up to three messages, some of them drafts."""
    found, messages = [], []
    for number in range(40):
        opener = world[dice.choice(WRITERS)]
        anchor = dice.choice(ANCHORS[form])
        row = Thread(
            dossier_id=dossier,
            level=Level.CELL if "." in anchor else Level.TAB if anchor else Level.DOSSIER,
            anchor=anchor,
            audience=dice.choice(list(Audience)),
            organization_id=opener.organization_id,
            state=dice.choice(list(ThreadState)),
            opened_at=START + timedelta(minutes=number),
        )
        told = Told(row, opener.organization)
        for rank in range(dice.randrange(4)):
            author = opener if dice.random() < 0.5 else world[dice.choice(WRITERS)]
            at = START + timedelta(hours=number, minutes=rank)
            message = Message(
                thread_id=row.id,
                nature=dice.choice(["question", "comment"]),
                text="Dit.",
                author_id=author.user_id,
                organization_id=author.organization_id,
                written_at=at,
                published_at=at if dice.random() < 0.6 else None,
            )
            told.messages.append((message, author.organization))
            messages.append(message)
        found.append(told)
    await Thread.bulk_create(one.row for one in found)
    await Message.bulk_create(messages)
    return found


async def agree(world: World, told: list[Told], dossier: UUID, form: str) -> int:
    """Every list, count and mark, for everyone who reads the dossier; how many messages were shown."""
    total = 0
    for login, viewer in world.viewers.items():
        try:
            row = await dossiers.read(viewer, dossier)
        except NotFound:
            assert login in {"voisin"} | ({"agence", "ancols", "machine"} if form == "EFFECTIFS" else set())
            continue
        expected = shown(told, viewer, form)
        texts = {message.id: message for one in told for message, _ in one.messages}
        assert set(await known_threads(viewer, row)) == set(expected), login
        marks = await exchange_marks.marks(viewer, row)
        ids = [one for messages in expected.values() for one in messages]
        assert sum(mark.count for mark in marks.rows) == len(ids), login
        assert marks.drafts == sum(texts[one].published_at is None for one in ids), login
        assert len({(mark.level, mark.anchor, mark.nature, mark.published) for mark in marks.rows}) == len(
            marks.rows
        )
        presence = (await exchange_marks.presence(viewer, [row]))[row.id]
        published = [texts[one] for one in ids if texts[one].published_at is not None]
        unread = [one for one in published if viewer.user_id not in {None, one.author_id}]
        assert (presence.messages, presence.unread) == (bool(published), bool(unread)), login
        assert marks.unread == len(unread), login
        if place_of(viewer, row) is not None:
            page = await threads(viewer, row, first=200)
            assert {one.id: {each.id for each in one.messages} for one in page.rows} == expected, login
            assert sum(one.unread for one in page.rows) == len(unread), login
        total += len(ids)
    return total


@pytest.mark.parametrize("form", ["ER", "EFFECTIFS"])
async def test_the_condition_says_what_the_rules_say(form: str) -> None:
    world = await build_exchanges()
    dossier = world.dossier if form == "ER" else (await past.empty(form, 2024, 4)).id
    for seed in range(4):
        told = await lay(world, dossier, form, Random(f"{form} {seed}"))  # noqa: S311 - made-up talk, no secret
        assert await agree(world, told, dossier, form) > 100
        row = await dossiers.read(world["ministere"], dossier)
        viewers = [viewer for login, viewer in world.viewers.items() if login not in {"machine", "system"}]
        places = [place_of(viewer, as_read_by(viewer, row)) for viewer in viewers]
        for one in told:
            ids = [message.id for message, _ in one.messages]
            expected = {viewer.user_id for viewer in viewers if one.row.id in shown([one], viewer, form)}
            assert await readers_of(ids, places) == expected
        await Thread.all().delete()


async def test_what_was_read_is_not_unread_and_what_is_said_later_is() -> None:
    world = await build_exchanges()
    told = await lay(world, world.dossier, "ER", Random(7))  # noqa: S311 - made-up talk, no secret
    for login in ("saisie", "ministere", "cdc", "agence"):
        viewer = world[login]
        row = await dossiers.read(viewer, world.dossier)
        waiting = [one for one in (await threads(viewer, row, first=200)).rows if one.unread]
        first, others = waiting[0], waiting[1:]
        assert await exchange_marks.mark_read(viewer, world.dossier, [first.id]) == 1
        assert (await exchange_marks.marks(viewer, row)).unread == sum(one.unread for one in others)
        assert await exchange_marks.mark_read(viewer, world.dossier, None) >= len(others)
        assert (await exchange_marks.marks(viewer, row)).unread == 0
        assert await exchange_marks.mark_read(viewer, world.dossier, None) == 0
    kept = await ThreadReading.all().count()
    hidden = [one.row.id for one in told if not opened(one, world["agence"], "ER")]
    assert await exchange_marks.mark_read(world["agence"], world.dossier, hidden) == 0
    assert await ThreadReading.all().count() == kept


async def test_the_history_says_of_talk_what_its_reader_may_know() -> None:
    world = await build_exchanges()
    await Crossing.create(
        dossier_id=world.dossier, passage=4, move="transmit", source=3, target=4, at=START, reason=""
    )
    ministry = world["ministere"]
    for number, (anchor, audience) in enumerate(
        [("", Audience.ALL), ("A2", Audience.ALL), ("", Audience.PLATFORM), ("A1", Audience.OWN)]
    ):
        level = Level.TAB if anchor else Level.DOSSIER
        new = NewThread(level, anchor, Nature.COMMENT, "Dit.", audience)
        await add_message(ministry, world.dossier, new, f"a{number}")
        assert await publish(ministry, world.dossier, None, f"p{number}") == 1
    counted = {}
    for login in ("ministere", "saisie", "cdc", "federation", "agence", "ancols"):
        row = await dossiers.read(world[login], world.dossier)
        found = await timeline.timeline(world[login], row)
        counted[login] = sum(one.kind == "messages_published" for one in found.rows)
    assert counted == {"ministere": 4, "saisie": 3, "cdc": 2, "federation": 2, "agence": 1, "ancols": 0}
