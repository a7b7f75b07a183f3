"""What stands at the head of a list, whatever its file: its title, what was asked, how many, when."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz.clock import PARIS
from forms import format_count
from rendering.pages.words import NB, day_and_hour

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from resolvers.list_columns import ListColumn


@dataclass(frozen=True, slots=True)
class ListHead:
    """`name`: of the file, without its end; `what`: one and several of its rows; `asked`: sentences."""

    name: str
    title: str
    what: tuple[str, str]
    columns: tuple[ListColumn, ...]
    total: int
    at: datetime
    asked: tuple[str, ...] = ()

    @property
    def counted(self) -> str:
        """« 1 234 dossiers »."""
        return format_count(self.total) + NB + self.what[self.total > 1]

    @property
    def made(self) -> str:
        """« Liste du 22/11/2026 à 18 h 45 »."""
        return f"Liste du {day_and_hour(self.at)}"

    def file_name(self, suffix: str) -> str:
        """`harmonia_dossiers_20261122-1845.csv`."""
        return f"harmonia_{self.name}_{self.at.astimezone(PARIS):%Y%m%d-%H%M}.{suffix}"


def rows_of(lines: Iterable[bytes]) -> Iterator[list[str]]:
    """The rows of the database's CSV lines."""
    return csv.reader((line.decode() for line in lines), delimiter=";")
