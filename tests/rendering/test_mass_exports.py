"""Exports of many dossiers: what is asked for is made, told line by line, and taken by right."""

from __future__ import annotations

import hashlib
import re
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from authz import viewer_of_user
from models import (
    Campaign,
    Conflict,
    Dossier,
    Export,
    MassExport,
    MassExportItem,
    MassExportKind,
    MassExportState,
    NotFound,
    Notification,
    Organization,
    Platform,
    PlatformKind,
    Refused,
    User,
    fetch,
)
from rendering.expiry import forget_expired
from rendering.mass_export_job import make_mass_export
from rendering.mass_manifest import manifest
from rendering.names import stem
from resolvers import dossiers, mass_export_taking, mass_exports
from resolvers.mass_export_choice import Wanted
from tests.agreements import article, build_agreements, published
from tests.campaign import Conducted, conducted
from tests.copies import ARCHIVE, seal
from tests.rendering.massing import (
    Press,
    archive,
    ask,
    errors_of,
    kept_files,
    made,
    manifest_of,
    one_tab,
    opened,
    services_of,
    withdraw,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rendering.pdf import Printer

pytestmark = pytest.mark.usefixtures("database")
PDF = MassExportKind.PDF
ENDS = {
    MassExportKind.PDF: ("pdf", ["pdf"]),
    MassExportKind.XML: ("xml", ["xml"]),
    MassExportKind.DOSSIER: ("dossiers", ["xml", "pdf"]),
    MassExportKind.SHEET: ("excel", ["xlsx"]),
}


@pytest.fixture
async def many(database: str) -> Conducted:
    assert database
    return await conducted(3)


async def test_each_kind_has_its_files_under_the_manuals_names(many: Conducted, tmp_path: Path) -> None:
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path)
    content = b""
    for kind, (word, suffixes) in ENDS.items():
        row = await made(services, viewer, one_tab(many.dossiers, kind), kind.value)
        assert (row.state, row.done, row.failed, row.total) == (MassExportState.READY, 3, 0, 3)
        content = await archive(services, viewer, row)
        names = [f"er/2024/er_2024_{300_000_000 + n}.{end}" for n in range(3) for end in suffixes]
        found = opened(content)
        assert found.namelist() == ["manifeste.csv", *names]
        assert content == await archive(services, viewer, row)
        for line in manifest_of(content):
            kept = found.read(line["Fichier"])
            assert line["SHA-256"] == hashlib.sha256(kept).hexdigest()
            assert (line["Taille en octets"], line["Organisme"][:9]) == (str(len(kept)), "Organisme")
            assert (bool(line["Article"]), line["État"], line["Erreur"]) == (True, "exporté", "")
        assert re.fullmatch(rf"harmonia_{word}_\d{{8}}-\d{{6}}\.zip", row.file_name)
    (tmp_path / "whole.zip").write_bytes(content)
    told = subprocess.run(["unzip", "-t", tmp_path / "whole.zip"], capture_output=True, check=False)  # noqa: ASYNC221 - where it is installed
    assert told.returncode == 0, told.stdout
    # Its requester alone is told, once for each, of figures and not of any dossier.
    notices = await Notification.all()
    assert {notice.user_id for notice in notices} == {viewer.user_id}
    assert min(notice.subject for notice in notices) == "3 dossiers en Excel"
    paths = {f"/exports?masse={one.id}" for one in await MassExport.all()}
    assert {notice.path for notice in notices} == paths


async def test_one_pdf_has_every_dossier_with_bookmarks_and_links(many: Conducted, tmp_path: Path) -> None:
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path)
    wanted = Wanted(MassExportKind.ONE_PDF, many.dossiers, tabs=("A1", "A2"))
    row = await made(services, viewer, wanted)
    assert (row.state, row.file_name[-4:]) == (MassExportState.READY, ".pdf")
    content = await services.files.read(row.file_key)
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (row.sha256, row.size)
    with pikepdf.open(BytesIO(content)) as found:
        pages = {page.obj.objgen: number for number, page in enumerate(found.pages)}
        assert len(pages) == 9
        with found.open_outline() as outline:
            told = [(item.title, [tab.title[:9] for tab in item.children]) for item in outline.root]
            names = [str(tab.destination) for item in outline.root for tab in item.children]
        assert [title for title, _ in told] == [f"Organisme {n} – ER 2024" for n in range(3)]
        assert all(len(tabs) == 2 for _, tabs in told)
        places = {name: pages[place[0].objgen] for name, place in found.Root.Dests.items()}
        assert [places[name] for name in names] == [1, 2, 4, 5, 7, 8]
        for number in (0, 3, 6):
            links = [str(note.Dest) for note in found.pages[number].Annots]
            assert [places[name] for name in links] == [number + 1, number + 2]
    told_of = manifest(await mass_export_taking.take(viewer, row.id)).decode().splitlines()
    assert told_of[1] == f"{row.file_name};;;;;;{len(content)};{row.sha256};;exporté;"
    assert [line.partition(";")[0][-7:-4] for line in told_of[2:]] == ["000", "001", "002"]
    # What one may take no more cannot be left out of it as it is: it is put together again without it.
    await withdraw(many.dossiers[1])
    with pytest.raises(Conflict) as narrowed:
        await mass_export_taking.take(viewer, row.id)
    assert narrowed.value.code == "MASS_EXPORT_NARROWED"
    await mass_exports.retry(viewer, row.id, "again")
    printed = len(services.printer.prints)  # type: ignore[attr-defined]  # a press counts
    await make_mass_export(services, row.id)
    assert len(services.printer.prints) == printed  # type: ignore[attr-defined]  # a press counts
    assert await errors_of(row.id) == [None, "RIGHT_LOST", None]
    again = await mass_exports.read(viewer, row.id)
    with pikepdf.open(BytesIO(await services.files.read(again.file_key))) as found:
        assert len(found.pages) == 6


@pytest.mark.browser
async def test_what_chromium_prints_is_put_together_with_its_links(
    many: Conducted, tmp_path: Path, printer: Printer
) -> None:
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path, printer)
    wanted = Wanted(MassExportKind.ONE_PDF, many.dossiers[:2])
    row = await made(services, viewer, wanted)
    with pikepdf.open(BytesIO(await services.files.read(row.file_key))) as found:
        pages = {page.obj.objgen: number for number, page in enumerate(found.pages)}
        with found.open_outline() as outline:
            heads = [item.title for item in outline.root]
            tabs = [str(tab.destination) for item in outline.root for tab in item.children]
        places = {name: pages[place[0].objgen] for name, place in found.Root.Dests.items()}
        notes = [note for page in found.pages for note in page.obj.get("/Annots", [])]
        assert heads == ["Organisme 0 – ER 2024", "Organisme 1 – ER 2024"]
        assert [places[name] for name in tabs] == sorted(places[name] for name in tabs)
        assert {"/0.A1", "/0.F01", "/1.A1", "/1.F01"} <= set(tabs)
        led = [str(note.Dest) for note in notes if isinstance(note.get("/Dest"), pikepdf.Name)]
        assert set(tabs) <= set(led) <= set(places)


async def test_copies_are_taken_as_they_were_sealed(many: Conducted, tmp_path: Path) -> None:
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path)
    first, second, _ = many.dossiers
    for one in (first, second):
        await seal(viewer, one, services.files)
    altered = await seal(viewer, second, services.files)
    await services.files.put(altered.file_key, b"another")
    wanted = Wanted(MassExportKind.COPY, many.dossiers)
    row = await made(services, viewer, wanted)
    content = await archive(services, viewer, row)
    assert opened(content).read("er/2024/2024-300000000-transmis.zip") == ARCHIVE
    assert await errors_of(row.id) == [None, "COPY_ALTERED", "COPY_NONE"]
    lines = manifest_of(content)
    assert [line["État"] for line in lines] == ["exporté", "en erreur", "en erreur"]
    # The copies are not the export's own: forgetting it leaves them.
    await MassExport.all().update(expires_at=datetime.now(UTC) - timedelta(days=1))
    await forget_expired(services.files)
    assert await services.files.holds(f"copies/{first}/1.zip")


async def test_one_name_is_never_given_twice(many: Conducted, tmp_path: Path) -> None:
    services, (first, *_) = services_of(many.world, tmp_path), many.dossiers
    asked = await ask(many.world["ministere"], one_tab(many.dossiers, MassExportKind.XML))
    await Platform.create(code="EPL", name="Fédération d’essai", kind=PlatformKind.FEDERATION)
    campaign = await Campaign.get()
    theirs = await Campaign.create(
        platform_id="EPL", form="ER", year=2024, pack=campaign.pack, opens_on=campaign.opens_on
    )
    twin = await Dossier.get(id=first)
    other = many.dossiers[1]
    await Dossier.filter(id=other).update(organism_id=twin.organism_id, platform="EPL", campaign_id=theirs.id)
    row = await dossiers.read(many.world["ministere"], first)
    await make_mass_export(services, asked.id)
    found = await MassExportItem.filter(dossier_id=first).first()
    assert found is not None
    assert found.files[0]["name"] == f"er/2024/{stem(row)}_min.xml"


async def test_what_became_of_a_dossier_since_it_was_asked_for_is_told_on_its_line(
    many: Conducted, tmp_path: Path
) -> None:
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path)
    await Organization.filter(name="Organisme 0").update(name="=cmd()")
    asked = await ask(viewer, one_tab(many.dossiers, MassExportKind.XML))
    await withdraw(many.dossiers[2])
    await make_mass_export(services, asked.id)
    row = await mass_exports.read(viewer, asked.id)
    assert (row.state, row.done, row.failed) == (MassExportState.READY, 2, 1)
    assert await errors_of(row.id) == [None, None, "NOT_FOUND"]
    before = await mass_export_taking.take(viewer, row.id)
    await withdraw(many.dossiers[1])
    content = await archive(services, viewer, row)
    assert opened(content).namelist() == ["manifeste.csv", "er/2024/er_2024_300000000.xml"]
    first, second, third = manifest_of(content)
    assert (first["Organisme"], first["État"]) == ("'=cmd()", "exporté")
    for line, state in ((second, "retiré"), (third, "en erreur")):
        assert line["État"] == state
        assert line["Erreur"]
        assert not any(value for name, value in line.items() if name not in {"État", "Erreur"})
    assert b"300000001" not in content
    assert b"300000002" not in content
    page = await mass_exports.items(viewer, row)
    assert [(one.dossier is None, one.error) for one in page.rows] == [(False, ""), (True, ""), (True, "")]
    failed = await mass_exports.items(viewer, row, failed_only=True)
    assert (failed.total, [one.position for one in failed.rows]) == (1, [2])
    assert len(before.opened) == 2
    # Nothing is left that he may take: the archive is not even one of refusals.
    await withdraw(many.dossiers[0])
    with pytest.raises(Refused) as refused:
        await mass_export_taking.take(viewer, row.id)
    assert refused.value.code == "MASS_EXPORT_CLOSED"


async def test_a_tab_that_is_closed_to_its_requester_is_told_on_its_line(
    many: Conducted, tmp_path: Path
) -> None:
    world = await build_agreements(many.world)
    await published(world, article(tabs=(("ER", ("A1",)),)))
    await world.authority.refresh()
    partner = await viewer_of_user(world.authority, (await User.get(login="ancols")).id)
    services, closed = services_of(many.world, tmp_path), Wanted(PDF, (world.dossier,), tabs=("A1", "A2"))
    row = await made(services, partner, closed, "closed")
    assert (row.state, await errors_of(row.id)) == (MassExportState.FAILED, ["TAB_WITHHELD"])
    assert kept_files(tmp_path) == []
    row = await made(services, partner, one_tab([world.dossier]), "open")
    assert (row.state, await errors_of(row.id)) == (MassExportState.READY, [None])


async def test_whoever_lost_his_account_is_given_nothing_and_what_failed_is_tried_again_alone(
    many: Conducted, tmp_path: Path
) -> None:
    viewer, press = many.world["ministere"], Press()
    services = services_of(many.world, tmp_path, press)
    asked = await ask(viewer, one_tab(many.dossiers))
    await User.filter(id=viewer.user_id).update(closed_at=datetime.now(UTC))
    await make_mass_export(services, asked.id)
    row = await mass_exports.read(viewer, asked.id)
    assert (row.state, row.error_code, row.failed) == (MassExportState.FAILED, "MASS_NOTHING_MADE", 3)
    assert (await errors_of(row.id), press.prints, kept_files(tmp_path)) == (["ACCOUNT_CLOSED"] * 3, [], [])
    await User.filter(id=viewer.user_id).update(closed_at=None)
    await mass_exports.retry(viewer, row.id, "again")
    await MassExportItem.filter(export_id=row.id, position__gt=0).update(state="failed", error_code="X")
    await make_mass_export(services, row.id)
    assert len(press.prints) == 1
    await mass_exports.retry(viewer, row.id, "and again")
    # The same key again leaves no second job behind.
    await mass_exports.retry(viewer, row.id, "and again")
    jobs = "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'make_mass_export'"
    assert len(await fetch(jobs)) == 3
    await make_mass_export(services, row.id)
    row = await mass_exports.read(viewer, row.id)
    assert (row.state, row.done, row.failed, len(press.prints)) == (MassExportState.READY, 3, 0, 3)
    with pytest.raises(Conflict) as nothing:
        await mass_exports.retry(viewer, row.id, "once more")
    assert nothing.value.code == "MASS_NOTHING_TO_RETRY"


async def test_nothing_is_left_of_what_has_expired_but_the_line(many: Conducted, tmp_path: Path) -> None:
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path)
    row = await made(services, viewer, Wanted(MassExportKind.ONE_PDF, many.dossiers, tabs=("A1",)))
    never = await ask(viewer, one_tab(many.dossiers), "never made")
    assert len(kept_files(tmp_path)) == 4
    assert await forget_expired(services.files) == 0
    await MassExport.all().update(expires_at=datetime.now(UTC) - timedelta(minutes=1))
    for act in (mass_export_taking.take(viewer, row.id), mass_exports.retry(viewer, row.id, "late")):
        with pytest.raises(NotFound) as expired:
            await act
        assert expired.value.code == "EXPORT_EXPIRED"
    assert (await forget_expired(services.files), await forget_expired(services.files)) == (2, 0)
    assert kept_files(tmp_path) == []
    left = await mass_exports.read(viewer, row.id)
    assert (left.file_name, left.file_key, left.size, left.kept, left.total) == ("", "", 0, False, 3)
    assert (await mass_exports.read(viewer, never.id)).error_code == "JOB_ABANDONED"
    await make_mass_export(services, never.id)
    assert kept_files(tmp_path) == []
    assert await Export.all().count() == 0
