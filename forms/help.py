"""`help.txt`: what a tab, a line or a column of a dynamic tab asks for, in the author's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.errors import Place
from forms.tabs import TabSpec

if TYPE_CHECKING:
    from forms.bookshelf import Book

FILE = "help.txt"


@dataclass(frozen=True, slots=True)
class Help:
    """A help text, and where it is written in the pack itself; None for what comes from another."""

    text: str
    place: Place | None


def read_help(book: Book) -> dict[str, Help]:
    """`TAB | text`, `TAB.LINE | text`; that of included tabs comes with them, one's own goes before.

    Several records of one place are its paragraphs.
    """
    found = _included(book)
    written: set[str] = set()
    for record in book.records(FILE):
        name, text = record.field(0), record.words(1)
        if not name or not text:
            raise record.fault("Une aide dit de quoi elle parle, puis son texte : ONGLET.LIGNE | texte.")
        if name in written:
            text = f"{found[name].text}\n{text}"
        written.add(name)
        found[name] = Help(text, record.place() if book.has(FILE) else None)
    return found


def _included(book: Book) -> dict[str, Help]:
    found: dict[str, Help] = {}
    for included in book.included():
        for name, entry in read_help(included.book).items():
            tab, dot, rest = name.partition(".")
            if tab == included.origin:
                found[f"{included.code}{dot}{rest}"] = Help(entry.text, None)
    return found


def places(tabs: Mapping[str, TabSpec]) -> frozenset[str]:
    """What help may be given for: tabs, lines, columns."""
    found = set(tabs)
    for tab in tabs.values():
        found |= {f"{tab.code}.{spec.line.code}" for spec in tab.lines}
        found |= {f"{tab.code}.{spec.column.code}" for spec in tab.columns}
    return frozenset(found)
