"""A cursor of every list by moment: what is none of ours is refused, and never reaches the database."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from models import Invalid
from resolvers import (
    consent_readers,
    dossiers,
    exchange_reading,
    exports,
    hand_back_list,
    mass_moves,
    notification_centre,
    supervision,
    timeline,
)
from resolvers.hand_back_list import Sought
from resolvers.paging import decode_moment, encode
from tests.campaign import ASKED, conducted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from authz import Viewer
    from resolvers.rows import DossierRow

ROW = UUID(int=7)
LISTS: dict[str, Callable[[Viewer, DossierRow, str], Awaitable[Any]]] = {
    "exports": lambda who, _, after: exports.list_exports(who, 5, after),
    "notifications": lambda who, _, after: notification_centre.page(who, 5, after),
    "readings": lambda who, _, after: consent_readers.readings(who, None, None, 5, after),
    "mass moves": lambda who, _, after: mass_moves.mass_moves(who, 5, after),
    "handed back": lambda who, _, after: hand_back_list.handed_back(who, ASKED, Sought(), 5, after),
    "timeline": lambda who, row, after: timeline.timeline(who, row, 5, after),
    "threads": lambda who, row, after: exchange_reading.threads(who, row, first=5, after=after),
    "trails": lambda who, _, after: supervision.trails(who, "MIN", 5, after),
}
NONE_OF_OURS = (
    "",
    "x",
    "é",
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    base64.urlsafe_b64encode(b"2026-11-22T06:00:00+00:00|7").decode(),
    encode("", ROW),
    encode("hier", ROW),
    encode("12", ROW),
    encode("2026-11-22T06:00:00", ROW),
    encode("2026-11-22", ROW),
    encode("infinity", ROW),
    encode("0001-01-01T00:00:00+14:00", ROW),
    encode("9999-12-31T23:59:59-14:00", ROW),
    encode("2026-11-22T06:00:00+00:00'; DROP TABLE event; --", ROW),
)
OF_OURS = ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00", "2026-11-22T06:00:00+23:59")


async def test_what_is_no_cursor_of_a_list_is_refused_and_what_is_one_gives_its_page(database: str) -> None:
    assert database
    one = await conducted(0)
    pilot = one.world["pilote"]
    row = await dossiers.read(pilot, one.world.dossier)
    for name, page in LISTS.items():
        for cursor in NONE_OF_OURS:
            with pytest.raises(Invalid) as refusal:
                await page(pilot, row, cursor)
            assert (refusal.value.code, refusal.value.path) == ("CURSOR_INVALID", ("after",)), (name, cursor)
        for moment in OF_OURS:
            await page(pilot, row, encode(moment, ROW))


@pytest.mark.parametrize("name", ["readings", "timeline"])
async def test_a_number_that_no_row_can_have_is_refused(database: str, name: str) -> None:
    assert database
    one = await conducted(0)
    pilot = one.world["pilote"]
    row = await dossiers.read(pilot, one.world.dossier)
    with pytest.raises(Invalid) as refusal:
        await LISTS[name](pilot, row, encode(OF_OURS[0], UUID(int=2**63)))
    assert refusal.value.code == "CURSOR_INVALID"


def test_a_moment_keeps_its_instant_whatever_its_zone() -> None:
    row_id = uuid4()
    paris, utc = (encode(text, row_id) for text in ("2026-11-22T07:00:00+01:00", "2026-11-22T06:00:00+00:00"))
    assert decode_moment(paris) == decode_moment(utc)
    assert decode_moment(utc)[0].isoformat() == "2026-11-22T06:00:00+00:00"
