from collections import Counter

import pytest

from authz import Authority, Viewer, viewer_of_client, viewer_of_user
from forms import Severity, Step, load_pack
from models import (
    Dossier,
    OrganizationKind,
    TabDocument,
    Transmission,
    User,
    Verification,
    fetch,
    transaction,
)
from resolvers import clients as door
from resolvers import dossiers, listing, loading, steps, tabs, verification
from resolvers.criteria import Criteria
from resolvers.demo import complete_set, demo_accounts, seed
from resolvers.demo.accounts import ACCOUNTING, ENTRY, HIERARCHY, Account, login_of
from resolvers.demo.cast import cast
from resolvers.demo.filing import filed
from resolvers.demo.identifiers import stable_id
from resolvers.demo.others import filed_others
from resolvers.demo.slips import SLIPS, reason_for
from resolvers.loaded import LoadedCell, LoadedFile, LoadedRow
from resolvers.sessions import sign_in
from tests.world import CONTACTS

pytestmark = pytest.mark.usefixtures("demo")
TABLES = ("organism", "user_account", "policy_row", "dossier", "tab_document", "crossing", "transmission")


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Nobody listens."""


async def counts() -> dict[str, int]:
    found = {table: await fetch(f"SELECT count(*) AS n FROM {table}") for table in TABLES}  # noqa: S608 - constants
    return {table: rows[0]["n"] for table, rows in found.items()}


async def viewer_of(login: str) -> Viewer:
    return await viewer_of_user(await Authority.load(), stable_id("user", login))


async def found_by(
    login: str, search: str | None = None, year: int | None = None, category: str | None = None
) -> int:
    criteria = Criteria(search=search, form="ER", year=year, category=category)
    page = await listing.search(await viewer_of(login), criteria, first=1)
    return page.total


async def test_a_seeded_database_is_left_alone() -> None:
    before = await counts()

    accounts = await seed(quiet)

    assert await counts() == before
    assert accounts == demo_accounts()


async def test_the_whole_world_is_there() -> None:
    found = await counts()

    assert found["organism"] == 780
    surveys = sum(part.organism.federation is not None for part in cast().parts)
    assert found["dossier"] == 1440 + surveys + len(filed_others())
    assert found["tab_document"] > 81 * 65
    packs = await fetch("SELECT DISTINCT pack FROM dossier ORDER BY pack")
    assert [row["pack"] for row in packs] == [
        "ACTIONNARIAT/2024/1",
        "ACTIVITE/2024/1",
        "EFFECTIFS/2024/1",
        "ER/2023/1",
        "ER/2024/1",
        "MOI/2024/1",
        "QDIS/2024/1",
        "SEM/2024/1",
    ]
    kinds = Counter(row["kind"] for row in await fetch("SELECT kind FROM organization"))
    assert kinds == {
        OrganizationKind.ORGANISM: 780,
        OrganizationKind.OPERATOR: 5,
        OrganizationKind.PARTNER: 3,
    }


def one_of_each_role() -> list[Account]:
    return list({account.profile: account for account in demo_accounts().accounts}.values())


@pytest.mark.parametrize("account", one_of_each_role(), ids=lambda account: account.profile)
async def test_every_role_signs_in(account: Account) -> None:
    signed = await sign_in(await Authority.load(), account.login, account.password)

    assert signed.viewer.organization == account.key
    assert signed.viewer.organization_name == account.organization


async def test_every_client_is_given_a_token() -> None:
    for client in demo_accounts().clients:
        granted = await door.grant(client.id, client.secret)
        viewer = await viewer_of_client(await Authority.load(), client.id, granted.scopes)
        page = await listing.search(viewer, Criteria(form="ER"), first=1)
        assert page.total > 0


async def test_each_partner_sees_what_its_convention_says() -> None:
    transmitted = [one for one in filed() if one.step >= Step.REVIEW]
    finalised = [one for one in transmitted if one.step >= Step.FINALISATION]

    assert await found_by("cglls.lecture") == len(transmitted)
    assert await found_by("ancols.lecture") == len(finalised)
    assert 0 < await found_by("cdc.lecture") < len(transmitted)
    assert await found_by("cdc.lecture", category="SEM") == 0
    assert await found_by("ministere.mission") == 1440
    assert await found_by("foph.affaire") == 0


async def test_the_cdc_sees_neither_who_refuses_nor_whom_its_convention_names() -> None:
    willing = next(
        part.organism
        for part in cast().parts
        if part.step is Step.REVIEW
        and part.organism.category == "OPH"
        and part.organism != cast().unconsenting
    )

    assert await found_by("cglls.lecture", search=cast().denied.siren, year=2024) == 1
    assert await found_by("cdc.lecture", search=cast().denied.siren) == 0
    assert await found_by("cglls.lecture", search=cast().unconsenting.siren, year=2024) == 1
    assert await found_by("cdc.lecture", search=cast().unconsenting.siren, year=2024) == 0
    assert await found_by("cdc.lecture", search=willing.siren, year=2024) == 1


async def test_a_filled_dossier_opens_whole() -> None:
    part = cast().parts[20]
    viewer = await viewer_of("ministere.mission")
    row = await dossiers.read(viewer, stable_id("dossier", part.organism.siren, 2024))

    opened = await tabs.open_tabs(row, None)

    assert len(opened) == 65
    assert all(tab.values or tab.rows for tab in opened)
    assert row.step is part.step


async def test_what_is_kept_is_what_the_checks_would_find_again() -> None:
    viewer = await viewer_of("ministere.affaire")
    for rank in (13, 19, 28):
        part = cast().parts[rank]
        for year in (2023, 2024):
            row = await dossiers.read(viewer, stable_id("dossier", part.organism.siren, year))
            kept = await verification.last(row)
            assert kept is not None
            assert not kept.stale
            again = await verification.run(row)
            assert (again.data_hash, again.anomalies) == (kept.data_hash, kept.anomalies)
            declared = await Transmission.get(dossier_id=row.id)
            assert declared.data_hash == kept.data_hash


async def test_an_identity_alone_was_transmitted_with_its_hash() -> None:
    viewer = await viewer_of("ministere.mission")
    one = next(one for one in filed() if one.identified and one.year == 2024 and one.journey.transmitted)
    row = await dossiers.read(viewer, one.id)

    again = await verification.run(row)

    assert (await Transmission.get(dossier_id=one.id)).data_hash == again.data_hash
    assert [
        found.anomaly.check for found in again.anomalies if found.anomaly.severity is Severity.BLOCKING
    ] == []


async def test_no_transmitted_dossier_leaves_a_major_anomaly_without_a_reason() -> None:
    transmitted = {one.id for one in (*filed(), *filed_others()) if one.filled and one.journey.transmitted}
    told = await fetch("SELECT dossier_id, check_id, text FROM justification")
    reasons = {(row["dossier_id"], row["check_id"]): row["text"] for row in told}
    checked = await Verification.filter(dossier_id__in=transmitted)

    assert {kept.dossier_id for kept in checked} == transmitted
    majors = {
        (kept.dossier_id, anomaly["check"])
        for kept in checked
        for anomaly in kept.anomalies
        if anomaly["severity"] == Severity.MAJOR
    }
    assert majors == set(reasons)
    assert {check for _, check in majors} - {"CA-002", "FO-003", "PF-001", "PF-002", "RX-025"} <= set(SLIPS)
    assert all(text == reason_for(check) for (_, check), text in reasons.items())


async def test_every_dossier_says_where_it_stands() -> None:
    told = {
        row["id"]: row
        for row in await fetch(
            "SELECT d.id, d.step, d.passes, d.version, d.transmitted_at, d.search, "
            "(SELECT count(*) FROM crossing c WHERE c.dossier_id = d.id) AS crossed, "
            "(SELECT count(*) FROM tab_document t WHERE t.dossier_id = d.id) AS tabs, "
            "(SELECT count(*) FROM transmission t WHERE t.dossier_id = d.id) AS transmitted FROM dossier d"
        )
    }
    for one in filed():
        row = told[one.id]
        assert (row["step"], row["passes"]) == (one.step, row["crossed"])
        # Some were corrected since, as their difference shows.
        assert row["version"] >= one.version
        assert row["tabs"] == (65 if one.filled else int(one.identified))
        assert bool(row["transmitted_at"]) == bool(row["transmitted"]) == (one.step >= Step.REVIEW)
        assert one.organism.siren in row["search"]
        assert row["search"] == row["search"].lower()


def file_of_the_blank_dossier() -> LoadedFile:
    complete = complete_set()
    cells = [
        LoadedCell(line, cell, value) for line, (cell, value) in enumerate(complete.data.cells.items(), 1)
    ]
    rows = [
        LoadedRow(line, tab, row.key, row.values)
        for tab, found in complete.data.rows.items()
        for line, row in enumerate(found, len(cells) + 1)
    ]
    return LoadedFile("ER", 2024, complete.organism.siren, "ER/2024/1", tuple(cells), tuple(rows))


async def test_the_blank_dossier_is_loaded_and_goes_to_its_transmission() -> None:
    blank = cast().blank
    dossier = stable_id("dossier", blank.siren, 2024)
    writer, accountant, director = [
        await viewer_of(login_of(blank, role)) for role in (ENTRY, ACCOUNTING, HIERARCHY)
    ]
    assert await TabDocument.filter(dossier_id=dossier).count() == 0

    report = await loading.load(writer, dossier, file_of_the_blank_dossier())
    found = await verification.verify(writer, dossier)
    await steps.advance(writer, dossier, "submit_entry", None, "key-1")
    await steps.advance(accountant, dossier, "validate_entry", None, "key-2")
    commitments = [True] * len(load_pack("ER/2024/1").cycle.commitments)
    row = await steps.transmit(director, dossier, commitments, HIERARCHY.password, "key-3", contacts=CONTACTS)

    assert (report.applied, report.refused) == (True, 0)
    assert {one.anomaly.severity for one in found.anomalies} <= {Severity.MINOR}
    assert row.step is Step.REVIEW
    assert (await dossiers.read(await viewer_of("cdc.lecture"), dossier)).id == dossier


async def test_authors_are_people_of_the_right_house() -> None:
    wrong = await fetch(
        "SELECT c.id FROM crossing c JOIN dossier d ON d.id = c.dossier_id "
        "JOIN organism o ON o.id = d.organism_id JOIN user_account u ON u.id = c.author_id "
        "JOIN organization g ON g.id = u.organization_id "
        "WHERE g.key <> "
        "CASE WHEN c.source >= 4 THEN 'operator:' || d.platform ELSE 'organism:' || o.siren END"
    )

    assert wrong == []
    assert await User.filter(closed_at=None).count() == len(demo_accounts().accounts) + len(
        demo_accounts().administrators
    )
    async with transaction():
        assert await Dossier.filter(platform="MIN", form="ER").count() == 1440
