"""Which day it is where conventions begin and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
    day = day_of(datetime.now(UTC))
    return Day(day, midnight(day).timestamp(), midnight(day + timedelta(days=1)).timestamp())


def day_of(moment: datetime) -> date:
    """The legal day of a moment."""
    return moment.astimezone(PARIS).date()


def midnight(day: date) -> datetime:
    """When a legal day begins, in UTC."""
    return datetime.combine(day, time(), PARIS).astimezone(UTC)
