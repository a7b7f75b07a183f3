"""A remark of the linter."""

from __future__ import annotations

from dataclasses import dataclass

from forms.errors import PackError, Place


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What the author of a pack should look at: where, a stable code, one French sentence."""

    file: str
    line: int
    column: int
    code: str
    message: str

    @classmethod
    def at(cls, place: Place, code: str, message: str) -> Finding:
        """A finding at a place."""
        return cls(place.file, place.line, place.column, code, message)

    @classmethod
    def of(cls, error: PackError) -> Finding:
        """The fault that keeps a pack from being loaded, as a finding."""
        return cls.at(error.place, error.code, error.message)
