"""Dates as texts, `2024-12-31`: which are real, how they follow each other."""

from __future__ import annotations

import re
from datetime import date

from forms.values import Value

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_date(item: Value) -> date | None:
    """The day of the calendar that an ISO text names; None for any other text, number or blank."""
    match = _ISO.fullmatch(item) if isinstance(item, str) else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def whole_months(start: date, end: date) -> int:
    """The months gone by from one day to another, negative if the second comes first.

    A month has gone by when its day comes again: from 31 January to 28 February there is none.
    """
    if end < start:
        return -whole_months(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
