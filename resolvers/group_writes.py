"""Adding, removing and moving the instances of a repeated group: all of it or nothing, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from forms import split_key, with_key
from models import ChangeOrigin, Invalid, NotFound, transaction
from resolvers.batches import refusal, settle
from resolvers.cells import MOST_WRITES, last_writer
from resolvers.documents import Document
from resolvers.edits import ROW_KEY, Address, Change
from resolvers.row_changes import move_row
from resolvers.row_writes import RowAction, RowChange
from resolvers.rows import CellConflict, CellRefusal
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from authz import Viewer
    from forms import Group, Pack
    from resolvers.documents import Documents
    from resolvers.rows import WriteResult

GONE = "n’existe plus, rechargez le dossier"


async def write_group(
    viewer: Viewer, dossier_id: UUID, group: str, changes: Sequence[RowChange]
) -> WriteResult:
    """Change the instances of a group, in the order given; the answer's `keys` are those added.

    An instance is the row `ENFANT[1]` of its group. `was` of one to delete names all that its deleter saw
    there, `E1[1].L011.V` → value; with another value, or a refusal, nothing is written. Raises NotFound
    (GROUP_UNKNOWN), Refused, Invalid TOO_MANY_WRITES.
    """
    if len(changes) > MOST_WRITES:
        message = f"Pas plus de {MOST_WRITES} exemplaires à la fois\u00a0: envoyez-les en plusieurs fois."
        raise Invalid("TOO_MANY_WRITES", message, path=("changes",))
    async with transaction():
        workspace = await open_workspace(viewer, dossier_id)
        known = workspace.dossier.definition.groups.get(group)
        if known is None:
            raise NotFound(
                "GROUP_UNKNOWN",
                f"Le groupe {group[:40]} n’existe pas dans ce formulaire\u00a0: vérifiez son code.",
                path=("group",),
            )
        writer = _Writer(workspace, known)
        for change in changes:
            await writer.make(change)
        writer.check_bounds()
        if writer.refused or writer.conflicts:
            return refusal(workspace, writer.refused, writer.conflicts)
        return await settle(workspace, writer.changes, ChangeOrigin.TYPED, keys=writer.keys)


def add_instances(pack: Pack, documents: Documents, tabs: Iterable[str]) -> None:
    """Add the instances that these tabs name, `E1[1]`, where they are not there yet."""
    for group, keys in _named(pack, tabs).items():
        rows = documents.setdefault(group, Document()).rows
        there = {row["key"] for row in rows}
        rows += [{"key": key, "values": {}, "computed": {}} for key in keys if key not in there]


def crowded(pack: Pack, documents: Documents, tabs: Iterable[str]) -> list[CellRefusal]:
    """Why the instances that these tabs name may not be added: the form takes no more of their group."""
    refused = []
    for code, keys in _named(pack, tabs).items():
        there = {row["key"] for row in documents.get(code, Document()).rows}
        if keys.keys() - there:
            refused += _full(pack.groups[code], len(there | keys.keys()), len(there))
    return refused


def _named(pack: Pack, tabs: Iterable[str]) -> dict[str, dict[str, None]]:
    """The keys of the instances of each group, in order."""
    found: dict[str, dict[str, None]] = {}
    for name in tabs:
        (_, key), tab = split_key(name), pack.tab(name)
        if tab is not None and tab.group is not None:
            found.setdefault(tab.group, {})[key] = None
    return found


def _full(group: Group, count: int, before: int) -> list[CellRefusal]:
    if group.maximum is None or count <= max(group.maximum, before):
        return []
    return [_refusal(group, "", "GROUP_FULL", f"pas plus de {group.maximum} dans ce formulaire")]


def _refusal(group: Group, key: str, code: str, words: str) -> CellRefusal:
    name = f"{group.code}[{key[:40]}]" if key else group.code
    return CellRefusal(name, code, f"{group.title} ({name})\u00a0: {words}.")


def tabs_of(pack: Pack, group: str, key: str) -> list[str]:
    """The tabs of an instance of a group."""
    return [with_key(tab.code, key) for tab in pack.tabs.values() if tab.group == group]


class _Writer:
    """The changes of one group under way, laid down one after the other."""

    def __init__(self, workspace: Workspace, group: Group) -> None:
        self.workspace = workspace
        self.group = group
        self.document = workspace.documents.setdefault(group.code, Document())
        self.before = len(self.document.rows)
        self.changes: list[Change] = []
        self.keys: list[str] = []
        self.refused: list[CellRefusal] = []
        self.conflicts: list[CellConflict] = []

    async def make(self, change: RowChange) -> None:
        """Lay one change down, or keep why it cannot be."""
        order = [row["key"] for row in self.document.rows]
        key = change.key or ""
        if change.before is not None and change.before not in order:
            self._refuse(change.before, "INSTANCE_UNKNOWN", GONE)
        elif change.action is RowAction.ADD:
            self._add(change, order)
        elif key not in order:
            # An instance that someone else removed meanwhile is what its remover wanted.
            if change.action is RowAction.MOVE:
                self._refuse(key, "INSTANCE_UNKNOWN", GONE)
        elif change.action is RowAction.MOVE:
            self.changes += self._move(key, change.before)
        else:
            await self._remove(key, change)

    def check_bounds(self) -> None:
        """Refuse more instances than the form takes, and to go below what it wants."""
        count, group = len(self.document.rows), self.group
        self.refused += _full(group, count, self.before)
        if count < min(group.minimum, self.before):
            self._refuse("", "GROUP_SHORT", f"au moins {group.minimum} dans ce formulaire")

    def _refuse(self, key: str, code: str, words: str) -> None:
        self.refused.append(_refusal(self.group, key, code, words))

    def _add(self, change: RowChange, order: list[str]) -> None:
        key = change.key or uuid4().hex[:12]
        if not ROW_KEY.fullmatch(key):
            self._refuse(key, "INSTANCE_KEY_INVALID", "cette clé n’est pas faite de lettres et de chiffres")
        elif key in order:
            self._refuse(key, "INSTANCE_EXISTS", "existe déjà")
        else:
            self.document.rows.append({"key": key, "values": {}, "computed": {}})
            self._move(key, change.before)
            self.keys.append(key)

    def _move(self, key: str, before: str | None) -> list[Change]:
        if before == key:
            return []
        order = [row["key"] for row in self.document.rows if row["key"] != key]
        rank = len(order) + 1 if before is None else order.index(before) + 1
        return move_row(self.document, Address(self.group.code, "", key), rank)

    async def _remove(self, key: str, change: RowChange) -> None:
        documents, pack = self.workspace.documents, self.workspace.dossier.definition
        names = [name for name in tabs_of(pack, self.group.code, key) if name in documents]
        for address, theirs in _held(documents, names):
            if change.was.get(str(address)) != theirs and not self.workspace.hides(address):
                author, at = await last_writer(self.workspace.dossier.id, str(address))
                self.conflicts.append(CellConflict(str(address), None, theirs, author, at))
            self.changes.append(Change(address, theirs, None, ""))
        for name in names:
            documents[name] = Document()
        self.document.rows = [row for row in self.document.rows if row["key"] != key]


def _held(documents: Documents, tabs: Iterable[str]) -> Iterator[tuple[Address, str]]:
    """All that was typed or forced in these tabs."""
    for name in tabs:
        document = documents[name]
        yield from ((Address(name, place), value) for place, value in document.cells.items())
        yield from ((Address(name, place), str(kept["value"])) for place, kept in document.forced.items())
        for row in document.rows:
            values = row["values"].items()
            yield from ((Address(name, column, row["key"]), value) for column, value in values)
