"""Places that few may hold at once, and each subject fewer still: nobody can take them all."""

from __future__ import annotations

from collections import Counter
from threading import Condition


class Slots:
    """`most` places in all, `each` of them for one subject; a taker of no subject counts among all alone."""

    def __init__(self, most: int, each: int) -> None:
        self._most = most
        self._each = each
        self._held: Counter[str] = Counter()
        self._changed = Condition()

    def take(self, subject: str, patience: float) -> bool:
        """Whether a place was free within so many seconds; it is held until it is given back."""
        with self._changed:
            free = self._changed.wait_for(lambda: self._free(subject), patience)
            if free:
                self._held[subject] += 1
            return free

    def give(self, subject: str) -> None:
        """A place that was taken is free again."""
        with self._changed:
            self._held[subject] -= 1
            self._held += Counter()
            self._changed.notify_all()

    def _free(self, subject: str) -> bool:
        return self._held.total() < self._most and (not subject or self._held[subject] < self._each)
