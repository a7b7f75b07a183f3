"""Freezing a sealed copy, in the transaction of the move that asks for it; a job makes its files of that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import orjson

from forms import Step
from models import CopyKind, execute, fetch
from models.jobs import SEAL_COPY, defer
from resolvers import dossiers, verification
from resolvers.documents import load_documents
from resolvers.hiding import conditional, hiding
from resolvers.plain import plain
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.rows import AnomalyRow, CrossingRow, DossierRow, VerificationRow

MOST_CROSSINGS = 200
# One organism's copies are numbered while its dossier is held by the move.
_INSERT = """
INSERT INTO sealed_copy (id, dossier_id, kind, number, snapshot_id, frozen, at, author, attempts, error,
                         seal, file_name, file_key, file_size, file_sha256,
                         receipt_key, receipt_size, receipt_sha256)
SELECT %s, %s, %s, coalesce(max(number), 0) + 1, %s, %s::jsonb, %s, %s, 0, '', '', '', '', 0, '', '', 0, ''
FROM sealed_copy WHERE dossier_id = %s
"""
_ATTACHMENTS = """
SELECT a.piece, a.name, a.media_type, a.size, a.sha256, a.sent_at, g.name AS organization
FROM attachment a JOIN organization g ON g.id = a.organization_id
WHERE a.dossier_id = %s AND a.sent_at IS NOT NULL ORDER BY a.sent_at, a.id
"""
# The answers of every round: whoever reads the copy knows which data each decision was taken upon.
_VISAS = """
SELECT a.passage, a.round, a.circuit, a.visa, a.answer, a.data_hash, a.at,
       w.first_name || ' ' || w.last_name AS author, h.first_name || ' ' || h.last_name AS holder
FROM visa_act a JOIN user_account w ON w.id = a.author_id JOIN user_account h ON h.id = a.holder_id
WHERE a.dossier_id = %s ORDER BY a.id
"""


async def freeze(
    viewer: Viewer, dossier: DossierRow, kind: CopyKind, snapshot_id: int, checked: VerificationRow
) -> UUID:
    """Freeze what the copy of this move holds, and leave the job that makes it.

    Called after the crossing was written and the snapshot kept, while the dossier's row is held.
    """
    whole = replace(dossier, insider=True, open_tabs=None, reader=None)
    crossed = await dossiers.crossings(whole, MOST_CROSSINGS)
    copy, frozen = uuid4(), await _frozen(viewer, whole, checked)
    frozen["crossings"] = [plain(row) for row in _told(crossed)]
    frozen["step"], at = int(crossed[0].target), crossed[0].at
    await execute(
        _INSERT,
        [copy, dossier.id, kind.value, snapshot_id, _json(frozen), at, viewer.name, dossier.id],
    )
    await defer(SEAL_COPY, lock=f"copy {dossier.id}", copy=str(copy))
    return copy


async def _frozen(viewer: Viewer, whole: DossierRow, checked: VerificationRow) -> dict[str, Any]:
    """All that the snapshot does not hold; identifiers, codes and words as they stood."""
    passages = await fetch("SELECT max(passage) AS passage FROM crossing WHERE dossier_id = %s", [whole.id])
    last, sent = await verification.last(whole), await dossiers.transmission(whole)
    return {
        "organism": plain(whole.organism),
        "platform": {"code": whole.platform, "name": whole.platform_name},
        "form": whole.form,
        "year": whole.year,
        "version": whole.version,
        "passage": passages[0]["passage"],
        "pack": {"key": whole.pack, "seal": whole.definition.sha256},
        "policy_version": viewer.authority.version,
        "author": {"name": viewer.name, "organization": viewer.organization_name},
        "transmission": None if sent is None else plain(sent),
        "data_hash": checked.data_hash,
        "checked_at": checked.at,
        "anomalies": [] if last is None else [_anomaly(row) for row in last.anomalies],
        "attachments": await fetch(_ATTACHMENTS, [whole.id]),
        "visas": await _visas(whole),
        "hidden": await _hidden(whole),
    }


async def _visas(whole: DossierRow) -> list[dict[str, Any]]:
    """The answers given, with the step that each was asked at: who reads there may read them."""
    steps = {one.code: int(one.step) for one in whole.definition.circuits}
    # Of a circuit that the form no longer has, the first step stands: few read there.
    return [
        {**one, "step": steps.get(one["circuit"], int(min(Step)))} for one in await fetch(_VISAS, [whole.id])
    ]


async def _hidden(whole: DossierRow) -> list[str]:
    """The tabs and lines that the conditions of the form hide: a snapshot holds what is left."""
    if not conditional(whole):
        return []
    stored = await load_documents(whole.id)
    return sorted(hiding(whole, stored, await previous_values(whole)).hidden)


def _told(crossed: Sequence[CrossingRow]) -> list[CrossingRow]:
    """From the transmission on, without a reason: a copy is one for all, whatever steps each reads."""
    return [replace(row, reason="") for row in crossed if row.target >= Step.REVIEW]


def _anomaly(row: AnomalyRow) -> dict[str, Any]:
    return {**plain(row.anomaly), "justification": row.justification}


def _json(frozen: dict[str, Any]) -> str:
    return orjson.dumps(frozen, default=str).decode()
