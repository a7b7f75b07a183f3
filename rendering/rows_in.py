"""A CSV of the rows of a dynamic tab, read strictly: what is doubtful is refused with its line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from forms import Kind, Nature, is_text
from models import Invalid
from rendering.english import is_english
from rendering.rows_format import KEY, SEPARATOR, code_of, unguarded
from resolvers.loaded import FileOrigin, LoadedFile, LoadedRow
from resolvers.tabs import check_tabs

if TYPE_CHECKING:
    from forms import Column, Tab
    from resolvers.rows import DossierRow

MOST_BYTES: Final = 10_000_000
MOST_ROWS: Final = 50_000
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


def read_rows(data: bytes, dossier: DossierRow, tab: str) -> LoadedFile:
    """The rows of a file for a dynamic tab, which they replace.

    Raises NotFound TAB_UNKNOWN, Invalid: TAB_NOT_DYNAMIC, CSV_TOO_LARGE, CSV_ENCODING, CSV_MALFORMED,
    CSV_SEPARATOR, CSV_COLUMNS, CSV_ROW_LENGTH, CSV_KEY, CSV_NUMBER_ENGLISH; with the line and, where it
    is one column's, its code.
    """
    known = dynamic_tab(dossier, tab)
    rows = tuple(_Reader(known, tab).rows(_decoded(data)))
    return LoadedFile(
        form=dossier.form,
        year=dossier.year,
        siren=dossier.organism.siren,
        pack=dossier.pack,
        cells=(),
        rows=rows,
        origin=FileOrigin.CSV,
        replaced=frozenset({tab}),
    )


def dynamic_tab(dossier: DossierRow, code: str) -> Tab:
    """A tab that has rows. Raises NotFound TAB_UNKNOWN, Invalid TAB_NOT_DYNAMIC."""
    check_tabs(dossier, [code])
    known = dossier.definition.tab(code)
    if known is None or known.nature is not Nature.DYNAMIC:
        raise Invalid(
            "TAB_NOT_DYNAMIC",
            f"L’onglet {code} n’a pas de rangs\u00a0: choisissez un onglet dynamique.",
            path=("tab",),
        )
    return known


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _invalid("CSV_TOO_LARGE", f"Ce fichier dépasse {MOST_BYTES // 1_000_000}\u00a0Mo.")
    advice = "enregistrez-le au format «\u00a0CSV UTF-8\u00a0»"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _invalid(
            "CSV_ENCODING", f"Ligne {line}, un caractère n’est pas en UTF-8\u00a0: {advice}.", line=line
        ) from None
    if "\0" in text:
        raise _invalid("CSV_ENCODING", f"Ce fichier n’est pas en UTF-8\u00a0: {advice}.", line=1)
    return text


class _Reader:
    """Reads the lines of one file for one tab."""

    def __init__(self, tab: Tab, name: str) -> None:
        self.tab = tab
        self.name = name
        self.columns: list[Column] = []
        self.seen: set[str] = set()

    def rows(self, text: str) -> Iterator[LoadedRow]:
        """The rows, each with the line where it ends; those without a key are given a free one."""
        lines = self._lines(text)
        self._read_head(next(lines, (1, []))[1])
        read = [(line, fields) for line, fields in lines if any(field.strip() for field in fields)]
        if len(read) > MOST_ROWS:
            raise _invalid("CSV_TOO_LARGE", f"Ce fichier a plus de {MOST_ROWS // 1000}\u202f000 rangs.")
        taken = {unguarded(fields[0].strip()) for _, fields in read}
        free = (key for number in range(1, 2 * MOST_ROWS) if (key := f"{number:04d}") not in taken)
        for line, fields in read:
            yield self._row(line, fields, free)

    @staticmethod
    def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True)
        try:
            for fields in reader:
                yield reader.line_num, fields
        except csv.Error:
            line = reader.line_num
            raise _invalid(
                "CSV_MALFORMED", f"Ligne {line}, un guillemet n’est pas fermé ou mal placé.", line=line
            ) from None

    def _read_head(self, heads: list[str]) -> None:
        if len(heads) < 2 and ("," in "".join(heads) or "\t" in "".join(heads)):  # noqa: PLR2004 - one head: nothing was separated
            raise _invalid(
                "CSV_SEPARATOR", "Les colonnes doivent être séparées par des points-virgules.", line=1
            )
        codes = [code_of(head) for head in heads]
        known = {column.code: column for column in self.tab.columns}
        if not codes or codes[0] != KEY:
            raise _invalid("CSV_COLUMNS", f"La première colonne doit être «\u00a0{KEY}\u00a0».", line=1)
        for number, code in enumerate(codes[1:], 2):
            if code not in known or code in codes[1 : number - 1]:
                raise _invalid(
                    "CSV_COLUMNS",
                    f"La colonne n°\u00a0{number}, «\u00a0{heads[number - 1][:40]}\u00a0», n’est pas de"
                    f" l’onglet {self.tab.code} ou y figure deux fois\u00a0: repartez du fichier exporté.",
                    line=1,
                    column=code[:40],
                )
        for column in self.tab.columns:
            if column.code not in codes and column.kind is not Kind.COMPUTED:
                raise _invalid(
                    "CSV_COLUMNS",
                    f"La colonne {column.code} ({column.label}) manque\u00a0: repartez du fichier exporté.",
                    line=1,
                    column=column.code,
                )
        self.columns = [known[code] for code in codes[1:]]

    def _row(self, line: int, fields: list[str], free: Iterator[str]) -> LoadedRow:
        if len(fields) != len(self.columns) + 1:
            raise _invalid(
                "CSV_ROW_LENGTH",
                f"Ligne {line}, {len(fields)} valeurs pour {len(self.columns) + 1} colonnes\u00a0:"
                " vérifiez les points-virgules, et les guillemets autour des textes qui en contiennent.",
                line=line,
            )
        key = unguarded(fields[0].strip()) or next(free)
        if not _KEY.fullmatch(key) or key in self.seen:
            raise _invalid(
                "CSV_KEY",
                f"Ligne {line}, la clé «\u00a0{key[:40]}\u00a0» figure deux fois ou n’est pas faite de"
                " lettres et de chiffres\u00a0: videz-la, une clé sera donnée au rang.",
                line=line,
                column=KEY,
            )
        self.seen.add(key)
        pairs = zip(self.columns, fields[1:], strict=True)
        values = {column.code: self._value(line, column, field.strip()) for column, field in pairs}
        return LoadedRow(line, self.name, key, {code: value for code, value in values.items() if value})

    def _value(self, line: int, column: Column, text: str) -> str:
        if is_text(column.unit):
            return unguarded(text)
        if is_english(text):
            raise _invalid(
                "CSV_NUMBER_ENGLISH",
                f"Ligne {line}, colonne {column.code} ({column.label})\u00a0: «\u00a0{text[:40]}\u00a0»"
                " est écrit à l’anglaise, ce fichier se lit à la française\u00a0: écrivez 1\u202f234,56.",
                line=line,
                column=column.code,
            )
        if column.kind is Kind.COMPUTED:
            # Compared with ours, which is written with a point.
            return "".join(text.split()).replace(",", ".")
        return text


def _invalid(code: str, message: str, **details: Any) -> Invalid:  # noqa: ANN401 - what the details of a Problem hold
    return Invalid(code, message, path=("csv",), details=details)
