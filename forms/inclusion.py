"""`@inclure` in a part file: tabs of another pack, written out where they are to stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from forms.errors import PackError, Place
from forms.inclusion_options import Changes, changed_tab, read_changes
from forms.source import Record

if TYPE_CHECKING:
    from forms.bookshelf import Book, Bookshelf

# What ends an included tab.
_HEADS = ("@onglet", "@groupe")


@dataclass(frozen=True, slots=True)
class Included:
    """A tab that comes from another pack: its code here, the other pack and its code there."""

    code: str
    book: Book
    origin: str


@dataclass(slots=True)
class ExpandedPart:
    """A part file whose inclusions are written out: its head, then tabs, columns and lines."""

    records: list[Record] = field(default_factory=list)
    included: list[Included] = field(default_factory=list)

    def tabs(self) -> Iterator[tuple[str, list[Record]]]:
        """The code of each tab and its records."""
        starts = [index for index, record in enumerate(self.records) if record.word == "@onglet"]
        for start, end in zip(starts, [*starts[1:], len(self.records)], strict=True):
            records = self.records[start:end]
            yield records[0].field(0), [record for record in records if record.word != "@groupe"]


def expand_part(records: list[Record], file: str, shelf: Bookshelf) -> ExpandedPart:
    """The part with its inclusions; PackError at the first that cannot be followed."""
    if not records or records[0].word != "@partie":
        message = "Le fichier d’une partie commence par « @partie CODE | titre »."
        raise PackError(message, Place(file, records[0].number if records else 1, 1))
    part = ExpandedPart()
    block: list[Record] | None = None
    own: set[tuple[str, str]] = set()
    several = False
    for record in records:
        if record.word == "@inclure":
            _close(part, block)
            block = _include(record, part, records[0].field(0), shelf)
            own, several = set(), "," in _tabs_text(record)
        elif record.word in _HEADS or block is None:
            _close(part, block)
            block = None
            part.records.append(record)
        elif several:
            raise record.fault("On n’ajoute une ligne ou une colonne qu’à un onglet inclus seul.")
        else:
            _add(block, record, own)
    _close(part, block)
    return part


def _close(part: ExpandedPart, block: list[Record] | None) -> None:
    part.records.extend(block or ())


def _tabs_text(record: Record) -> str:
    return record.field(0).partition(" ")[2]


def _include(record: Record, part: ExpandedPart, code: str, shelf: Bookshelf) -> list[Record]:
    book = shelf.book(record)
    known = dict(book.tabs())
    names = [name.strip() for name in _tabs_text(record).split(",") if name.strip()]
    if not names:
        raise record.fault("« @inclure » dit quels onglets : TYPE/ANNÉE/RÉVISION ONGLET,ONGLET.")
    changes = read_changes(record)
    if len(names) > 1 and changes.concerns_one:
        raise record.fault("Ces options ne valent que pour un onglet inclus seul.", 1)
    found: list[Record] = []
    for name in names:
        if name not in known:
            pack = record.field(0).split(" ")[0]
            raise record.fault(f"L’onglet {name} n’existe pas dans {pack}.")
        found += changed_tab(known[name], record, _placed(changes, name, code))
        part.included.append(Included(changes.code or name, book, name))
    return found


def _placed(changes: Changes, tab: str, part: str) -> Changes:
    return replace(changes, code=changes.code or tab, part=part)


def _add(block: list[Record], record: Record, own: set[tuple[str, str]]) -> None:
    """Put the record in the place of the one of its code; else a line by its code, a column last."""
    name = (record.word, record.field(0))
    here = [index for index, known in enumerate(block) if (known.word, known.field(0)) == name]
    if here and name not in own:
        block[here[0]] = record
    elif record.word:
        columns = [index for index, known in enumerate(block) if known.word == "@col"]
        block.insert(columns[-1] + 1 if columns else 1, record)
    else:
        later = (
            index for index, known in enumerate(block) if not known.word and known.field(0) > record.field(0)
        )
        block.insert(next(later, len(block)), record)
    own.add(name)
