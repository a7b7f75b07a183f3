"""What resolvers return: plain rows, already allowed to the viewer they were read for.

A DossierRow is made only by `resolvers.dossiers`, from a query that carries the viewer's scope:
whoever holds one has passed the gate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Target
from forms import Anomaly, Evaluation, Move, Pack, Step, load_pack, split_key
from models import ExportKind, ExportState
from resolvers.closed_tabs import closed_tabs, tab_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authz import Viewer
    from resolvers.kept_past import KeptPast


@dataclass(frozen=True, slots=True)
class OrganismRow:
    """A social-housing body as one platform knows it."""

    id: UUID
    siren: str
    name: str
    category: str
    code: str
    department: str
    city: str
    federation: str | None


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One dossier without its values. `passes` counts the steps crossed, `version` the writes.

    `handed_back_at`: since when the organism may correct it in review; None while its platform holds it.
    `substep`: the code of where it stands within its step, "" for none.
    `insider`: its reader may read personal data too. `open_tabs`: the only tabs that his convention opens;
    None for all. `reader`: nobody's is the system's (`readings`).
    """

    id: UUID
    form: str
    year: int
    pack: str
    platform: str
    platform_name: str
    organism: OrganismRow
    step: Step
    step_since: datetime
    transmitted_at: datetime | None
    version: int
    passes: int
    handed_back_at: datetime | None = None
    substep: str = ""
    insider: bool = False
    open_tabs: frozenset[str] | None = None
    reader: Viewer | None = field(default=None, compare=False, repr=False)
    channel: str = field(default="screen", compare=False, repr=False)

    @property
    def withheld(self) -> frozenset[str]:
        """The tabs that the reader may not read, and the groups that have no other tab."""
        return closed_tabs(self.pack, self.open_tabs, insider=self.insider)

    def withholds(self, place: str) -> bool:
        """Whether a tab, cell, row or instance (whose key tells who it is) is closed to the reader."""
        return tab_of(place) in self.withheld

    @property
    def target(self) -> Target:
        """What a decision on this dossier is about."""
        return Target(
            platform=self.platform,
            form=self.form,
            year=self.year,
            organism=f"organism:{self.organism.siren}",
            step=int(self.step),
        )

    @property
    def definition(self) -> Pack:
        """The pack this dossier was opened with."""
        return load_pack(self.pack)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: rows in order, the exact total, and where the next page begins."""

    rows: tuple[DossierRow, ...]
    cursors: tuple[str, ...]
    total: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class Forced:
    """A forcible cell typed over: what others read, what the formula gives, and why."""

    value: str
    automatic: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class RowContent:
    """One row of a dynamic tab: its stable key, its values by column, computed ones included."""

    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TabContent:
    """One tab's values, `LINE.COLUMN` → canonical text; a blank cell is absent.

    `code` names the instance of a tab that is of a repeated group, `E1[1]`. `hidden`: the form's
    conditions hide the tab; `hidden_lines`: those of its lines that they hide.
    """

    code: str
    values: Mapping[str, str]
    forced: Mapping[str, Forced]
    rows: tuple[RowContent, ...]
    hidden: bool = False
    hidden_lines: frozenset[str] = frozenset()

    @property
    def hides(self) -> Evaluation:
        """What is hidden of it, as `Evaluation.hides` answers for."""
        lines = {f"{self.code}.{line}" for line in self.hidden_lines}
        return Evaluation({}, {}, {}, frozenset(lines | ({self.code} if self.hidden else set())))


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """One step crossed."""

    move: str
    source: Step
    target: Step
    at: datetime
    author: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move of the cycle as the viewer meets it: allowed, or the sentence that says why not."""

    move: Move
    allowed: bool
    refusal: str | None


@dataclass(frozen=True, slots=True)
class AnomalyRow:
    """A failing check, with the organism's justification if there is one; `dossier` is whose it is.

    `closed`: it reads personal data that its reader may not, which are left out.
    """

    anomaly: Anomaly
    justification: str | None
    dossier: DossierRow | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class VerificationRow:
    """One run of the checks. `stale`: the dossier was written since."""

    at: datetime
    data_hash: str
    stale: bool
    anomalies: tuple[AnomalyRow, ...]


@dataclass(frozen=True, slots=True)
class TransmissionRow:
    """The declarant's commitment (manual §1.1.9)."""

    at: datetime
    author: str
    data_hash: str
    commitments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosedPast:
    """What of last year's cells a reader may not have, under this year's names: some, or the whole year."""

    whole: bool = False
    cells: frozenset[str] = frozenset()

    def closes(self, cell: str) -> bool:
        """Whether last year's value of a cell, in whatever instance of its group, is closed to him."""
        return self.whole or split_key(cell)[0] in self.cells


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A dossier with the tabs asked for: all that a print or a file needs.

    `previous`: last year's cells, which a workbook's formulas read, without those of `closed_past`.
    """

    dossier: DossierRow
    pack: Pack
    tabs: tuple[TabContent, ...]
    verification: VerificationRow | None
    crossings: tuple[CrossingRow, ...]
    previous: Mapping[str, str] = field(default_factory=dict)
    closed_past: ClosedPast = field(default_factory=ClosedPast)

    @property
    def whole(self) -> bool:
        """Whether every tab that its reader may open is there."""
        asked = {split_key(tab.code)[0] for tab in self.tabs}
        tabs = (tab for tab in self.pack.tabs.values() if tab.code not in asked and tab.group is None)
        return all(self.dossier.withholds(tab.code) for tab in tabs)

    @property
    def draft(self) -> bool:
        """Whether the organism has not transmitted it yet."""
        return self.dossier.transmitted_at is None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A print or an archive, where it stands."""

    id: UUID
    kind: ExportKind
    state: ExportState
    dossier_id: UUID
    tabs: tuple[str, ...]
    accessible: bool
    done: int
    total: int
    requested_at: datetime
    finished_at: datetime | None
    expires_at: datetime
    file_name: str
    file_key: str
    size: int
    sha256: str
    error_code: str
    error: str
    held: tuple[str, ...] | None = None
    blank: bool = False
    past: KeptPast | None = None


@dataclass(frozen=True, slots=True)
class CellConflict:
    """A cell that someone else changed since the writer saw it: both values."""

    cell: str
    yours: str | None
    theirs: str | None
    author: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """A value that cannot stand in its cell, with the reason."""

    cell: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The outcome of a write; with a conflict or a refusal nothing was written.

    `changed` names every cell whose value is now different, computed ones included; `batch` undoes
    the write; `keys` are those of the rows added; `left` the cells that were meant but not touched,
    because someone had filled or changed them.
    """

    written: int
    version: int
    conflicts: tuple[CellConflict, ...] = ()
    refused: tuple[CellRefusal, ...] = ()
    changed: Mapping[str, str | None] = field(default_factory=dict[str, Any])
    batch: UUID | None = None
    keys: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
