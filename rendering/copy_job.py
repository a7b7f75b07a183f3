"""Making sealed copies: from what the move froze, in the order of a dossier's copies, each exactly once."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import structlog

from rendering import copy_files
from rendering.copy_files import sha256
from rendering.dossier_print import print_dossier
from rendering.pades import seal_pdf
from rendering.pages.receipt import RECEIPT, receipt_html
from rendering.xml_out import write_dossier
from resolvers import copy_sealing
from resolvers.copy_rows import WORDS, Kept

if TYPE_CHECKING:
    from uuid import UUID

    from models import FileStore
    from rendering.pades_key import SealIdentity
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
    identity = await services.seals.current()
    files = await _files(services, task, identity)
    made = copy_files.manifest(task, files, identity)
    seal = sha256(made)
    zipped = await asyncio.to_thread(copy_files.archive, files, made, task.at)
    html = await asyncio.to_thread(receipt_html, task, seal, identity)
    printed = await services.printer.print_html(html, tabs=(), cells=RECEIPT_CELLS, accessible=True)
    receipt = await asyncio.to_thread(seal_pdf, printed, identity, _reason(task))
    name = copy_files.archive_name(task)
    # A name that no other try has, even one of the same number after the hourly round began again.
    place = f"{_folder(task)}/{task.attempt}-{secrets.token_hex(8)}"
    file = await _keep(services.files, place, name, zipped)
    proof = await _keep(services.files, place, f"{name.removesuffix('.zip')}-{RECEIPT}.pdf", receipt)
    if await copy_sealing.finish(task, seal, file, proof):
        log.info("copy_sealed", copy=str(task.id), number=task.number, size=file.size)
        await _forget_others(services.files, task, {file.key, proof.key})
        return
    for kept in (file, proof):
        await services.files.delete(kept.key)


async def _files(services: Services, task: SealTask, identity: SealIdentity) -> dict[str, bytes]:
    """The members that the manifest names; the PDF is signed last of all, for nothing may change it then."""
    content = task.content
    printed = await print_dossier(services.printer, content, task.at)
    pdf = await asyncio.to_thread(seal_pdf, printed, identity, _reason(task))
    xml = await asyncio.to_thread(write_dossier, content, written_at=task.at)
    return await asyncio.to_thread(copy_files.data_files, task, xml, pdf)


async def _keep(files: FileStore, place: str, name: str, content: bytes) -> Kept:
    key = f"{place}/{name}"
    await files.put(key, content)
    return Kept(name, key, len(content), sha256(content))


async def _forget_others(files: FileStore, task: SealTask, kept: set[str]) -> None:
    """What other tries had put there: theirs can be the copy no more."""
    for key in [file.key async for file in files.listed(_folder(task))]:
        if key not in kept:
            await files.delete(key)


def _reason(task: SealTask) -> str:
    """What readers of PDF say beside the signature."""
    frozen = task.frozen
    return f"Copie scellée n°\u00a0{task.number}, {frozen['form']}\u00a0{frozen['year']}, {WORDS[task.kind]}"


def _folder(task: SealTask) -> str:
    return f"copies/{task.id}"
