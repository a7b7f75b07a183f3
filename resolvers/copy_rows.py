"""Sealed copies as rows: one of a list, and one to be made, read from what was frozen and from that alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from forms import Step
from models import CopyKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from resolvers.rows import DossierContent

# Manual §3: the folder of each kind, and the word in the names of its files.
FOLDERS: Final = {CopyKind.TRANSMITTED: "Transmis", CopyKind.CLOSED: "Fiabilise"}
WORDS: Final = {CopyKind.TRANSMITTED: "transmis", CopyKind.CLOSED: "fiabilise"}
# The step whose values each kind holds: whoever does not read it there does not read them here either.
STEPS: Final = {CopyKind.TRANSMITTED: Step.REVIEW, CopyKind.CLOSED: Step.CLOSURE}
# What of a line of the table makes a CopyRow.
COLUMNS: Final = (
    "id", "dossier_id", "kind", "number", "at", "author", "made_at", "seal", "file_name", "file_key",
    "file_size", "file_sha256", "receipt_key", "receipt_size", "receipt_sha256",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One sealed copy; without a seal it is still being made. `organization`: its author's.

    `attachments`: how many pieces it names; `visa_steps`: where the visas that it names were asked.
    """

    id: UUID
    dossier_id: UUID
    kind: CopyKind
    number: int
    at: datetime
    author: str
    made_at: datetime | None
    seal: str
    file_name: str
    file_key: str
    file_size: int
    file_sha256: str
    receipt_key: str
    receipt_size: int
    receipt_sha256: str
    organization: str
    attachments: int
    visa_steps: tuple[int, ...]

    @property
    def ready(self) -> bool:
        """Whether its files are there."""
        return self.made_at is not None


@dataclass(frozen=True, slots=True)
class SealTask:
    """A copy to be made. `previous`: the seal of the one before; `anchor`: the journal's last sealed event.

    `attempt` is part of the place of its files: of two workers at once, neither writes over the other's.
    """

    id: UUID
    kind: CopyKind
    number: int
    at: datetime
    attempt: int
    frozen: Mapping[str, Any]
    content: DossierContent
    previous: str
    anchor: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a copy in the object store."""

    name: str
    key: str
    size: int
    sha256: str


def copy_file(year: int, siren: str, kind: CopyKind) -> str:
    """`2024-732829320-transmis.zip` (manual §3)."""
    return f"{year}-{siren}-{WORDS[kind]}.zip"


def row_of(record: Mapping[str, Any]) -> CopyRow:
    """The row of a record of COLUMNS, with `organization`, `attachments`, `visa_steps`."""
    known = {name: record[name] for name in (*COLUMNS, "organization", "attachments")}
    return CopyRow(**{**known, "kind": CopyKind(record["kind"]), "visa_steps": tuple(record["visa_steps"])})
