"""What a platform tells: to whom, on which days, by whom, and taken off at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from authz.clock import today
from models import Announcement, Event, Invalid, NotFound, Refused
from resolvers import announcements, dossiers
from resolvers.announcements import Wording
from tests.agreements import build_agreements
from tests.world import World

DAY = timedelta(days=1)


def wording(**changes: Any) -> Wording:  # noqa: ANN401 - the fields of a Wording
    told = Wording("MIN", "", "Arrêt samedi", "Coupure.\n\nDe 8 h à 9 h.", today().date, None)
    return replace(told, **changes)


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_agreements()


@pytest.mark.parametrize("login", ["saisie", "cdc", "ministere", "voisin"])
async def test_the_banner_is_for_whoever_may_read_something_there(world: World, login: str) -> None:
    made = await announcements.publish(world["admin"], wording(), "k")
    assert await announcements.publish(world["admin"], wording(), "k") == made
    assert [row.title for row in await announcements.in_banner(world[login])] == ["Arrêt samedi"]
    assert await announcements.on_form([await dossiers.read(world["saisie"], world.dossier)]) == {}
    await announcements.remove(world["admin"], made.id, "r")
    assert await announcements.in_banner(world[login]) == ()
    assert [row.removed_at is None for row in await announcements.of_platform(world["admin"], "MIN")] == [
        False
    ]
    assert await Event.filter(kind="announced").count() == 2


async def test_a_message_shows_on_its_days_only_and_the_newest_wins_on_a_form(world: World) -> None:
    day = today().date
    for number, (since, until) in enumerate([(day - 2 * DAY, day - DAY), (day + DAY, None), (day, day)]):
        await announcements.publish(
            world["admin"], wording(title=str(number), since=since, until=until), f"b{number}"
        )
    assert [row.title for row in await announcements.in_banner(world["saisie"])] == ["2"]
    for title in ("ancien", "nouveau"):
        await announcements.publish(world["admin"], wording(title=title, form="ER"), title)
    row = await dossiers.read(world["saisie"], world.dossier)
    assert (await announcements.on_form([row]))[row.id].title == "nouveau"


@pytest.mark.parametrize("login", ["saisie", "cdc", "ministere", "machine"])
@pytest.mark.parametrize("form", ["", "ER"])
async def test_who_does_not_conduct_the_campaign_tells_nothing(world: World, login: str, form: str) -> None:
    made = await announcements.publish(world["admin"], wording(form=form), "k")
    with pytest.raises(Refused) as refused:
        await announcements.publish(world[login], wording(form=form), "k")
    assert refused.value.code == "REFUSED"
    with pytest.raises(NotFound):
        await announcements.remove(world[login], made.id, "r")
    assert await announcements.of_platform(world[login], "MIN") == ()
    assert await Announcement.filter(removed_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "FIELD_REQUIRED"),
        ({"text": "x" * 5_001}, "FIELD_TOO_LONG"),
        ({"text": "a\u202eb"}, "FIELD_UNPRINTABLE"),
        ({"until": today().date - DAY}, "DATES_REVERSED"),
    ],
)
async def test_what_cannot_be_told_is_not_kept(world: World, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        await announcements.publish(world["admin"], wording(**changes), "k")
    assert invalid.value.code == code
    assert await Announcement.all().count() == 0
