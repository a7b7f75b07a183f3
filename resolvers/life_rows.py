"""What is told of a dossier's life beside its steps: whom to call, who holds it, what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models import ContactRole


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person to call about a dossier."""

    role: ContactRole
    name: str
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class HandBackRow:
    """A time during which the organism corrected its dossier; `taken_at` None: it still does."""

    reason: str
    due_on: date | None
    handed_at: datetime
    handed_by: str
    taken_at: datetime | None
    taken_by: str | None
    taken_reason: str


@dataclass(frozen=True, slots=True)
class ReopeningRow:
    """A request to bring a dossier back to step 4; `accepted` None: nobody has answered it yet."""

    id: UUID
    dossier_id: UUID
    organization_id: UUID
    organization: str
    asker_id: UUID
    asked_by: str
    asked_at: datetime
    reason: str
    accepted: bool | None
    answered_by: str | None
    answered_at: datetime | None
    answer: str
