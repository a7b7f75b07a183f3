"""Writing many rows in one statement, where a model instance per row would cost more than the write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from models.database import execute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

TabValues = tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], list[dict[str, Any]]]


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    # One text: an array's would be escaped one by one, which takes longer than the write.
    return orjson.dumps(value).decode()


async def save_documents(dossier_id: UUID, documents: Sequence[TabValues]) -> None:
    """Insert or replace tabs' documents: (tab, cells, forced, computed, rows) each."""
    if not documents:
        return
    await execute(
        "INSERT INTO tab_document (dossier_id, tab, cells, forced, computed, rows) "
        "SELECT %s, t->>0, t->1, t->2, t->3, t->4 FROM jsonb_array_elements(%s::jsonb) t "
        "ON CONFLICT (dossier_id, tab) DO UPDATE SET cells = EXCLUDED.cells, forced = EXCLUDED.forced, "
        "computed = EXCLUDED.computed, rows = EXCLUDED.rows",
        [dossier_id, _json(documents)],
    )


async def save_changes(
    dossier_id: UUID,
    author_id: UUID | None,
    at: datetime,
    batch: UUID,
    changes: Sequence[tuple[str, str | None, str | None, str, str]],
) -> None:
    """Keep the history of a write: (cell, before, after, reason, origin) each."""
    if not changes:
        return
    await execute(
        "INSERT INTO cell_change (dossier_id, author_id, at, batch, cell, before, after, reason, origin) "
        "SELECT %s, %s, %s, %s, c->>0, c->>1, c->>2, c->>3, c->>4 FROM jsonb_array_elements(%s::jsonb) c",
        [dossier_id, author_id, at, batch, _json(changes)],
    )
