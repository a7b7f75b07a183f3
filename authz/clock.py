"""Which day it is where conventions begin and end."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as hour
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Calendar:
    """The legal day in metropolitan France: a convention ends at midnight there, wherever the server is.

    The day is kept until its midnight, because a decision takes less time than asking for the date.
    """

    def __init__(self) -> None:
        self._day = date.min
        self._since = self._until = 0.0

    def today(self) -> date:
        """The day of this instant; the same object until midnight."""
        if not self._since <= time.time() < self._until:
            self._day = datetime.now(PARIS).date()
            self._since = _midnight(self._day)
            self._until = _midnight(self._day + timedelta(days=1))
        return self._day


def _midnight(day: date) -> float:
    return datetime.combine(day, hour(), PARIS).timestamp()


CALENDAR = Calendar()
