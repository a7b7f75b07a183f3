"""A file of dossiers to put into a work list: the lists' own CSV, or SIREN and codes, one a line.

What is read is a plain list of lines, each of which names an organism or is unreadable; what is not a text,
or is larger than a list may be, is refused whole.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models import Invalid
from resolvers.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_BYTES: Final = 8_000_000
MOST_LINES: Final = 20_000
LONGEST_SHOWN: Final = 60
SEPARATORS: Final = (";", "\t", ",")
_SIREN: Final = re.compile(r"[0-9]{9}")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}")
_FORM: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")
_YEAR: Final = re.compile(r"[0-9]{4}")
_HEADS: Final = {
    "siren": ("siren", "n° siren", "no siren", "numero siren"),
    "code": ("code", "code organisme"),
    "form": ("formulaire", "type de formulaire", "form"),
    "year": ("annee", "annee des comptes", "millesime", "exercice", "year"),
}


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line that is not blank: its number from 1, its text as it is shown, and what it names.

    `siren` and `code`: at most one of them is there; neither is in an unreadable line.
    """

    number: int
    text: str
    siren: str = ""
    code: str = ""
    form: str = ""
    year: int | None = None


def read_file(content: bytes) -> list[FileLine]:
    """The lines of a file, at least one.

    Raises Invalid CSV_TOO_LARGE, CSV_ENCODING, CSV_MALFORMED, CSV_EMPTY.
    """
    if len(content) > MOST_BYTES:
        raise _too_large()
    rows = _rows(_decoded(content))
    first = next(rows, None)
    if first is None:
        raise _refused("CSV_EMPTY", "Ce fichier est vide\u00a0: écrivez un SIREN ou un code par ligne.")
    columns = _columns(first[1])
    lines = [] if columns else [_line(*first, {})]
    lines.extend(_line(number, cells, columns) for number, cells in rows)
    if len(lines) > MOST_LINES:
        raise _too_large()
    if not lines:
        raise _refused("CSV_EMPTY", "Ce fichier n’a pas d’autre ligne que son en-tête\u00a0: complétez-le.")
    return lines


def _decoded(content: bytes) -> str:
    """UTF-8 with its mark or without, UTF-16 with its mark, Windows-1252. Raises Invalid CSV_ENCODING."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(char >= " " or char in "\t\r\n" for char in text):
            return text
    raise _refused(
        "CSV_ENCODING",
        "Ce fichier n’est pas un texte que l’on sache lire\u00a0: enregistrez-le au format"
        " «\u00a0CSV UTF-8\u00a0».",
    )


def _encodings(content: bytes) -> tuple[str, ...]:
    """What the file may be; one that says what it is is nothing else."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig",) if content.startswith(codecs.BOM_UTF8) else ("utf-8", "cp1252")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, with their numbers, as many as a list has and a head.

    Raises Invalid CSV_TOO_LARGE, CSV_MALFORMED.
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if reader.line_num > MOST_LINES + 1:
                raise _too_large()
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        line = reader.line_num
        raise _refused(
            "CSV_MALFORMED", f"Ligne {line}, un guillemet n’est pas fermé ou mal placé\u00a0: corrigez-la."
        ) from None


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each thing stands, when the line is a head: one that names the SIREN or the code."""
    folded = [fold(cell) for cell in cells]
    found = {
        name: place
        for name, heads in _HEADS.items()
        for place in [next((at for at, cell in enumerate(folded) if cell in heads), None)]
        if place is not None
    }
    return found if {"siren", "code"} & found.keys() else {}


def _line(number: int, cells: Sequence[str], columns: dict[str, int]) -> FileLine:
    shown = " ".join(cell.strip() for cell in cells if cell.strip())
    shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
    bare = FileLine(number, shown)
    if not columns:
        return _named(bare, next(cell for cell in cells if cell.strip()), "", "")

    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    return _named(bare, cell("siren") if cell("siren").strip() else cell("code"), cell("form"), cell("year"))


def _named(line: FileLine, organism: str, form: str, year: str) -> FileLine:
    """The line with what its cells name, or as it is where one of them says nothing that can be."""
    organism, form, year = ("".join(text.split()) for text in (organism, form, year))
    if (form and not _FORM.fullmatch(form)) or (year and not _YEAR.fullmatch(year)):
        return line
    siren = organism if _SIREN.fullmatch(organism) else ""
    code = organism if not siren and _CODE.fullmatch(organism) else ""
    if not siren and not code:
        return line
    return FileLine(line.number, line.text, siren, code, form.upper(), int(year) if year else None)


def _too_large() -> Invalid:
    return _refused(
        "CSV_TOO_LARGE",
        "Ce fichier dépasse 8\u00a0Mo ou 20\u202f000 lignes\u00a0: importez-le en plusieurs fois.",
    )


def _refused(code: str, message: str) -> Invalid:
    return Invalid(code, message, path=("file",))
