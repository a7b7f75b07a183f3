"""What a convention becomes once suspended, resumed or ended: the same for the act and for its simulation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from authz.clock import today
from models import Conflict, Invalid
from resolvers.convention_changes import Change
from resolvers.convention_lines import DAY
from resolvers.convention_rows import ConventionState, Pause

if TYPE_CHECKING:
    from datetime import date

    from resolvers.convention_rows import ConventionRow


def suspended(row: ConventionRow, pause: Pause, reason: str = "") -> Change:
    """Closed on days to come, or until it is resumed.

    Raises Conflict CONVENTION_NOT_IN_FORCE, Invalid CONVENTION_DATES_REVERSED.
    """
    _require_published(row)
    require(
        today().date <= pause.since and (pause.until is None or pause.since <= pause.until),
        "CONVENTION_DATES_REVERSED",
        "Une suspension commence au plus tôt aujourd’hui et finit après : corrigez les dates.",
        "since",
    )
    return Change("suspended", row.content, pause, reason)


def resumed(row: ConventionRow) -> Change:
    """Open again today, or a suspension to come given up. Raises Invalid CONVENTION_NOT_SUSPENDED."""
    pause, yesterday = row.pause, today().date - DAY
    over = pause is None or (pause.until is not None and pause.until <= yesterday)
    require(not over, "CONVENTION_NOT_SUSPENDED", "Cette convention n’est pas suspendue.")
    begun = pause is not None and pause.since <= yesterday
    kept = replace(pause, until=yesterday) if pause is not None and begun else None
    return Change("resumed", row.content, kept)


def ended(row: ConventionRow, on: date, reason: str = "") -> Change:
    """`on` is its last day; yesterday ends it at once. Raises as `suspended`."""
    _require_published(row)
    earliest = max(row.content.since, today().date - DAY)
    require(
        earliest <= on <= row.content.until,
        "CONVENTION_DATES_REVERSED",
        "Une convention finit au plus tôt hier, au plus tard à la fin prévue : corrigez la date.",
        "on",
    )
    return Change("ended", replace(row.content, until=on), row.pause, reason)


def require(holds: bool, code: str, message: str, *path: str) -> None:  # noqa: FBT001 - an assertion
    """Raise Invalid unless it holds."""
    if not holds:
        raise Invalid(code, message, path=path)


def _require_published(row: ConventionRow) -> None:
    if row.draft or row.state(today().date) is ConventionState.ENDED:
        raise Conflict(
            "CONVENTION_NOT_IN_FORCE",
            "Cette convention est un projet, ou a pris fin : il n’y a rien à suspendre ni à terminer.",
        )
