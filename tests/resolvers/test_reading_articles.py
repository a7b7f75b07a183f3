"""Each reading is kept with the article of the right by which it was done, wherever it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from authz import Right, add_rows, box_line, convention_line, read_version
from models import Event, FileStore, fetch, transaction
from resolvers import attachments, copies, direct_access, dossiers, export_jobs, exports, readings
from resolvers.events import Kind
from resolvers.verification import last
from tests.channels.attaching import attach
from tests.copies import seal
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("database")
READ, EXPORT, ATTACHMENT, DIRECT = "art. 1", "art. 2", "art. 3", "art. 9"
ARTICLES = {Right.READ: READ, Right.EXPORT: EXPORT, Right.ATTACHMENT_READ: ATTACHMENT}


async def _given(rights: Mapping[Right, str], files: Path) -> World:
    """ANCOLS has these rights, each by an article of its own; the dossier has a copy and an attachment."""
    world, lines = await build_world(step=4), []
    for right, ref in rights.items():
        lines += [
            convention_line(
                actor="partner:ANCOLS", platform="MIN", form="ER", organisms="all", right=right, ref=ref
            ),
            box_line(subject="user:ancols", platform="MIN", form="ER", right=right, ref="cadre"),
        ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Articles")
    await world.authority.refresh()
    await seal(world["saisie"], world.dossier, FileStore.local(files))
    return world


async def _noted() -> dict[str, str]:
    found = await fetch("SELECT channel, ref FROM dossier_reading WHERE subject = 'user:ancols'")
    return {row["channel"]: row["ref"] for row in found}


async def _kept() -> set[tuple[str, str, str]]:
    events = await Event.filter(subject="user:ancols").exclude(ref="")
    return {(event.kind, event.details.get("channel", ""), event.ref) for event in events}


async def test_each_channel_is_told_with_the_article_of_its_own_right(tmp_path: Path) -> None:
    world = await _given(ARTICLES, tmp_path)
    ancols = world["ancols"]
    attachment, _ = await attach(world.dossier, "a")
    async with transaction():
        await last(await dossiers.read(ancols, world.dossier))
    for channel in (readings.PDF, readings.ZIP, readings.XML, readings.XLSX, readings.CSV):
        await export_jobs.content(ancols, world.dossier, ["A1"], channel)
    await attachments.read(ancols, attachment)
    (copy,) = await fetch("SELECT id FROM sealed_copy")
    await copies.note(ancols, await copies.take(ancols, copy["id"], "zip"))
    asked = await exports.request_print(ancols, world.dossier, ["A1"], accessible=False, key="k")
    await export_jobs.finish(asked.id, "a.pdf", "a", 1, "0" * 64, ["A1"])
    await exports.taken(ancols, asked.id)

    files = dict.fromkeys(("pdf", "zip", "xml", "xlsx", "csv", "copy"), EXPORT)
    assert await _noted() == {"screen": READ, "attachment": ATTACHMENT, **files}
    kept = await _kept()
    assert {
        ref for kind, _, ref in kept if kind in {Kind.EXPORT_ASKED, Kind.EXPORT_TAKEN, Kind.COPY_TAKEN}
    } == {EXPORT}
    told = {kind for kind, _, _ in kept}
    assert {Kind.EXPORT_ASKED, Kind.EXPORT_TAKEN, Kind.COPY_TAKEN, Kind.ATTACHMENT_TAKEN} <= told
    assert not await Event.filter(subject="user:ancols", ref="").exists()


async def test_a_copy_taken_by_direct_access_is_told_with_the_article_of_direct_access(
    tmp_path: Path,
) -> None:
    world = await _given({Right.DIRECT_READ: DIRECT}, tmp_path)
    (copy,) = await fetch("SELECT file_name FROM sealed_copy")
    wanted = direct_access.Wanted("MIN", "ER", 2024)
    taken = await direct_access.take(world["ancols"], wanted, "Transmis", copy["file_name"])
    await copies.note(world["ancols"], taken)
    assert await _noted() == {"copy": DIRECT}
    assert {ref for kind, _, ref in await _kept() if kind == Kind.COPY_TAKEN} == {DIRECT}
