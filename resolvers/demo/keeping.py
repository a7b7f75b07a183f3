"""The values of demonstration dossiers as they were transmitted or finalised: what next year reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import Snapshot, SnapshotState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from models.documents import TabValues
    from resolvers.demo.filing import Filed


def snapshot(
    one: Filed, documents: Iterable[TabValues], previous: Mapping[str, str], data_hash: str
) -> Snapshot:
    """The latest version that counts; the two would hold the same values here, so one is kept."""
    finalised = [passage.at for passage in one.journey.passages if passage.move == "finalise"]
    return Snapshot(
        dossier_id=one.id,
        state=SnapshotState.FINALISED if finalised else SnapshotState.TRANSMITTED,
        at=finalised[-1] if finalised else one.journey.transmitted,
        pack=one.pack,
        data_hash=data_hash,
        documents={
            tab: {"cells": cells, "forced": forced, "computed": computed, "rows": rows}
            for tab, cells, forced, computed, rows in documents
        },
        previous=dict(previous),
    )
