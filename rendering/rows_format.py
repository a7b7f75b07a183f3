"""The CSV of a dynamic tab, as its writer and its reader share it: UTF-8 with BOM, `;`, French values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from forms import Column

BOM: Final = "\ufeff"
SEPARATOR: Final = ";"
KEY: Final = "Clé"
# What a spreadsheet would take for a formula; an apostrophe keeps it a text.
RISKY: Final = ("=", "+", "-", "@", "\t")
GUARD: Final = "'"


def heading(column: Column) -> str:
    """The head of a column: its code, by which it is read back, then its label."""
    return f"{column.code} – {column.label}"


def code_of(head: str) -> str:
    """The code that a head begins with."""
    return head.strip().partition(" ")[0]


def guarded(text: str) -> str:
    """A text, behind an apostrophe where a spreadsheet would run it."""
    return f"{GUARD}{text}" if text.startswith(RISKY) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text.removeprefix(GUARD) if text[1:].startswith(RISKY) else text
