"""Putting back what one write changed, wherever nobody has changed it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms import Kind
from models import ChangeOrigin, NotFound, fetch
from resolvers.batches import once, settle
from resolvers.documents import Document
from resolvers.edits import Address, Change, Edit, lay, parse_address
from resolvers.row_changes import move_row
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from authz import Viewer
    from resolvers.rows import WriteResult

BACK = "Rétabli par annulation"


@dataclass(frozen=True, slots=True)
class _Undone:
    """What a batch did to one address: what stood before it, and whether it was changed since."""

    address: Address
    before: str | None
    after: str | None
    reason: str
    since: bool


async def undo(viewer: Viewer, dossier_id: UUID, batch: UUID, key: str) -> WriteResult:
    """Undo a batch, itself as a batch that can be undone; `left` names what was changed since.

    Raises NotFound (BATCH_UNKNOWN for a batch of another dossier), Refused.
    """

    async def act() -> WriteResult:
        workspace = await open_workspace(viewer, dossier_id)
        found = await _undone(dossier_id, batch)
        if not found:
            raise batch_unknown()
        mine = [one for one in found if not one.since]
        rows = [one for one in mine if not one.address.place]
        changes = _rows_back(workspace, rows)
        changes += lay(workspace.documents, [_edit(workspace, one) for one in mine if one.address.place])
        _rows_away(workspace, rows)
        left = [str(one.address) for one in found if one.since]
        return await settle(workspace, changes, ChangeOrigin.UNDO, left=left)

    return await once(viewer, key, "undoBatch", {"dossier": dossier_id, "batch": batch}, act)


def batch_unknown() -> NotFound:
    """No such write in this dossier."""
    return NotFound(
        "BATCH_UNKNOWN", "Cette écriture n’existe pas dans ce dossier : rechargez-le.", path=("batch",)
    )


async def _undone(dossier_id: UUID, batch: UUID) -> Sequence[_Undone]:
    """What the batch changed, each address once; the reason is that of the value it replaced."""
    records = await fetch(
        "SELECT c.cell, c.before, c.after, EXISTS (SELECT FROM cell_change later WHERE "
        "later.dossier_id = c.dossier_id AND later.cell = c.cell AND later.id > c.id "
        "AND later.batch IS DISTINCT FROM c.batch) AS since, "
        "(SELECT earlier.reason FROM cell_change earlier WHERE earlier.dossier_id = c.dossier_id "
        "AND earlier.cell = c.cell AND earlier.id < c.id ORDER BY earlier.id DESC LIMIT 1) AS reason "
        "FROM cell_change c WHERE c.dossier_id = %s AND c.batch = %s ORDER BY c.id",
        [dossier_id, batch],
    )
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        first = found.setdefault(record["cell"], record)
        first["after"] = record["after"]
    return [
        _Undone(parse_address(cell), one["before"], one["after"], one["reason"] or BACK, one["since"])
        for cell, one in found.items()
    ]


def _edit(workspace: Workspace, one: _Undone) -> Edit:
    cell = workspace.dossier.definition.cells.get(str(one.address))
    forcing = cell is not None and cell.kind is Kind.FORCIBLE
    return Edit(one.address, one.before, forcing=forcing, reason=one.reason if forcing else BACK)


def _rows_back(workspace: Workspace, rows: Iterable[_Undone]) -> list[Change]:
    """Rows that went come back at their rank, and rows that were moved return to it."""
    moved = []
    for one in sorted(rows, key=lambda row: int(row.before or 0)):
        tab, key, before = one.address.tab, one.address.key, one.before
        if before is None or key is None:
            continue
        document = workspace.documents.setdefault(tab, Document())
        if one.after is None:
            document.rows.insert(int(before) - 1, {"key": key, "values": {}, "computed": {}})
        else:
            moved += move_row(document, one.address, int(before), BACK)
    return moved


def _rows_away(workspace: Workspace, rows: Iterable[_Undone]) -> None:
    """Rows that came with the batch go, unless someone has typed in them since."""
    for one in rows:
        if one.before is None:
            document = workspace.documents.setdefault(one.address.tab, Document())
            document.rows = [row for row in document.rows if row["key"] != one.address.key or row["values"]]
