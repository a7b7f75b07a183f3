"""Plain rows of exports of many dossiers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from models import MassExportItemState, MassExportKind, MassExportState, NotFound
from resolvers.kept_past import read_past

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolvers.kept_past import KeptPast
    from resolvers.rows import DossierRow

# What of the table a MassExportRow is made of.
COLUMNS: Final = (
    "id", "kind", "tabs", "accessible", "state", "done", "failed", "total", "requested_at", "finished_at",
    "expires_at", "file_name", "file_key", "size", "sha256", "error_code", "error",
)  # fmt: skip
FINAL: Final = frozenset({MassExportState.READY, MassExportState.FAILED, MassExportState.CANCELLED})


@dataclass(frozen=True, slots=True)
class MassExportRow:
    """An export of several dossiers, where it stands; without `file_name` its files are forgotten."""

    id: UUID
    kind: MassExportKind
    tabs: tuple[str, ...]
    accessible: bool
    state: MassExportState
    done: int
    failed: int
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

    @property
    def kept(self) -> bool:
        """Whether its files are still there for whoever may have them."""
        return bool(self.file_name) and self.expires_at > datetime.now(UTC)

    @property
    def downloadable(self) -> bool:
        """Whether it can be fetched."""
        return self.kept and self.state is MassExportState.READY


@dataclass(frozen=True, slots=True)
class MassFile:
    """One file made of a dossier: its path in the archive, where it is kept, what it holds.

    `copy`: the sealed copy that it is, "" for none.
    """

    name: str
    key: str
    size: int
    sha256: str
    crc32: int
    copy: str = ""

    def stored(self) -> dict[str, Any]:
        """The same as JSON keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class MassMade:
    """What was made of a dossier.

    `held`: the tabs that it was made with, None for what holds them all; `article`: that allowed it;
    `past`: what of the past was closed to its requester.
    """

    files: tuple[MassFile, ...]
    held: tuple[str, ...] | None
    article: str
    past: KeptPast


@dataclass(frozen=True, slots=True)
class MassExportItemRow:
    """What became of one dossier; None for one that the reader may read no more, of which nothing is told.

    `opened`: its reader may take today what was made of it.
    """

    id: int
    position: int
    dossier_id: UUID
    dossier: DossierRow | None
    state: MassExportItemState
    files: tuple[MassFile, ...]
    held: tuple[str, ...] | None
    article: str
    error_code: str
    error: str
    made_at: datetime | None
    past: KeptPast | None = None
    opened: bool = False


def row_of(record: Mapping[str, Any]) -> MassExportRow:
    """The row of a record of COLUMNS."""
    known = {name: record[name] for name in COLUMNS}
    words = {"kind": MassExportKind(record["kind"]), "state": MassExportState(record["state"])}
    return MassExportRow(**{**known, **words, "tabs": tuple(record["tabs"])})


def item_of(
    record: Mapping[str, Any], dossier: DossierRow | None, *, opened: bool = False
) -> MassExportItemRow:
    """The row of a stored item, as far as its reader may know of the dossier."""
    return MassExportItemRow(
        id=record["id"],
        position=record["position"],
        dossier_id=record["dossier_id"],
        dossier=dossier,
        state=MassExportItemState(record["state"]),
        files=tuple(MassFile(**file) for file in record["files"]),
        held=None if record["held"] is None else tuple(record["held"]),
        article=record["article"],
        error_code=record["error_code"],
        error="" if dossier is None else record["error"],
        made_at=record["made_at"],
        past=read_past(record["past"]),
        opened=opened,
    )


def unknown() -> NotFound:
    """What anyone but its requester reads of a mass export."""
    return NotFound(
        "MASS_EXPORT_UNKNOWN",
        "Cet export n’existe pas ou n’est pas à vous\u00a0: relancez-le depuis votre liste.",
        path=("id",),
    )
