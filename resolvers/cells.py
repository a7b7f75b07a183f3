"""Writing cells: all of a batch or none of it, and never over a value that the writer has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Viewer
from forms import EntryError, Pack, read_entry, read_row_entry
from models import Invalid, fetch, transaction
from resolvers.edits import Address, Edit, Entry, current, lay, parse_address, read_edit
from resolvers.rows import CellConflict, CellRefusal, WriteResult
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WRITES = 2000


@dataclass(frozen=True, slots=True)
class CellWrite:
    """`value` for `cell`, by someone who saw `was` there; both as typed. `reason` for a forced cell."""

    cell: str
    value: str | None
    was: str | None
    reason: str | None = None


async def write(viewer: Viewer, dossier_id: UUID, writes: Sequence[CellWrite]) -> WriteResult:
    """Write a batch of cells and recompute the dossier.

    With one conflict (the cell changed since it was seen) or one refusal, nothing is written and
    both values are returned. Raises NotFound, Refused, Invalid TOO_MANY_WRITES.
    """
    if len(writes) > MOST_WRITES:
        raise Invalid(
            "TOO_MANY_WRITES",
            f"Pas plus de {MOST_WRITES} cellules à la fois : envoyez-les en plusieurs fois, "
            "ou chargez un fichier XML.",
            path=("writes",),
        )
    async with transaction():
        workspace = await open_workspace(viewer, dossier_id)
        edits, refused = _read(workspace, writes)
        conflicts = await _conflicts(workspace, writes)
        if refused or conflicts:
            return WriteResult(0, workspace.dossier.version, tuple(conflicts), tuple(refused))
        changes = lay(workspace.documents, edits)
        if not changes:
            return WriteResult(0, workspace.dossier.version)
        changed = workspace.evaluate()
        version = await workspace.save(changes, "typed", datetime.now(UTC))
        return WriteResult(len(changes), version, changed=changed)


def _read(workspace: Workspace, writes: Sequence[CellWrite]) -> tuple[list[Edit], list[CellRefusal]]:
    pack, category = workspace.dossier.definition, workspace.dossier.organism.category
    read = [read_edit(pack, category, Entry(write.cell, write.value, write.reason)) for write in writes]
    return (
        [edit for edit in read if isinstance(edit, Edit)],
        [refusal for refusal in read if isinstance(refusal, CellRefusal)],
    )


async def _conflicts(workspace: Workspace, writes: Sequence[CellWrite]) -> list[CellConflict]:
    """The cells whose value is no longer what the writer saw, with who changed it."""
    pack = workspace.dossier.definition
    found = []
    for write in writes:
        address = parse_address(write.cell)
        theirs = current(workspace.documents, address)
        if (
            _canonical(pack, address, write.was) != theirs
            and _canonical(pack, address, write.value) != theirs
        ):
            author, at = await _last_writer(workspace.dossier.id, str(address))
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


async def _last_writer(dossier_id: UUID, cell: str) -> tuple[str | None, datetime | None]:
    records = await fetch(
        "SELECT u.first_name || ' ' || u.last_name AS author, c.at FROM cell_change c "
        "LEFT JOIN user_account u ON u.id = c.author_id "
        "WHERE c.dossier_id = %s AND c.cell = %s ORDER BY c.id DESC LIMIT 1",
        [dossier_id, cell],
    )
    return (records[0]["author"], records[0]["at"]) if records else (None, None)
