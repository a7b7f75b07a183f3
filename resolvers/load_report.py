"""What became of a file: its counts, the lines that need a word, and every value before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forms import format_value, is_text

LONGEST_SHOWN: Final = 500
_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")

UNCHANGED_REASON: Final = "Le dossier a déjà cette valeur."
COMPUTED_REASON: Final = "La cellule se calcule\u00a0: la valeur du fichier n’est pas chargée."
REMOVED_REASON: Final = "Ce rang n’est pas dans le fichier\u00a0: il est retiré."


class ImportOutcome(StrEnum):
    """What became of one line of the file."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of the report: where, which cell, what became of it, and why."""

    line: int | None
    cell: str
    outcome: ImportOutcome
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """One value of the file beside the dossier's: canonical texts, None for blank; `reason` may be empty.

    `line` is None for what the file leaves out; `unit` is empty for a cell that does not exist.
    """

    line: int | None
    cell: str
    unit: str
    before: str | None
    after: str | None
    outcome: ImportOutcome
    code: str = ""
    reason: str = ""

    def shown(self, value: str | None) -> str:
        """One of the two as French readers write it; what cannot be read stays as the file says it, cut."""
        if value and not is_text(self.unit) and not _NUMBER.fullmatch(value):
            return value[:LONGEST_SHOWN]
        return format_value(value, self.unit)[:LONGEST_SHOWN]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The counts of a load and its lines that need a word; with one refused, nothing was written.

    `removed` counts the rows that the file leaves out of the dynamic tabs which it replaces.
    `preview` names the first 20,000 values in the file's order, then those of the rows that it leaves out.
    """

    dry_run: bool
    applied: bool
    read: int
    changed: int
    unchanged: int
    ignored: int
    refused: int
    removed: int
    version: int
    lines: tuple[ImportLine, ...]
    preview: tuple[ImportPreview, ...] = ()
