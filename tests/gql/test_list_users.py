"""The users of the organisms of a work list: told to the organism and its platform, and to nobody else."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import openpyxl
import pytest

from models import Dossier, Platform, PlatformKind, User, WorkList, WorkListItem, fetch
from resolvers.work_list_rows import default_id
from tests.campaign import conducted
from tests.gql.conftest import House, house_of
from tests.world import SIREN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from uuid import UUID

    import httpx

    from authz import Viewer

AT = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = "Code;Organisme;SIREN;Nom;Prénom;Fonction;Service;Profil;Courriel;Téléphone;Portable"
_TAKEN = "SELECT subject, platform, details FROM event WHERE kind = 'list_taken' ORDER BY id"


@pytest.fixture
async def house(database: str, tmp_path: Path) -> AsyncIterator[House]:
    one = await conducted(1)
    async with house_of(one.world, tmp_path, database) as found:
        yield found


async def listed(viewer: Viewer, *, shared: bool = False) -> UUID:
    """A work list of the viewer's with all the dossiers that there are."""
    row = await WorkList.create(
        organization_id=viewer.organization_id,
        owner_id=viewer.user_id,
        name="À appeler",
        shared=shared,
        created_at=AT,
    )
    for dossier in await Dossier.all():
        await WorkListItem.create(work_list=row, dossier=dossier, author_id=viewer.user_id, added_at=AT)
    return row.id


async def taken(house: House, login: str, list_id: object, suffix: str = "csv") -> httpx.Response:
    return await house.get(f"/work-lists/{list_id}/users.{suffix}", await house.sign_in(login))


async def test_a_platform_is_told_the_people_of_its_organisms(house: House) -> None:
    await User.filter(login="saisie").update(
        title="=Directrice", service="Comptabilité", phone="+33 1", mobile="06", last_name="Zoé;"
    )
    await User.filter(login="comptable").update(closed_at=AT)
    asked = await listed(house.world["ministere"], shared=True)
    told = await taken(house, "mission", asked)
    profile = "Responsable de saisie"
    name = "001;Office public de l'habitat d'essai;732829320"
    assert told.content.decode("utf-8-sig").split("\r\n") == [
        HEAD,
        f"{name};Essai;Hierarchie;;;Responsable hiérarchique;hierarchie@example.org;;",
        f"{name};\"Zoé;\";Saisie;'=Directrice;Comptabilité;{profile};saisie@example.org;'+33 1;06",
        "",
    ]
    assert told.headers["content-disposition"].partition("''")[2].startswith("harmonia_utilisateurs_")
    book = await taken(house, "ministere", asked, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content))["Utilisateurs"]
    assert [sheet["D6"].value, sheet["F6"].value, sheet["J6"].value] == ["Zoé;", "=Directrice", "+33 1"]
    assert (sheet.max_row, sheet["A3"].value) == (6, "Liste de travail\u00a0: «\u00a0À appeler\u00a0»")
    events = await fetch(_TAKEN)
    assert [(one["subject"], one["platform"]) for one in events] == [
        ("user:mission", "MIN"),
        ("user:ministere", "MIN"),
    ]
    assert events[0]["details"] == {"list": "users", "format": "csv", "count": 2, "organisms": 2}


async def test_a_partner_is_told_how_many_organisms_are_not_his_to_know(house: House) -> None:
    told = await taken(house, "cdc", await listed(house.world["cdc"]))
    (head, left, end) = told.content.decode("utf-8-sig").split("\r\n")
    assert (head, end) == (HEAD, "")
    assert left.startswith("1 organisme de la liste sans utilisateur ici")
    assert SIREN not in told.text
    assert "@" not in told.text
    assert await fetch(_TAKEN) == []


async def test_an_organism_is_told_its_own_people_alone(house: House) -> None:
    await Platform.create(code="FED", name="Fédération", kind=PlatformKind.FEDERATION)
    told = await taken(house, "saisie", await listed(house.world["saisie"]))
    logins = {line.split(";")[8] for line in told.text.split("\r\n")[1:-1]}
    assert logins == {f"{one}@example.org" for one in ("saisie", "comptable", "hierarchie")}


async def test_lists_of_others_are_told_like_none(house: House) -> None:
    theirs = await listed(house.world["ministere"])
    for asked in (theirs, uuid4(), "x"):
        for login in ("mission", "cdc", "saisie"):
            refused = await taken(house, login, asked)
            assert (refused.status_code, refused.json()["extensions"]["code"]) == (404, "WORK_LIST_UNKNOWN")
    assert (await house.get(f"/work-lists/{theirs}/users.csv")).status_code == 401
    system = await house.get(f"/work-lists/{theirs}/users.csv", await house.token())
    assert system.json()["extensions"]["code"] == "PERSON_REQUIRED"
    user = house.world["cdc"].user_id
    assert user is not None
    assert (await taken(house, "cdc", default_id(user))).text == f"\ufeff{HEAD}\r\n"
    assert await fetch(_TAKEN) == []
