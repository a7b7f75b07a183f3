"""People by name, and what only a person may do: a system has nobody's name to sign with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from models import Invalid

if TYPE_CHECKING:
    from authz import Viewer


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account and what its user is called."""

    id: UUID
    name: str


def person_of(viewer: Viewer) -> UUID:
    """The account of the person who asks. Raises Invalid PERSON_REQUIRED for a machine client."""
    if viewer.user_id is None:
        raise Invalid(
            "PERSON_REQUIRED", "Seule une personne peut faire cela\u00a0: connectez-vous avec un compte."
        )
    return viewer.user_id
