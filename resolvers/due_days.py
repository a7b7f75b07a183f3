"""The day by which somebody is asked to do something: today in Paris is the first that may be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz.clock import today
from models import Invalid

if TYPE_CHECKING:
    from datetime import date


def check_due(due_on: date | None) -> None:
    """Nothing, for today, a day to come or none. Raises Invalid DUE_DATE_PAST."""
    if due_on is not None and due_on < today().date:
        raise Invalid(
            "DUE_DATE_PAST",
            "L’échéance est passée\u00a0: choisissez aujourd’hui ou un jour à venir.",
            path=("dueOn",),
        )
