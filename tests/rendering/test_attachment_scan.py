"""The quarantine: nobody reads a document before the scanner has said that it is clean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from models import Attachment, AttachmentState, Clamd, Conflict, Event, FileStore, ScanError, fetch
from rendering.attachment_jobs import MOST_SCANS, forget_attachments, scan_attachment
from rendering.attachment_zip import zip_attachments
from rendering.services import Services
from resolvers import attachments
from resolvers.attachment_rows import AttachmentRow, Intake
from resolvers.attachment_upload import expect, receive
from tests.models.test_clamd import SIGNED, peer
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

INTAKE = Intake(scanned=True)
PDF = b"%PDF-1.7 un document"
NONE = Clamd("127.0.0.1:1", patience=2)


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_world()


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore.local(tmp_path)


def services(world: World, files: FileStore, scanner: Clamd | None) -> Services:
    unused = cast("Any", None)
    return Services(world.authority, unused, files, unused, scanner)


async def joined(world: World, files: FileStore, content: bytes, intake: Intake = INTAKE) -> AttachmentRow:
    """A document that « saisie » has added and sent in."""
    announced = attachments.Announced("", "note.pdf", len(content))
    key = f"{datetime.now(UTC)}"
    row = await attachments.add(world["saisie"], world.dossier, announced, intake, key)

    async def blocks() -> AsyncIterator[bytes]:
        yield content

    asked = await expect(world["saisie"], row.id, None, intake)
    return await receive(world["saisie"], files, asked, None, blocks(), intake)


async def test_a_clean_document_leaves_the_quarantine_once(world: World, files: FileStore) -> None:
    row = await joined(world, files, PDF)
    assert row.state is AttachmentState.QUARANTINED
    (job,) = await fetch("SELECT args FROM procrastinate_jobs WHERE task_name = 'scan_attachment'")
    assert job["args"] == {"attachment": str(row.id)}
    with pytest.raises(Conflict) as early:
        await attachments.read(world["saisie"], row.id)
    assert early.value.code == "ATTACHMENT_NOT_READY"
    assert await attachments.send(world["saisie"], world.dossier, "s") == 0
    heard: list[bytes] = []
    async with peer(b"stream: OK\0", heard) as clamd:
        for _ in range(2):
            await scan_attachment(services(world, files, clamd), row.id)
    assert heard == [PDF], "what is settled is not scanned again"
    assert (await attachments.read(world["saisie"], row.id)).state is AttachmentState.READY
    assert await attachments.send(world["saisie"], world.dossier, "t") == 1


async def test_a_harmful_document_is_refused_and_its_content_deleted(world: World, files: FileStore) -> None:
    row = await joined(world, files, PDF + SIGNED)
    async with peer(b"stream: Essai FOUND\0", []) as clamd:
        await scan_attachment(services(world, files, clamd), row.id)
    refused = await Attachment.get(id=row.id)
    assert (refused.state, refused.refusal) == (AttachmentState.REFUSED, "ATTACHMENT_INFECTED")
    assert [file async for file in files.listed("attachments")] == []
    (event,) = await Event.filter(kind="attachment_refused")
    assert (event.dossier_id, event.subject) == (world.dossier, "")
    assert event.details == {"attachment": str(row.id), "code": "ATTACHMENT_INFECTED"}
    assert await attachments.send(world["saisie"], world.dossier, "s") == 0
    await attachments.remove(world["saisie"], row.id, "r")
    assert await Attachment.all().count() == 0


@pytest.mark.parametrize("scanner", [NONE, None], ids=["away", "none configured any more"])
async def test_without_a_verdict_it_stays_and_is_tried_again(
    world: World, files: FileStore, scanner: Clamd | None
) -> None:
    row = await joined(world, files, PDF)
    with pytest.raises(ScanError):
        await scan_attachment(services(world, files, scanner), row.id)
    kept = await Attachment.get(id=row.id)
    assert (kept.state, kept.attempts) == (AttachmentState.QUARANTINED, 1)
    await Attachment.filter(id=row.id).update(attempts=MOST_SCANS)
    await forget_attachments(files)
    jobs = await fetch("SELECT id FROM procrastinate_jobs WHERE task_name = 'scan_attachment'")
    assert len(jobs) == 2, "once its tries are used up, the hourly job asks anew"
    assert (await Attachment.get(id=row.id)).attempts == 0


async def test_a_document_removed_from_quarantine_is_not_brought_back(world: World, files: FileStore) -> None:
    row = await joined(world, files, PDF)
    await attachments.remove(world["saisie"], row.id, "r")
    async with peer(b"stream: OK\0", []) as clamd:
        await scan_attachment(services(world, files, clamd), row.id)
    assert await Attachment.all().count() == 0


async def test_without_a_scanner_it_is_ready_at_once(world: World, files: FileStore) -> None:
    assert (await joined(world, files, PDF, Intake())).state is AttachmentState.READY


async def test_an_archive_whose_content_is_gone_is_cut_short(world: World, files: FileStore) -> None:
    row = await joined(world, files, PDF, Intake())
    await files.delete(row.file_key)
    with pytest.raises(FileNotFoundError):
        list(zip_attachments(files, [row]))


async def test_two_documents_of_one_name_keep_both_in_the_archive(world: World, files: FileStore) -> None:
    rows = [await joined(world, files, PDF, Intake()) for _ in range(2)]
    whole = b"".join(zip_attachments(files, rows))
    assert whole.count(b"note (2).pdf") == 3, "in the manifest, before its content and in the directory"
