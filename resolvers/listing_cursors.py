"""The cursors of a search: each names its search, the last row shown and its key."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote
from uuid import UUID

from resolvers.listing_orders import Start
from resolvers.paging import cursor_invalid, decode, encode

if TYPE_CHECKING:
    from resolvers.listing_orders import Entry

_SETS = re.compile(r"([1-9][0-9]{0,8})\|([1-9][0-9]{0,8})\|([A-Za-z0-9_-]{0,16})")
_INTEGER = re.compile(r"[0-9]{1,5}")


def of_entry(mark: str, entry: Entry, row_id: UUID) -> str:
    """The cursor of a row that was found in the process's sets."""
    return encode(f"{mark}|{entry.organism.id}|{entry.campaign.id}|{entry.group}", row_id)


def start_of(mark: str, cursor: str | None) -> Start:
    """Where the next page begins. Raises Invalid CURSOR_INVALID."""
    if cursor is None:
        return Start()
    parts = _SETS.fullmatch(_of_search(mark, cursor)[0])
    if parts is None:
        raise cursor_invalid()
    return Start(int(parts[1]), int(parts[2]), parts[3])


def of_key(mark: str, key: object, row_id: UUID) -> str:
    """The cursor of a row that the database found, by the key that it was sorted on."""
    text = key.isoformat() if isinstance(key, datetime) else str(key)
    return encode(f"{mark}|" + ("" if key is None else f"={quote(text, safe='')}"), row_id)


def key_of(mark: str, cursor: str, kind: str) -> tuple[Any, UUID]:
    """The key, None for none, of its type in SQL, and the row. Raises Invalid CURSOR_INVALID."""
    said, row_id = _of_search(mark, cursor)
    if not said:
        return None, row_id
    if not said.startswith("="):
        raise cursor_invalid()
    return _read(unquote(said[1:]), kind), row_id


def _read(text: str, kind: str) -> object:
    if kind == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "text" and "\0" not in text:
        return text
    if kind == "timestamptz":
        try:
            moment = datetime.fromisoformat(text)
            return moment.astimezone(UTC) if moment.tzinfo else _refused()
        except (ValueError, OverflowError):
            raise cursor_invalid() from None
    return _refused()


def _refused() -> object:
    raise cursor_invalid()


def _of_search(mark: str, cursor: str) -> tuple[str, UUID]:
    value, row_id = decode(cursor)
    named, bar, rest = value.partition("|")
    if named != mark or not bar:
        raise cursor_invalid()
    return rest, row_id
