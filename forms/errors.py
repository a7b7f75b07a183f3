"""What can be wrong: with a pack (its author reads it), with an entry (its user reads it)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in a pack: file (relative to the pack), line and column from 1."""

    file: str
    line: int
    column: int

    def shifted(self, offset: int) -> Place:
        """The place `offset` characters further on the same line."""
        return Place(self.file, self.line, self.column + offset)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class PackError(Exception):
    """A pack that cannot be used: one French sentence, and where its author must look."""

    def __init__(self, message: str, place: Place | None = None, code: str = "PACK_UNREADABLE") -> None:
        super().__init__(message if place is None else f"{place} : {message}")
        self.code = code
        self.message = message
        self.place = place or Place("", 0, 0)

    @property
    def file(self) -> str:
        """The file of the pack, empty when no file is at fault."""
        return self.place.file

    @property
    def line(self) -> int:
        """The line from 1, 0 when no file is at fault."""
        return self.place.line

    @property
    def column(self) -> int:
        """The column from 1, 0 when no file is at fault."""
        return self.place.column


class FormulaError(Exception):
    """A formula that cannot be read: a French sentence and the offset in the formula's text."""

    def __init__(self, message: str, offset: int, code: str = "FORMULA_UNREADABLE") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.offset = offset


class EntryError(Exception):
    """A value that a cell cannot take: a stable code and one French sentence saying what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
