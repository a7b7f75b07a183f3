"""The compiled tables, handed on from one version of the policy to the next where nothing bears on them."""

from __future__ import annotations

from datetime import date
from time import time
from typing import TYPE_CHECKING

from authz.clock import Day, today
from authz.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz.buckets import Eras
    from authz.policy import Policy

NEVER = Day(date.min, 0.0, 0.0)


class Shelf:
    """`policy`: the one that the tables answer for. Handed on to the next version whole, in one step."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._tables: dict[str, dict[str, Table]] = {}
        # What is asked most is asked about today: those tables are found without a look at the dates.
        self._of_today: dict[str, Table] = {}
        self._day = NEVER

    def hand_over(self, policy: Policy, without: Iterable[str], behind: Shelf) -> None:
        """Answer for a newer policy from now on; the tables of these subjects stay with the older one.

        Whoever still holds one of those is answered by one version, to the end.
        """
        for subject in without:
            self._of_today.pop(subject, None)
            for table in self._tables.pop(subject, {}).values():
                table.stay(behind)
        if policy.eras is not self.policy.eras:
            self._cut(policy.eras, behind)
        self.policy = policy

    def _cut(self, eras: Eras, behind: Shelf) -> None:
        """A span of days that is no longer told apart would never be asked for again."""
        for subject, tables in self._tables.items():
            for era in [era for era in tables if era not in eras]:
                table = tables.pop(era)
                table.stay(behind)
                if self._of_today.get(subject) is table:
                    del self._of_today[subject]

    def of_today(self, subject: str) -> Table:
        """The table of a subject today in Paris, whenever that is."""
        if not self._day.since <= time() < self._day.until:
            self._day = today()
            self._of_today = {}
        table = self._of_today.get(subject)
        if table is None:
            table = self.on(subject, self._day.date)
            if table.actors:
                self._of_today[subject] = table
        return table

    @property
    def day(self) -> Day:
        """The day that `of_today` last answered for."""
        return self._day

    def on(self, subject: str, day: date) -> Table:
        """The table of a subject on a day; one that nobody knows leaves nothing behind."""
        era = self.policy.eras.of(day)
        table = self._tables.get(subject, {}).get(era)
        if table is None:
            table = Table(self, subject, era)
            if table.actors:
                self._tables.setdefault(subject, {})[era] = table
        return table

    def __len__(self) -> int:
        return sum(map(len, self._tables.values())) + len(self._of_today)
