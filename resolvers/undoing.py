"""Putting back what one write changed, wherever nobody has changed it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms import Kind, split_key
from models import ChangeOrigin, NotFound, fetch
from resolvers.batches import once, refusal, settle
from resolvers.documents import Document
from resolvers.edits import Address, Change, Edit, lay, parse_address
from resolvers.group_writes import tabs_of
from resolvers.row_changes import move_row
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from authz import Viewer
    from resolvers.rows import WriteResult

BACK = "Rétabli par annulation"


@dataclass(frozen=True, slots=True)
class _Undone:
    """What a batch did to one address: what stood before it, and what it left there."""

    address: Address
    before: str | None
    after: str | None
    reason: str


async def undo(viewer: Viewer, dossier_id: UUID, batch: UUID, key: str) -> WriteResult:
    """Undo a batch, itself as a batch that can be undone; `left` names what was changed since.

    With a value that would come back where there is nothing to fill any more (`Workspace.misplaced`),
    nothing is undone. Raises NotFound (BATCH_UNKNOWN for a batch of another dossier), Refused.
    """

    async def act() -> WriteResult:
        workspace = await open_workspace(viewer, dossier_id)
        found = await _undone(dossier_id, batch)
        if not found:
            raise batch_unknown()
        homes = _Homes(workspace, found)
        mine = [one for one in found if homes.stand(one.address) and _stands(workspace, one, homes.rows)]
        changes = _put_back(workspace, mine)
        workspace.evaluate()
        misplaced = workspace.misplaced(
            Edit(one.address, one.before)
            for one in mine
            if one.before is not None and not homes.went(one.address)
        )
        if misplaced:
            return refusal(workspace, misplaced)
        left = sorted({str(one.address) for one in found} - {str(one.address) for one in mine})
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
        "SELECT c.cell, c.before, c.after, "
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
        _Undone(parse_address(cell), one["before"], one["after"], one["reason"] or BACK)
        for cell, one in found.items()
    ]


def _edit(workspace: Workspace, one: _Undone) -> Edit:
    cell = workspace.dossier.definition.cell(str(one.address))
    forcing = cell is not None and cell.kind is Kind.FORCIBLE
    return Edit(one.address, one.before, forcing=forcing, reason=one.reason if forcing else BACK)


class _Homes:
    """The rows and instances that addresses stand in: which are there, and which went with the batch."""

    def __init__(self, workspace: Workspace, undone: Iterable[_Undone]) -> None:
        self.rows = {
            tab: {row["key"]: row["values"] for row in document.rows}
            for tab, document in workspace.documents.items()
        }
        self._pack = workspace.dossier.definition
        self._gone = {
            (one.address.tab, one.address.key)
            for one in undone
            if not one.address.place and one.after is None
        }

    def stand(self, address: Address) -> bool:
        """Whether each home is as the batch left it: gone where it took it away, there otherwise."""
        return all(
            (key not in self.rows.get(tab, {})) is ((tab, key) in self._gone)
            for tab, key in self._of(address)
        )

    def went(self, address: Address) -> bool:
        """Whether the batch took away the home of an address, or the row or instance that it names.

        It comes back as it went, with what was hidden in it.
        """
        return (address.tab, address.key) in self._gone or any(
            home in self._gone for home in self._of(address)
        )

    def _of(self, address: Address) -> Iterator[tuple[str, str]]:
        if address.key is not None and address.place:
            yield address.tab, address.key
        (_, key), tab = split_key(address.tab), self._pack.tab(address.tab)
        if key and tab is not None and tab.group is not None:
            yield tab.group, key


def _stands(workspace: Workspace, one: _Undone, rows: Mapping[str, Mapping[str, Mapping[str, str]]]) -> bool:
    """Whether what the batch left at an address is still there."""
    tab, place, key = one.address.tab, one.address.place, one.address.key
    if key is not None:
        row = rows.get(tab, {}).get(key)
        if not place:
            return (row is None) is (one.after is None)
        return (row or {}).get(place) == one.after
    document = workspace.documents.get(tab, Document())
    if _edit(workspace, one).forcing:
        return document.forced.get(place, {}).get("value") == one.after
    return document.cells.get(place) == one.after


def _put_back(workspace: Workspace, undone: Sequence[_Undone]) -> list[Change]:
    """Values first, then rows in the reverse of what was done; a row that comes back gets its values last."""
    gone = {(one.address.tab, one.address.key) for one in undone if not one.address.place and not one.after}
    values = [one for one in undone if one.address.place]
    again = [one for one in values if (one.address.tab, one.address.key) in gone]
    first = [one for one in values if (one.address.tab, one.address.key) not in gone]
    changes = lay(workspace.documents, [_edit(workspace, one) for one in first])
    rows = [one for one in undone if not one.address.place]
    _rows_away(workspace, rows)
    changes += _rows_moved(workspace, rows)
    _rows_back(workspace, rows)
    return changes + lay(workspace.documents, [_edit(workspace, one) for one in again])


def _rows_away(workspace: Workspace, rows: Iterable[_Undone]) -> None:
    """Rows that came with the batch go, unless someone has typed in them since."""
    for one in rows:
        if one.before is None:
            document = workspace.documents.setdefault(one.address.tab, Document())
            document.rows = [
                row
                for row in document.rows
                if row["key"] != one.address.key or row["values"] or _filled(workspace, one.address)
            ]


def _filled(workspace: Workspace, address: Address) -> bool:
    """Whether the instance of a group that an address may name holds anything by now."""
    names = tabs_of(workspace.dossier.definition, address.tab, address.key or "")
    held = (workspace.documents.get(name, Document()) for name in names)
    return any(document.cells or document.forced or document.rows for document in held)


def _rows_moved(workspace: Workspace, rows: Sequence[_Undone]) -> list[Change]:
    """Rows that changed their rank return to it, the last moved first."""
    changes: list[Change] = []
    for one in reversed(rows):
        if one.before is not None and one.after is not None:
            changes += move_row(workspace.documents[one.address.tab], one.address, int(one.before), BACK)
    return changes


def _rows_back(workspace: Workspace, rows: Iterable[_Undone]) -> None:
    """Rows that went come back at their rank."""
    for one in sorted(rows, key=lambda row: int(row.before or 0)):
        if one.before is not None and one.after is None:
            document = workspace.documents.setdefault(one.address.tab, Document())
            fresh: dict[str, Any] = {"key": one.address.key, "values": {}, "computed": {}}
            document.rows.insert(int(one.before) - 1, fresh)
