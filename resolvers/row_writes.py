"""Adding, deleting and moving rows of a dynamic tab: all of it or nothing, each row under its lasting key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from forms import Nature
from models import ChangeOrigin, Invalid, transaction
from resolvers.batches import refusal, settle
from resolvers.cells import MOST_WRITES, last_writer
from resolvers.documents import Document
from resolvers.edits import ROW_KEY, Address, Change, Edit, Entry, lay, read_edit
from resolvers.row_changes import move_row
from resolvers.rows import CellConflict, CellRefusal
from resolvers.tabs import check_instance, check_tabs
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.rows import WriteResult


class RowAction(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    DELETE = "delete"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One change: `key` may be made for a row to add; `before` is the key of the row that it comes before.

    `values` are those of a row to add, by column; `was` those that who deletes a row saw in it.
    """

    action: RowAction
    key: str | None = None
    before: str | None = None
    values: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    was: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


async def write_rows(viewer: Viewer, dossier_id: UUID, tab: str, changes: Sequence[RowChange]) -> WriteResult:
    """Change the rows of a tab, in the order given; the answer's `keys` are those of the rows added.

    Nothing is written with one refusal, or one conflict: a row to delete holds a value that its deleter
    has not seen. Raises NotFound (TAB_UNKNOWN), Refused, Invalid TOO_MANY_WRITES or TAB_NOT_DYNAMIC.
    """
    if len(changes) > MOST_WRITES:
        raise Invalid(
            "TOO_MANY_WRITES",
            f"Pas plus de {MOST_WRITES} lignes à la fois : envoyez-les en plusieurs fois, "
            "ou chargez un fichier.",
            path=("changes",),
        )
    async with transaction():
        workspace = await open_workspace(viewer, dossier_id)
        check_tabs(workspace.dossier, [tab])
        check_instance(workspace.dossier, workspace.instances, tab)
        known = workspace.dossier.definition.tab(tab)
        if known is None or known.nature is not Nature.DYNAMIC:
            raise Invalid(
                "TAB_NOT_DYNAMIC",
                f"Les lignes de l’onglet {tab} sont fixes : choisissez un onglet dynamique.",
                path=("tab",),
            )
        writer = _Writer(workspace, tab)
        for change in changes:
            await writer.make(change)
        if not writer.refused and writer.keys:
            workspace.evaluate()
            writer.refused += workspace.misplaced([Edit(Address(tab, "", key), None) for key in writer.keys])
        if writer.refused or writer.conflicts:
            return refusal(workspace, writer.refused, writer.conflicts)
        return await settle(workspace, writer.changes, ChangeOrigin.TYPED, keys=writer.keys)


class _Writer:
    """The changes of one tab under way, laid down one after the other."""

    def __init__(self, workspace: Workspace, tab: str) -> None:
        self.workspace = workspace
        self.tab = tab
        self.document = workspace.documents.setdefault(tab, Document())
        self.changes: list[Change] = []
        self.keys: list[str] = []
        self.refused: list[CellRefusal] = []
        self.conflicts: list[CellConflict] = []

    async def make(self, change: RowChange) -> None:
        """Lay one change down, or keep why it cannot be."""
        if change.before is not None and change.before not in self._order():
            self._refuse(change.before, "ROW_UNKNOWN", "n’existe plus")
        elif change.action is RowAction.ADD:
            self._add(change)
        elif change.key not in self._order():
            # A row that someone else deleted meanwhile is what its deleter wanted.
            if change.action is RowAction.MOVE:
                self._refuse(change.key or "", "ROW_UNKNOWN", "n’existe plus")
        elif change.action is RowAction.MOVE:
            self.changes += self._move(Address(self.tab, "", change.key), change.before)
        else:
            await self._delete(change)

    def _order(self) -> list[str]:
        return [row["key"] for row in self.document.rows]

    def _refuse(self, key: str, code: str, words: str) -> None:
        cell = str(Address(self.tab, "", key))
        message = f"La ligne {cell} {words} : rechargez l’onglet."
        self.refused.append(CellRefusal(cell, code, message))

    def _add(self, change: RowChange) -> None:
        key = change.key or uuid4().hex[:12]
        if not ROW_KEY.fullmatch(key):
            self._refuse(key[:40], "ROW_KEY_INVALID", "porte une clé impossible")
            return
        if key in self._order():
            self._refuse(key, "ROW_EXISTS", "existe déjà")
            return
        address = Address(self.tab, "", key)
        self.document.rows.append({"key": key, "values": {}, "computed": {}})
        self._move(address, change.before)
        self.keys.append(key)
        self.changes += lay(self.workspace.documents, self._read(key, change.values))

    def _read(self, key: str, values: Mapping[str, str | None]) -> list[Edit]:
        dossier = self.workspace.dossier
        found = []
        for column, value in values.items():
            entry = Entry(str(Address(self.tab, column, key)), value)
            read = read_edit(dossier.definition, dossier.organism.category, entry)
            if isinstance(read, Edit):
                found.append(read)
            else:
                self.refused.append(read)
        return found

    def _move(self, address: Address, before: str | None) -> list[Change]:
        if before == address.key:
            return []
        order = [key for key in self._order() if key != address.key]
        rank = len(order) + 1 if before is None else order.index(before) + 1
        return move_row(self.document, address, rank)

    async def _delete(self, change: RowChange) -> None:
        row = next(row for row in self.document.rows if row["key"] == change.key)
        for column, theirs in row["values"].items():
            address = Address(self.tab, column, change.key)
            if change.was.get(column) != theirs:
                author, at = await last_writer(self.workspace.dossier.id, str(address))
                self.conflicts.append(CellConflict(str(address), None, theirs, author, at))
            self.changes.append(Change(address, theirs, None, ""))
        self.document.rows.remove(row)
