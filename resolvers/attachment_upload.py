"""A document's content as it arrives: whole, or in parts that a cut does not lose (docs/decisions/0015)."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from authz import Right, Viewer, require
from models import Attachment, AttachmentState, Conflict, FileStore, Invalid, Problem, transaction
from models.jobs import SCAN_ATTACHMENT, defer
from resolvers import journal
from resolvers.attachment_kinds import FileKind, judge
from resolvers.attachment_names import extension
from resolvers.attachment_rows import AttachmentRow, Intake, one, unknown
from resolvers.attachment_tidy import folder, tidy
from resolvers.attachments import require_size
from resolvers.events import Kind
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator
    from uuid import UUID

    from resolvers.rows import DossierRow

# A part but the last: a thousand of them make a large file.
LEAST_PART: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Span:
    """Which bytes of a file a part is: from `start` up to, and without, `stop`, of `total`."""

    start: int
    stop: int
    total: int


@dataclass(slots=True)
class _Counted:
    """What comes in, counted and hashed while it passes; no more and no less than `expected` bytes."""

    blocks: AsyncIterable[bytes]
    expected: int
    digest: Any = field(default_factory=hashlib.sha256)
    count: int = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for block in self.blocks:
            self.count += len(block)
            if self.count > self.expected:
                raise size_differs()
            self.digest.update(block)
            if block:
                yield block
        if self.count < self.expected:
            raise size_differs()


async def expect(viewer: Viewer, attachment_id: UUID, span: Span | None, intake: Intake) -> AttachmentRow:
    """The document whose content is at the door, before a byte of it is read; as it stands.

    A part that is already kept is told by `received`, at or beyond its end: nothing is left to send of it.
    Raises NotFound, Refused, Conflict ATTACHMENT_ARRIVED, ATTACHMENT_PART_ELSEWHERE,
    Invalid ATTACHMENT_TOO_LARGE, ATTACHMENT_RANGE.
    """
    _, row = await _writable(viewer, attachment_id)
    require_size(row.size, intake)
    if row.state is not AttachmentState.ARRIVING:
        raise _arrived(row)
    if span is not None:
        _require_span(row, span)
    return row


def _require_span(row: AttachmentRow, span: Span) -> None:
    last = span.stop == row.size
    if span.total != row.size or not 0 <= span.start < span.stop <= row.size:
        raise Invalid(
            "ATTACHMENT_RANGE",
            f"L’en-tête Content-Range ne convient pas à un fichier de {row.size} octets : corrigez-le.",
            path=("content-range",),
        )
    if not last and span.stop - span.start < LEAST_PART:
        raise Invalid(
            "ATTACHMENT_RANGE",
            f"Une partie compte au moins {LEAST_PART} octets, sauf la dernière : envoyez-en de plus grandes.",
            path=("content-range",),
        )
    if span.start != row.received and span.stop > row.received:
        raise _elsewhere(row)


async def receive(  # noqa: PLR0913, PLR0917 - who, where, what, and how it is taken
    viewer: Viewer,
    files: FileStore,
    row: AttachmentRow,
    span: Span | None,
    blocks: AsyncIterable[bytes],
    intake: Intake,
) -> AttachmentRow:
    """Keep what arrives of an `expect`ed document; once it is whole, judge it by its content.

    No transaction is open while it streams, and rights are asked again at its end. What stops half-way leaves
    nothing. Raises as `expect` and `judge`, Invalid ATTACHMENT_SIZE.
    """
    if span is None or span.stop > row.received:
        row = await _keep(viewer, files, row, span, blocks)
    if row.received < row.size:
        return row
    return await _complete(viewer, files, row.id, intake)


async def _keep(
    viewer: Viewer, files: FileStore, row: AttachmentRow, span: Span | None, blocks: AsyncIterable[bytes]
) -> AttachmentRow:
    """Store one part, or the whole as the only one, under a name that no other try has."""
    start, stop = (0, row.size) if span is None else (span.start, span.stop)
    key = f"{folder(row.id)}/{start}-{secrets.token_hex(8)}"
    counted = _Counted(blocks, stop - start)
    await files.put_stream(key, counted)
    try:
        async with transaction():
            _, now = await _writable(viewer, row.id, lock=True)
            if now.state is not AttachmentState.ARRIVING:
                raise _arrived(now)
            if span is not None and now.received != start:
                raise _elsewhere(now)
            stored = await Attachment.get(id=row.id)
            parts = [] if span is None else stored.parts
            made = {"key": key, "sha256": counted.digest.hexdigest()}
            await Attachment.filter(id=row.id).update(parts=[*parts, made], received=stop)
            return (await one(viewer, row.id))[1]
    except Problem:
        await files.delete(key)
        raise


async def _complete(viewer: Viewer, files: FileStore, attachment_id: UUID, intake: Intake) -> AttachmentRow:
    """Put the parts together and judge the whole; of two who do so at once, one is believed."""
    stored = await Attachment.get_or_none(id=attachment_id)
    if stored is None:
        raise unknown()
    if stored.state is not AttachmentState.ARRIVING:
        return (await _writable(viewer, attachment_id))[1]
    try:
        key, digest = await _whole(files, stored)
        kind = await asyncio.to_thread(_judged, files, key, extension(stored.original))
        row = await _settle(viewer, stored, key, digest, kind, intake)
    except FileNotFoundError:
        # Another was quicker, and has tidied up behind him.
        row = (await _writable(viewer, attachment_id))[1]
    except Invalid as refusal:
        await _refuse(viewer, stored, refusal.code)
        await tidy(files, attachment_id)
        raise
    await tidy(files, attachment_id)
    return row


async def _whole(files: FileStore, stored: Attachment) -> tuple[str, str]:
    """The key of the whole content, and its digest."""
    if len(stored.parts) == 1:
        return stored.parts[0]["key"], stored.parts[0]["sha256"]
    key = f"{folder(stored.id)}/whole-{secrets.token_hex(8)}"

    async def joined() -> AsyncIterator[bytes]:
        for part in stored.parts:
            async for block in files.stream(part["key"]):
                yield block

    counted = _Counted(joined(), stored.size)
    await files.put_stream(key, counted)
    return key, counted.digest.hexdigest()


def _judged(files: FileStore, key: str, ending: str) -> FileKind:
    with files.reader(key) as content:
        return judge(ending, content)


async def _settle(  # noqa: PLR0913, PLR0917 - what is known of a whole document
    viewer: Viewer, stored: Attachment, key: str, digest: str, kind: FileKind, intake: Intake
) -> AttachmentRow:
    """Keep what the document is; it waits for the scanner where there is one."""
    async with transaction():
        _, row = await _writable(viewer, stored.id, lock=True)
        if row.state is AttachmentState.ARRIVING:
            state = AttachmentState.QUARANTINED if intake.scanned else AttachmentState.READY
            await Attachment.filter(id=row.id).update(
                state=state, file_key=key, sha256=digest, media_type=kind.media_type, parts=[]
            )
            if intake.scanned:
                await defer(SCAN_ATTACHMENT, attachment=str(row.id))
        return (await one(viewer, row.id))[1]


async def _refuse(viewer: Viewer, stored: Attachment, code: str) -> None:
    """A content that is not taken stays on the screen of those who added it, as a name and a reason."""
    async with transaction():
        dossier, row = await _writable(viewer, stored.id, lock=True)
        if row.state is AttachmentState.ARRIVING:
            await Attachment.filter(id=row.id).update(state=AttachmentState.REFUSED, refusal=code, parts=[])
            told = {"attachment": row.id, "code": code}
            await journal.record(viewer, Kind.ATTACHMENT_REFUSED, dossier, told)


async def _writable(
    viewer: Viewer, attachment_id: UUID, *, lock: bool = False
) -> tuple[DossierRow, AttachmentRow]:
    """One's own organization's document, where one may still add some. Raises NotFound, Refused.

    With `lock`, by the rules of this very moment: those of the request's beginning may be a long upload old.
    """
    if lock:
        await viewer.authority.refresh()
    dossier, row = await one(viewer, attachment_id, lock=lock)
    if not row.mine:
        raise unknown()
    require(viewer, Right.ATTACHMENT_WRITE, dossier.target)
    person_of(viewer)
    return dossier, row


def size_differs() -> Invalid:
    """More or less came than was announced."""
    return Invalid(
        "ATTACHMENT_SIZE",
        "Le contenu reçu n’a pas la taille annoncée : l’envoi a été coupé ou le fichier a changé. "
        "Recommencez l’envoi.",
        path=("content",),
    )


def _arrived(row: AttachmentRow) -> Conflict:
    return Conflict(
        "ATTACHMENT_ARRIVED",
        "Ce document est déjà arrivé : rechargez les pièces jointes.",
        path=("attachment",),
        details={"state": row.state.name, "received": row.received},
    )


def _elsewhere(row: AttachmentRow) -> Conflict:
    return Conflict(
        "ATTACHMENT_PART_ELSEWHERE",
        f"Cette partie ne suit pas ce qui est reçu : reprenez à l’octet {row.received}.",
        path=("content-range",),
        details={"received": row.received},
    )
