"""Keyset cursors: opaque to the client, checked on the way back."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from models import Invalid

MOST = 200


def check_first(first: int) -> None:
    """A list gives between 1 and 200 rows at once."""
    if not 1 <= first <= MOST:
        raise Invalid(
            "FIRST_OUT_OF_BOUNDS",
            f"Une liste se demande par pages de 1 à {MOST} lignes : corrigez « first ».",
            path=("first",),
        )


def encode(sort_value: str, row_id: UUID) -> str:
    """The cursor of one row: where the next page begins after it."""
    return base64.urlsafe_b64encode(f"{sort_value}|{row_id}".encode()).decode()


def decode(cursor: str) -> tuple[str, UUID]:
    """The sort value and the row that a cursor names. Raises Invalid CURSOR_INVALID."""
    try:
        value, _, row_id = base64.urlsafe_b64decode(cursor.encode()).decode().rpartition("|")
        if not value.isprintable():
            raise cursor_invalid()
        return value, UUID(row_id)
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise cursor_invalid() from error


def cursor_invalid() -> Invalid:
    """The cursor is none of ours, or of another list."""
    return Invalid("CURSOR_INVALID", "Cette page n’existe plus : relancez la recherche.", path=("after",))
