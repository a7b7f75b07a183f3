"""The rows of a dynamic tab as a CSV file that French spreadsheets open as it is."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from forms import format_value, is_text, split_key
from rendering.names import stem
from rendering.rows_format import BOM, KEY, SEPARATOR, guarded, heading

if TYPE_CHECKING:
    from forms import Column
    from resolvers.rows import DossierContent, DossierRow


def write_rows(content: DossierContent) -> bytes:
    """The CSV of the first tab of `content`: one line a row, its key first, computed columns included."""
    (values, *_) = content.tabs
    tab = content.pack.tabs[split_key(values.code)[0]]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow([KEY, *map(heading, tab.columns)])
    for row in values.rows:
        writer.writerow(
            [guarded(row.key), *(_shown(row.values.get(each.code), each) for each in tab.columns)]
        )
    return (BOM + written.getvalue()).encode()


def rows_name(dossier: DossierRow, tab: str) -> str:
    """`er_2024_732829320_f01.csv`."""
    return f"{stem(dossier)}_{tab.lower().replace('[', '_').replace(']', '')}.csv"


def _shown(value: str | None, column: Column) -> str:
    """A value as French spreadsheets read it: a comma for decimals, nothing between thousands."""
    if not value:
        return ""
    if not is_text(column.unit):
        return value.replace(".", ",")
    return guarded(format_value(value, column.unit))
