"""Loading a file of values: all of it or nothing, with a report line for whatever is not plain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Viewer
from forms import Kind, Pack
from models import Invalid, transaction
from resolvers.comparison import compared, computed_column
from resolvers.documents import Document
from resolvers.edits import Address, Change, Edit, Entry, lay, parse_address, read_edit
from resolvers.rows import CellRefusal
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

FORCED_BY_FILE = "Valeur forcée reprise du fichier chargé"


class ImportOutcome(StrEnum):
    """What became of one line of the file."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LoadedCell:
    """A cell of the file; `line` is where it stands there, `calc` the formula's value of a forced one."""

    line: int
    id: str
    value: str
    forced: bool = False
    calc: str | None = None


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A row of a dynamic tab: its key in the file, its values by column."""

    line: int
    tab: str
    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What a file says, read but not yet believed."""

    form: str
    year: int
    siren: str
    pack: str
    cells: tuple[LoadedCell, ...]
    rows: tuple[LoadedRow, ...]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of the report: where, which cell, what became of it, and why."""

    line: int | None
    cell: str
    outcome: ImportOutcome
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The counts of a load and its lines that need a word; with one refused, nothing was written."""

    dry_run: bool
    applied: bool
    read: int
    changed: int
    unchanged: int
    ignored: int
    refused: int
    version: int
    lines: tuple[ImportLine, ...]


async def load(viewer: Viewer, dossier_id: UUID, file: LoadedFile, *, dry_run: bool = False) -> ImportReport:
    """Load the values of a file into the viewer's dossier.

    Input and common cells and forced ones are loaded; computed ones are compared, not loaded. A cell
    that the file does not name is left as it is; a dynamic tab that it names is replaced. A text of
    another form than its cell asks for, and a value on a line meant for another kind of organism, are
    loaded and told (docs/decisions/0004).

    Raises NotFound, Refused, Invalid XML_OTHER_ORGANISM or XML_OTHER_CAMPAIGN.
    """
    async with transaction():
        workspace = await open_workspace(viewer, dossier_id)
        _check_addressee(workspace, file)
        load_ = _Load(workspace)
        load_.read(file)
        if load_.refusals:
            return load_.report(file, version=workspace.dossier.version, dry_run=dry_run, applied=False)
        changes = load_.lay(file)
        workspace.evaluate()
        load_.compare(file)
        version = workspace.dossier.version
        if changes and not dry_run:
            version = await workspace.save(changes, "xml", datetime.now(UTC))
        return load_.report(
            file, version=version, dry_run=dry_run, applied=not dry_run, changed=load_.count(changes)
        )


def _check_addressee(workspace: Workspace, file: LoadedFile) -> None:
    dossier = workspace.dossier
    if file.siren != dossier.organism.siren:
        raise Invalid(
            "XML_OTHER_ORGANISM",
            f"Ce fichier est celui de l’organisme {file.siren} : choisissez le fichier de l’organisme "
            f"{dossier.organism.siren}.",
            path=("xml",),
        )
    if (file.form, file.year) != (dossier.form, dossier.year):
        raise Invalid(
            "XML_OTHER_CAMPAIGN",
            f"Ce fichier porte sur le dossier {file.form} {file.year} : choisissez un fichier "
            f"{dossier.form} {dossier.year}.",
            path=("xml",),
        )


class _Load:
    """One load under way: what was read of the file, and the lines of its report."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.pack: Pack = workspace.dossier.definition
        self.edits: list[Edit] = []
        self.lines: list[ImportLine] = []
        self.ignored = 0

    @property
    def refusals(self) -> int:
        """How many values cannot be accepted."""
        return sum(1 for line in self.lines if line.outcome is ImportOutcome.REFUSED)

    def read(self, file: LoadedFile) -> None:
        """Check every value of the file before any is laid down."""
        for cell in file.cells:
            self._read_cell(cell)
        for row in file.rows:
            for column, value in row.values.items():
                if computed_column(self.pack, row.tab, column) is None:
                    self._read_one(row.line, Entry(f"{row.tab}[{row.key}].{column}", value))

    def _read_cell(self, loaded: LoadedCell) -> None:
        known = self.pack.cells.get(loaded.id)
        if known is None or known.kind in {Kind.INPUT, Kind.COMMON} or loaded.forced:
            reason = FORCED_BY_FILE if loaded.forced else None
            self._read_one(loaded.line, Entry(loaded.id, loaded.value, reason))

    def _read_one(self, line: int, entry: Entry) -> None:
        category = self.workspace.dossier.organism.category
        edit = read_edit(self.pack, category, entry, lenient=True)
        if isinstance(edit, CellRefusal):
            self._tell(line, edit, ImportOutcome.REFUSED)
            return
        self.edits.append(edit)
        strict = read_edit(self.pack, category, entry)
        if isinstance(strict, CellRefusal):
            self._tell(line, strict, ImportOutcome.CHANGED)

    def _tell(self, line: int, refusal: CellRefusal, outcome: ImportOutcome) -> None:
        self.lines.append(ImportLine(line, refusal.cell, outcome, refusal.code, refusal.message))

    def lay(self, file: LoadedFile) -> list[Change]:
        """Lay the values down, the rows of the tabs that the file names replacing those that stood."""
        documents = self.workspace.documents
        before = {tab: documents[tab].rows for tab in {row.tab for row in file.rows} if tab in documents}
        for tab in {row.tab for row in file.rows}:
            documents.setdefault(tab, Document()).rows = []
        changes = lay(documents, self.edits)
        return [change for change in _against(before, changes) if change.before != change.after]

    def count(self, changes: list[Change]) -> int:
        """How many of the file's values were changed, cleared rows apart."""
        read = {str(edit.address) for edit in self.edits}
        return sum(1 for change in changes if str(change.address) in read)

    def compare(self, file: LoadedFile) -> None:
        """Compare the file's computed values with ours: a difference is told, never loaded."""
        for found in compared(self.pack, self.workspace.documents, file):
            self.ignored += 1
            if not found.equal:
                outcome, code = ImportOutcome.IGNORED, "CELL_COMPUTED_DIFFERS"
                self.lines.append(ImportLine(found.line, found.cell, outcome, code, found.sentence))

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
            version=version,
            lines=tuple(self.lines),
        )


def _against(before: Mapping[str, list[dict[str, object]]], changes: list[Change]) -> list[Change]:
    """Name the value that stood in each replaced row, and the rows that the file leaves out."""
    stood: dict[str, str] = {}
    for tab, rows in before.items():
        for row in rows:
            values = row["values"]
            if isinstance(values, dict):
                stood |= {
                    str(Address(tab, column, str(row["key"]))): value for column, value in values.items()
                }
    told = [
        Change(change.address, stood.pop(str(change.address), change.before), change.after, change.reason)
        for change in changes
    ]
    return told + [Change(parse_address(cell), value, None, "") for cell, value in stood.items()]
