"""Writing a filled dossier: its tabs and what they compute, its checks, the reasons, the transmission."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from forms import Severity, Step, load_pack, verify
from models import Justification, Verification
from models.documents import save_documents
from resolvers.demo.case import REASON
from resolvers.demo.filing import Filed, transmission
from resolvers.demo.keeping import snapshot
from resolvers.demo.slips import reason_for
from resolvers.documents import hash_of
from resolvers.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms import Anomaly, Pack
    from models.documents import TabValues
    from resolvers.demo.case import CompleteSet

T = TypeVar("T")


async def fill(one: Filed, complete: CompleteSet) -> None:
    """Write the dossier's tabs and what followed from them."""
    documents = documents_of(load_pack(one.pack), complete)
    await save_documents(one.id, documents)
    if one.step < Step.ENTRY_VALIDATION:
        return
    anomalies = verify(load_pack(one.pack), complete.data, complete.evaluation)
    data_hash = hash_of(one.pack, complete.data)
    await Verification.create(
        dossier_id=one.id,
        at=one.journey.since if one.journey.transmitted is None else one.journey.transmitted,
        pack=one.pack,
        data_hash=data_hash,
        version=one.version,
        anomalies=[plain(anomaly) for anomaly in anomalies],
    )
    if one.journey.transmitted:
        await _justify(one, anomalies)
        await transmission(one, data_hash).save()
        await snapshot(one, documents, complete.data.previous, data_hash).save()


async def _justify(one: Filed, anomalies: tuple[Anomaly, ...]) -> None:
    """No major anomaly is transmitted without a reason."""
    transmitted = one.journey.transmitted
    for anomaly in anomalies:
        if transmitted and anomaly.severity is Severity.MAJOR:
            await Justification.create(
                dossier_id=one.id,
                check_id=anomaly.check,
                text=reason_for(anomaly.check),
                author_id=one.declarant,
                at=transmitted - timedelta(hours=2),
            )


def documents_of(pack: Pack, complete: CompleteSet) -> list[TabValues]:
    """(tab, typed, forced, computed, rows) of each tab, as they are kept."""
    data, evaluation = complete.data, complete.evaluation
    cells = by_tab(data.cells)
    computed = by_tab({cell: value for cell, value in evaluation.cells.items() if value is not None})
    forced = by_tab(data.forced)
    automatic = by_tab({cell: evaluation.automatic.get(cell) for cell in data.forced})
    return [
        (
            tab,
            cells.get(tab, {}),
            {
                cell: {"value": value, "reason": REASON, "automatic": automatic[tab][cell]}
                for cell, value in forced.get(tab, {}).items()
            },
            computed.get(tab, {}),
            _rows(complete, tab),
        )
        for tab in pack.tabs
    ]


def by_tab(values: Mapping[str, T]) -> dict[str, dict[str, T]]:
    """`TAB.LINE.COLUMN` → value, tab by tab."""
    found: dict[str, dict[str, T]] = {}
    for cell, value in values.items():
        tab, _, place = cell.partition(".")
        found.setdefault(tab, {})[place] = value
    return found


def _rows(complete: CompleteSet, tab: str) -> list[dict[str, object]]:
    rows = complete.data.rows.get(tab, ())
    return [
        {
            "key": row.key,
            "values": dict(row.values),
            "computed": {column: value for column, value in computed.items() if value is not None},
        }
        for row, computed in zip(rows, complete.evaluation.rows.get(tab, ()), strict=True)
    ]
