"""A dossier held for writing: locked, all its values at hand, evaluated whole before it is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from authz import Right, Viewer, require
from models import execute
from models.documents import save_changes
from resolvers import dossiers
from resolvers.documents import (
    Documents,
    data_of,
    fingerprints,
    load_documents,
    recompute,
    save,
)
from resolvers.row_changes import came_and_went, ranks
from resolvers.rows import DossierRow
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resolvers.edits import Change


@dataclass(slots=True)
class Workspace:
    """What a write works on, inside one transaction that holds the dossier's lock.

    `ranks` are the rows as they stood, `batch` what all the lines of history of this write share.
    """

    viewer: Viewer
    dossier: DossierRow
    documents: Documents
    previous: Mapping[str, str]
    seen: Mapping[str, bytes]
    values: Mapping[str, str]
    ranks: Mapping[str, Mapping[str, int]]
    batch: UUID = field(default_factory=uuid4)

    def evaluate(self) -> Mapping[str, str | None]:
        """Recompute everything; every cell whose value is now different, with its new value."""
        data = data_of(self.dossier.organism.category, self.documents, self.previous)
        recompute(self.dossier, self.documents, data)
        after = values_by_cell(self.documents)
        return {
            cell: after.get(cell)
            for cell in {**self.values, **after}
            if after.get(cell) != self.values.get(cell)
        }

    @property
    def rows_moved(self) -> bool:
        """Whether a row came, went or changed its rank."""
        return ranks(self.documents) != self.ranks

    async def save(self, changes: Sequence[Change], origin: str, at: datetime) -> int:
        """Write values and history, rows that came or went included; the dossier's new version.

        `origin` is that of the changes that do not name their own.
        """
        rows = came_and_went(self.ranks, self.documents)
        await save(self.dossier.id, self.seen, self.documents)
        await save_changes(
            self.dossier.id,
            self.viewer.user_id,
            at,
            self.batch,
            [
                (str(one.address), one.before, one.after, one.reason, one.origin or origin)
                for one in (*rows, *changes)
            ],
        )
        await execute("UPDATE dossier SET version = version + 1 WHERE id = %s", [self.dossier.id])
        return self.dossier.version + 1


async def open_workspace(viewer: Viewer, dossier_id: UUID, *, lock: bool = True) -> Workspace:
    """Hold the dossier for writing; without `lock`, for a trial that saves nothing.

    Raises NotFound, or Refused where its cells may not be written.
    """
    dossier = await dossiers.read(viewer, dossier_id, lock=lock)
    require(viewer, Right.WRITE, dossier.target)
    documents = await load_documents(dossier.id)
    return Workspace(
        viewer=viewer,
        dossier=dossier,
        documents=documents,
        previous=await previous_values(dossier),
        seen=fingerprints(documents),
        values=values_by_cell(documents),
        ranks=ranks(documents),
    )


def values_by_cell(documents: Documents) -> dict[str, str]:
    """Every value that is not blank under its full address, rows included."""
    values = {
        f"{tab}.{cell}": value for tab, doc in documents.items() for cell, value in doc.effective().items()
    }
    for tab, document in documents.items():
        for row in document.rows:
            for column, value in {**row.get("computed", {}), **row["values"]}.items():
                values[f"{tab}[{row['key']}].{column}"] = value
    return values
