"""Whom the platform may call about a dossier: confirmed when it is initialised (manual §2.1.3, §11.3)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from models import ContactRole, Invalid, execute, fetch
from resolvers import journal
from resolvers.events import Kind
from resolvers.life_rows import ContactRow
from resolvers.people_entries import Text, check_letters, checked_email, checked_phone, checked_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierRow

_TEXTS = {
    "name": Text("Nom", 160, required=True, names=True),
    "title": Text("Fonction", 120),
    "email": Text("Adresse électronique", 200, required=True),
    "phone": Text("Téléphone", 30),
}
_ORDER = {role: place for place, role in enumerate(ContactRole)}
_OF = "SELECT dossier_id, role, name, title, email, phone FROM dossier_contact WHERE dossier_id = ANY(%s)"
# Of several years of the same form the last one; the organization's own card where there is none.
_LAST_YEAR = """
SELECT c.role, c.name, c.title, c.email, c.phone FROM dossier_contact c WHERE c.dossier_id = (
  SELECT d.id FROM dossier d WHERE d.organism_id = %s AND d.platform = %s AND d.form = %s AND d.year < %s
  AND EXISTS (SELECT 1 FROM dossier_contact k WHERE k.dossier_id = d.id) ORDER BY d.year DESC LIMIT 1
)
"""
_CARD = """
SELECT g.email, g.phone FROM organization g JOIN organism o ON o.organization_id = g.id WHERE o.id = %s
"""
_KEEP = """
INSERT INTO dossier_contact (dossier_id, role, name, title, email, phone, confirmed_at, confirmed_by_id)
VALUES (%s, %s, %s, %s, %s, %s, now(), %s)
"""


def checked(contacts: Sequence[ContactRow]) -> tuple[ContactRow, ...]:
    """The contacts as they are kept: one a role, the declarant among them, each with an e-mail.

    Raises Invalid CONTACTS_MISSING, CONTACT_TWICE, FIELD_REQUIRED, FIELD_TOO_LONG, FIELD_UNPRINTABLE,
    NAME_LOOKALIKE, EMAIL_INVALID, PHONE_INVALID.
    """
    if ContactRole.DECLARANT not in {contact.role for contact in contacts}:
        raise Invalid(
            "CONTACTS_MISSING",
            "Confirmez les personnes à joindre\u00a0: le déclarant au moins, avec son nom "
            "et son adresse électronique.",
            path=("contacts",),
        )
    if any(count > 1 for count in Counter(contact.role for contact in contacts).values()):
        raise Invalid("CONTACT_TWICE", "Une seule personne par rôle : retirez l’autre.", path=("contacts",))
    return tuple(_checked(contact, ("contacts", str(place))) for place, contact in enumerate(contacts))


def _checked(contact: ContactRow, path: tuple[str, ...]) -> ContactRow:
    kept = {name: checked_text(getattr(contact, name), text, (*path, name)) for name, text in _TEXTS.items()}
    check_letters(kept["name"], _TEXTS["name"].label, (*path, "name"))
    checked_email(kept["email"], (*path, "email"))
    checked_phone(kept["phone"], (*path, "phone"))
    return ContactRow(contact.role, **kept)


async def keep(viewer: Viewer, dossier: DossierRow, contacts: Sequence[ContactRow]) -> None:
    """Keep these contacts in the place of those that were, as confirmed by the viewer now."""
    await execute("DELETE FROM dossier_contact WHERE dossier_id = %s", [dossier.id])
    for contact in contacts:
        texts = [contact.name, contact.title, contact.email, contact.phone]
        await execute(_KEEP, [dossier.id, contact.role.value, *texts, viewer.user_id])
    roles = [contact.role.value for contact in contacts]
    await journal.record(viewer, Kind.CONTACTS_CONFIRMED, dossier, {"roles": roles})


async def contacts_many(dossiers: Sequence[DossierRow]) -> dict[UUID, tuple[ContactRow, ...]]:
    """The contacts of several dossiers, by dossier; none for who may not read personal data."""
    found: dict[UUID, tuple[ContactRow, ...]] = {dossier.id: () for dossier in dossiers}
    wanted = [dossier.id for dossier in dossiers if dossier.insider]
    for record in await fetch(_OF, [wanted]) if wanted else []:
        found[record["dossier_id"]] += (_row(record),)
    return {key: _ordered(rows) for key, rows in found.items()}


async def suggested(dossier: DossierRow) -> tuple[ContactRow, ...]:
    """Whom to propose: those of the organism's last dossier of the form, else its own card.

    Each role is there, its name empty where nothing is known; nothing for who may not read personal data.
    """
    if not dossier.insider:
        return ()
    organism = dossier.organism.id
    last = await fetch(_LAST_YEAR, [organism, dossier.platform, dossier.form, dossier.year])
    known = {row.role: row for row in map(_row, last)}
    return tuple(_completed(known, await fetch(_CARD, [organism])))


def _completed(known: dict[ContactRole, ContactRow], cards: list[dict[str, Any]]) -> Iterator[ContactRow]:
    """The organization's own address serves the declarant, who must be reached; nobody is made up."""
    for role in ContactRole:
        own = cards[0] if cards and role is ContactRole.DECLARANT else {"email": "", "phone": ""}
        yield known.get(role) or ContactRow(role, "", "", own["email"], own["phone"])


def _row(record: dict[str, Any]) -> ContactRow:
    role = ContactRole(record["role"])
    return ContactRow(role, record["name"], record["title"], record["email"], record["phone"])


def _ordered(rows: Sequence[ContactRow]) -> tuple[ContactRow, ...]:
    return tuple(sorted(rows, key=lambda row: _ORDER[row.role]))
