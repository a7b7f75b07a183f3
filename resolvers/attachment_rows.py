"""Attachments as their readers meet them: what was sent, and what one's own organization has added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from authz import Right, Viewer, decide
from models import Attachment, AttachmentState, NotFound, fetch
from resolvers import dossiers
from resolvers.attachment_kinds import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.rows import DossierRow

DEFAULT_BYTES: Final = 10_000_000
# The form's list of kinds of document, of which its required ones are some.
TYPES: Final = "type_piece"
INFECTED: Final = "ATTACHMENT_INFECTED"
_SELECT: Final = """
SELECT a.*, u.first_name || ' ' || u.last_name AS author, g.name AS organization
FROM attachment a JOIN user_account u ON u.id = a.author_id JOIN organization g ON g.id = a.organization_id
"""
# Until it is sent, a document is its organization's alone, on every channel.
_VISIBLE: Final = "(a.organization_id = %s OR (a.sent_at IS NOT NULL AND %s))"
WHY: Final = {
    "ATTACHMENT_KIND_FALSE": f"Son contenu n’est pas ce que dit son nom : {ACCEPTED}.",
    "ATTACHMENT_MACROS": "Ce document contient des macros : enregistrez-le sans macro, puis ajoutez-le.",
    "ATTACHMENT_EMPTY": "Ce fichier est vide : vérifiez-le, puis ajoutez-le de nouveau.",
    INFECTED: "L’antivirus y a trouvé un contenu malveillant : faites vérifier votre poste avant de le"
    " joindre.",
}


@dataclass(frozen=True, slots=True)
class Intake:
    """How documents are taken in: bytes at most, and whether each is scanned before anyone reads it."""

    limit: int = DEFAULT_BYTES
    scanned: bool = False

    def of(self, dossier: DossierRow) -> Intake:
        """How the dossier's are: its form may ask for less."""
        least = min(self.limit, dossier.definition.attachment_bytes or self.limit)
        return replace(self, limit=least)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A document of a dossier. `piece`: its type, "" for another; `mine`: its reader's organization added it.

    `refusal`: the code of why it was refused, else "". Sizes are in bytes.
    """

    id: UUID
    dossier_id: UUID
    piece: str
    name: str
    original: str
    media_type: str
    size: int
    received: int
    sha256: str
    file_key: str
    state: AttachmentState
    refusal: str
    author: str
    organization: str
    added_at: datetime
    sent_at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A kind of document that a dossier may be given; `provided`: how many were sent."""

    label: str
    required: bool
    provided: int


def row_of(viewer: Viewer, record: dict[str, Any]) -> AttachmentRow:
    """The row of a record of _SELECT."""
    fields = {name: record[name] for name in AttachmentRow.__dataclass_fields__ if name != "mine"}
    state = AttachmentState(record["state"])
    mine = record["organization_id"] == viewer.organization_id
    return AttachmentRow(**{**fields, "state": state}, mine=mine)


def may_read(viewer: Viewer, dossier: DossierRow) -> bool:
    """Whether the viewer reads the dossier's attachments where it stands."""
    return decide(viewer, Right.ATTACHMENT_READ, dossier.target).allowed


def may_attach(viewer: Viewer, dossier: DossierRow) -> bool:
    """Whether the viewer, who is a person, may add some, at this step."""
    person = viewer.user_id is not None and begun(dossier)
    return person and decide(viewer, Right.ATTACHMENT_WRITE, dossier.target).allowed


def begun(dossier: DossierRow) -> bool:
    """Whether the form has come to its first step with attachments."""
    return dossier.step >= dossier.definition.attachment_step


async def of_dossiers(
    viewer: Viewer, asked: Sequence[DossierRow]
) -> dict[UUID, tuple[AttachmentRow, ...] | None]:
    """The attachments that the viewer may see, the oldest first; None without the right to read them."""
    opened = [dossier.id for dossier in asked if may_read(viewer, dossier)]
    found = await _visible(viewer, opened, reads=True)
    return {dossier.id: found.get(dossier.id) for dossier in asked}


async def known_to(viewer: Viewer, dossier: DossierRow) -> tuple[AttachmentRow, ...]:
    """What the viewer knows of: his organization's, and what was sent where he may read it.

    He is answered by it alone: what others have not sent shows in nothing, not even in a number.
    """
    return (await _visible(viewer, [dossier.id], reads=may_read(viewer, dossier)))[dossier.id]


async def _visible(
    viewer: Viewer, dossier_ids: Sequence[UUID], *, reads: bool
) -> dict[UUID, tuple[AttachmentRow, ...]]:
    found: dict[UUID, list[AttachmentRow]] = {key: [] for key in dossier_ids}
    if found:
        records = await fetch(
            f"{_SELECT}WHERE a.dossier_id = ANY(%s) AND {_VISIBLE} ORDER BY a.added_at, a.id",
            [list(found), viewer.organization_id, reads],
        )
        for record in records:
            found[record["dossier_id"]].append(row_of(viewer, record))
    return {key: tuple(rows) for key, rows in found.items()}


async def one(viewer: Viewer, attachment_id: UUID, *, lock: bool = False) -> tuple[DossierRow, AttachmentRow]:
    """An attachment that the viewer may know of, with its dossier; with `lock`, both are held.

    Raises NotFound, the same for none, for another's that is not sent, and for one of a dossier that he may
    not read.
    """
    place = await Attachment.get_or_none(id=attachment_id).values("dossier_id")
    if place is None:
        raise unknown()
    try:
        dossier = await dossiers.read(viewer, place["dossier_id"], lock=lock)
    except NotFound:
        raise unknown() from None
    ending = " FOR UPDATE OF a" if lock else ""
    records = await fetch(
        f"{_SELECT}WHERE a.id = %s AND {_VISIBLE}{ending}",
        [attachment_id, viewer.organization_id, may_read(viewer, dossier)],
    )
    if not records:
        raise unknown()
    return dossier, row_of(viewer, records[0])


def pieces(dossier: DossierRow, attached: Sequence[AttachmentRow]) -> tuple[PieceRow, ...]:
    """The types of document of the dossier's form: those that its kind of organism owes, then the others."""
    pack = dossier.definition
    required = pack.required_attachments(dossier.organism.category)
    owed = {item.label for item in pack.attachments}
    others = tuple(label for label in pack.lists.get(TYPES, ()) if label not in owed)
    sent = [row.piece for row in attached if row.sent_at is not None]
    return tuple(
        PieceRow(label, label in required, sent.count(label)) for label in dict.fromkeys(required + others)
    )


def unknown() -> NotFound:
    """The same words whether it does not exist or may not be known to exist."""
    return NotFound(
        "NOT_FOUND",
        "Cette pièce jointe n’existe pas ou ne vous est pas ouverte : rechargez les pièces jointes.",
        path=("attachment",),
    )
