"""Making a mass export: dossier by dossier, as many at once as keep every core busy, until none waits."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import structlog

from models import MassExportKind, MassExportState, Problem
from rendering.mass_export_files import Making, make_files, sweep
from rendering.mass_export_merge import merge
from resolvers import mass_exporting

if TYPE_CHECKING:
    from uuid import UUID

    from rendering.services import Services
    from resolvers.mass_export_rows import MassFile
    from resolvers.mass_exporting import ItemTask, MassTask

log = structlog.get_logger(__name__)
# One more than can be printed: it is read and set meanwhile.
AT_ONCE: Final = (os.cpu_count() or 1) + 1
# Dossiers of one turn: after so many the job goes to the end of the queue, and whoever waits for a single
# print passes before the next ones.
TURN: Final = 20


@dataclass(slots=True)
class _Turns:
    """Gives each dossier that waits to one of those who work, in order."""

    export_id: UUID
    after: int = -1
    left: int = TURN
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def next(self) -> ItemTask | None:
        """The next one; None when none is left, the turn is over, or the export was given up."""
        async with self.lock:
            if not self.left:
                return None
            self.left -= 1
            item = await mass_exporting.next_item(self.export_id, self.after)
            if item is not None:
                self.after = item.position
            return item


async def make_mass_export(services: Services, export_id: UUID) -> None:
    """Make what waits of the export: what fails is told on its line, and the rest is made.

    What is raised here (the database is away) leaves the rest waiting, for the job to be run again; a worker
    that takes it over goes on where this one stopped.
    """
    task = await mass_exporting.begin(export_id)
    if task is None:
        return
    turns = _Turns(export_id)
    async with asyncio.TaskGroup() as workers:
        for _ in range(AT_ONCE):
            workers.create_task(_work(services, task, turns))
    if turns.left or not await mass_exporting.leave_again(export_id):
        await _end(services, task)


async def _work(services: Services, task: MassTask, turns: _Turns) -> None:
    while (item := await turns.next()) is not None:
        await _make(services, task, item)


async def _make(services: Services, task: MassTask, item: ItemTask) -> None:
    try:
        viewer = await mass_exporting.requester(services.authority, task)
        made = await make_files(services, Making(viewer, task.export, item))
        if not await mass_exporting.made(task.export.id, item, made):
            # Given up meanwhile, or made by another worker: nobody will ask for these.
            await sweep(services.files, task.export.id, item)
    except Problem as problem:
        await mass_exporting.failed(item.id, problem.code, problem.message)
    except Exception:
        reference = uuid4().hex[:12]
        log.exception("mass_export_crashed", export=str(task.export.id), item=item.id, reference=reference)
        await mass_exporting.failed(
            item.id,
            "EXPORT_CRASHED",
            f"Ce dossier n’a pas pu être exporté à cause d’une erreur de notre côté (référence"
            f" {reference})\u00a0: réessayez, et donnez cette référence à l’assistance si cela se reproduit.",
        )


async def _end(services: Services, task: MassTask) -> None:
    export_id, merged, of = task.export.id, None, frozenset[int]()
    if task.export.kind is MassExportKind.ONE_PDF:
        try:
            merged, of = await _merged(services, task)
        except Problem as problem:
            await mass_exporting.fail(export_id, problem.code, problem.message)
            return
        except Exception:
            reference = uuid4().hex[:12]
            log.exception("mass_export_merge_crashed", export=str(export_id), reference=reference)
            await mass_exporting.fail(
                export_id,
                "EXPORT_CRASHED",
                "Les PDF n’ont pas pu être réunis à cause d’une erreur de notre côté (référence"
                f" {reference})\u00a0: réessayez, et donnez cette référence à l’assistance si cela"
                " se reproduit.",
            )
            return
    state = await mass_exporting.finish(export_id, merged, of)
    if merged and state is MassExportState.RUNNING and not await mass_exporting.leave_again(export_id):
        # Another worker has found one of its dossiers closed meanwhile: it is put together without it.
        await _end(services, task)
        return
    if state is MassExportState.CANCELLED:
        await sweep(services.files, export_id)
    log.info("mass_export_ended", export=str(export_id), state=state.value)


async def _merged(services: Services, task: MassTask) -> tuple[MassFile | None, frozenset[int]]:
    """The one PDF, of what its requester may still take, and of which lines; None of none."""
    viewer = await mass_exporting.requester(services.authority, task)
    opened = await mass_exporting.still_opened(viewer, task.export)
    if not opened:
        return None, frozenset()
    if not await mass_exporting.try_merging(task.export.id):
        raise Problem(
            "JOB_ABANDONED",
            "Réunir les PDF s’est interrompu trois fois\u00a0: demandez un PDF par dossier, ou moins de"
            " dossiers.",
        )
    return await merge(services.files, task.export, opened), frozenset(item.id for item in opened)
