"""All the attachments of a dossier as one archive: its first byte, and what it costs in memory."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import orjson

from bench.ground import fastest
from bench.report import Measure
from models import Attachment, AttachmentState, FileStore
from rendering.attachment_zip import zip_attachments
from resolvers import attachments
from resolvers.attachment_rows import AttachmentRow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.world import World

# As the issue says it: 200 documents of 5 MB. They share 20 contents, so that the disk holds 100 MB of them.
_MANY, _BYTES, _CONTENTS = 200, 5_000_000, 20
_STREAMED, _WHOLE = "streamed", "whole"


async def measures(world: World, *, quick: bool) -> AsyncIterator[Measure]:
    """An archive of 200 documents of 5 MB, streamed, beside one that is made in memory first."""
    with TemporaryDirectory(prefix="harmonia-bench-files-") as folder:
        files = FileStore.local(Path(folder))
        keys = [f"attachments/{number}" for number in range(_CONTENTS)]
        for key in keys:
            await files.put(key, os.urandom(_BYTES))
        await _attach(world, keys)
        name = f"archive of {_MANY} attachments of {_BYTES // 1_000_000} MB"
        streamed, whole = await _in_a_child(_STREAMED, folder), await _in_a_child(_WHOLE, folder)

        async def first() -> None:
            _, rows = await attachments.read_all(world["ministere"], world.dossier)
            await asyncio.to_thread(next, zip_attachments(files, rows))

        peer = "the same, made in memory first"
        yield Measure(
            f"{name}: first byte, rights and list asked for",
            await fastest(first, 5 if quick else 20),
            "ms",
            peer=peer,
            peer_value=whole["first"],
            goal="<= 100",
        )
        yield Measure(f"{name}: memory", streamed["memory"], "MB", peer, whole["memory"], "<= 40")
        yield Measure(f"{name}: the whole of it", streamed["whole"], "ms", peer, whole["whole"])


async def _attach(world: World, keys: list[str]) -> None:
    author = world["saisie"]
    now = datetime.now(UTC)
    await Attachment.bulk_create(
        [
            Attachment(
                dossier_id=world.dossier,
                name=f"document-{number}.pdf",
                original="document.pdf",
                media_type="application/pdf",
                size=_BYTES,
                received=_BYTES,
                file_key=keys[number % len(keys)],
                sha256=hashlib.sha256(b"").hexdigest(),
                state=AttachmentState.READY,
                author_id=author.user_id,
                organization_id=author.organization_id,
                added_at=now,
                sent_at=now,
            )
            for number in range(_MANY)
        ]
    )


async def _in_a_child(way: str, folder: str) -> dict[str, float]:
    """What a process of its own measures of itself, whose memory nobody else has grown."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, way, folder, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    found: dict[str, float] = orjson.loads(told)
    return found


def _row(number: int) -> AttachmentRow:
    return AttachmentRow(
        id=uuid4(),
        dossier_id=UUID(int=0),
        piece="",
        name=f"document-{number}.pdf",
        original="document.pdf",
        media_type="application/pdf",
        size=_BYTES,
        received=_BYTES,
        sha256="",
        file_key=f"attachments/{number % _CONTENTS}",
        state=AttachmentState.READY,
        refusal="",
        author="",
        organization="",
        added_at=datetime.now(UTC),
        sent_at=datetime.now(UTC),
        mine=False,
    )


def _streamed(files: FileStore, rows: list[AttachmentRow]) -> float:
    """The moment of the first block, all of them being read."""
    blocks = zip_attachments(files, rows)
    next(blocks)
    at = perf_counter()
    for _ in blocks:
        pass
    return at


def _whole(files: FileStore, rows: list[AttachmentRow]) -> float:
    """The same where nothing leaves before all is there."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for row in rows:
            archive.writestr(row.name, b"".join(files.blocks(row.file_key)))
    return perf_counter()


def _held(most: str) -> float:
    """Megabytes of this process: now (`VmRSS`), or at most since that was forgotten (`VmHWM`)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith(f"{most}:"))) / 1024


def main(way: str, folder: str) -> str:
    """Make the archive in one of the two ways; milliseconds, and megabytes beyond what a start takes."""
    files, rows = FileStore.local(Path(folder)), [_row(number) for number in range(_MANY)]
    # The store's own threads and buffers are there before either way begins.
    for _ in files.blocks(rows[0].file_key):
        break
    before, started = _held("VmRSS"), perf_counter()
    # What starting took at most is forgotten.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    first = (_streamed if way == _STREAMED else _whole)(files, rows)
    told = {"first": first - started, "whole": perf_counter() - started}
    return orjson.dumps(
        {**{name: seconds * 1_000 for name, seconds in told.items()}, "memory": _held("VmHWM") - before}
    ).decode()


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:3]))
