"""Documents joined to a dossier: added, removed while they may be, sent, read (manual §10.2)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from authz import Right, Viewer, require
from models import Attachment, AttachmentState, Conflict, Invalid, NotFound, fetch, transaction
from models.jobs import FORGET_ATTACHMENT, defer
from resolvers import dossiers, journal, readings
from resolvers.attachment_kinds import require_kind
from resolvers.attachment_names import checked_name, extension, renamed
from resolvers.attachment_rows import (
    AttachmentRow,
    Intake,
    begun,
    known_to,
    may_read,
    one,
    pieces,
    unknown,
)
from resolvers.events import Kind, Told
from resolvers.idempotency import once
from resolvers.notifications import About, contacts, tell
from resolvers.person import person_of

if TYPE_CHECKING:
    from resolvers.rows import DossierRow

# Of one dossier, from one organization: those of another take nobody's room.
MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Announced:
    """A document as it is announced. `piece`: its type, of its form's, or "" for another; `size` in bytes."""

    piece: str
    file_name: str
    size: int


async def add(
    viewer: Viewer, dossier_id: UUID, announced: Announced, intake: Intake, key: str
) -> AttachmentRow:
    """Make room for a document whose content arrives afterwards.

    Raises NotFound, Refused, Invalid ATTACHMENT_TOO_EARLY, ATTACHMENT_PIECE, ATTACHMENT_NAME,
    ATTACHMENT_KIND, ATTACHMENT_EMPTY, ATTACHMENT_TOO_LARGE, ATTACHMENTS_TOO_MANY, PERSON_REQUIRED, Conflict
    IDEMPOTENCY_REUSED.
    """

    async def act() -> dict[str, Any]:
        dossier = await dossiers.read(viewer, dossier_id, lock=True)
        require(viewer, Right.ATTACHMENT_WRITE, dossier.target)
        author = person_of(viewer)
        known = await known_to(viewer, dossier)
        original = _checked(dossier, known, announced, intake)
        piece, names = announced.piece, [row.name for row in known]
        made = await Attachment.create(
            dossier_id=dossier.id,
            piece=piece,
            name=renamed(piece, extension(original), names) if piece else original,
            original=original,
            size=announced.size,
            author_id=author,
            organization_id=viewer.organization_id,
            added_at=datetime.now(UTC),
        )
        return {"attachment": str(made.id)}

    arguments = {"dossier": dossier_id, **asdict(announced)}
    async with transaction():
        done = await once(viewer, key, "addAttachment", arguments, act)
        return (await one(viewer, UUID(done["attachment"])))[1]


def _checked(
    dossier: DossierRow, known: tuple[AttachmentRow, ...], announced: Announced, intake: Intake
) -> str:
    """The name that the document came under, once all that is announced may be taken."""
    if not begun(dossier):
        first = dossier.definition.cycle.label(dossier.definition.attachment_step)
        raise Invalid(
            "ATTACHMENT_TOO_EARLY",
            f"Les pièces jointes de ce formulaire s’ajoutent à partir de l’étape « {first} » : attendez-la.",
            path=("dossier",),
        )
    if announced.piece and announced.piece not in {row.label for row in pieces(dossier, known)}:
        raise Invalid(
            "ATTACHMENT_PIECE",
            "Ce type de pièce n’est pas de ce formulaire : choisissez-le dans la liste.",
            path=("piece",),
        )
    original = checked_name(announced.file_name)
    require_kind(extension(original))
    require_size(announced.size, intake.of(dossier))
    if sum(row.mine for row in known) >= MOST:
        raise Invalid(
            "ATTACHMENTS_TOO_MANY",
            f"Votre organisation a déjà ajouté {MOST} pièces jointes à ce dossier : regroupez les documents.",
            path=("dossier",),
        )
    return original


def require_size(size: int, intake: Intake) -> None:
    """Raises Invalid ATTACHMENT_EMPTY, ATTACHMENT_TOO_LARGE."""
    if size < 1:
        raise Invalid(
            "ATTACHMENT_EMPTY",
            "Ce fichier est vide : vérifiez-le, puis ajoutez-le de nouveau.",
            path=("size",),
        )
    if size > intake.limit:
        raise too_large(intake)


def too_large(intake: Intake) -> Invalid:
    """More than a document may be."""
    most = f"{intake.limit / 1_000_000:.4g}".replace(".", ",")
    return Invalid(
        "ATTACHMENT_TOO_LARGE",
        f"Une pièce jointe compte {most} Mo au plus : réduisez le fichier, ou partagez-le en plusieurs.",
        path=("size",),
        details={"max": intake.limit},
    )


async def remove(viewer: Viewer, attachment_id: UUID, key: str) -> None:
    """Take away a document of one's own organization that is not sent; its content goes with it.

    Raises NotFound, Refused, Conflict ATTACHMENT_ALREADY_SENT.
    """

    async def act() -> dict[str, Any]:
        dossier, row = await one(viewer, attachment_id, lock=True)
        if not row.mine:
            raise unknown() if row.sent_at is None else _sent()
        require(viewer, Right.ATTACHMENT_WRITE, dossier.target)
        person_of(viewer)
        if row.sent_at is not None:
            raise _sent()
        await Attachment.filter(id=row.id).delete()
        await defer(FORGET_ATTACHMENT, attachment=str(row.id))
        return {"attachment": str(row.id)}

    await once(viewer, key, "removeAttachment", {"attachment": attachment_id}, act)


def _sent() -> Conflict:
    return Conflict(
        "ATTACHMENT_ALREADY_SENT",
        "Cette pièce jointe est envoyée : elle ne se retire plus.",
        path=("attachment",),
    )


async def send(viewer: Viewer, dossier_id: UUID, key: str) -> int:
    """Send whatever one's organization has added and is ready; how many. Contacts are told, if there is any.

    Raises NotFound, Refused, Invalid PERSON_REQUIRED, Conflict IDEMPOTENCY_REUSED.
    """

    async def act() -> dict[str, Any]:
        dossier = await dossiers.read(viewer, dossier_id, lock=True)
        require(viewer, Right.ATTACHMENT_WRITE, dossier.target)
        person_of(viewer)
        sent = await fetch(
            "UPDATE attachment SET sent_at = now() WHERE dossier_id = %s AND organization_id = %s "
            "AND state = 'ready' AND sent_at IS NULL RETURNING id",
            [dossier.id, viewer.organization_id],
        )
        if sent:
            ids = sorted(str(record["id"]) for record in sent)
            await journal.record(viewer, Kind.ATTACHMENTS_SENT, dossier, {"attachments": ids})
            told = contacts(viewer.authority, dossier, dossier.step, Right.ATTACHMENT_READ)
            told -= {viewer.user_id}
            await tell(told, Told.ATTACHMENTS_SENT, About(dossier.id, path=f"/dossiers/{dossier.id}/pieces"))
        return {"sent": len(sent)}

    return int((await once(viewer, key, "sendAttachments", {"dossier": dossier_id}, act))["sent"])


async def read(viewer: Viewer, attachment_id: UUID) -> AttachmentRow:
    """The document whose content is fetched; the reading is noted.

    Raises NotFound, Conflict ATTACHMENT_NOT_READY.
    """
    async with transaction():
        dossier, row = await one(viewer, attachment_id)
        if not may_read(viewer, dossier):
            raise unknown()
        if row.state is not AttachmentState.READY:
            raise Conflict(
                "ATTACHMENT_NOT_READY",
                "Cette pièce jointe n’est pas encore lisible : attendez la fin de son contrôle.",
                path=("attachment",),
            )
        await _note(viewer, dossier, {"attachment": row.id})
        return row


async def read_all(viewer: Viewer, dossier_id: UUID) -> tuple[DossierRow, tuple[AttachmentRow, ...]]:
    """The documents of a dossier that the viewer may take away; the reading is noted.

    Raises NotFound, Refused, NotFound ATTACHMENTS_NONE.
    """
    async with transaction():
        dossier = await dossiers.read(viewer, dossier_id)
        require(viewer, Right.ATTACHMENT_READ, dossier.target)
        known = await known_to(viewer, dossier)
        rows = tuple(row for row in known if row.state is AttachmentState.READY)
        if not rows:
            raise NotFound("ATTACHMENTS_NONE", "Ce dossier n’a aucune pièce jointe à télécharger.")
        await _note(viewer, dossier, {"attachments": len(rows)})
        return dossier, rows


async def _note(viewer: Viewer, dossier: DossierRow, details: dict[str, object]) -> None:
    """Who reads from outside is noted for the organism, and in the journal with his article."""
    if viewer.organization == f"organism:{dossier.organism.siren}":
        return
    await readings.note([replace(dossier, channel=readings.ATTACHMENT)])
    ref = dossiers.article(viewer, Right.ATTACHMENT_READ, dossier)
    told = {**details, "channel": readings.ATTACHMENT}
    await journal.record_many(viewer, Kind.ATTACHMENT_TAKEN, [(dossier, ref)], told)
