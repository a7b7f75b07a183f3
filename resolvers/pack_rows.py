"""What the pack desk returns: drafts, what stands against them, and what they would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from forms import Anomaly, Finding, Pack, PackKey
from resolvers.rows import DossierRow

if TYPE_CHECKING:
    from collections.abc import Mapping

Files = dict[str, str]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A revision being made, or one published (`revision` then says which); its files are read apart."""

    id: UUID
    platform: str
    form: str
    year: int
    base: int | None
    revision: int | None
    sha256: str
    note: str
    author: str | None
    created_at: datetime
    publisher: str | None
    published_at: datetime | None

    @property
    def key(self) -> str:
        """`ER/2024/2`: the revision it is, or would be."""
        return f"{self.form}/{self.year}/{self.revision or (self.base or 0) + 1}"

    @property
    def base_key(self) -> str | None:
        """The revision that it was made from."""
        return None if self.base is None else f"{self.form}/{self.year}/{self.base}"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A published revision; `row` is None for those that come with the product."""

    key: PackKey
    title: str
    form_label: str
    row: DraftRow | None
    editable: bool
    latest: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a draft's files: a pack, or the fault that keeps it from being one."""

    pack: Pack | None
    fault: Finding | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason for which a draft may not be published; a conflict is with what others did meanwhile."""

    code: str
    message: str
    conflict: bool = False
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrialValue:
    """A cell whose value would differ; canonical texts, None for blank."""

    cell: str
    unit: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class TrialRow:
    """What a draft would change in one dossier, which stays as it is."""

    dossier: DossierRow
    changed: int
    values: tuple[TrialValue, ...]
    appearing: tuple[Anomaly, ...]
    disappearing: tuple[Anomaly, ...]


def seal(files: Mapping[str, str]) -> str:
    """SHA-256, in hexadecimal, of the files of a draft: names and texts, by name."""
    return hashlib.sha256(orjson.dumps(dict(files), option=orjson.OPT_SORT_KEYS)).hexdigest()
