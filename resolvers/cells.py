"""Writing cells: all of a batch or none of it, and never over a value that the writer has not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Viewer
from forms import EntryError, Pack, read_entry, read_row_entry
from models import ChangeOrigin, Invalid, fetch, transaction
from resolvers.edits import Address, Edit, Entry, current, lay, parse_address, read_edit
from resolvers.rows import CellConflict, CellRefusal, WriteResult
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WRITES = 2000


@dataclass(frozen=True, slots=True)
class CellWrite:
    """`value` for `cell`, by someone who saw `was` there; both as typed. `reason` for a forced cell.

    `origin` is TYPED or PASTED.
    """

    cell: str
    value: str | None
    was: str | None
    reason: str | None = None
    origin: ChangeOrigin = ChangeOrigin.TYPED


async def write(viewer: Viewer, dossier_id: UUID, writes: Sequence[CellWrite]) -> WriteResult:
    """Write a batch of cells and recompute the dossier.

    With one conflict (the cell changed since it was seen) or one refusal, nothing is written and
    both values are returned. Raises NotFound, Refused, Invalid TOO_MANY_WRITES.
    """
    check_size(writes)
    async with transaction():
        workspace = await open_workspace(viewer, dossier_id)
        edits, refused = read_writes(workspace, writes)
        conflicts = await find_conflicts(workspace, writes)
        if refused or conflicts:
            return WriteResult(0, workspace.dossier.version, tuple(conflicts), tuple(refused))
        changes = lay(workspace.documents, edits)
        if not changes:
            return WriteResult(0, workspace.dossier.version)
        workspace.evaluate()
        misplaced = workspace.misplaced(edits)
        if misplaced:
            return WriteResult(0, workspace.dossier.version, refused=tuple(misplaced))
        changed = workspace.changed()
        version = await workspace.save(changes, ChangeOrigin.TYPED, datetime.now(UTC))
        return WriteResult(len(changes), version, changed=changed, batch=workspace.batch)


def check_size(writes: Sequence[CellWrite]) -> None:
    """Raises Invalid TOO_MANY_WRITES."""
    if len(writes) > MOST_WRITES:
        raise Invalid(
            "TOO_MANY_WRITES",
            f"Pas plus de {MOST_WRITES} cellules à la fois : envoyez-les en plusieurs fois, "
            "ou chargez un fichier XML.",
            path=("writes",),
        )


def read_writes(workspace: Workspace, writes: Sequence[CellWrite]) -> tuple[list[Edit], list[CellRefusal]]:
    """What may be laid down of a batch, and what may not."""
    pack, category = workspace.dossier.definition, workspace.dossier.organism.category
    edits: list[Edit] = []
    refused: list[CellRefusal] = []
    for write in writes:
        read = read_edit(pack, category, Entry(write.cell, write.value, write.reason))
        if isinstance(read, CellRefusal):
            refused.append(read)
        else:
            edits.append(replace(read, origin=write.origin))
    return edits, refused


async def find_conflicts(workspace: Workspace, writes: Sequence[CellWrite]) -> list[CellConflict]:
    """The cells whose value is no longer what the writer saw, with who changed it."""
    pack = workspace.dossier.definition
    found = []
    for write in writes:
        address = parse_address(write.cell)
        if workspace.hides(address) and not write.was:
            # Its writer found it blank, as all readers do.
            continue
        theirs = current(workspace.documents, address)
        if (
            _canonical(pack, address, write.was) != theirs
            and _canonical(pack, address, write.value) != theirs
        ):
            author, at = await last_writer(workspace.dossier.id, str(address))
            found.append(CellConflict(write.cell, write.value, theirs, author, at))
    return found


def _canonical(pack: Pack, address: Address, text: str | None) -> str | None:
    """What was typed, as it would be stored; a text that cannot be read stays itself, and conflicts."""
    if not text:
        return None
    try:
        if address.key is not None:
            return read_row_entry(pack, address.tab, address.place, text) or None
        return read_entry(pack, str(address), text) or None
    except EntryError:
        return text


async def last_writer(dossier_id: UUID, cell: str) -> tuple[str | None, datetime | None]:
    """Who last changed a cell, and when."""
    records = await fetch(
        "SELECT u.first_name || ' ' || u.last_name AS author, c.at FROM cell_change c "
        "LEFT JOIN user_account u ON u.id = c.author_id "
        "WHERE c.dossier_id = %s AND c.cell = %s ORDER BY c.id DESC LIMIT 1",
        [dossier_id, cell],
    )
    return (records[0]["author"], records[0]["at"]) if records else (None, None)
