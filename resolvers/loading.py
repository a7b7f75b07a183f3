"""Loading a file of values: all of it or nothing, with a report line for whatever is not plain."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Viewer
from forms import Column, Kind, Pack
from models import ChangeOrigin, transaction
from resolvers import journal
from resolvers.addressee import check_addressee, revision_told
from resolvers.comparison import compared
from resolvers.documents import Document
from resolvers.edits import ROW_KEY, Address, Change, Edit, Entry, lay, parse_address, read_loaded
from resolvers.events import Kind as Event
from resolvers.group_writes import add_instances, crowded
from resolvers.load_report import (
    COMPUTED_REASON,
    REMOVED_REASON,
    UNCHANGED_REASON,
    ImportLine,
    ImportOutcome,
    ImportPreview,
    ImportReport,
)
from resolvers.loaded import LoadedCell, LoadedFile, LoadedRow
from resolvers.packs import ensure
from resolvers.rows import CellRefusal
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The values told one by one; those of thousands of rows are counted.
MOST_SHOWN = 20_000
FORCED_BY_FILE = "Valeur forcée reprise du fichier chargé"


async def load(
    viewer: Viewer, dossier_id: UUID, file: LoadedFile, *, dry_run: bool = False, strict: bool = False
) -> ImportReport:
    """Load the values of a file into the viewer's dossier.

    Input and common cells and forced ones are loaded; computed ones are compared, not loaded. A cell
    that the file does not name is left as it is; a dynamic tab that it names is replaced. A text of
    another form than its cell asks for, and a value on a line meant for another kind of organism, are
    loaded and told (docs/decisions/0004), as is a file of another published revision; with `strict` they
    are refused.

    Raises NotFound, Refused, and as `check_addressee`.
    """
    async with transaction():
        workspace = await open_workspace(viewer, dossier_id)
        await ensure([file.pack])
        check_addressee(workspace.dossier, file, same_pack=strict)
        load_ = _Load(workspace, strict=strict)
        load_.lines += revision_told(workspace.dossier, file)
        with _nothing_collected():
            load_.read(file)
        if load_.refusals:
            return load_.report(file, version=workspace.dossier.version, dry_run=dry_run, applied=False)
        with _nothing_collected():
            changes = load_.lay(file)
            workspace.evaluate()
            load_.refuse_misplaced()
        if load_.refusals:
            return load_.report(file, version=workspace.dossier.version, dry_run=dry_run, applied=False)
        load_.compare(file)
        version = workspace.dossier.version
        if (changes or workspace.rows_moved) and not dry_run:
            version = await workspace.save(changes, ChangeOrigin(file.origin), datetime.now(UTC))
            await journal.record(viewer, Event.LOADED, workspace.dossier, {"origin": file.origin})
        return load_.report(
            file, version=version, dry_run=dry_run, applied=not dry_run, changed=load_.count(changes)
        )


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep the collector still: of the hundreds of thousands of objects made here it would find none idle.

    It looks through all of them again and again, for a third of the time of a large file.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Load:
    """One load under way: what was read of the file, and the lines of its report."""

    def __init__(self, workspace: Workspace, *, strict: bool) -> None:
        self.workspace = workspace
        self.pack: Pack = workspace.dossier.definition
        self.strict = strict
        self.edits: list[Edit] = []
        self.lines: list[ImportLine] = []
        self.preview: list[ImportPreview] = []
        self.ignored = 0
        self.removed = 0
        # The line of the file that each address was read on.
        self.places: dict[str, int] = {}
        # Asked of each value of thousands of rows.
        self.column = cache(self._column)

    @property
    def refusals(self) -> int:
        """How many values cannot be accepted."""
        return sum(1 for line in self.lines if line.outcome is ImportOutcome.REFUSED)

    def read(self, file: LoadedFile) -> None:
        """Check every value of the file before any is laid down, and that its instances have their place."""
        for refusal in crowded(self.pack, self.workspace.documents, file.instances):
            self._tell(None, refusal, ImportOutcome.REFUSED)
        for cell in file.cells:
            self._read_cell(cell)
        for row in file.rows:
            self._read_row(row)

    def _read_row(self, row: LoadedRow) -> None:
        named = ROW_KEY.fullmatch(row.key) is not None
        for code, value in row.values.items():
            column = self.column(row.tab, code)
            if column is None or column.kind is not Kind.COMPUTED:
                cell = f"{row.tab}[{row.key}].{code}"
                address = Address(row.tab, code, row.key) if named and column is not None else None
                self._read_one(row.line, Entry(cell, value, address=address or parse_address(cell)))

    def _read_cell(self, loaded: LoadedCell) -> None:
        known = self.pack.cell(loaded.id)
        if known is None or known.kind in {Kind.INPUT, Kind.COMMON} or loaded.forced:
            reason = FORCED_BY_FILE if loaded.forced else None
            self._read_one(loaded.line, Entry(loaded.id, loaded.value, reason, parse_address(loaded.id)))

    def _read_one(self, line: int, entry: Entry) -> None:
        category = self.workspace.dossier.organism.category
        edit, told = read_loaded(self.pack, category, entry, strict=self.strict)
        if isinstance(edit, CellRefusal):
            self._tell(line, edit, ImportOutcome.REFUSED)
            self._show(line, entry, entry.value or None, ImportOutcome.REFUSED, edit)
            return
        self.edits.append(edit)
        self.places[entry.cell] = line
        if told is not None:
            self._tell(line, told, ImportOutcome.CHANGED)
        outcome = ImportOutcome.UNCHANGED if self._stands(edit) else ImportOutcome.CHANGED
        self._show(line, entry, edit.value, outcome, told)

    def _stands(self, edit: Edit) -> bool:
        """Whether the dossier already says so, before anything is laid down."""
        if not edit.forcing:
            return self.workspace.standing.value(edit.address) == edit.value
        document = self.workspace.documents.get(edit.address.tab, Document())
        forced = document.forced.get(edit.address.place)
        return edit.value == (None if forced is None else forced["value"])

    def _show(
        self,
        line: int | None,
        entry: Entry,
        after: str | None,
        outcome: ImportOutcome,
        told: CellRefusal | None,
    ) -> None:
        if len(self.preview) >= MOST_SHOWN:
            return
        address = entry.address or parse_address(entry.cell)
        before = self.workspace.standing.value(address)
        code, reason = ("", "") if told is None else (told.code, told.message)
        if not reason and outcome is ImportOutcome.UNCHANGED:
            reason = UNCHANGED_REASON
        if before is not None or after is not None:
            self.preview.append(
                ImportPreview(line, entry.cell, self._unit(address), before, after, outcome, code, reason)
            )

    def _unit(self, address: Address) -> str:
        if address.key is None:
            known = self.pack.cell(str(address))
            return "" if known is None else known.unit
        column = self.column(address.tab, address.place)
        return "" if column is None else column.unit

    def _column(self, tab: str, code: str) -> Column | None:
        known = self.pack.tab(tab)
        return None if known is None else known.column(code)

    def _tell(self, line: int | None, refusal: CellRefusal, outcome: ImportOutcome) -> None:
        self.lines.append(ImportLine(line, refusal.cell, outcome, refusal.code, refusal.message))

    def lay(self, file: LoadedFile) -> list[Change]:
        """Lay the values down, the rows of the tabs that the file names replacing those that stood.

        Instances that the file holds and the dossier does not are added; none is taken away.
        """
        documents, hides = self.workspace.documents, self.workspace.hides
        add_instances(self.pack, documents, file.instances)
        # What the file leaves blank where nothing was to be seen is not meant to erase what is kept there.
        if self.workspace.evaluation.hidden:
            self.edits = [edit for edit in self.edits if edit.value is not None or not hides(edit.address)]
            self.places = {cell: self.places[cell] for cell in (str(edit.address) for edit in self.edits)}
        filled = {row.tab for row in file.rows}
        tabs = {tab for tab in file.tabs_of_rows if tab in filled or not hides(Address(tab, "", ""))}
        before = {tab: documents[tab].rows for tab in tabs if tab in documents}
        for tab in tabs:
            documents.setdefault(tab, Document()).rows = []
        changes = lay(documents, self.edits)
        self.removed = sum(
            len({row["key"] for row in rows} - {row["key"] for row in documents[tab].rows})
            for tab, rows in before.items()
        )
        return [change for change in _against(before, changes) if change.before != change.after]

    def refuse_misplaced(self) -> None:
        """Refuse values where the form's conditions hide, judged with all of the file laid down."""
        for refusal in self.workspace.misplaced(edit for edit in self.edits if edit.value is not None):
            self._tell(self.places[refusal.cell], refusal, ImportOutcome.REFUSED)

    def count(self, changes: list[Change]) -> int:
        """How many of the file's values were changed; the rows that it leaves out are shown, not counted."""
        left = [change for change in changes if str(change.address) not in self.places]
        for change in left:
            cell = str(change.address)
            if len(self.preview) < MOST_SHOWN:
                self.preview.append(
                    ImportPreview(
                        line=None,
                        cell=cell,
                        unit=self._unit(change.address),
                        before=change.before,
                        after=None,
                        outcome=ImportOutcome.CHANGED,
                        reason=REMOVED_REASON,
                    )
                )
        return len(changes) - len(left)

    def compare(self, file: LoadedFile) -> None:
        """Compare the file's computed values with ours: a difference is told, never loaded."""
        for found in compared(self.pack, self.workspace.documents, file):
            self.ignored += 1
            equal, outcome = found.equal, ImportOutcome.IGNORED
            code = "" if equal else "CELL_COMPUTED_DIFFERS"
            reason = COMPUTED_REASON if equal else found.sentence
            if not equal:
                self.lines.append(ImportLine(found.line, found.cell, outcome, code, reason))
            if len(self.preview) >= MOST_SHOWN:
                continue
            self.preview.append(
                ImportPreview(
                    found.line, found.cell, found.unit, found.ours, found.theirs, outcome, code, reason
                )
            )

    def report(
        self, file: LoadedFile, *, version: int, dry_run: bool, applied: bool, changed: int = 0
    ) -> ImportReport:
        """The counts and the lines; nothing counts as changed where nothing may be."""
        outcomes = Counter(line.outcome for line in self.lines)
        refused = outcomes[ImportOutcome.REFUSED]
        return ImportReport(
            dry_run=dry_run,
            applied=applied,
            read=len(file.cells) + sum(len(row.values) for row in file.rows),
            changed=changed,
            unchanged=len(self.edits) - changed if not refused else 0,
            ignored=self.ignored,
            refused=refused,
            removed=self.removed if not refused else 0,
            version=version,
            lines=tuple(self.lines),
            preview=tuple(self.preview),
        )


def _against(before: Mapping[str, list[dict[str, Any]]], changes: list[Change]) -> list[Change]:
    """Name the value that stood in each replaced row, and the rows that the file leaves out."""
    stood = {tab: {str(row["key"]): dict(row["values"]) for row in rows} for tab, rows in before.items()}
    told = []
    for change in changes:
        tab, place, key = change.address.tab, change.address.place, change.address.key
        row = stood.get(tab, {}).get(key) if key is not None else None
        if row:
            told.append(Change(change.address, row.pop(place, change.before), change.after, change.reason))
        else:
            told.append(change)
    for tab, left in stood.items():
        for key, values in left.items():
            told += (Change(Address(tab, place, key), value, None, "") for place, value in values.items())
    return told
