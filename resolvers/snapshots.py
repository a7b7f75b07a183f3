"""The values of a dossier at the moments that count: transmitted, finalised. Next year reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from models import SnapshotState, fetch
from resolvers.documents import load_documents
from resolvers.hiding import hiding, without_hidden

if TYPE_CHECKING:
    from datetime import datetime

    from resolvers.rows import DossierRow

# No dossier's.
_NONE = UUID(int=0)
# A dossier's own snapshot has frozen what it read of last year; before it has one, last year's latest.
_PREVIOUS = """
WITH chosen AS (
  SELECT s.documents, s.previous, s.dossier_id = %s AS own
  FROM snapshot s JOIN dossier d ON d.id = s.dossier_id
  WHERE d.id = %s OR (d.organism_id = %s AND d.platform = %s AND d.form = %s AND d.year = %s)
  ORDER BY own DESC, s.id DESC LIMIT 1
)
SELECT own, '' AS tab, previous AS cells, '{}'::jsonb AS computed FROM chosen WHERE own
UNION ALL
SELECT own, t.key, t.value->'cells', t.value->'computed' FROM chosen, jsonb_each(documents) t WHERE NOT own
"""


async def keep(dossier: DossierRow, state: SnapshotState, at: datetime, data_hash: str) -> int:
    """Keep the dossier's values as readers find them, with what `#` reads; in the move's transaction.

    What conditions hide was not declared: next year does not read it. The answer names the snapshot.
    """
    previous, stored = await previous_values(dossier), await load_documents(dossier.id)
    shown = without_hidden(stored, hiding(dossier, stored, previous))
    kept = await fetch(
        "INSERT INTO snapshot (dossier_id, state, at, pack, data_hash, previous, documents) "
        "VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s::jsonb) RETURNING id",
        [
            dossier.id,
            state.value,
            at,
            dossier.pack,
            data_hash,
            orjson.dumps(previous).decode(),
            orjson.dumps(shown).decode(),
        ],
    )
    return int(kept[0]["id"])


async def previous_values(dossier: DossierRow) -> dict[str, str]:
    """Last year's cells under this year's names, what `#` reads: as last transmitted or finalised.

    Frozen by this dossier's own transmission.
    """
    records = await _previous(dossier, dossier.id)
    if records and records[0]["own"]:
        frozen: dict[str, str] = records[0]["cells"]
        return frozen
    return dossier.definition.from_last_year(_by_cell(records))


async def last_year_values(dossier: DossierRow) -> dict[str, str]:
    """Last year's cells under last year's names, as last transmitted or finalised."""
    return _by_cell(await _previous(dossier, _NONE))


async def _previous(dossier: DossierRow, own: UUID) -> list[dict[str, Any]]:
    return await fetch(
        _PREVIOUS, [own, own, dossier.organism.id, dossier.platform, dossier.form, dossier.year - 1]
    )


def _by_cell(records: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for record in records:
        tab, computed = record["tab"], record["computed"]
        found |= {f"{tab}.{cell}": value for cell, value in computed.items() if value is not None}
        found |= {f"{tab}.{cell}": value for cell, value in record["cells"].items()}
    return found


async def previous_rows(last_year: UUID, tabs: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of dynamic tabs of last year's dossier, by tab, as last transmitted or finalised."""
    if not tabs:
        return {}
    records = await fetch(
        "SELECT t.key AS tab, t.value->'rows' AS rows FROM (SELECT documents FROM snapshot "
        "WHERE dossier_id = %s ORDER BY id DESC LIMIT 1) latest, jsonb_each(latest.documents) t "
        "WHERE t.key = ANY(%s)",
        [last_year, tabs],
    )
    return {record["tab"]: record["rows"] for record in records}
