"""What workers do with attachments: have them scanned, and forget those that never arrived."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import structlog

from models import ScanError
from resolvers import attachment_scan
from resolvers.attachment_tidy import ask_again, forget_answered, forget_orphans, forget_unfinished, tidy

if TYPE_CHECKING:
    from uuid import UUID

    from models import FileStore
    from rendering.services import Services

log = structlog.get_logger(__name__)
# Tries of a scan, over about a day; the hourly job then has it tried as often again.
MOST_SCANS: Final = 100


async def scan_attachment(services: Services, attachment_id: UUID) -> None:
    """Have one document scanned: it becomes readable, or is refused and its content deleted.

    Without a verdict (no scanner, none that answers) it stays in quarantine and ScanError is raised, for the
    job to be run again. No transaction is open meanwhile.
    """
    key = await attachment_scan.begin(attachment_id)
    if key is None:
        return
    if services.scanner is None:
        raise ScanError("no clamd is configured")
    found = await services.scanner.scan(services.files.stream(key))
    await attachment_scan.settle(attachment_id, harmful=bool(found))
    if found:
        await tidy(services.files, attachment_id)
        log.warning("attachment_infected", attachment=str(attachment_id), signature=found)


async def forget_attachments(files: FileStore, *, now: datetime | None = None) -> int:
    """Forget what never arrived, what no document names, and have unanswered scans tried again."""
    moment = now or datetime.now(UTC)
    forgotten = await forget_unfinished(files, moment)
    await forget_answered(moment)
    orphans = await forget_orphans(files, moment)
    again = await ask_again(MOST_SCANS - 1)
    if orphans or again:
        log.info("attachments_tidied", orphans=orphans, scans=again)
    return forgotten
