"""Consents: asked by conventions, answered by organisms, told to contacts; who may read, and who has."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from authz import Right, add_rows, box_line, close_rows, profile_line, read_version
from authz.clock import today
from authz.lines import Effect
from forms import Step
from models import Conflict, Dossier, Invalid, NotFound, PolicyRow, Refused, execute, fetch, transaction
from resolvers import consent_list, consent_readers, consents, digests, dossiers, export_jobs, readings, tabs
from resolvers.consent_list import Asked
from resolvers.consent_readers import Within
from resolvers.consent_rows import ConsentAnswer, ConsentWrite
from resolvers.convention_edits import end
from resolvers.notifications import pending
from resolvers.verification import last
from tests.agreements import article, build_agreements, everything, published, reads
from tests.world import OTHER_SIREN, SIREN, World

pytestmark = pytest.mark.usefixtures("database")
GIVEN, REFUSED, NONE = ConsentAnswer.GIVEN, ConsentAnswer.REFUSED, ConsentAnswer.NONE


def answer(*, given: bool, was: ConsentAnswer = NONE, partner: str = "partner:ANCOLS") -> ConsentWrite:
    return ConsentWrite("MIN", partner, "ER", 2024, given, was)


async def asking_world() -> World:
    """ANCOLS reads the ER of the OPH that let it."""
    world = await build_agreements()
    await published(world, article(consent=True))
    return world


async def test_an_organism_gives_changes_its_mind_and_sees_who_reads_it() -> None:
    world = await asking_world()
    director = world["hierarchie"]
    lines = {line.partner.key: line for line in await consents.consents(director)}
    asked, given = lines["partner:ANCOLS"], lines["partner:CDC"]
    assert (asked.answer, asked.readers, asked.offer.articles) == (NONE, 0, ("art. 1",))
    assert asked.offer.effect == "lecture, impression et export aux étapes 4 à 6"
    # The world's CDC has rules, and no convention: what was answered stays to be seen, and taken back.
    assert (given.answer, given.readers, given.offer.articles) == (GIVEN, 1, ())
    assert not reads(world["ancols"])

    (line,) = await consents.give(director, [answer(given=True)])
    await world.authority.refresh()
    assert (line.answer, line.author) == (GIVEN, "Hierarchie Essai")
    assert reads(world["ancols"])
    told = {row.subject: row for row in await consent_readers.readers_today(director, "ER", 2024)}
    assert {"user:ancols", "user:cdc", "client:cdc-machine", "user:ministere"} <= told.keys()
    assert not any(subject.endswith((":saisie", ":voisin")) for subject in told)
    ancols = told["user:ancols"]
    first = (today().date - timedelta(days=10)).isoformat()
    assert (ancols.name, ancols.ref, ancols.since) == ("Ancols Essai", "Convention d’essai, art. 1", first)

    await consents.give(director, [answer(given=False, was=GIVEN)])
    await world.authority.refresh()
    assert not reads(world["ancols"])
    lines = {line.partner.key: line for line in await consents.consents(director, 2024, "ER")}
    line = lines["partner:ANCOLS"]
    assert [(change.given, change.author) for change in line.history] == [
        (False, "Hierarchie Essai"),
        (True, "Hierarchie Essai"),
    ]
    assert await consents.consents(world["ancols"]) == []
    assert await consents.consents(director, 2023) == []


async def test_the_partners_contacts_are_told_once_a_call_without_a_datum() -> None:
    world = await asking_world()
    await consents.give(world["hierarchie"], [answer(given=True)])
    await consents.give(
        world["hierarchie"],
        [answer(given=False, was=GIVEN), answer(given=False, was=GIVEN, partner="partner:CDC")],
    )
    notices = await fetch("SELECT id, event FROM notification ORDER BY at, event, id")
    tasks = [await pending(world.authority, row["id"]) for row in notices]
    found = sorted((task.recipient, task.event, task.subject, task.path) for task in tasks if task)
    path = "/acces?form=ER&year=2024&platform=MIN"
    assert found == [
        ("ancols@example.org", "consent_given", "ER 2024", path),
        ("ancols@example.org", "consent_refused", "ER 2024", path),
        ("cdc@example.org", "consent_refused", "ER 2024", path),
    ]
    jobs = await fetch("SELECT count(*) AS n FROM procrastinate_jobs WHERE task_name = 'send_notification'")
    assert jobs[0]["n"] == 3


@pytest.mark.parametrize(("lost", "mailed"), [("ER", False), ("QDIS", True)])
async def test_a_former_contact_is_not_mailed_an_answer(lost: str, *, mailed: bool) -> None:
    world = await asking_world()
    line = profile_line(subject="user:ancols", profile="profile:contact", platform="MIN", form="QDIS")
    await add_rows([line], base=await read_version(), author_id=None, comment="x")
    await world.authority.refresh()
    await consents.give(world["hierarchie"], [answer(given=True)])
    await execute("UPDATE notification SET delivery = 'digest'")
    (notice,) = await fetch("SELECT id, user_id FROM notification")
    found = await PolicyRow.filter(ptype="g", until_version=None).values("id", "values")
    gone = [one["id"] for one in found if one["values"] == ["user:ancols", "profile:contact", f"MIN/{lost}"]]
    async with transaction():
        await close_rows(gone, base=await read_version(), author_id=None, comment="Fin")
    await digests.prepare(datetime.now(UTC) + timedelta(days=1))
    (day,) = await fetch("SELECT digest_on FROM notification")
    digest = await digests.pending(world.authority, notice["user_id"], day["digest_on"])
    alone = await pending(world.authority, notice["id"])
    (kept,) = await fetch("SELECT withheld_at IS NULL AS told FROM notification")
    assert len(gone) == 1
    assert (digest is not None, alone is not None, kept["told"]) == (mailed, mailed, mailed)


async def test_an_answer_that_was_not_asked_seen_or_allowed_changes_nothing() -> None:
    world = await asking_world()
    director = world["hierarchie"]
    before = await everything()
    for writes, kind, code in (
        ([], Invalid, "CONSENTS_COUNT"),
        ([answer(given=True)] * 2, Invalid, "CONSENT_TWICE"),
        ([answer(given=True, partner="partner:CGLLS")], NotFound, "CONSENT_UNKNOWN"),
        ([replace(answer(given=True), year=2019)], NotFound, "CONSENT_UNKNOWN"),
        ([answer(given=True), answer(given=True, partner="partner:CDC")], Conflict, "CONSENT_CONFLICT"),
    ):
        with pytest.raises(kind) as refusal:
            await consents.give(director, writes)
        assert refusal.value.code == code
    for login in ("saisie", "comptable", "ministere", "admin", "ancols", "cdc", "machine"):
        with pytest.raises(Refused):
            await consents.give(world[login], [answer(given=True)])
    assert await everything() == before
    # A box taken away at one step takes the whole away: the right is not of one step.
    line = box_line(
        subject="user:hierarchie",
        platform="MIN",
        right=Right.CONSENT_GIVE,
        steps="6",
        effect=Effect.DENY,
        ref="Droits",
    )
    await add_rows([line], base=await read_version(), author_id=None, comment="Case")
    await world.authority.refresh()
    with pytest.raises(Refused):
        await consents.give(director, [answer(given=True)])


async def test_two_answers_at_once_are_one_answer_and_a_conflict() -> None:
    world = await asking_world()
    both = await asyncio.gather(
        *(consents.give(world["hierarchie"], [answer(given=given)]) for given in (True, False)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in both) == ["Conflict", "list"]
    assert len(await fetch("SELECT id FROM consent_change")) == 1


async def test_a_partner_lists_the_organisms_that_its_conventions_reach_and_only_its_own_answers() -> None:
    world = await asking_world()
    await consents.give(world["hierarchie"], [answer(given=False)])
    asked = Asked("MIN", "ER", 2024)

    rows = await consent_list.consent_list(world["ancols"], asked)

    assert [(row.siren, row.code, row.answer) for row in rows] == [
        (SIREN, "001", REFUSED),
        (OTHER_SIREN, "002", NONE),
    ]
    page = await consent_list.page(world["ancols"], asked, None, 1)
    rest = await consent_list.page(world["ancols"], asked, None, 1, page.cursors[0])
    assert (page.total, page.has_next, rest.rows[0].code, rest.has_next) == (2, True, "002", False)
    assert (await consent_list.page(world["ancols"], asked, REFUSED)).total == 1
    # The CDC's rules of this world come from no convention: nothing is listed, though it was answered.
    assert await consent_list.consent_list(world["cdc"], asked) == []
    assert await consent_list.platform_of(world["ancols"], "ER", None) == "MIN"
    with pytest.raises(Invalid) as ambiguous:
        await consent_list.platform_of(world["cdc"], "ER", None)
    assert ambiguous.value.code == "PLATFORM_AMBIGUOUS"
    for login, code in (("saisie", "CONSENT_LIST_PARTNER"), ("admin", "CONSENT_LIST_PARTNER")):
        with pytest.raises(Refused) as refusal:
            await consent_list.consent_list(world[login], asked)
        assert refusal.value.code == code
    with pytest.raises(Refused):
        await consent_list.consent_list(world["ancols"], Asked("MIN", "SEM", 2024))


async def test_nobody_is_asked_by_a_convention_that_has_ended() -> None:
    world = await build_agreements()
    row = await published(world, article(consent=True))
    await end(world["admin"], row.id, today().date - timedelta(days=1), "Fin", row.revision)
    await world.authority.refresh()
    assert [line.partner.key for line in await consents.consents(world["hierarchie"])] == ["partner:CDC"]
    with pytest.raises(NotFound):
        await consents.give(world["hierarchie"], [answer(given=True)])


async def read_by(world: World, login: str) -> None:
    async with transaction():
        await tabs.open_tabs(await dossiers.read(world[login], world.dossier), ["A1"])


async def read_and_fail(world: World) -> None:
    async with transaction():
        row = await dossiers.read(world["cdc"], world.dossier)
        await tabs.open_tabs(row, ["A1"])
        await tabs.open_tabs(row, ["A2"])
        raise KeyError


async def notes() -> list[tuple[str, str, str]]:
    rows = await fetch("SELECT subject, channel, ref FROM dossier_reading ORDER BY subject, channel")
    return [(row["subject"], row["channel"], row["ref"]) for row in rows]


async def test_whoever_reads_from_outside_is_noted_once_a_day_and_a_channel_with_the_article() -> None:
    world = await build_agreements()
    for _ in range(3):
        for login in ("saisie", "hierarchie", "ministere", "cdc", "machine"):
            await read_by(world, login)
    for channel in (readings.XLSX, readings.ZIP):
        await export_jobs.content(world["cdc"], world.dossier, ["A1"], channel)
    article_3 = "convention CDC 2024, art. 3"
    expected = [
        ("client:cdc-machine", "api", article_3),
        ("user:cdc", "screen", article_3),
        ("user:cdc", "xlsx", article_3),
        ("user:cdc", "zip", article_3),
        ("user:ministere", "screen", "règles communes"),
    ]
    assert await notes() == expected

    page = await consent_readers.readings(world["saisie"], "ER", 2024, 2)
    rest = await consent_readers.readings(world["saisie"], None, None, 50, page.cursors[-1])
    assert (page.has_next, len(page.rows), len(rest.rows), rest.has_next) == (True, 2, 3, False)
    assert page.rows[0].dossier_id == world.dossier
    for within, count in (
        (Within(organization="partner:CDC"), 4),
        (Within(since=today().date, until=today().date, dossier=world.dossier), 5),
        (Within(until=today().date - timedelta(days=1)), 0),
        (Within(dossier=uuid4()), 0),
    ):
        assert len(await consent_readers.register(world["saisie"], None, None, within)) == count
        found = await consent_readers.readings(world["saisie"], "ER", None, within=within)
        assert len(found.rows) == count
    bodies = await consent_readers.reading_organizations(world["saisie"])
    assert {body.key for body in bodies} == {"partner:CDC", "operator:MIN"}
    assert await consent_readers.reading_organizations(world["cdc"]) == ()
    for login in ("voisin", "cdc", "ministere"):
        assert (await consent_readers.readings(world[login], None, None)).rows == ()


async def test_what_is_undone_was_not_noted_and_is_noted_the_next_time() -> None:
    world = await build_agreements()
    with pytest.raises(KeyError):
        await read_and_fail(world)
    assert await notes() == []
    async with transaction():
        await last(await dossiers.read(world["cdc"], world.dossier))
    assert [subject for subject, *_ in await notes()] == ["user:cdc"]


async def test_a_refused_reading_and_a_list_are_not_noted() -> None:
    world = await build_agreements()
    await Dossier.filter(id=world.dossier).update(step=Step.ENTRY)
    with pytest.raises(NotFound):
        await read_by(world, "cdc")
    await dossiers.read(world["ministere"], world.dossier)
    assert await notes() == []
