"""A document in quarantine: what the scanner says of it is kept once, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import Attachment, AttachmentState, execute, fetch, transaction
from resolvers import journal
from resolvers.attachment_rows import INFECTED
from resolvers.events import Kind

if TYPE_CHECKING:
    from uuid import UUID

_REFUSE = """
UPDATE attachment a SET state = 'refused', refusal = %s, file_key = '' FROM dossier d
WHERE a.id = %s AND a.state = 'quarantined' AND d.id = a.dossier_id RETURNING d.platform, d.id AS dossier_id
"""


async def begin(attachment_id: UUID) -> str | None:
    """The key of a content to scan, the try counted; None where there is nothing left to scan."""
    await execute(
        "UPDATE attachment SET attempts = attempts + 1 WHERE id = %s AND state = 'quarantined'",
        [attachment_id],
    )
    stored = await Attachment.get_or_none(id=attachment_id, state=AttachmentState.QUARANTINED)
    return None if stored is None else stored.file_key


async def settle(attachment_id: UUID, *, harmful: bool) -> None:
    """Make a document readable, or refuse it; one that was removed or settled meanwhile stays as it is."""
    async with transaction():
        if not harmful:
            await Attachment.filter(id=attachment_id, state=AttachmentState.QUARANTINED).update(
                state=AttachmentState.READY
            )
            return
        for record in await fetch(_REFUSE, [INFECTED, attachment_id]):
            told = {"attachment": attachment_id, "code": INFECTED}
            about = record["platform"], record["dossier_id"]
            await journal.record(None, Kind.ATTACHMENT_REFUSED, about, told)
