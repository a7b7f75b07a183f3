"""The signed text of a convention: one PDF, kept in the object store beside its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from authz import Right, require_on_platform
from authz.boxes import hold_policy
from models import Convention, ConventionRevision, Invalid, NotFound, transaction
from resolvers import conventions, journal
from resolvers.convention_changes import Change, require_revision
from resolvers.events import Kind

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer
    from models import FileStore
    from resolvers.convention_rows import ConventionRow

MOST_BYTES = 10_000_000
LONGEST_NAME = 150
MARK = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent in."""

    name: str
    content: bytes


async def attach(
    viewer: Viewer, files: FileStore, convention_id: UUID, sent: Sent, revision: int
) -> ConventionRow:
    """Keep the signed text; one sent before stays in the store, and in the history by its digest.

    Raises NotFound, Refused, Conflict CONVENTION_STALE, Invalid SIGNED_TEXT_TOO_LARGE, SIGNED_TEXT_NOT_PDF,
    SIGNED_TEXT_NAME.
    """
    async with transaction():
        await hold_policy(viewer.authority)
        row = await conventions.read(viewer, convention_id, lock=True)
        require_on_platform(viewer, Right.POLICY_EDIT, row.platform)
        require_revision(row, revision)
        name = _checked(sent)
        digest, now = hashlib.sha256(sent.content).hexdigest(), datetime.now(UTC)
        key = f"conventions/{row.id}/signed-{digest}.pdf"
        # Stored under its digest first: should the transaction fail, nothing names it, and nothing is lost.
        await files.put(key, sent.content)
        await Convention.filter(id=row.id).update(
            signed_name=name,
            signed_key=key,
            signed_sha256=digest,
            signed_size=len(sent.content),
            signed_at=now,
            revision=row.revision + 1,
        )
        change = Change("signed", row.content, row.pause, f"{name} ({digest[:12]}…)")
        await ConventionRevision.create(
            convention_id=row.id,
            revision=row.revision + 1,
            event=change.event,
            content={**change.stored(), "sha256": digest},
            author_id=viewer.user_id,
            at=now,
        )
        told = {"convention": row.id, "event": change.event, "revision": row.revision + 1, "sha256": digest}
        await journal.record(viewer, Kind.CONVENTION_CHANGED, row.platform, told)
        return await conventions.read(viewer, row.id)


async def signed(viewer: Viewer, convention_id: UUID) -> ConventionRow:
    """The convention whose signed text is fetched. Raises NotFound SIGNED_TEXT_MISSING as well."""
    row = await conventions.read(viewer, convention_id)
    if not row.signed_key:
        raise NotFound(
            "SIGNED_TEXT_MISSING",
            "Aucun texte signé n’est joint à cette convention : demandez-le à la plateforme.",
            path=("convention",),
        )
    return row


def _checked(sent: Sent) -> str:
    if len(sent.content) > MOST_BYTES:
        raise too_large()
    if not sent.content.startswith(MARK):
        raise Invalid(
            "SIGNED_TEXT_NOT_PDF",
            "Ce fichier n’est pas un PDF, quel que soit son nom : enregistrez le texte signé en PDF.",
            path=("content",),
        )
    name = sent.name.replace("\\", "/").rpartition("/")[2].strip()
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise Invalid(
            "SIGNED_TEXT_NAME",
            f"Donnez au fichier un nom de 1 à {LONGEST_NAME} caractères.",
            path=("name",),
        )
    return name if name.lower().endswith(".pdf") else f"{name}.pdf"


def too_large() -> Invalid:
    """More than a signed text can be."""
    return Invalid(
        "SIGNED_TEXT_TOO_LARGE",
        f"Le texte signé dépasse {MOST_BYTES // 1_000_000} Mo : réduisez la définition du document numérisé.",
        path=("content",),
    )
