"""Every job that no other test kills: what it is begun with, where it is killed, and its one effect."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from authz.clock import today
from forms import PackKey, pack_texts
from models import (
    Attachment,
    AttachmentState,
    Crossing,
    Delivery,
    Export,
    FileStore,
    MassExport,
    MassExportItem,
    MassExportKind,
    MassMove,
    Notification,
    NotificationPreference,
    PolicyProposal,
    PolicyRow,
    PolicyVersion,
    SealedCopy,
    User,
    execute,
    fetch,
    transaction,
)
from models.jobs import (
    MAKE_MASS_EXPORT,
    MASS_MOVE,
    RENDER_ANNEX,
    RENDER_EXPORT,
    RENDER_MANUAL,
    SEAL_COPY,
    SEND_DIGEST,
)
from rendering import tasks
from resolvers import copy_sealing, export_jobs, journal, mass_exports, mass_moves, notifications
from resolvers.events import Kind, Told
from resolvers.mass_export_choice import Wanted
from resolvers.notifications import About
from tests.agreements import article, build_agreements, published
from tests.campaign import conducted
from tests.channels.attaching import attach
from tests.circuit_world import build_circuit
from tests.copies import seal
from tests.rendering.working import ask
from tests.rights_desk import TOMORROW, build_desk, changed, editor, reads
from tests.world import build_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

# What a job that runs by itself is given.
ALONE: Final[dict[str, Any]] = {"timestamp": 0}
LONG_AGO: Final = timedelta(days=2)


@dataclass(slots=True)
class Ground:
    """Where a job is killed: its files, and the packs that the test has published."""

    folder: Path
    forms: tuple[PackKey, ...] = ()

    @property
    def files(self) -> FileStore:
        """The object store."""
        return FileStore.local(self.folder)

    async def stored(self, prefix: str) -> int:
        """How many files there are under a folder."""
        return len([file async for file in self.files.listed(prefix)])


@dataclass(frozen=True, slots=True)
class Killed:
    """A job; `points`: where it is killed besides its end; `effect`: what it leaves, and `left` that once."""

    task: str
    begin: Callable[[Ground], Awaitable[dict[str, Any]]]
    effect: Callable[[Ground], Awaitable[object]]
    left: object
    points: tuple[str, ...]


async def _jobs(name: str) -> int:
    found = await fetch("SELECT 1 FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [name])
    return len(found)


async def _export(_: Ground) -> dict[str, Any]:
    return {"export": str((await ask(await build_world(step=4), tabs=["A1"])).id)}


async def _exported(ground: Ground) -> object:
    read = await fetch("SELECT 1 FROM dossier_reading WHERE channel = 'pdf'")
    return (await Export.get()).state.value, await ground.stored("exports"), len(read)


async def _annex(_: Ground) -> dict[str, Any]:
    return {"convention": str((await published(await build_agreements(), article())).id)}


async def _manual(_: Ground) -> dict[str, Any]:
    await build_world()
    return {}


async def _left_copy(ground: Ground) -> dict[str, Any]:
    world = await build_world(step=4)
    await seal(world["saisie"], world.dossier, ground.files)
    await SealedCopy.all().update(made_at=None, attempts=copy_sealing.MOST_ATTEMPTS)
    return ALONE


async def _left_mass(ground: Ground) -> dict[str, Any]:
    await _mass(ground)
    await execute("UPDATE procrastinate_jobs SET status = 'failed'")
    return ALONE


async def _mass(_: Ground) -> dict[str, Any]:
    one = await conducted(2, step=5)
    mass = await mass_moves.start(one.world["pilote"], one.dossiers, "close", None, "k")
    return {"mass": str(mass.id)}


async def _moved(_: Ground) -> object:
    moved = await fetch("SELECT 1 FROM mass_move_item WHERE outcome = 'moved'")
    finished = (await MassMove.get()).finished_at is not None
    return await Crossing.filter(move="close").count(), await SealedCopy.all().count(), len(moved), finished


async def _mass_export(_: Ground) -> dict[str, Any]:
    one = await conducted(2)
    asked = Wanted(MassExportKind.PDF, one.dossiers, tabs=("A1",))
    return {"export": str((await mass_exports.request(one.world["pilote"], asked, "k")).id)}


async def _mass_exported(ground: Ground) -> object:
    """Each dossier once, with a file that is there, and its requester told once."""
    export, items = await MassExport.get(), await MassExportItem.filter(state="made")
    there = [await ground.files.holds(file["key"]) for item in items for file in item.files]
    told = await Notification.filter(event="export_ended").count()
    return export.state.value, export.done, export.failed, there, told


async def _digest(_: Ground) -> dict[str, Any]:
    world, user = await build_world(step=4), await User.get(login="cdc")
    await NotificationPreference.create(user_id=user.id, event="transmitted", delivery=Delivery.DIGEST)
    async with transaction():
        await notifications.tell([user.id], Told.TRANSMITTED, About(world.dossier))
    await Notification.all().update(at=datetime.now(UTC) - LONG_AGO)
    return ALONE


async def _expired(ground: Ground) -> dict[str, Any]:
    export = await ask(await build_world(step=4), tabs=["A1"])
    await ground.files.put("exports/a.pdf", b"a")
    await export_jobs.finish(export.id, "a.pdf", "exports/a.pdf", 1, "0" * 64, ["A1"])
    await Export.all().update(expires_at=datetime.now(UTC) - LONG_AGO)
    return ALONE


async def _forgotten(ground: Ground) -> object:
    export = await Export.get()
    return export.file_key, export.size, await ground.stored("exports")


async def _unfinished(ground: Ground) -> dict[str, Any]:
    """A document that began to arrive two days ago, of which a part did."""
    _, unsent = await attach((await build_world()).dossier, "")
    key = f"attachments/{unsent}/1"
    await ground.files.put(key, b"a part")
    long_ago = datetime.now(UTC) - LONG_AGO
    os.utime(ground.folder / key, times=(long_ago.timestamp(),) * 2)
    await Attachment.filter(id=unsent).update(state=AttachmentState.ARRIVING, added_at=long_ago)
    return ALONE


async def _tidied(ground: Ground) -> object:
    return await Attachment.all().count(), await ground.stored("attachments")


async def _due(_: Ground) -> dict[str, Any]:
    await build_desk()
    await changed(await editor(), reads(), on=TOMORROW)
    await PolicyProposal.all().update(effective_on=today().date)
    return ALONE


async def _applied(_: Ground) -> object:
    made = await PolicyRow.filter(ptype="p", values__contains=list(reads().values)).count()
    return (await PolicyProposal.get()).state.value, made, await PolicyVersion.all().count()


async def _visas(ground: Ground) -> dict[str, Any]:
    ground.forms = (PackKey((await build_circuit()).form, 2024, 1),)
    return ALONE


async def _events(_: Ground) -> dict[str, Any]:
    await build_world()
    for number in range(3):
        await journal.record(None, Kind.SIGNED_IN, "", {"number": number})
    return ALONE


async def _sealed(_: Ground) -> object:
    events = await fetch("SELECT 1 FROM event e LEFT JOIN event_seal s ON s.event_id = e.id WHERE s IS NULL")
    return len(events), len(await fetch("SELECT 1 FROM event_seal"))


PUT, DELETE = "models.files:FileStore.put", "models.files:FileStore.delete"
# A place with a dash before it: killed before it is called, and not after.
CASES: Final = (
    Killed(
        RENDER_EXPORT,
        _export,
        _exported,
        ("ready", 1, 1),
        (
            "-rendering.export_job:export_jobs.content",
            f"-{PUT}",
            PUT,
        ),
    ),
    Killed(RENDER_ANNEX, _annex, lambda one: one.stored("conventions"), 1, (f"-{PUT}",)),
    Killed(RENDER_MANUAL, _manual, lambda one: one.stored("manual"), 1, (f"-{PUT}",)),
    Killed(tasks.SEAL_LEFT, _left_copy, lambda _: _jobs(SEAL_COPY), 1, ("resolvers.copy_sealing:defer",)),
    Killed(tasks.ASK_AGAIN, _left_mass, lambda _: _jobs(MASS_MOVE), 1, ("resolvers.left_jobs:defer_many",)),
    Killed(
        MASS_MOVE,
        _mass,
        _moved,
        (2, 2, 2, True),
        ("resolvers.steps:advance", "resolvers.mass_moving:move_next", "-resolvers.mass_moving:finish"),
    ),
    Killed(
        MAKE_MASS_EXPORT,
        _mass_export,
        _mass_exported,
        ("ready", 2, 0, [True] * 2, 1),
        (
            "-rendering.mass_export_job:make_files",
            PUT,
            "resolvers.mass_exporting:made",
            "-resolvers.mass_exporting:finish",
        ),
    ),
    Killed(
        tasks.PREPARE_DIGESTS, _digest, lambda _: _jobs(SEND_DIGEST), 1, ("resolvers.digests:defer_many",)
    ),
    Killed(tasks.FORGET_EXPIRED, _expired, _forgotten, ("", 0, 0), (f"-{DELETE}", DELETE)),
    Killed(
        tasks.FORGET_ATTACHMENTS,
        _unfinished,
        _tidied,
        (1, 0),
        ("-resolvers.attachment_tidy:_delete", f"-{DELETE}"),
    ),
    Killed(tasks.APPLY_DUE, _due, _applied, ("applied", 1, 4), ("resolvers.policy_due:apply",)),
    Killed(
        tasks.TELL_VISAS,
        _visas,
        lambda _: Notification.filter(event="visa_waited_for").count(),
        4,
        ("resolvers.notifications:tell",),
    ),
    Killed(tasks.SEAL_EVENTS, _events, _sealed, (0, 3), ("resolvers.sealing:_append",)),
)


def forms_of(ground: Ground) -> list[tuple[tuple[str, int, int], dict[str, str]]]:
    """What the dying process has to know of the packs that this one published."""
    return [((key.form, key.year, key.revision), dict(pack_texts(key))) for key in ground.forms]
