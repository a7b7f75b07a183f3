"""The readers' register as a workbook: one's own organism's alone, by period, reader and dossier."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from authz.clock import today
from models import transaction
from rendering.reading_sheet import CHANNELS
from resolvers import dossiers, readings
from resolvers.verification import last

if TYPE_CHECKING:
    import httpx

    from tests.gql.conftest import House

NAMES = ("SCREEN", "API", "PDF", "ZIP", "XML", "XLSX", "CSV", "ATTACHMENT", "COPY")
CENTRE = """{ notifications(unread: true) { edges { node { id } } } unreadNotifications
  notificationPreferences { event delivery } readingOrganizations { key } }"""


def test_every_channel_has_its_words() -> None:
    assert {getattr(readings, name) for name in NAMES} == set(CHANNELS)


async def _fetch(house: House, login: str, query: str = "") -> httpx.Response:
    return await house.get(f"/readings.xlsx{query}", await house.sign_in(login))


def _rows(response: httpx.Response) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


async def test_an_organism_takes_its_own_register_and_nobody_else_does(fresh: House) -> None:
    world = fresh.world
    async with transaction():
        await last(await dossiers.read(world["ministere"], world.dossier))
    response = await _fetch(fresh, "saisie")
    assert response.headers["content-disposition"].endswith("registre-des-lectures.xlsx")
    (row,) = _rows(response)
    assert row[1:3] == ["Ministere Essai", "Ministère chargé du logement"]
    assert row[3:6] == ["ER", "2024", "À l’écran"]
    day = today().date.isoformat()
    kept = f"?form=ER&year=2024&since={day}&until={day}&organization=operator:MIN&dossier={world.dossier}"
    assert len(_rows(await _fetch(fresh, "saisie", kept))) == 1
    for query in ("?organization=partner:CDC", "?year=2023", "?until=2020-01-01"):
        assert _rows(await _fetch(fresh, "saisie", query)) == []
    for login in ("voisin", "ministere", "cdc"):
        assert _rows(await _fetch(fresh, login)) == []
    for query in ("?since=hier", "?year=99", "?year=1899", "?year=020241", "?year=deux"):
        refused = await _fetch(fresh, "saisie", query)
        assert (refused.status_code, refused.json()["extensions"]["code"]) == (400, "READING_PERIOD_INVALID")
    assert (await fresh.http.get("/readings.xlsx")).status_code == 401


async def test_the_centre_is_asked_by_graphql(fresh: House) -> None:
    mine = await fresh.sign_in("saisie")
    body = (await fresh.ask(CENTRE, by=mine)).json()
    assert "errors" not in body
    assert body["data"]["unreadNotifications"] == 0
    set_ = "mutation { setNotificationPreference(event: CLOSED, delivery: DIGEST) { event delivery } }"
    chosen = (await fresh.ask(set_, by=mine)).json()["data"]["setNotificationPreference"]
    assert {"event": "CLOSED", "delivery": "DIGEST"} in chosen
    wrong = (await fresh.ask('mutation { markNotificationsRead(ids: ["x"]) }', by=mine)).json()
    assert wrong["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert (await fresh.ask("mutation { markNotificationsRead }", by=mine)).json()["data"] == {
        "markNotificationsRead": 0
    }
    page = f'{{ dossier(id: "{fresh.world.dossier}") {{ timeline {{ edges {{ node {{ label }} }} }} }} }}'
    assert (await fresh.ask(page, by=mine)).json()["data"]["dossier"]["timeline"] == {"edges": []}


async def test_an_address_that_no_text_can_hold_is_refused_at_every_door(house: House) -> None:
    by = await house.sign_in("cdc")
    for path, name in (
        ("/readings.xlsx?organization=%00", "organization"),
        ("/readings.xlsx?form=a%00", "form"),
        ("/acces-direct/%00/ER/2024/Transmis/2024-732829320-transmis.zip", "path"),
        ("/acces-direct/MIN/%00/2024/Transmis/2024-732829320-transmis.zip", "path"),
        ("/transmitted.xlsx?platform=%00&form=ER&year=2024&by=2025-06-30", "platform"),
    ):
        refused = await house.get(path, by)
        said = refused.json()["extensions"]
        assert (refused.status_code, said["code"], said["path"]) == (400, "NUL_REFUSED", [name]), path
