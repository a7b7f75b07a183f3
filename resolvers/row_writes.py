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
from resolvers.edits import ROW_KEY, Address, Change, Edit, Entry, read_edit
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
        writer.lay()
        if not writer.refused and writer.keys:
            workspace.evaluate()
            writer.refused += workspace.misplaced([Edit(Address(tab, "", key), None) for key in writer.keys])
        if writer.refused or writer.conflicts:
            return refusal(workspace, writer.refused, writer.conflicts)
        return await settle(workspace, writer.changes, ChangeOrigin.TYPED, keys=writer.keys)


class _Writer:
    """The changes of one tab under way, laid down one after the other.

    `order` and `rows` stand for the tab's rows until they are laid: thousands of rows are not gone
    through again for each change.
    """

    def __init__(self, workspace: Workspace, tab: str) -> None:
        self.workspace = workspace
        self.tab = tab
        self.document = workspace.documents.setdefault(tab, Document())
        self.rows = {row["key"]: row for row in self.document.rows}
        self.order = [*self.rows]
        self.changes: list[Change] = []
        self.keys: list[str] = []
        self.refused: list[CellRefusal] = []
        self.conflicts: list[CellConflict] = []

    async def make(self, change: RowChange) -> None:
        """Lay one change down, or keep why it cannot be."""
        key = change.key or ""
        if change.before is not None and change.before not in self.rows:
            self._refuse(change.before, "ROW_UNKNOWN", "n’existe plus")
        elif change.action is RowAction.ADD:
            self._add(change)
        elif key not in self.rows:
            # A row that someone else deleted meanwhile is what its deleter wanted.
            if change.action is RowAction.MOVE:
                self._refuse(key, "ROW_UNKNOWN", "n’existe plus")
        elif change.action is RowAction.MOVE:
            self._move(key, change.before)
        else:
            await self._delete(key, change.was)

    def lay(self) -> None:
        """Give the tab its rows, once every change is made."""
        self.document.rows = [self.rows[key] for key in self.order]

    def _refuse(self, key: str, code: str, words: str) -> None:
        cell = str(Address(self.tab, "", key))
        message = f"La ligne {cell} {words}\u00a0: rechargez l’onglet."
        self.refused.append(CellRefusal(cell, code, message))

    def _add(self, change: RowChange) -> None:
        key = change.key or uuid4().hex[:12]
        if not ROW_KEY.fullmatch(key):
            self._refuse(key[:40], "ROW_KEY_INVALID", "porte une clé impossible")
            return
        if key in self.rows:
            self._refuse(key, "ROW_EXISTS", "existe déjà")
            return
        values: dict[str, str] = {}
        for edit in self._read(key, change.values):
            if edit.value is not None:
                values[edit.address.place] = edit.value
                self.changes.append(Change(edit.address, None, edit.value, edit.reason, edit.origin))
        self.rows[key] = {"key": key, "values": values, "computed": {}}
        self._insert(key, change.before)
        self.keys.append(key)

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

    def _insert(self, key: str, before: str | None) -> int:
        rank = len(self.order) if before is None else self.order.index(before)
        self.order.insert(rank, key)
        return rank + 1

    def _move(self, key: str, before: str | None) -> None:
        if before == key:
            return
        old = self.order.index(key) + 1
        self.order.remove(key)
        new = self._insert(key, before)
        if new != old:
            self.changes.append(Change(Address(self.tab, "", key), str(old), str(new), ""))

    async def _delete(self, key: str, was: Mapping[str, str | None]) -> None:
        for column, theirs in self.rows.pop(key)["values"].items():
            address = Address(self.tab, column, key)
            if was.get(column) != theirs:
                author, at = await last_writer(self.workspace.dossier.id, str(address))
                self.conflicts.append(CellConflict(str(address), None, theirs, author, at))
            self.changes.append(Change(address, theirs, None, ""))
        self.order.remove(key)
