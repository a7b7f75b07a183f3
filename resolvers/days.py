"""Days that somebody names, when they begin and when they end: from 1900 to 2999, far from where days end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from authz.clock import midnight
from models import Invalid

if TYPE_CHECKING:
    from datetime import datetime

FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2999, 12, 31)


def begins(day: date, name: str) -> datetime:
    """When a day begins in Paris; `name` is what it was given as. Raises Invalid DATE_INVALID."""
    check_day(day, name)
    return midnight(day)


def ends(day: date, name: str) -> datetime:
    """When the day after it begins. Raises Invalid DATE_INVALID."""
    check_day(day, name)
    return midnight(day + timedelta(days=1))


def read_day(text: object, *path: str) -> date:
    """The day of a text, AAAA-MM-JJ. Raises Invalid DATE_INVALID."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        raise _invalid(*path) from None
    check_day(day, *path)
    return day


def check_day(day: date, *path: str) -> None:
    """Nothing, for a day from 1900 to 2999. Raises Invalid DATE_INVALID."""
    if not FIRST <= day <= LAST:
        raise _invalid(*path)


def _invalid(*path: str) -> Invalid:
    return Invalid(
        "DATE_INVALID",
        "Donnez la date sous la forme AAAA-MM-JJ, par exemple 2025-06-30, entre 1900 et 2999.",
        path=path,
    )
