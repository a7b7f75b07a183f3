"""Documents joined to some dossiers: small real PDFs, some pieces missing, some not sent yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from forms import load_pack
from models import Attachment, AttachmentState, User
from resolvers.attachment_names import renamed
from resolvers.attachment_tidy import folder
from resolvers.demo.accounts import ROLES, login_of
from resolvers.demo.cast import cast
from resolvers.demo.filing import YEARS, filed
from resolvers.demo.identifiers import stable_id

if TYPE_CHECKING:
    from models import FileStore
    from resolvers.demo.filing import Filed

# How many of the listed bodies' dossiers of the last year have documents.
SHOWN = 6
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Joined:
    """One document. `kept`: it is not sent yet."""

    dossier: Filed
    piece: str
    name: str
    kept: bool

    @property
    def id(self) -> UUID:
        """The identifier of its row."""
        return stable_id("attachment", self.dossier.id, self.name)

    @property
    def key(self) -> str:
        """Where its content lies."""
        return f"{folder(self.id)}/whole"

    @property
    def content(self) -> bytes:
        """A page that says what it stands for."""
        said = self.piece or "Note"
        body = self.dossier.organism
        return pdf(
            f"{said[0].upper()}{said[1:]}", body.name, f"Comptes {self.dossier.year} – document d’essai"
        )


@cache
def _joined() -> tuple[_Joined, ...]:
    """Of what each body owes, all but the last piece; those who have not transmitted keep one back."""
    listed = {body.siren for body in cast().listed}
    shown = [one for one in filed() if one.year == YEARS[1] and one.organism.siren in listed]
    found = []
    for one in shown[:SHOWN]:
        owed = load_pack(one.pack).required_attachments(one.organism.category)[:-1]
        given = owed if one.journey.transmitted else owed[:2]
        for rank, piece in enumerate(given):
            kept = one.journey.transmitted is None and rank == len(given) - 1
            found.append(_Joined(one, piece, renamed(piece, "pdf", ()), kept))
        if one.journey.transmitted:
            found.append(_Joined(one, "", "note-de-presentation.pdf", kept=False))
    return tuple(found)


async def write_attachments() -> None:
    """Their rows; `write_contents` lays the contents beside."""
    people = {user.login: user for user in await User.all()}
    await Attachment.bulk_create([_row(one, people) for one in _joined()])


def _row(one: _Joined, people: dict[str, User]) -> Attachment:
    author, content = people[login_of(one.dossier.organism, ROLES[0])], one.content
    at = (one.dossier.journey.transmitted or datetime.now(UTC)) - 30 * _HOUR
    return Attachment(
        id=one.id,
        dossier_id=one.dossier.id,
        piece=one.piece,
        name=one.name,
        original=one.name if not one.piece else "numérisation.pdf",
        media_type="application/pdf",
        size=len(content),
        received=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        file_key=one.key,
        state=AttachmentState.READY,
        author_id=author.id,
        organization_id=author.organization_id,
        added_at=at,
        sent_at=None if one.kept else at + _HOUR,
    )


async def write_contents(files: FileStore) -> None:
    """Lay the contents down where they are not yet; always the same."""
    for one in _joined():
        if not await files.holds(one.key):
            await files.put(one.key, one.content)


def pdf(*lines: str) -> bytes:
    """A page of plain lines in Helvetica (PDF 1.7, §7.5)."""
    shown = "".join(f"({_escaped(line)}) Tj 0 -28 Td " for line in lines)
    drawn = f"BT /F1 16 Tf 72 760 Td {shown}ET".encode("cp1252", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        made
        + head
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            len(made),
        )
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
