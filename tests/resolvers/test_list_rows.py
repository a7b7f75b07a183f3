"""The rows of a list that leaves: exactly those that its reader sees, as each kind of file writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from authz.writing import close_rows
from models import (
    Assignment,
    AssignmentRole,
    Dossier,
    DossierLabel,
    Invalid,
    Label,
    Organization,
    Platform,
    PlatformKind,
    fetch,
)
from resolvers import listing
from resolvers.criteria import Criteria, Sort
from resolvers.list_columns import STANDARD, Column, columns_named
from resolvers.list_rows import ListAsked, find_list
from resolvers.list_sql import FRENCH, GUARDED, ISO, SERIAL
from tests.campaign import conducted
from tests.world import SIREN

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.list_sql import Dialect
    from tests.campaign import Conducted

AT = datetime(2025, 3, 31, 22, 30, tzinfo=UTC)  # the first of April in Paris
_TAKEN = "SELECT subject, platform, details FROM event WHERE kind = 'list_taken' ORDER BY id"


@pytest.fixture
async def ground(database: str) -> Conducted:
    assert database
    one = await conducted(3)
    await Dossier.all().update(step_since=AT)
    return one


async def taken(viewer: Viewer, asked: ListAsked, dialect: Dialect = GUARDED) -> list[str]:
    found = await find_list(viewer, asked, dialect, "csv")
    told = b"".join([block async for block in found.blocks(iter)]).decode()
    rows = told.splitlines()
    assert len(rows) == found.total
    return rows


async def test_a_list_has_the_rows_of_the_screen_for_each_reader(ground: Conducted) -> None:
    sizes = {}
    for login, viewer in ground.world.viewers.items():
        rows = await taken(viewer, ListAsked(columns=(Column.CODE,)))
        page = await listing.search(viewer, Criteria(), 200)
        assert rows == [row.organism.code for row in page.rows]
        sizes[login] = len(rows)
    assert (sizes["ministere"], sizes["saisie"], sizes["cdc"], sizes["machine"]) == (4, 1, 1, 1)
    assert sizes["voisin"] == sizes["ancols"] == 0


async def test_each_kind_of_file_writes_days_and_typed_texts_its_own_way(ground: Conducted) -> None:
    minister, columns = ground.world["ministere"], (Column.NAME, Column.YEAR, Column.STEP_SINCE)
    name = '=1+1;"dit"\t\n l’Office\x0b'
    await Organization.filter(key=f"organism:{SIREN}").update(name=name)
    asked = ListAsked(Criteria(siren=SIREN), columns=columns)
    kept = '=1+1;""dit""   l’Office '
    for dialect, row in (
        (GUARDED, f'"\'{kept}";2024;01/04/2025'),
        (FRENCH, f'"{kept}";2024;01/04/2025'),
        (ISO, f'"{kept}";2024;2025-04-01'),
        (SERIAL, f'"{kept}";2024;45748'),
    ):
        assert await taken(minister, asked, dialect) == [row]


async def test_columns_and_order_are_those_chosen(ground: Conducted) -> None:
    minister = ground.world["ministere"]
    user = ground.world["mission"].user_id
    await Assignment.create(
        dossier_id=ground.dossiers[0], role=AssignmentRole.OFFICER, user_id=user, at=AT, author_id=user
    )
    await Dossier.filter(id=ground.dossiers[0]).update(transmitted_at=AT)
    asked = ListAsked(sort=Sort.CODE, descending=True, columns=STANDARD, without=(ground.dossiers[2],))
    rows = await taken(minister, asked)
    told = "34;ER;2024;4 – Fiabilisation;01/04/2025"
    assert rows == [
        f"101;Organisme 1;Sociétés anonymes d’HLM (ESH);300000001;{told};;;",
        f"100;Organisme 0;Offices publics de l’habitat;300000000;{told};01/04/2025;Mission Essai;",
        f"001;Office public de l'habitat d'essai;Offices publics de l’habitat;732829320;{told};;;",
    ]
    every = tuple(Column)
    assert [row.count(";") for row in await taken(minister, replace(asked, columns=every))] == [15] * 3
    assert columns_named(["", " NAME", "code", "name"]) == (Column.NAME, Column.CODE)
    assert columns_named([""]) == STANDARD
    with pytest.raises(Invalid) as refused:
        columns_named(["code", "d.code; DROP"])
    assert refused.value.code == "COLUMN_UNKNOWN"


async def test_labels_are_those_of_ones_own_organization(ground: Conducted) -> None:
    users = {login: ground.world[login] for login in ("ministere", "saisie")}
    for login, names in (("ministere", ("Urgent", "@Revoir")), ("saisie", ("À nous",))):
        viewer = users[login]
        for name in names:
            label = await Label.create(
                organization_id=viewer.organization_id, name=name, folded=name.lower(), created_at=AT
            )
            await DossierLabel.create(
                label=label, dossier_id=ground.world.dossier, author_id=viewer.user_id, at=AT
            )
    asked = ListAsked(Criteria(siren=SIREN), columns=(Column.LABELS,))
    assert await taken(users["ministere"], asked) == ["'@Revoir, Urgent"]
    assert await taken(users["saisie"], asked) == ["À nous"]
    assert await taken(ground.world["cdc"], asked) == [""]


async def test_the_transmission_of_the_er_is_told_on_a_federations_platform_alone(ground: Conducted) -> None:
    await Platform.create(code="FED", name="Fédération", kind=PlatformKind.FEDERATION)
    await Dossier.filter(id=ground.world.dossier).update(transmitted_at=AT)
    asked = ListAsked(Criteria(siren=SIREN), columns=(Column.PLATFORM, Column.ER_TRANSMITTED))
    assert await taken(ground.world["saisie"], asked) == ["Ministère chargé du logement;"]


async def test_a_change_of_the_rules_meanwhile_is_heeded(ground: Conducted) -> None:
    viewer, authority = ground.world["cdc"], ground.world.authority
    before = authority.version
    assert len(await taken(viewer, ListAsked())) == 1
    records = await fetch("SELECT id FROM policy_row WHERE values ->> 0 = 'partner:CDC'")
    # Another process writes it: this one has not heard of it when it is asked.
    ids = [record["id"] for record in records]
    await close_rows(ids, base=before, author_id=None, comment="Fin de la convention")
    assert authority.version == before
    assert await taken(viewer, ListAsked()) == []
    assert authority.version == before + 1


async def test_that_a_list_is_taken_is_noted_without_what_was_typed(ground: Conducted) -> None:
    label, other = uuid4(), uuid4()
    criteria = Criteria(search="habitat", form="ER", years=(2024, 2023))
    await taken(ground.world["cdc"], ListAsked(criteria, Sort.YEAR, descending=True, without=(other,)))
    assert await taken(ground.world["cdc"], ListAsked(Criteria(labels=(label,)))) == []
    (event,) = await fetch(_TAKEN)
    (dossier,) = await fetch("SELECT DISTINCT platform FROM dossier WHERE id = %s", [ground.world.dossier])
    assert (event["subject"], event["platform"]) == ("user:cdc", dossier["platform"])
    assert event["details"] == {
        "list": "dossiers",
        "format": "csv",
        "count": 1,
        "criteria": ["search", "form", "years"],
        "forms": ["ER"],
        "years": [2023, 2024],
        "labels": [],
        "work_list": None,
        "sort": "year",
        "descending": True,
        "left_out": 1,
        "chosen": None,
        "platforms": [dossier["platform"]],
        "columns": [column.value for column in STANDARD],
    }
