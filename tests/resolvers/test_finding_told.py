"""What says more of a dossier than that it may be read is found by those to whom it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from authz import Right, add_rows, convention_line, profile_line, read_version
from authz.defaults import standing_lines
from forms import Step
from models import (
    Assignment,
    AssignmentRole,
    Campaign,
    Crossing,
    Deadline,
    Dossier,
    DossierLabel,
    HandBack,
    Label,
    Message,
    Nature,
    Organization,
    Platform,
    PlatformKind,
    Thread,
    User,
    Verification,
    WorkList,
    WorkListItem,
)
from resolvers import listing
from resolvers.criteria import Criteria, Sort
from resolvers.dossiers import read
from resolvers.er_dates import er_dates
from resolvers.finding_facets import facets
from resolvers.finding_relation import found_ids
from resolvers.finding_suggestions import UserSuggestion, followers, suggest_users
from tests.exchanges import build_exchanges
from tests.world import PACK, World, build_world

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("database")

DAY, AT = date(2026, 3, 10), datetime(2026, 3, 10, 9, tzinfo=UTC)
OWN = {"saisie", "ministere", "mission"}
# Who reads the dossier at step 4, and who of them what both sides say; the agency reads two tabs only.
READERS = OWN | {"cdc", "agence", "ancols", "federation", "machine", "system"}
TALKING = OWN | {"cdc", "agence", "federation", "system"}
ON_THE_DAY: dict[str, Any] = {"passed_since": DAY, "passed_until": DAY}
HANDED = Criteria(handed_since=DAY, handed_until=DAY)


async def _finds(world: World, criteria: Criteria) -> set[str]:
    """The logins of those who find the dossier, by every way of searching."""
    found = set()
    for login, asker in world.viewers.items():
        ids = await found_ids(asker, criteria)
        page = await listing.search(asker, criteria, sort=Sort.OFFICER)
        told = await facets(asker, criteria)
        assert (page.total, [row.id for row in page.rows]) == (len(ids), ids), (login, criteria)
        assert sum(number for _, number in told.steps) == len(ids)
        if ids:
            assert ids == [world.dossier]
            found.add(login)
    return found


async def _user(login: str) -> User:
    return await User.get(login=login).select_related("organization")


async def _verified(world: World, *cells: str) -> None:
    empty: dict[str, Any] = {"gap": None, "unit": "", "previous": [], "label": "x", "severity": "minor"}
    found = [{"check": "EQ-001", "cells": [[cell, "1"]], "target": cell, **empty} for cell in cells]
    await Verification.create(
        dossier_id=world.dossier, at=AT, pack=PACK, data_hash="x", version=0, anomalies=found
    )


async def _said(world: World, anchor: str) -> None:
    author = await _user("saisie")
    thread = await Thread.create(
        dossier_id=world.dossier, level="tab", anchor=anchor, organization=author.organization, opened_at=AT
    )
    await Message.create(
        thread=thread,
        nature=next(iter(Nature)),
        text="Bonjour",
        author=author,
        organization=author.organization,
        written_at=AT,
        published_at=AT,
    )


async def test_the_names_of_people_are_for_those_who_read_personal_data() -> None:
    world = await build_world(step=4)
    told = [UserSuggestion("Saisie", "Essai", "Office public de l'habitat d'essai")]
    for login, found in (("saisie", told), ("ministere", told), ("cdc", []), ("ancols", []), ("voisin", [])):
        assert await suggest_users(world[login], "ESSAI saisie") == found, login
        ids = await found_ids(world[login], Criteria(user="sAïsie"))
        assert ids == ([world.dossier] if found else []), login
    assert await suggest_users(world["saisie"], " ") == []


async def test_exchanges_hand_backs_and_anomalies_are_found_by_those_who_are_told_of_them() -> None:
    world = await build_exchanges()
    own = {"comptable", "hierarchie"}
    readers, talking, insiders = READERS | own, TALKING | own, OWN | own
    assert await _finds(world, Criteria()) == readers
    assert (
        await _finds(world, Criteria(anomalies=True))
        == await _finds(world, Criteria(anomalies=False))
        == set()
    )
    await _verified(world, "T01.L1.A")
    assert await _finds(world, Criteria(anomalies=True)) == readers - {"agence"}
    assert await _finds(world, Criteria(anomalies=False)) == {"agence"}
    await _verified(world, "T01.L1.A", "A1.L1.A")
    assert await _finds(world, Criteria(anomalies=True)) == readers
    assert await _finds(world, Criteria(unread=False)) == talking
    await _said(world, "T01")
    assert await _finds(world, Criteria(unread=True)) == talking - {"agence", "saisie", "system"}
    assert await _finds(world, Criteria(unread=False)) == {"agence", "saisie", "system"}
    await _said(world, "A1")
    assert await _finds(world, Criteria(unread=True)) == talking - {"saisie", "system"}
    taken = AT.replace(day=12)
    hand = await HandBack.create(
        dossier_id=world.dossier, reason="x", handed_at=AT, handed_by=await _user("ministere"), taken_at=taken
    )
    assert await _finds(world, HANDED) == talking - {"agence"} >= insiders
    for since, until in ((13, 13), (1, 9)):
        other = replace(HANDED, handed_since=DAY.replace(day=since), handed_until=DAY.replace(day=until))
        assert await _finds(world, other) == set()
    await HandBack.filter(id=hand.id).update(taken_at=None)
    assert await _finds(world, Criteria(handed_since=DAY.replace(day=30))) == talking - {"agence"}


async def test_passages_followers_lateness_and_what_is_kept_beside_are_found_by_those_who_know() -> None:
    world = await build_exchanges()
    own = {"comptable", "hierarchie"}
    readers, insiders = READERS | own, OWN | own
    await Dossier.all().update(step_since=AT)
    for passage, (source, target, day) in enumerate([(0, 1, 10), (1, 4, 11)], 1):
        await Crossing.create(
            dossier_id=world.dossier,
            passage=passage,
            move="x",
            source=source,
            target=target,
            at=AT.replace(day=day),
        )
    assert await _finds(world, Criteria(**ON_THE_DAY)) == readers
    assert await _finds(world, Criteria(passed_step=Step.ENTRY, **ON_THE_DAY)) == insiders
    assert await _finds(world, Criteria(passed_step=Step.REVIEW)) == readers
    assert await _finds(world, Criteria(passed_step=Step.REVIEW, **ON_THE_DAY)) == set()
    platform, mission = {"ministere", "mission"}, await _user("mission")
    await Assignment.create(
        dossier_id=world.dossier, role=AssignmentRole.OFFICER, user=mission, at=AT, author=mission
    )
    assert await _finds(world, Criteria(officer=mission.id)) == platform
    assert await _finds(world, Criteria(account_manager=mission.id)) == set()
    for login, asker in world.viewers.items():
        told = [one.id for one in await followers(asker, AssignmentRole.OFFICER)]
        assert told == ([mission.id] if login in platform else []), login
        assert await followers(asker, AssignmentRole.ACCOUNT_MANAGER) == []
    assert await _finds(world, Criteria(late=False)) == readers
    await Deadline.create(campaign=await Campaign.get(), step=5, due_on=date(2026, 1, 1))
    assert await _finds(world, Criteria(late=True)) == readers
    own_day = await Deadline.create(
        campaign=await Campaign.get(), step=5, category="OPH", due_on=date(2999, 1, 1)
    )
    assert await _finds(world, Criteria(late=True)) == set()
    await own_day.delete()
    await _kept_beside(world, mission, platform)


async def _kept_beside(world: World, mission: User, platform: set[str]) -> None:
    label = await Label.create(
        organization=mission.organization, name="À voir", folded="a voir", created_at=AT
    )
    await DossierLabel.create(label=label, dossier_id=world.dossier, author=mission, at=AT)
    assert await _finds(world, Criteria(labels=(label.id,))) == platform
    kept = await WorkList.create(organization=mission.organization, owner=mission, created_at=AT)
    await WorkListItem.create(work_list=kept, dossier_id=world.dossier, author=mission, added_at=AT)
    assert await _finds(world, Criteria(work_list=kept.id)) == {"mission"}
    await WorkList.filter(id=kept.id).update(shared=True)
    assert await _finds(world, Criteria(work_list=kept.id)) == platform


async def _federation(world: World) -> UUID:
    """The same organism's other form, on its federation's platform; the CDC reads it there, from step 1."""
    await Platform.create(code="FED", name="Fédération", kind=PlatformKind.FEDERATION)
    await Organization.filter(key="operator:FED").update(platform_id="FED")
    campaign = await Campaign.create(
        platform_id="FED", form="QDIS", year=2024, pack=PACK, opens_on=date(2025, 3, 1)
    )
    dossier = (await Dossier.get()).clone(pk=uuid4())
    dossier.update_from_dict({"campaign": campaign, "platform": "FED", "form": "QDIS", "step": 4})
    await dossier.save()
    people = {"saisie": "entry", "federation": "account_manager", "cdc": "partner_user"}
    profiles = [
        profile_line(subject=f"user:{login}", profile=f"profile:{profile}", platform="FED", form="QDIS")
        for login, profile in people.items()
    ]
    reading = convention_line(
        actor="partner:CDC", platform="FED", organisms="all", right=Right.READ, steps="456", ref="art. 1"
    )
    lines = [*standing_lines(["FED"]), *profiles, reading]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Une fédération")
    await world.authority.refresh()
    return dossier.id


async def test_the_er_is_told_to_who_reads_it_and_to_both_sides_of_the_federations_dossier() -> None:
    world = await build_exchanges()
    other = await _federation(world)
    readers = ("saisie", "federation", "cdc")

    async def told(*, transmitted: bool) -> list[str]:
        criteria = Criteria(er_transmitted=transmitted)
        return [login for login in readers if await found_ids(world[login], criteria) == [other]]

    assert (await told(transmitted=True), await told(transmitted=False)) == ([], list(readers))
    await Dossier.filter(id=world.dossier).update(transmitted_at=AT)
    for step, knowing in ((4, readers), (3, readers[:2])):
        # Before review the ER is the organism's and the Ministry's alone.
        await Dossier.filter(id=world.dossier).update(step=step)
        assert (await told(transmitted=True), await told(transmitted=False)) == (list(knowing), [])
        for login in readers:
            row = await read(world[login], other)
            assert await er_dates(world[login], [row]) == ({other: AT} if login in knowing else {})
            page = await listing.search(world[login], Criteria(form="QDIS"), sort=Sort.ER_TRANSMITTED)
            assert [one.id for one in page.rows] == [other]
    assert await er_dates(world["saisie"], [await read(world["saisie"], world.dossier)]) == {}
