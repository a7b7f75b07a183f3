"""The rows of a part: tab, code, accounts, label, kind, formula, options, whatever the record."""

from __future__ import annotations

from collections.abc import Sequence

from forms.errors import PackError, Place
from forms.inclusion_options import read_changes
from forms.sheet_layout import PART
from forms.source import Record

_COLUMN = "@col"
_COMPUTED = frozenset({"C", "F"})
_WORD, _TAB, _CODE, _ACCOUNTS, _LABEL, _KIND, _FORMULA, _OPTIONS = range(len(PART))


def tab_of(record: Record) -> str:
    """The tab that the lines after this record belong to; empty if it begins none."""
    if record.word == "@inclure":
        return read_changes(record).code or record.field(0).partition(" ")[2]
    return record.field(0) if record.word == "@onglet" else ""


def part_row(record: Record, tab: str) -> list[str]:
    """A line or a column in its columns; any other record as its word and its fields in order."""
    if record.word and record.word != _COLUMN:
        return [record.word, *record.fields]
    code, *rest = record.fields
    accounts = "" if record.word else (rest.pop(0) if rest else "")
    label, kind = (rest.pop(0) if rest else "" for _ in range(2))
    formula = rest.pop(0) if kind in _COMPUTED and rest else ""
    return [record.word, tab, code, accounts, label, kind, formula, *rest]


def part_fields(cells: Sequence[str], tab: str, place: Place) -> list[str]:
    """The fields of the record that a row says, its word before the first one.

    PackError at a row of another tab than the one it stands in, and at what a record cannot say.
    """
    row = [*cells, *[""] * (_OPTIONS - len(cells))]
    word = row[_WORD]
    if word and word != _COLUMN:
        return [f"{word} {row[_TAB]}", *cells[_CODE:]]
    if row[_TAB] != tab:
        message = f"Cette ligne se dit de l’onglet « {row[_TAB]} », et non « {tab} » où elle se trouve."
        raise PackError(message, place.shifted(_TAB))
    if word and row[_ACCOUNTS]:
        raise PackError("Une colonne n’a pas de comptes.", place.shifted(_ACCOUNTS))
    computed = row[_KIND] in _COMPUTED
    if row[_FORMULA] and not computed:
        raise PackError("Seule une cellule C ou F a une formule.", place.shifted(_FORMULA))
    fields = [f"{word} {row[_CODE]}".strip()]
    if not word:
        fields.append(row[_ACCOUNTS])
    fields += [row[_LABEL], row[_KIND]]
    if computed:
        fields.append(row[_FORMULA])
    fields += row[_OPTIONS:]
    last = max(index for index, text in enumerate(fields, start=1) if text or index == 1)
    return fields[:last]
