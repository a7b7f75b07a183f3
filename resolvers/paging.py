"""Pages of a list, and their keyset cursors: opaque to the client, checked on the way back."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID

from models import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 200
# Rows that are numbered are so by a bigint.
_BEYOND = 2**63

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Row]):
    """One page of rows in order, the cursor of each, and whether others follow."""

    rows: tuple[Row, ...]
    cursors: tuple[str, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class CountedPage(Paged[Row]):
    """One page, and the exact number of rows of the whole list."""

    total: int


def paged(rows: Sequence[Row], cursors: Sequence[str], first: int) -> Paged[Row]:
    """The page of what was read with one row more, which tells whether there are others."""
    return Paged(tuple(rows[:first]), tuple(cursors[:first]), len(rows) > first)


def counted_page(rows: Sequence[Row], cursors: Sequence[str], first: int, total: int) -> CountedPage[Row]:
    """The same with the number of them all."""
    return CountedPage(tuple(rows[:first]), tuple(cursors[:first]), len(rows) > first, total)


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


def decode_moment(cursor: str) -> tuple[datetime, UUID]:
    """The moment, in UTC, and the row that a cursor names.

    Raises Invalid CURSOR_INVALID, of a moment without its zone too: the database would give it its own.
    """
    text, row_id = decode(cursor)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise cursor_invalid()
        return moment.astimezone(UTC), row_id
    except (ValueError, OverflowError) as error:
        raise cursor_invalid() from error


def decode_numbered(cursor: str) -> tuple[datetime, int]:
    """The same, of a row whose identifier is a number. Raises Invalid CURSOR_INVALID."""
    moment, row_id = decode_moment(cursor)
    if row_id.int >= _BEYOND:
        raise cursor_invalid()
    return moment, row_id.int


def cursor_invalid() -> Invalid:
    """The cursor is none of ours, or of another list."""
    return Invalid("CURSOR_INVALID", "Cette page n’existe plus : relancez la recherche.", path=("after",))
