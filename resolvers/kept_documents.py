"""Whole dossiers printed once and kept: found by the hash of everything that they are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import orjson

from models import KeptDocument, execute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# How long a print that nobody asks for is kept. Longer than any export that was made of it.
UNUSED: Final = timedelta(days=15)
# A use is noted once a day: it costs a write.
_NOTED: Final = timedelta(days=1)
MOST_FORGOTTEN: Final = 500
_KEEP: Final = """
INSERT INTO kept_document (key, file_key, size, sha256, pages, places, made_at, used_at)
VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s, %s) ON CONFLICT (key) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A print in the object store. `places`: the first page, from 0, of each thing that a link leads to."""

    key: str
    file_key: str
    size: int
    sha256: str
    pages: int
    places: Mapping[str, int]


async def find(key: str) -> Kept | None:
    """The print of that hash, noted as used; None when none is kept."""
    row = await KeptDocument.get_or_none(key=key)
    if row is None:
        return None
    now = datetime.now(UTC)
    if row.used_at < now - _NOTED:
        await KeptDocument.filter(key=key).update(used_at=now)
    return _kept(row)


async def keep(kept: Kept) -> bool:
    """Note a print that is in the object store; False when another worker was quicker."""
    now = datetime.now(UTC)
    places = orjson.dumps(kept.places).decode()
    values = [kept.key, kept.file_key, kept.size, kept.sha256, kept.pages, places, now, now]
    return bool(await execute(_KEEP, values))


async def unused(now: datetime) -> list[Kept]:
    """Those that nobody has asked for in a long time, some of them."""
    return [_kept(row) for row in await KeptDocument.filter(used_at__lt=now - UNUSED).limit(MOST_FORGOTTEN)]


async def named(file_keys: Sequence[str]) -> set[str]:
    """Those of these files that are some print's."""
    found = await KeptDocument.filter(file_key__in=list(file_keys)).values_list("file_key", flat=True)
    return {str(key) for key in found}


async def forget(kept: Kept) -> None:
    """Its file is gone, or is no longer what it was."""
    await KeptDocument.filter(key=kept.key, file_key=kept.file_key).delete()


def _kept(row: KeptDocument) -> Kept:
    return Kept(row.key, row.file_key, row.size, row.sha256, row.pages, row.places)
