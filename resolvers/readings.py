"""Who outside an organism reads its dossiers, noted at the gate of values: once a day a person and a channel.

What was noted by a transaction that has ended is remembered, so that reading on costs no statement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Right
from authz.clock import today
from models import fetch
from resolvers import journal
from resolvers.dossiers import article
from resolvers.events import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from resolvers.rows import DossierRow

SCREEN, API = "screen", "api"
PDF, ZIP, XML, XLSX, CSV = "pdf", "zip", "xml", "xlsx", "csv"
ATTACHMENT, COPY = "attachment", "copy"
# What is on a screen is read; each other way has a right of its own, and so an article of its own.
_RIGHTS = {**dict.fromkeys((PDF, ZIP, XML, XLSX, CSV, COPY), Right.EXPORT), ATTACHMENT: Right.ATTACHMENT_READ}
# About ten megabytes; beyond, the day's memory is begun again.
MOST_REMEMBERED = 50_000

# Dossier, account or machine client, channel.
Key = tuple[UUID, str, str]

# Noted by another transaction than this one, whose own lines may yet be undone.
_KNOWN = """
SELECT dossier_id FROM dossier_reading
WHERE dossier_id = ANY(%s) AND subject = %s AND channel = %s AND day = %s AND at <> now()
"""
# In one order, so that two requests of one person never wait for each other. What this transaction noted
# already, or another at the same moment, is noted once.
_NOTE = """
INSERT INTO dossier_reading (dossier_id, organization_id, subject, name, channel, ref, day, at)
SELECT n.id, %s, %s, %s, %s, n.ref, %s, now() FROM unnest(%s::uuid[], %s::text[]) AS n(id, ref) ORDER BY n.id
ON CONFLICT DO NOTHING RETURNING dossier_id
"""


@dataclass(slots=True)
class _Memory:
    """What this process knows to be noted on a day."""

    day: date | None = None
    keys: set[Key] = field(default_factory=set)

    def of(self, day: date) -> set[Key]:
        """The keys of a day; those of another are forgotten."""
        if self.day != day or len(self.keys) > MOST_REMEMBERED:
            self.day, self.keys = day, set()
        return self.keys


_memory = _Memory()


def takes(dossier: DossierRow) -> bool:
    """Whether its reader takes it away in a file."""
    return _RIGHTS.get(dossier.channel) is Right.EXPORT


async def note(dossiers: Sequence[DossierRow], right: Right | None = None) -> None:
    """Note that these dossiers are being read by those for whom they were; in the caller's transaction.

    `right`: what allows it, where their channel alone does not tell.

    The organism's own readings are nobody's business, and a row that no viewer asked for has no reader.
    """
    noted = [dossier for dossier in dossiers if _from_outside(dossier)]
    if not noted:
        return
    day = today().date
    known = _memory.of(day)
    waiting = {key: dossier for dossier in noted if (key := _key(dossier)) not in known}
    if not waiting:
        return
    for subject, channel in dict.fromkeys(key[1:] for key in waiting):
        ids = [dossier for dossier, *rest in waiting if rest == [subject, channel]]
        records = await fetch(_KNOWN, [ids, subject, channel, day])
        known.update((record["dossier_id"], subject, channel) for record in records)
        new = [waiting[one, subject, channel] for one in ids if (one, subject, channel) not in known]
        await _write(new, channel, day, right)


def _from_outside(dossier: DossierRow) -> bool:
    viewer = dossier.reader
    return viewer is not None and viewer.organization != f"organism:{dossier.organism.siren}"


async def _write(dossiers: Sequence[DossierRow], channel: str, day: date, right: Right | None) -> None:
    """One statement for all of one reader's dossiers."""
    viewer = dossiers[0].reader if dossiers else None
    if viewer is None:
        return
    values = [viewer.organization_id, viewer.subject, viewer.name, channel, day]
    taken = right or _RIGHTS.get(channel, Right.READ)
    ids, refs = (
        [dossier.id for dossier in dossiers],
        [article(viewer, taken, dossier) for dossier in dossiers],
    )
    noted = {record["dossier_id"] for record in await fetch(_NOTE, [*values, ids, refs])}
    told = [(one, ref) for one, ref in zip(dossiers, refs, strict=True) if one.id in noted]
    await journal.record_many(viewer, Kind.READ, told, {"channel": channel})


def _key(dossier: DossierRow) -> Key:
    viewer = dossier.reader
    subject = "" if viewer is None else viewer.subject
    system = viewer is not None and viewer.client_id is not None and dossier.channel == SCREEN
    return dossier.id, subject, API if system else dossier.channel
