"""The policy as a CSV file in Casbin's standard form, `p, partner:CDC, MIN, …`, both ways.

A field is quoted (RFC 4180) where it must be; the space after each comma is Casbin's own, and keeps a
spreadsheet from taking a field for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from authz.lines import FIELDS, Line
from models import Invalid

# A hundred thousand rules take 11 to 13 MB; the body of a request (15 MB) must hold them in JSON.
MOST_BYTES = 14_000_000
MOST_LINES = 200_000
# No field of a rule is longer: the reference may have 300 characters.
LONGEST_FIELD = 4_000

# Derived from the organisms, the accounts and the consents: written for whoever loads the file in Casbin.
RELATIONS = {"g2": 2, "g3": 2, "g4": 3}
_QUOTED = frozenset(',"\r\n')


@dataclass(frozen=True, slots=True)
class CsvFault:
    """`line`: from 1, as an editor shows it; `field`: the model's name, or empty for the whole line."""

    line: int
    field: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A rule, or a link of a derived relation, and the line of the file that it stands on."""

    number: int
    line: Line


def write_lines(lines: Iterable[Line]) -> Iterator[str]:
    """One text a line, ended by a line feed."""
    for line in lines:
        yield ", ".join(_field(value) for value in (line.ptype, *line.values)) + "\n"


def read_lines(text: str) -> tuple[list[NumberedLine], list[CsvFault]]:
    """The lines of a file whose shape is right, and the faults of the others; nothing more is known of them.

    Raises Invalid POLICY_CSV_TOO_LARGE.
    """
    if len(text) > MOST_BYTES or len(text.encode()) > MOST_BYTES:
        raise _too_large("14 Mo")
    found: list[NumberedLine] = []
    faults: list[CsvFault] = []
    for number, fields, broken in _records(text):
        if number > MOST_LINES:
            raise _too_large("200 000 lignes")
        fault = broken or _shape(number, fields)
        if fault is not None:
            faults.append(fault)
        elif fields:
            found.append(NumberedLine(number, Line(fields[0], tuple(fields[1:]))))
    return found, faults


def _records(text: str) -> Iterator[tuple[int, list[str], CsvFault | None]]:
    """The fields of each line; a rule stands on one line, so a quote never closed spoils its own only."""
    for number, line in enumerate(io.StringIO(text.removeprefix("\ufeff"), newline=None), start=1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        try:
            (fields,) = csv.reader([content], skipinitialspace=True, strict=True)
        except csv.Error:
            yield number, [], _quotes(number)
            continue
        yield number, [field.strip() for field in fields], None


def _shape(number: int, fields: list[str]) -> CsvFault | None:
    ptype, values = fields[0], fields[1:]
    expected = len(FIELDS[ptype]) if ptype in FIELDS else RELATIONS.get(ptype)
    if expected is None:
        return CsvFault(
            number,
            "ptype",
            "CSV_PTYPE_UNKNOWN",
            f"« {ptype[:40]} » n’est pas un type de ligne : p, p2, p3 ou g.",
        )
    if len(values) < expected:
        missing = FIELDS[ptype][len(values)] if ptype in FIELDS else ""
        sentence = f"Il manque une colonne : une ligne {ptype} a {expected} champs, celle-ci {len(values)}."
        return CsvFault(number, missing, "CSV_COLUMN_MISSING", sentence)
    if len(values) > expected:
        sentence = (
            f"Il y a une colonne de trop : une ligne {ptype} a {expected} champs, celle-ci {len(values)} ; "
            "un champ qui contient une virgule s’écrit entre guillemets."
        )
        return CsvFault(number, "", "CSV_COLUMN_EXTRA", sentence)
    if any(len(value) > LONGEST_FIELD for value in values):
        return CsvFault(
            number, "", "CSV_FIELD_TOO_LONG", "Un champ de cette ligne est trop long : raccourcissez-le."
        )
    return None


def _quotes(number: int) -> CsvFault:
    return CsvFault(
        number,
        "",
        "CSV_QUOTES",
        "Les guillemets de cette ligne ne se ferment pas : un guillemet dans un champ s’écrit deux fois.",
    )


def _too_large(bound: str) -> Invalid:
    return Invalid(
        "POLICY_CSV_TOO_LARGE", f"Ce fichier dépasse {bound} : envoyez-le en plusieurs fois.", path=("csv",)
    )


def _field(value: str) -> str:
    if value and not (_QUOTED & set(value)) and value == value.strip() and not value.startswith("#"):
        return value
    return '"' + value.replace('"', '""') + '"'
