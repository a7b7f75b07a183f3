"""A mail that whoever conducts a campaign writes to the privileged contacts of the dossiers that he chose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from authz import Right, first_held
from models import GroupMail, Invalid
from resolvers import journal, notifications
from resolvers.campaigning import chosen, require_managing
from resolvers.events import Kind, Told
from resolvers.idempotency import once
from resolvers.legible import is_legible
from resolvers.notifications import About
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierRow

LONGEST_SUBJECT, LONGEST_TEXT = 120, 5_000


async def recipients(viewer: Viewer, dossier_ids: Sequence[UUID]) -> int:
    """How many persons such a mail would reach. Raises as `send`."""
    rows = await chosen(viewer, dossier_ids)
    require_managing(viewer, rows[0])
    return len(_contacts(viewer, rows))


async def send(viewer: Viewer, dossier_ids: Sequence[UUID], subject: str, text: str, key: str) -> int:
    """Write to each contact once, whatever the number of his dossiers; how many there are.

    Raises NotFound, Refused, Invalid DOSSIERS_COUNT, DOSSIERS_MIXED, SUBJECT_INVALID, TEXT_INVALID,
    NO_CONTACT, PERSON_REQUIRED.
    """
    author, subject, text = person_of(viewer), subject.strip(), text.strip()

    async def act() -> dict[str, Any]:
        rows = await chosen(viewer, dossier_ids)
        require_managing(viewer, rows[0])
        _check(subject, text)
        mail = await GroupMail.create(
            platform=rows[0].platform, subject=subject, text=text, author_id=author, at=datetime.now(UTC)
        )
        told = await _tell(viewer, rows, mail)
        if not told:
            raise Invalid(
                "NO_CONTACT",
                "Aucun contact privilégié ne peut voir ces dossiers : personne ne recevrait ce courriel.",
                path=("dossiers",),
            )
        sent = {"mail": mail.id, "dossiers": len(rows), "told": told}
        await journal.record_many(viewer, Kind.GROUP_MAIL_SENT, [(row, "") for row in rows], sent)
        return {"told": told}

    arguments = {"dossiers": list(dict.fromkeys(dossier_ids)), "subject": subject, "text": text}
    return int((await once(viewer, key, "group_mail", arguments, act))["told"])


async def _tell(viewer: Viewer, rows: Sequence[DossierRow], mail: GroupMail) -> int:
    """Tell each contact once, of the first of his dossiers: his right to it is asked when it is sent."""
    path, told = _path(rows), 0
    here: dict[int, list[UUID]] = {}
    for user_id, number in _contacts(viewer, rows).items():
        here.setdefault(number, []).append(user_id)
    for number, contacts in sorted(here.items()):
        about = About(rows[number].id, mail.subject, path, mail.id)
        told += await notifications.tell(contacts, Told.GROUP_MAIL, about)
    return told


def _path(rows: Sequence[DossierRow]) -> str:
    """Where the mail leads: the dossier, or the list of what its reader may see of the form."""
    if len(rows) == 1:
        return f"/dossiers/{rows[0].id}"
    years = {row.year for row in rows}
    return f"/?formulaire={rows[0].form}" + (f"&annee={years.pop()}" if len(years) == 1 else "")


def _contacts(viewer: Viewer, rows: Sequence[DossierRow]) -> dict[UUID, int]:
    """Those who are told of a dossier and may see it where it stands, with the number of their first one."""
    return first_held(viewer.authority, (Right.NOTIFY, Right.READ), [row.target for row in rows])


def _check(subject: str, text: str) -> None:
    if not 1 <= len(subject) <= LONGEST_SUBJECT or not is_legible(subject):
        raise Invalid(
            "SUBJECT_INVALID",
            f"Donnez un objet d’une ligne, de {LONGEST_SUBJECT} caractères au plus, "
            "sans caractère invisible.",
            path=("subject",),
        )
    if not 1 <= len(text) <= LONGEST_TEXT or not is_legible(text, lines=True):
        raise Invalid(
            "TEXT_INVALID",
            f"Écrivez un texte de {LONGEST_TEXT} caractères au plus, sans caractère invisible.",
            path=("text",),
        )
