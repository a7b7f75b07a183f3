"""Conventions: what they open, from day to day without anyone acting; what cannot stand; who writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from authz import Allowed, Right, Target, decide
from authz.clock import today
from models import Conflict, Invalid, NotFound, Refused
from resolvers import convention_edits, convention_simulating, conventions, policy_signing
from resolvers.convention_changes import waiting_proposal
from resolvers.convention_contradictions import contradictions
from resolvers.convention_known import known_of
from resolvers.convention_reach import reach
from resolvers.convention_rows import ConventionState, Grant, Pause
from resolvers.conventions import Criteria
from tests.agreements import (
    DAY,
    ORGANISM,
    READING,
    TITLE,
    article,
    ask_two_signatures,
    build_agreements,
    content,
    everything,
    lines_of,
    published,
    reads,
)
from tests.world import OTHER_SIREN

pytestmark = pytest.mark.usefixtures("database")
OTHER = f"organism:{OTHER_SIREN}"


async def test_a_draft_opens_nothing_and_once_published_its_dates_open_and_close_it() -> None:
    world = await build_agreements()
    drafted = await convention_edits.create(world["admin"], content(), "k")
    await world.authority.refresh()
    assert not reads(world["ancols"])
    assert await lines_of(drafted.id) == []

    row = await convention_edits.publish(world["admin"], drafted.id, 1)
    await world.authority.refresh()

    assert row.state(today().date) is ConventionState.IN_FORCE
    decision = decide(world["ancols"], Right.READ, Target("MIN", "ER", 2024, ORGANISM, 4))
    assert decision == Allowed(f"{TITLE}, art. 1")
    days = {-11: False, -10: True, 0: True, 30: True, 31: False}
    assert {day: reads(world["ancols"], day) for day in days} == days
    assert not reads(world["ancols"], step=3)
    assert [row.state(today().date + n * DAY).value for n in (-11, 31)] == ["planned", "ended"]
    events = await conventions.history(row)
    assert [(one.event, one.author, one.policy_version) for one in events] == [
        ("published", "Admin Essai", world.authority.version),
        ("created", "Admin Essai", None),
    ]


async def test_a_suspension_closes_its_days_by_itself_and_a_resumption_gives_them_back() -> None:
    world = await build_agreements()
    row = await published(world)
    day = today().date

    pause = Pause(day + 5 * DAY, day + 9 * DAY)
    row = await convention_edits.suspend(world["admin"], row.id, pause, "Audit", row.revision)
    await world.authority.refresh()
    days = {0: True, 4: True, 5: False, 9: False, 10: True, 31: False}
    assert {n: reads(world["ancols"], n) for n in days} == days
    assert row.state(day + 6 * DAY) is ConventionState.SUSPENDED

    row = await convention_edits.resume(world["admin"], row.id, row.revision)
    await world.authority.refresh()
    assert reads(world["ancols"], 6)
    row = await convention_edits.suspend(world["admin"], row.id, Pause(day, None), "Audit", row.revision)
    await world.authority.refresh()
    assert [reads(world["ancols"], n) for n in (-1, 0, 20)] == [True, False, False]
    row = await convention_edits.resume(world["admin"], row.id, row.revision)
    await world.authority.refresh()
    assert reads(world["ancols"])
    with pytest.raises(Invalid, match="n’est pas suspendue") as refusal:
        await convention_edits.resume(world["admin"], row.id, row.revision)
    assert refusal.value.code == "CONVENTION_NOT_SUSPENDED"

    row = await convention_edits.end(world["admin"], row.id, day - DAY, "Dénoncée", row.revision)
    await world.authority.refresh()
    assert not reads(world["ancols"])
    assert (await conventions.history(row))[0].label == "Fin\u00a0: Dénoncée"
    with pytest.raises(Conflict) as over:
        await convention_edits.suspend(world["admin"], row.id, Pause(day, None), "Audit", row.revision)
    assert over.value.code == "CONVENTION_NOT_IN_FORCE"


async def test_an_update_replaces_only_the_rules_that_differ_in_one_version() -> None:
    world = await build_agreements()
    row = await published(world)
    before, version = await lines_of(row.id), world.authority.version
    changed = content(article(grants=(READING[0], Grant("dossier:export", (6,)))))

    row = await convention_edits.update(world["admin"], row.id, changed, row.revision)
    await world.authority.refresh()

    after = await lines_of(row.id)
    assert world.authority.version == version + 1
    assert [line for line in before if line not in after] == [line for line in before if "export" in line[4]]
    assert len(after) == len(before)
    with pytest.raises(Invalid) as refusal:
        await convention_edits.update(
            world["admin"], row.id, replace(changed, partner="partner:CDC"), row.revision
        )
    assert refusal.value.code == "CONVENTION_PARTIES"


async def test_each_reads_the_conventions_that_bear_on_it() -> None:
    world = await build_agreements()
    row = await published(world)
    elsewhere = await published(world, article(groups=("category:SEM",)), title="Autre")
    drafted = await convention_edits.renew(
        world["admin"], row.id, (date(2030, 1, 1), date(2031, 1, 1), "Suite"), "renewal"
    )
    again = await convention_edits.renew(
        world["admin"], row.id, (date(2030, 1, 1), date(2031, 1, 1), "Suite"), "renewal"
    )
    assert (again.id, drafted.renews_id, drafted.draft) == (drafted.id, row.id, True)
    seen = {
        login: {one.id for one in (await conventions.list_conventions(world[login], Criteria())).rows}
        for login in ("admin", "ministere", "ancols", "saisie", "cdc", "machine")
    }
    assert seen == {
        "admin": {row.id, elsewhere.id, drafted.id},
        "ministere": {row.id, elsewhere.id, drafted.id},
        "ancols": {row.id, elsewhere.id},
        "saisie": {row.id},
        "cdc": set(),
        "machine": set(),
    }
    page = await conventions.list_conventions(world["admin"], Criteria(partner="partner:ANCOLS"), 2)
    rest = await conventions.list_conventions(world["admin"], Criteria(), 2, page.cursors[-1])
    assert (page.total, page.has_next, len(rest.rows), rest.has_next) == (3, True, 1, False)
    drafts = await conventions.list_conventions(world["admin"], Criteria("MIN", None, ConventionState.DRAFT))
    assert [one.id for one in drafts.rows] == [drafted.id]
    for login in ("ancols", "saisie", "cdc"):
        with pytest.raises(NotFound) as stranger:
            await conventions.read(world[login], drafted.id)
        with pytest.raises(NotFound) as none:
            await conventions.read(world[login], uuid4())
        assert stranger.value.message == none.value.message
    assert (await reach(world["admin"], row)) == type(await reach(world["admin"], row))(2, 1, 1)
    await convention_edits.delete(world["admin"], drafted.id, 1)
    with pytest.raises(NotFound):
        await conventions.read(world["admin"], drafted.id)


async def test_what_one_article_gives_and_another_forbids_is_told() -> None:
    world = await build_agreements()
    known = await known_of(world["admin"], "MIN")
    here = content(article(), article(number="2", groups=(), included=(ORGANISM,), forbids=True))
    there = content(article(number="9", forbids=True), title="Autre")

    told = contradictions(here, [there], known)

    assert [(one.article, one.other) for one in told] == [
        ("1", f"{TITLE}, art. 2"),
        ("1", "Autre, art. 9"),
    ]
    assert "lecture aux étapes 4 à 6" in told[0].sentence
    assert "2 organismes" in told[1].sentence
    past = replace(there, since=date(2000, 1, 1), until=date(2000, 12, 31))
    assert len(contradictions(here, [past], known)) == 1


async def test_where_two_sign_nothing_opens_before_the_second_signature() -> None:
    world = await build_agreements()
    drafted = await convention_edits.create(world["admin"], content(), "k")
    await ask_two_signatures()
    waiting = await convention_edits.publish(world["admin"], drafted.id, 1)
    await world.authority.refresh()

    assert (waiting.revision, waiting.draft, reads(world["ancols"])) == (1, True, False)
    with pytest.raises(Conflict) as twice:
        await convention_edits.publish(world["admin"], drafted.id, 1)
    assert twice.value.code == "CONVENTION_AWAITS_SIGNATURE"
    proposal = await waiting_proposal(drafted.id)
    assert proposal is not None
    with pytest.raises(Refused):
        await policy_signing.sign(world["admin"], proposal)
    await policy_signing.sign(world["second"], proposal)
    await world.authority.refresh()

    row = await conventions.read(world["admin"], drafted.id)
    assert (row.revision, row.draft, reads(world["ancols"])) == (2, False, True)
    assert (await conventions.history(row))[0].policy_version == world.authority.version


async def test_a_signed_proposal_is_refused_once_its_convention_has_changed() -> None:
    world = await build_agreements()
    row = await published(world)
    await ask_two_signatures()
    await convention_edits.end(world["admin"], row.id, today().date, "Fin", row.revision)
    proposal = await waiting_proposal(row.id)
    assert proposal is not None
    # No rule changes: nobody signs.
    await convention_edits.update(world["admin"], row.id, content(purpose="Autre objet."), row.revision)
    before = await everything()
    with pytest.raises(Conflict) as stale:
        await policy_signing.sign(world["second"], proposal)
    assert stale.value.code == "CONVENTION_STALE"
    assert await everything() == before


async def test_a_convention_is_tried_before_it_is_published() -> None:
    world = await build_agreements()
    before = await everything()

    impact = await convention_simulating.simulate(world["admin"], None, content())

    assert (impact.gained, impact.lost) == (1, 0)
    assert {row.organization.key for row in impact.rows} == {"partner:ANCOLS"}
    with pytest.raises(NotFound):
        await convention_simulating.simulate(world["ministere"], None, content())
    assert await everything() == before
