"""Making sealed copies: from what the move froze, in the order of a dossier's copies, each exactly once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from rendering import copy_files
from rendering.copy_files import sha256
from rendering.pages.document import dossier_html, printed_cells, printed_tabs
from rendering.pages.receipt import RECEIPT, receipt_html
from rendering.xml_out import write_dossier
from resolvers import copy_sealing
from resolvers.copy_rows import Kept

if TYPE_CHECKING:
    from uuid import UUID

    from models import FileStore
    from rendering.services import Services
    from resolvers.copy_rows import SealTask

log = structlog.get_logger(__name__)
# What the time limit of a receipt's print is counted on.
RECEIPT_CELLS = 50


async def seal_copy(services: Services, copy_id: UUID) -> None:
    """Make a copy, and before it those of its dossier that are not made yet, whose seals it chains.

    What fails is raised, for the job to be run again; nothing is kept of it.
    """
    for one in await copy_sealing.waiting(copy_id):
        task = await copy_sealing.begin(one)
        if task is None:
            log.warning("copy_left", copy=str(one))
            return
        try:
            await _make(services, task)
        except Exception as error:
            await copy_sealing.fail(one, f"{type(error).__name__}: {error}")
            raise


async def _make(services: Services, task: SealTask) -> None:
    """Print, write, seal, keep; of two workers at once one keeps his copy, and the other throws his away."""
    files = await _files(services, task)
    made = copy_files.manifest(task, files)
    seal = sha256(made)
    zipped = await asyncio.to_thread(copy_files.archive, files, made, task.at)
    html = await asyncio.to_thread(receipt_html, task, seal)
    receipt = await services.printer.print_html(html, tabs=(), cells=RECEIPT_CELLS, accessible=True)
    name = copy_files.archive_name(task)
    file = await _keep(services.files, task, name, zipped)
    proof = await _keep(services.files, task, f"{name.removesuffix('.zip')}-{RECEIPT}.pdf", receipt)
    if await copy_sealing.finish(task, seal, file, proof):
        log.info("copy_sealed", copy=str(task.id), number=task.number, size=file.size)
        await _forget_earlier(services.files, task, (file.name, proof.name))
        return
    for kept in (file, proof):
        await services.files.delete(kept.key)


async def _files(services: Services, task: SealTask) -> dict[str, bytes]:
    content = task.content
    html = await asyncio.to_thread(dossier_html, content, printed_at=task.at)
    pdf = await services.printer.print_html(
        html, tabs=[tab.code for tab in printed_tabs(content)], cells=printed_cells(content)
    )
    xml = await asyncio.to_thread(write_dossier, content, written_at=task.at)
    return await asyncio.to_thread(copy_files.data_files, task, xml, pdf)


async def _keep(files: FileStore, task: SealTask, name: str, content: bytes) -> Kept:
    key = _key(task, task.attempt, name)
    await files.put(key, content)
    return Kept(name, key, len(content), sha256(content))


async def _forget_earlier(files: FileStore, task: SealTask, names: tuple[str, ...]) -> None:
    """What a worker that died had put there before this one."""
    for attempt in range(1, task.attempt):
        for name in names:
            await files.delete(_key(task, attempt, name))


def _key(task: SealTask, attempt: int, name: str) -> str:
    return f"copies/{task.id}/{attempt}/{name}"
