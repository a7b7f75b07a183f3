"""The list in the order of the associated ERs' transmissions: each is told the order of what he is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from authz import Right, add_rows, convention_line, profile_line, read_version, viewer_of_user
from authz.defaults import standing_lines
from models import (
    Campaign,
    Dossier,
    Organism,
    OrganismCode,
    Organization,
    OrganizationKind,
    Platform,
    PlatformKind,
    User,
)
from resolvers import listing
from resolvers.criteria import Criteria, Sort
from resolvers.er_dates import er_dates
from resolvers.finding_relation import found_ids
from tests.world import OTHER_SIREN, PACK, SIREN, World, build_world

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Line, Viewer

pytestmark = pytest.mark.usefixtures("database")

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
FIRST, SECOND, THIRD, LAST = (AT + timedelta(days=days) for days in range(4))
# The federation's own codes: the neighbour stands before the organism of the world.
CODES = {SIREN: "F9", OTHER_SIREN: "F2"}
# By code and year, the ER: its step and when it was transmitted; absent where there is none.
ERS = {
    "F9/2020": (5, LAST),
    "F9/2021": (4, SECOND),
    "F9/2022": (3, None),
    "F9/2023": (6, LAST),
    "F9/2024": (4, THIRD),
    "F2/2023": (4, LAST),
    # Transmitted, then back at its organism's: for it and its platforms, and no partner.
    "F2/2024": (3, FIRST),
}
ALL = ["F2/2022", "F2/2023", "F2/2024", "F9/2020", "F9/2021", "F9/2022", "F9/2023", "F9/2024"]
QDIS = Criteria(form="QDIS")


async def _world() -> World:
    """Dossiers of a federation and their ERs; the CDC reads both from review, ANCOLS only the former."""
    world = await build_world(step=4)
    await Platform.create(code="FED", name="Fédération", kind=PlatformKind.FEDERATION)
    body = await Organization.create(
        key="operator:FED",
        kind=OrganizationKind.OPERATOR,
        name="Fédération",
        short_name="FED",
        platform_id="FED",
    )
    pilot = await User.create(
        organization=body, login="federation", password_hash="x", first_name="F", last_name="Essai", email=""
    )
    for siren, code in CODES.items():
        await OrganismCode.create(organism=await Organism.get(siren=siren), platform_id="FED", code=code)
    await _dossiers()
    await add_rows(_lines(), base=await read_version(), author_id=None, comment="Une fédération")
    await world.authority.refresh()
    world.viewers["federation"] = await viewer_of_user(world.authority, pilot.id)
    return world


def _lines() -> list[Line]:
    """What each may on the federation's platform, and the CDC on the Ministry's."""
    people = {
        "saisie": "entry",
        "voisin": "hierarchical",
        "federation": "account_manager",
        "cdc": "partner_user",
        "ancols": "partner_user",
    }
    profiles = [
        profile_line(subject=f"user:{login}", profile=f"profile:{profile}", platform="FED", form="QDIS")
        for login, profile in people.items()
    ]
    conventions = [
        convention_line(
            actor=f"partner:{actor}",
            platform=platform,
            organisms="all",
            right=Right.READ,
            steps="456",
            ref="a",
        )
        for actor, platform in (("CDC", "FED"), ("ANCOLS", "FED"), ("CDC", "MIN"))
    ]
    return [*profiles, *conventions, *standing_lines(["FED"])]


async def _dossiers() -> None:
    """Each dossier of the federation in review, and its ER where it has one."""
    model, opens = await Dossier.get(), date(2025, 3, 1)
    bodies = {code: await Organism.get(siren=siren) for siren, code in CODES.items()}
    campaigns = {("MIN", 2024): await Campaign.get()}
    for place in ALL:
        code, year = place.partition("/")[0], int(place.partition("/")[2])
        step, sent = ERS.get(place, (None, None))
        for platform, form, at in (("FED", "QDIS", 4), ("MIN", "ER", step)):
            if at is None:
                continue
            if (platform, year) not in campaigns:
                campaigns[platform, year] = await Campaign.create(
                    platform_id=platform, form=form, year=year, pack=PACK, opens_on=opens
                )
            of = {"platform": platform, "form": form, "year": year, "organism": bodies[code], "step": at}
            told = {"code": code, "campaign": campaigns[platform, year], "transmitted_at": sent}
            if (platform, place) == ("MIN", "F9/2024"):
                await Dossier.filter(id=model.id).update(transmitted_at=sent)
                continue
            # The federation's own transmissions are in another order: that of the list's names.
            one = model.clone(pk=uuid4()).update_from_dict(of | told)
            one.transmitted_at = sent if platform == "MIN" else AT + timedelta(hours=ALL.index(place))
            await one.save()


async def _listed(
    asker: Viewer, first: int, *, descending: bool, after: str | None = None
) -> tuple[list[UUID], list[str], int]:
    """The rows of all pages from one on, their cursors, and the number of pages."""
    rows: list[UUID] = []
    cursors: list[str] = []
    for number in range(1, 20):
        page = await listing.search(
            asker, QDIS, first, after, sort=Sort.ER_TRANSMITTED, descending=descending
        )
        rows += [row.id for row in page.rows]
        cursors += page.cursors
        if not page.has_next:
            return rows, cursors, number
        after = page.cursors[-1]
    raise AssertionError


async def _places() -> dict[UUID, str]:
    return {one.id: f"{one.code}/{one.year}" for one in await Dossier.filter(form="QDIS")}


# In the order of what each is told, the equal ones together by code and year; what has no date is apart.
TOLD = {
    "federation": (
        [["F2/2024"], ["F9/2021"], ["F9/2024"], ["F2/2023", "F9/2020", "F9/2023"]],
        ["F2/2022", "F9/2022"],
    ),
    "saisie": ([["F9/2021"], ["F9/2024"], ["F9/2020", "F9/2023"]], ["F9/2022"]),
    "voisin": ([["F2/2024"], ["F2/2023"]], ["F2/2022"]),
    "cdc": (
        [["F9/2021"], ["F9/2024"], ["F2/2023", "F9/2020", "F9/2023"]],
        ["F2/2022", "F2/2024", "F9/2022"],
    ),
    "ancols": ([], ALL),
}


async def test_each_is_told_the_order_of_the_ers_that_he_is_told_of() -> None:
    world = await _world()
    places = await _places()
    for login, (dated, undated) in TOLD.items():
        asker = world[login]
        for descending in (False, True):
            groups = dated[::-1] if descending else dated
            expected = [place for group in groups for place in group] + undated
            for first in (1, 2, 3, 50):
                rows, _, pages = await _listed(asker, first, descending=descending)
                assert [places[row] for row in rows] == expected, (login, descending, first)
                assert pages == -(-len(expected) // first)
            ids = await found_ids(asker, QDIS, sort=Sort.ER_TRANSMITTED, descending=descending)
            assert [places[one] for one in ids] == expected, (login, descending)
        await _agrees_with_what_is_shown(asker, places, dated)


async def _agrees_with_what_is_shown(asker: Viewer, places: dict[UUID, str], dated: list[list[str]]) -> None:
    """The column that he reads holds the dates that he is given the order of."""
    page = await listing.search(asker, QDIS, 50, sort=Sort.ER_TRANSMITTED)
    shown = await er_dates(asker, page.rows)
    told = [(shown[row.id], places[row.id]) for row in page.rows if row.id in shown]
    assert [[place for _, place in group] for _, group in groupby(told, key=lambda one: one[0])] == dated
    assert all(at == ERS[place][1] for at, place in told)


async def test_a_cursor_that_another_was_given_orders_nothing_for_who_may_not_read_the_er() -> None:
    """A date of the federation's, handed to a partner, would else be compared with what he is not told."""
    world = await _world()
    places = await _places()
    for descending in (False, True):
        rows, cursors, _ = await _listed(world["federation"], 3, descending=descending)
        for row, cursor in zip(rows, cursors, strict=True):
            found, _, _ = await _listed(world["ancols"], 3, descending=descending, after=cursor)
            told = places[row]
            # After a date come all those without; after none, those behind it by its code and year.
            behind = ALL[ALL.index(told) + 1 :] if told in TOLD["federation"][1] else ALL
            assert [places[one] for one in found] == behind, (told, descending)


async def test_the_order_follows_what_is_transmitted_and_who_may_read_it() -> None:
    world = await _world()
    places = await _places()
    er = Dossier.filter(form="ER", code="F2", year=2024)
    await er.update(step=4)
    assert places[(await _listed(world["cdc"], 50, descending=False))[0][0]] == "F2/2024"
    await er.update(transmitted_at=LAST + timedelta(days=1))
    for login in ("cdc", "federation", "voisin"):
        assert places[(await _listed(world[login], 50, descending=True))[0][0]] == "F2/2024", login
    await er.update(transmitted_at=None)
    assert [places[one] for one in (await _listed(world["voisin"], 1, descending=True))[0]] == [
        "F2/2023",
        "F2/2022",
        "F2/2024",
    ]
