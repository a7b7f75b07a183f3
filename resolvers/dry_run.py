"""What would follow from a write: the values and the anomalies, and nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from forms import evaluate
from forms import verify as run_checks
from resolvers.anomalies import anomaly_id, readable
from resolvers.cells import check_size, find_conflicts, read_writes
from resolvers.documents import data_of
from resolvers.edits import lay
from resolvers.rows import AnomalyRow, CellConflict, CellRefusal
from resolvers.verification import justifications
from resolvers.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.cells import CellWrite


@dataclass(frozen=True, slots=True)
class DryRun:
    """The values that would be different and the anomalies that would stand.

    With a refusal there is nothing to try: no values, no anomalies. A conflict is told, and the value
    tried all the same.
    """

    conflicts: tuple[CellConflict, ...]
    refused: tuple[CellRefusal, ...]
    changed: Mapping[str, str | None]
    anomalies: tuple[AnomalyRow, ...]


async def dry_run(viewer: Viewer, dossier_id: UUID, writes: Sequence[CellWrite]) -> DryRun:
    """Try a write, by who could write it. Raises NotFound, Refused, Invalid TOO_MANY_WRITES."""
    check_size(writes)
    workspace = await open_workspace(viewer, dossier_id, lock=False)
    dossier = workspace.dossier
    edits, refused = read_writes(workspace, writes)
    conflicts = await find_conflicts(workspace, writes)
    if refused:
        return DryRun(tuple(conflicts), tuple(refused), {}, ())
    lay(workspace.documents, edits)
    workspace.evaluate()
    misplaced = workspace.misplaced(edits)
    if misplaced:
        return DryRun(tuple(conflicts), tuple(misplaced), {}, ())
    data = data_of(dossier, workspace.documents, workspace.previous)
    found = run_checks(dossier.definition, data, evaluate(dossier.definition, data))
    given = (await justifications([dossier.id]))[dossier.id]
    return DryRun(
        conflicts=tuple(conflicts),
        refused=(),
        changed=workspace.changed(),
        anomalies=tuple(readable(AnomalyRow(one, given.get(anomaly_id(one)), dossier)) for one in found),
    )
