"""Which day it is where conventions begin and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and its two midnights, in seconds of the epoch: the second is no longer of the day."""

    date: date
    since: float
    until: float


def today() -> Day:
    """The legal day in metropolitan France: a convention ends at midnight there, wherever the server is."""
    day = datetime.now(PARIS).date()
    return Day(day, _midnight(day), _midnight(day + timedelta(days=1)))


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), PARIS).timestamp()
