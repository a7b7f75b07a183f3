"""What is said in the demonstration is where it can be, by who can, and goes on when it is carried."""

from __future__ import annotations

import pytest

from authz import Authority, Viewer, viewer_of_user
from models import Message, Thread, ThreadState
from resolvers import dossiers, exchange_marks
from resolvers.demo.accounts import ENTRY, login_of
from resolvers.demo.cast import cast
from resolvers.demo.filing import filed
from resolvers.demo.identifiers import stable_id
from resolvers.demo.talk import MANAGER, OFFICER, PARTNER, TALKS
from resolvers.exchange_anchors import GONE
from resolvers.exchange_carrying import carry
from resolvers.exchange_reading import threads

pytestmark = pytest.mark.usefixtures("demo")
BUSY = cast().parts[TALKS[0][0]].organism


async def viewer_of(login: str) -> Viewer:
    return await viewer_of_user(await Authority.load(), stable_id("user", login))


async def test_each_thread_stands_and_each_reader_finds_his_own() -> None:
    one = next(each for each in filed() if (each.organism.siren, each.year) == (BUSY.siren, 2024))
    counted = {}
    for login in (OFFICER, MANAGER, PARTNER, login_of(BUSY, ENTRY), "cdc.lecture"):
        viewer = await viewer_of(login)
        row = await dossiers.read(viewer, one.id)
        marks = await exchange_marks.marks(viewer, row)
        counted[login] = (sum(mark.count for mark in marks.rows), marks.drafts)
        if marks.rows:
            page = await threads(viewer, row, first=200)
            assert not [each.label for each in page.rows if GONE in each.label]
            assert {each.state for each in page.rows} == set(ThreadState)
    assert counted == {
        OFFICER: (16, 1),
        MANAGER: (15, 0),
        PARTNER: (15, 1),
        login_of(BUSY, ENTRY): (16, 2),
        "cdc.lecture": (0, 0),
    }
    assert await Thread.all().count() == sum(len(talks) for _, _, talks in TALKS)
    assert await Thread.exclude(due_on=None).count() >= 5


async def test_what_was_left_open_last_year_can_be_carried() -> None:
    viewer = await viewer_of(MANAGER)
    before, after = (
        next(each for each in filed() if (each.organism.siren, each.year) == (BUSY.siren, year))
        for year in (2023, 2024)
    )
    count = await Message.all().count()
    assert await carry(viewer, before.id, "carry") == 1
    assert await Message.all().count() == count + 2
    row = await dossiers.read(viewer, after.id)
    assert [each.anchor for each in (await threads(viewer, row)).rows if each.carried] == ["G04"]
