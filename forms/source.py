"""Reading the text files of a pack: fields between bars, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms.errors import PackError, Place
from forms.french import typeset

SEPARATOR = "|"
# Ten times what any form needs; what reads a line may then look at it more than once.
MOST_CHARACTERS = 20_000
MOST_FIELDS = 100
# Control characters but tabs and line ends, and what else no XML carries.
_UNSHOWN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a pack (a formula, say) and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a pack file: its word (`@col`, or empty) and its fields."""

    file: str
    number: int
    text: str
    word: str
    fields: tuple[str, ...]

    def field(self, index: int) -> str:
        """The field, empty when the line is shorter."""
        return self.fields[index] if index < len(self.fields) else ""

    def words(self, index: int) -> str:
        """The field as print sets it: a label, a title, a sentence; never a code, formula or list value."""
        return typeset(self.field(index))

    def place(self, index: int = 0) -> Place:
        """Where the field starts; the end of the line when it has no such field."""
        start = 0
        for _ in range(index):
            bar = self.text.find(SEPARATOR, start)
            if bar < 0:
                return Place(self.file, self.number, len(self.text) + 1)
            start = bar + 1
        rest = self.text[start:]
        return Place(self.file, self.number, start + len(rest) - len(rest.lstrip()) + 1)

    def source(self, index: int) -> Source | None:
        """The field with its place, None when it is empty."""
        text = self.field(index)
        return Source(text, self.place(index)) if text else None

    def fault(self, message: str, index: int = 0) -> PackError:
        """An error at the field."""
        return PackError(message, self.place(index))


def read_records(text: str, file: str) -> list[Record]:
    """The lines of one file, without blank lines and `#` comments.

    PackError at a control character, and at a line beyond 20,000 characters or 100 fields.
    """
    found = _UNSHOWN.search(text)
    if found is not None:
        raise PackError(
            "Un caractère invisible, qu’aucun écran ni fichier ne montrerait, se trouve ici : retirez-le.",
            _place(text, found.start(), file),
        )
    for number, line in told_lines(text):
        if len(line) > MOST_CHARACTERS or line.count(SEPARATOR) >= MOST_FIELDS:
            raise PackError(
                f"Une ligne tient {MOST_CHARACTERS} caractères et {MOST_FIELDS} champs au plus : coupez-la.",
                Place(file, number, 1),
            )
    return [record_of(file, number, line) for number, line in told_lines(text)]


def told_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, and their numbers from 1: neither blank nor comments."""
    lines = enumerate(text.splitlines(), start=1)
    return ((number, line) for number, line in lines if line.strip() and line[0] != "#")


def _place(text: str, offset: int, file: str) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - start + 1)


def record_of(file: str, number: int, line: str) -> Record:
    """One line that is neither blank nor a comment."""
    parts = [part.strip() for part in line.split(SEPARATOR)]
    word = ""
    if parts[0].startswith("@"):
        word, _, parts[0] = parts[0].partition(" ")
        parts[0] = parts[0].strip()
    return Record(file, number, line, word, tuple(parts))
