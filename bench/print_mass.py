"""Exports of many dossiers: how many a minute, their first byte once they are made, and what both hold."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import zlib
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, cast
from uuid import UUID

import orjson

from bench.ground import clone_dossiers, empty_ground, fastest
from bench.report import Measure
from bench.sample import AT, reference_content
from models import (
    Dossier,
    FileStore,
    MassExport,
    MassExportItem,
    MassExportItemState,
    MassExportKind,
    execute,
    fetch,
)
from models import MassExportState as State
from rendering.mass_export_job import make_mass_export
from rendering.mass_manifest import composed
from rendering.pdf import Printer
from rendering.services import Services
from resolvers import mass_export_taking, mass_exports
from resolvers.mass_export_choice import Wanted
from resolvers.mass_export_rows import FINAL, MassExportItemRow, MassExportRow, MassFile
from resolvers.mass_export_taking import MassTaken
from tests.resolvers.filled import filled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from rendering.mail import Mailer
    from resolvers.rows import DossierRow
    from tests.world import World

CHROMIUM = os.environ.get("HARMONIA_CHROMIUM")
# As the issue says it; the contents of the large one share 20 files of a print's size.
_PRINTED, _QUICK_PRINTED, _KEPT, _CONTENTS, _BYTES = 50, 8, 500, 20, 1_000_000
_LOOK = 2.0
_CLONE = """
INSERT INTO tab_document ({names}) SELECT {values} FROM tab_document t, dossier d
WHERE t.dossier_id = %s AND d.id <> t.dossier_id AND d.id = ANY(%s)
"""


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """50 dossiers of 65 tabs printed anew, then an archive of 500 that are made."""
    async with empty_ground():
        world = await filled(step=4)
        await clone_dossiers(world, _KEPT - 1)
        every = await Dossier.filter(form="ER", year=2024).order_by("code").limit(_KEPT)
        ids = tuple(one.id for one in every)
        async for one in _printed(world, ids[: _QUICK_PRINTED if quick else _PRINTED]):
            yield one
        async for one in _fetched(world, ids, 3 if quick else 10):
            yield one


async def _printed(world: World, chosen: tuple[UUID, ...]) -> AsyncIterator[Measure]:
    await _clone_values(world, chosen)
    with TemporaryDirectory(prefix="harmonia-bench-mass-") as folder:
        printer = Printer(CHROMIUM)
        await printer.start()
        services = Services(world.authority, printer, FileStore.local(Path(folder)), cast("Mailer", None))
        viewer = world["ministere"]
        # A tab first, so that the browser is warm.
        warming = Wanted(MassExportKind.PDF, chosen[:1], tabs=("A1",))
        await make_mass_export(services, (await mass_exports.request(viewer, warming, "warm")).id)
        asked = await mass_exports.request(viewer, Wanted(MassExportKind.PDF, chosen), "many")
        async with _memory() as held:
            started = perf_counter()
            # A job makes some of them, and leaves the next for what waits.
            while (await mass_exports.read(viewer, asked.id)).state not in FINAL:
                await make_mass_export(services, asked.id)
            seconds = perf_counter() - started
        row = await mass_exports.read(viewer, asked.id)
        await printer.close()
    if (row.done, row.failed) != (len(chosen), 0):
        message = f"{row.failed} of {row.total} dossiers failed"
        raise RuntimeError(message)
    name = f"mass export, {len(chosen)} dossiers of 65 tabs"
    yield Measure(name, len(chosen) / seconds * 60, "dossiers/min", goal=">= 100")
    yield Measure(f"{name}: memory, browser and all", max(held), "MB", goal="<= 1500")


async def _clone_values(world: World, chosen: tuple[UUID, ...]) -> None:
    """The model's values in each of these that was cloned from it."""
    columns = await fetch(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'tab_document' "
        "AND column_name NOT IN ('id', 'dossier_id')"
    )
    names = [f'"{column["name"]}"' for column in columns]
    values = ", ".join(["d.id", *(f"t.{name}" for name in names)])
    cloned = _CLONE.format(names=", ".join(["dossier_id", *names]), values=values)
    await execute(cloned, [world.dossier, list(chosen)])


@asynccontextmanager
async def _memory() -> AsyncIterator[list[float]]:
    """Megabytes of this process and of all that it started, looked at every other second.

    Looking stops what it looks at for a while: more often, it is what would be measured.
    """
    held, done = [_held()], asyncio.Event()

    async def look() -> None:
        while not done.is_set():
            held.append(await asyncio.to_thread(_held))
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), _LOOK)

    looking = asyncio.create_task(look())
    try:
        yield held
    finally:
        done.set()
        await looking


def _held() -> float:
    """What they hold, each page shared by several counted once (Pss)."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    ours = [pid for pid in parents if _descends(pid, parents)]
    return sum(_pss(pid) for pid in ours if not _command(pid).startswith("postgres")) / 1024


def _parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _descends(pid: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        if pid == os.getpid():
            return True
        pid = parents[pid]
    return False


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


async def _fetched(world: World, every: tuple[UUID, ...], rounds: int) -> AsyncIterator[Measure]:
    viewer = world["ministere"]
    with TemporaryDirectory(prefix="harmonia-bench-kept-") as folder:
        files = FileStore.local(Path(folder))
        for number in range(_CONTENTS):
            await files.put(f"{number}", os.urandom(_BYTES))
        made = await _made(world, every)
        told = iter(range(rounds + 1))

        async def first() -> None:
            """All that the address does before its first byte, and that byte."""
            taken = await mass_export_taking.take(viewer, made)
            whole, _ = composed(taken)
            await mass_export_taking.note(viewer, taken, f"{next(told)}")
            await anext(whole.stream(files))

        name = f"archive of {_KEPT} dossiers that are made"
        yield Measure(
            f"{name}: first byte, rights asked for", await fastest(first, rounds), "ms", goal="<= 200"
        )
        memory = await _in_a_child(folder)
        yield Measure(f"{name}: memory, all of it sent", memory, "MB above idle", goal="<= 60")


async def _made(world: World, every: tuple[UUID, ...]) -> UUID:
    """An export of these, as its job would have left it."""
    wanted = Wanted(MassExportKind.PDF, every)
    asked = await mass_exports.request(world["ministere"], wanted, "kept")
    lines = await MassExportItem.filter(export_id=asked.id)
    for line in lines:
        line.state, line.held, line.article, line.made_at = MassExportItemState.MADE, ["A1"], "art. 1", AT
        line.files = [_file(line.position).stored()]
    await MassExportItem.bulk_update(lines, ["state", "held", "article", "made_at", "files"])
    await MassExport.filter(id=asked.id).update(state=State.READY, done=len(lines))
    return asked.id


def _file(number: int) -> MassFile:
    name = f"er/2024/er_2024_{300_000_000 + number}.pdf"
    return MassFile(name, f"{number % _CONTENTS}", _BYTES, hashlib.sha256(b"").hexdigest(), zlib.crc32(b""))


async def _in_a_child(folder: str) -> float:
    """What a process of its own measures of itself, whose memory nobody else has grown."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, folder, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    found: float = orjson.loads(told)
    return found


def _own(most: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith(f"{most}:"))) / 1024


async def _sent(folder: str) -> float:
    """Megabytes beyond what a start takes, the archive of 500 being composed and all of it sent."""
    files, dossier = FileStore.local(Path(folder)), reference_content("plain", ["A1"]).dossier
    async for _ in files.stream("0"):
        pass
    before = _own("VmRSS")
    _forget_the_start()
    whole, _ = composed(MassTaken(_row(), tuple(_item(number, dossier) for number in range(_KEPT))))
    async for _ in whole.stream(files):
        pass
    return _own("VmHWM") - before


def _forget_the_start() -> None:
    """What starting took at most is no part of what is measured."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _row() -> MassExportRow:
    return MassExportRow(
        id=UUID(int=1),
        kind=MassExportKind.PDF,
        tabs=(),
        accessible=False,
        state=State.READY,
        done=_KEPT,
        failed=0,
        total=_KEPT,
        requested_at=AT,
        finished_at=AT,
        expires_at=AT + timedelta(days=7),
        file_name="harmonia_pdf_20261122-183000.zip",
        file_key="",
        size=0,
        sha256="",
        error_code="",
        error="",
    )


def _item(number: int, dossier: DossierRow) -> MassExportItemRow:
    return MassExportItemRow(
        id=number,
        position=number,
        dossier_id=UUID(int=number),
        dossier=replace(dossier, id=UUID(int=number)),
        state=MassExportItemState.MADE,
        files=(_file(number),),
        held=("A1",),
        article="art. 1",
        error_code="",
        error="",
        made_at=AT,
        opened=True,
    )


if __name__ == "__main__":
    sys.stdout.write(str(asyncio.run(_sent(sys.argv[1]))))
