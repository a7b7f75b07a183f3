"""The packs that one reading draws from: its own files, and what it takes over from others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from forms.errors import PackError, Place
from forms.inclusion import ExpandedPart, Included, expand_part
from forms.key import PackKey, pack_texts
from forms.source import Record, read_records
from forms.texts import Texts

HEADER = "pack.txt"
# What a pack that takes over another need not have: the other's file then stands for it.
INHERITED = frozenset(
    {
        "checks.txt",
        "lists.txt",
        "selections.txt",
        "attachments.txt",
        "cycle.txt",
        "circuits.txt",
        "help.txt",
        "functions.txt",
    }
)
_OPTIONAL = frozenset({"circuits.txt", "help.txt", "functions.txt", "years.txt"})


class Bookshelf:
    """The books of one reading, each opened once; a book that draws from itself is a fault."""

    def __init__(self) -> None:
        self._books: dict[PackKey, Book] = {}
        self._busy: list[str] = []

    def book(self, record: Record, index: int = 0) -> Book:
        """The book that the record names; PackError at the field if there is none such."""
        text = record.field(index).split(" ")[0]
        try:
            key = PackKey.parse(text)
        except PackError as error:
            raise PackError(error.message, record.place(index)) from None
        if str(key) != text:
            raise record.fault(f"« {text} » ne dit pas quelle révision reprendre : écrivez {key}.", index)
        if key not in self._books:
            self._books[key] = Book(pack_texts(key), self, f"{key}/")
        return self._books[key]

    def enter(self, name: str, place: Place) -> None:
        """Begin what must not be begun again before it is done; PackError if it was."""
        if name in self._busy:
            raise PackError("Ces formulaires se reprennent en rond.", place)
        self._busy.append(name)

    def leave(self) -> None:
        """What was begun last is done."""
        self._busy.pop()


class Book:
    """The files of one pack; `label` stands before their names in places, empty for the pack itself."""

    def __init__(self, texts: Texts, shelf: Bookshelf, label: str = "") -> None:
        self.texts = texts
        self.shelf = shelf
        self.label = label

    def own(self, file: str) -> list[Record]:
        """The records of a file that this pack has itself; PackError if it is missing."""
        if file not in self.texts:
            raise PackError("Ce fichier du formulaire manque.", Place(self.label + file, 0, 0))
        return read_records(self.texts[file], self.label + file)

    @cached_property
    def base(self) -> Book | None:
        """The pack that this one takes over (`@reprend`)."""
        named = [record for record in self.own(HEADER) if record.word == "@reprend"]
        if not named:
            return None
        if len(named) > 1:
            raise named[1].fault("« @reprend » ne s’écrit qu’une fois.")
        self.shelf.enter(f"{self.label}{HEADER}", named[0].place())
        base = self.shelf.book(named[0])
        # Opened at once, so that a ring of packs is told where it closes.
        _ = base.base
        self.shelf.leave()
        return base

    def records(self, file: str) -> list[Record]:
        """The records of a file, the base's where this pack has none; empty if it may be missing."""
        if file in self.texts:
            return self.own(file)
        if file in INHERITED and self.base is not None:
            return self.base.records(file)
        return [] if file in _OPTIONAL else self.own(file)

    def has(self, file: str) -> bool:
        """Whether the pack has the file itself."""
        return file in self.texts

    @cached_property
    def parts(self) -> tuple[ExpandedPart, ...]:
        """The part files in order, the tabs that they include written out."""
        found: list[ExpandedPart] = []
        for file in sorted(self.texts):
            if file.startswith("part-") and file.endswith(".txt"):
                place = Place(self.label + file, 1, 1)
                self.shelf.enter(self.label + file, place)
                found.append(expand_part(self.own(file), self.label + file, self.shelf))
                self.shelf.leave()
        return tuple(found)

    def tabs(self) -> Iterator[tuple[str, list[Record]]]:
        """The code of each tab and its records, as they stand in this pack."""
        for part in self.parts:
            yield from part.tabs()

    def included(self) -> Iterator[Included]:
        """The tabs that come from other packs."""
        for part in self.parts:
            yield from part.included
