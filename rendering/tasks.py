"""What workers do, job by job: how each is run, how long it is tried again, and when it runs by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

import structlog

from models.jobs import (
    FORGET_ATTACHMENT,
    MAKE_MASS_EXPORT,
    MASS_MOVE,
    RENDER_ANNEX,
    RENDER_EXPORT,
    RENDER_MANUAL,
    SCAN_ATTACHMENT,
    SEAL_COPY,
    SEND_DIGEST,
    SEND_NOTIFICATION,
    SEND_SUPPORT,
)
from rendering.annex_job import render_annex
from rendering.attachment_jobs import MOST_SCANS, forget_attachments, scan_attachment
from rendering.copy_job import seal_copy
from rendering.expiry import forget_expired
from rendering.export_job import render_export
from rendering.mail import AddressRefusedError
from rendering.manual_job import render_manual
from rendering.mass_export_job import make_mass_export
from rendering.mass_job import make_mass_move
from rendering.patience import Patience
from resolvers import copy_sealing, digests, left_jobs, notifications, support, visa_notices
from resolvers.attachment_tidy import tidy
from resolvers.policy_due import apply_due
from resolvers.sealing import seal_events

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import procrastinate

    from rendering.services import Services

SERVICES: Final = "services"
# Tries of a mail before it is given up: about three days.
MOST_MAILS: Final = 300
MOST_EXPORTS: Final = 20
FORGET_EXPIRED: Final = "forget_expired_exports"
FORGET_ATTACHMENTS: Final = "forget_unfinished_attachments"
HOURLY: Final = "17 * * * *"
SEAL_LEFT: Final = "seal_left_copies"
ASK_AGAIN: Final = "ask_left_jobs_again"
APPLY_DUE: Final = "apply_due_policy_changes"
# Midnight in Paris is the beginning of an hour everywhere; an hour missed is made up by the next.
EACH_HOUR: Final = "0 * * * *"
PREPARE_DIGESTS: Final = "prepare_digests"
TELL_VISAS: Final = "tell_visas"
EACH_MORNING: Final = "40 4 * * *"
SEAL_EVENTS: Final = "seal_events"
EACH_MINUTE: Final = "* * * * *"
# The second of the day, in UTC, at which the whole journal is looked through for what was left unsealed.
WHOLE_AT: Final = 2 * 3600 + 180
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of job. `most`: tries; `cron`: when it runs by itself, one at a time, given its due moment."""

    name: str
    run: Callable[..., Awaitable[None]]
    most: int = 0
    cron: str = ""

    @property
    def retry(self) -> Patience | bool:
        """How it is tried again; what runs by itself is made up by its next run."""
        return Patience(self.most) if self.most else False

    @property
    def alone(self) -> str | None:
        """The lock that keeps two of it from waiting at once."""
        return self.name if self.cron else None


async def _render_export(context: procrastinate.JobContext, export: str) -> None:
    await render_export(_services(context), UUID(export))


async def _render_annex(context: procrastinate.JobContext, convention: str) -> None:
    await render_annex(_services(context), UUID(convention))


async def _seal_copy(context: procrastinate.JobContext, copy: str) -> None:
    await seal_copy(_services(context), UUID(copy))


async def _seal_left(context: procrastinate.JobContext, timestamp: int) -> None:
    """Ask again for the sealed copies whose tries are used up: none is ever given up."""
    del context
    left = await copy_sealing.leave_again()
    log.info("copies_asked_again", count=left, due=timestamp)


async def _ask_again(context: procrastinate.JobContext, timestamp: int) -> None:
    """Ask again for mass moves and questions whose tries are used up."""
    del context
    left = await left_jobs.ask_again()
    log.info("jobs_asked_again", count=left, due=timestamp)


async def _mass_move(context: procrastinate.JobContext, mass: str) -> None:
    await make_mass_move(_services(context), UUID(mass))


async def _make_mass_export(context: procrastinate.JobContext, export: str) -> None:
    await make_mass_export(_services(context), UUID(export))


async def _send_notification(context: procrastinate.JobContext, notification: str) -> None:
    """Send one mail, once: what was sent is noted, and what could not be is tried again later."""
    services = _services(context)
    task = await notifications.pending(services.authority, UUID(notification))
    if task is None:
        return
    try:
        await services.mailer.send(task)
    except AddressRefusedError:
        log.warning("address_refused", notification=notification)
        await notifications.refused(task.notification_id)
    else:
        await notifications.mailed(task.notification_id)


async def _send_digest(context: procrastinate.JobContext, user: str, day: str) -> None:
    """Send one person's digest, as one mail of its own."""
    services = _services(context)
    task = await digests.pending(services.authority, UUID(user), date.fromisoformat(day))
    if task is None:
        return
    try:
        await services.mailer.send_digest(task)
    except AddressRefusedError:
        log.warning("address_refused", user=user, day=day)
        await digests.refused(task)
    else:
        await digests.sent(task)


async def _prepare_digests(_: procrastinate.JobContext, timestamp: int) -> None:
    people = await digests.prepare(datetime.now(UTC))
    log.info("digests_prepared", count=people, due=timestamp)


async def _forget_expired(context: procrastinate.JobContext, timestamp: int) -> None:
    forgotten = await forget_expired(_services(context).files)
    log.info("exports_forgotten", count=forgotten, due=timestamp)


async def _scan_attachment(context: procrastinate.JobContext, attachment: str) -> None:
    await scan_attachment(_services(context), UUID(attachment))


async def _forget_attachment(context: procrastinate.JobContext, attachment: str) -> None:
    await tidy(_services(context).files, UUID(attachment))


async def _forget_attachments(context: procrastinate.JobContext, timestamp: int) -> None:
    forgotten = await forget_attachments(_services(context).files)
    log.info("attachments_forgotten", count=forgotten, due=timestamp)


async def _apply_due(context: procrastinate.JobContext, timestamp: int) -> None:
    """Make the dated changes of the rules whose day has come, each once."""
    settled = await apply_due(_services(context).authority)
    log.info("policy_changes_settled", count=settled, due=timestamp)


async def _seal_events(_: procrastinate.JobContext, timestamp: int) -> None:
    sealed = await seal_events(whole=timestamp % 86_400 // 60 == WHOLE_AT // 60)
    if sealed:
        log.info("events_sealed", count=sealed, due=timestamp)


async def _render_manual(context: procrastinate.JobContext) -> None:
    await render_manual(_services(context))


async def _send_support(context: procrastinate.JobContext, request: str) -> None:
    """Mail one question to the hotline, once, with what is joined to it."""
    task = await support.pending(UUID(request))
    if task is not None:
        services = _services(context)
        joined = await services.files.read(task.file_key) if task.file_key else b""
        try:
            await services.mailer.send_support(task, joined)
        except AddressRefusedError:
            log.warning("hotline_address_refused", request=request)
            await support.refused(task.id)
        else:
            await support.mailed(task.id)


async def _tell_visas(context: procrastinate.JobContext, timestamp: int) -> None:
    """Tell of the visas that a deadline passed has opened."""
    told = await visa_notices.tell_due(_services(context).authority)
    log.info("visas_told", count=told, due=timestamp)


def _services(context: procrastinate.JobContext) -> Services:
    services: Services = context.additional_context[SERVICES]
    return services


TASKS: Final = (
    Task(RENDER_EXPORT, _render_export, MOST_EXPORTS),
    Task(RENDER_ANNEX, _render_annex, MOST_EXPORTS),
    Task(SEAL_COPY, _seal_copy, MOST_MAILS),
    Task(SEAL_LEFT, _seal_left, cron=HOURLY),
    Task(ASK_AGAIN, _ask_again, cron=HOURLY),
    Task(MASS_MOVE, _mass_move, MOST_EXPORTS),
    Task(MAKE_MASS_EXPORT, _make_mass_export, MOST_EXPORTS),
    Task(SEND_NOTIFICATION, _send_notification, MOST_MAILS),
    Task(SEND_DIGEST, _send_digest, MOST_MAILS),
    Task(PREPARE_DIGESTS, _prepare_digests, cron=EACH_HOUR),
    Task(RENDER_MANUAL, _render_manual, MOST_EXPORTS),
    Task(SEND_SUPPORT, _send_support, MOST_MAILS),
    Task(FORGET_EXPIRED, _forget_expired, cron=HOURLY),
    Task(SCAN_ATTACHMENT, _scan_attachment, MOST_SCANS),
    Task(FORGET_ATTACHMENT, _forget_attachment, MOST_EXPORTS),
    Task(FORGET_ATTACHMENTS, _forget_attachments, cron=HOURLY),
    Task(APPLY_DUE, _apply_due, cron=EACH_HOUR),
    Task(TELL_VISAS, _tell_visas, cron=EACH_MORNING),
    Task(SEAL_EVENTS, _seal_events, cron=EACH_MINUTE),
)
