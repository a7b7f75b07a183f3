"""A dossier held for writing: locked, all its values at hand, evaluated whole before it is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from authz import Viewer
from forms import Evaluation
from models import execute
from models.documents import save_changes
from resolvers import dossiers
from resolvers.documents import (
    Documents,
    data_of,
    instances_of,
    load_documents,
    recompute,
    save,
)
from resolvers.hand import require_writing
from resolvers.hiding import hiding
from resolvers.row_changes import came_and_went, ranks
from resolvers.rows import CellRefusal, DossierRow
from resolvers.snapshots import previous_values
from resolvers.standing import Standing
from resolvers.tabs import check_tabs, has_instance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from resolvers.edits import Address, Change, Edit


@dataclass(slots=True)
class Workspace:
    """What a write works on, inside one transaction that holds the dossier's lock.

    `standing` and `ranks` are the values and the rows as they stood, `evaluation` says what is hidden,
    `batch` is what all the lines of history of this write share.
    """

    viewer: Viewer
    dossier: DossierRow
    documents: Documents
    previous: Mapping[str, str]
    standing: Standing
    ranks: Mapping[str, Mapping[str, int]]
    evaluation: Evaluation
    batch: UUID = field(default_factory=uuid4)

    def evaluate(self) -> None:
        """Recompute everything."""
        data = data_of(self.dossier, self.documents, self.previous)
        self.evaluation = recompute(self.dossier, self.documents, data)

    def changed(self) -> Mapping[str, str | None]:
        """Every cell whose value is different since the evaluation, with its new value."""
        return self.standing.changed(self.documents, self.evaluation)

    def misplaced(self, edits: Iterable[Edit]) -> list[CellRefusal]:
        """Why edits may not stand: an instance that there is not, or a place that is hidden.

        Asked once they are laid down and evaluated: an answer and what it opens may come together.
        """
        pack, instances = self.dossier.definition, self.instances
        there: dict[str, bool] = {}
        found = []
        for edit in edits:
            tab = edit.address.tab
            if tab not in there:
                there[tab] = has_instance(pack, instances, tab)
            if there[tab] and not self.evaluation.hidden:
                continue
            name = str(edit.address)
            if not there[tab]:
                words = "n’est d’aucun exemplaire présent dans ce dossier\u00a0: ajoutez-le d’abord"
                found.append(CellRefusal(name, "INSTANCE_UNKNOWN", f"La cellule {name} {words}."))
            elif self.hides(edit.address):
                words = "n’a pas lieu d’être remplie, vu les autres réponses\u00a0: laissez-la vide"
                found.append(CellRefusal(name, "CELL_HIDDEN", f"La cellule {name} {words}."))
        return found

    def hides(self, address: Address) -> bool:
        """Whether the form's conditions hide what stands there."""
        return self.evaluation.hides(address.tab if address.key is not None else str(address))

    @property
    def instances(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of each repeated group, as they stand now."""
        return instances_of(self.dossier.definition, self.documents)

    @property
    def rows_moved(self) -> bool:
        """Whether a row came, went or changed its rank."""
        return ranks(self.documents) != self.ranks

    async def save(self, changes: Sequence[Change], origin: str, at: datetime) -> int:
        """Write values and history, rows that came or went included; the dossier's new version.

        `origin` is that of the changes that do not name their own.
        """
        rows = came_and_went(self.ranks, self.documents)
        await save(self.dossier.id, self.standing.seen, self.documents)
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

    Raises NotFound, or Refused where its cells may not be written (TAB_WITHHELD: not all may be read).
    """
    dossier = await dossiers.read(viewer, dossier_id, lock=lock)
    require_writing(viewer, dossier)
    # Who may not read all of it cannot answer for the whole.
    check_tabs(dossier, sorted(dossier.withheld))
    documents = await load_documents(dossier.id)
    previous = await previous_values(dossier)
    hides = hiding(dossier, documents, previous)
    return Workspace(
        viewer=viewer,
        dossier=dossier,
        documents=documents,
        previous=previous,
        standing=Standing(documents, hides),
        ranks=ranks(documents),
        evaluation=hides,
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
