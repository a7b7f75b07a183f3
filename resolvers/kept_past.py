"""What a file that is kept holds of last year, against what is closed of it to its reader today.

A convention, a consent, a line of rights of last year may end while a file made under it is still kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import fetch
from resolvers import dossiers
from resolvers.past import closed_by
from resolvers.rows import ClosedPast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierContent, DossierRow

NOTHING = ClosedPast(whole=True)
# Those that may have something of last year in them: a first year has none, and so none to close.
_HAVING = """
SELECT n.id FROM dossier n WHERE n.id = ANY(%s) AND (
  EXISTS (SELECT FROM dossier d WHERE d.organism_id = n.organism_id AND d.platform = n.platform
          AND d.form = n.form AND d.year = n.year - 1)
  OR EXISTS (SELECT FROM snapshot s WHERE s.dossier_id = n.id AND s.previous <> '{}'))
"""


def past_of(content: DossierContent) -> ClosedPast:
    """What of last year a file made of this content does not hold: all of it where nothing was read."""
    found = content.verification
    told = any(
        value is not None
        for row in (() if found is None else found.anomalies)
        for _, value in row.anomaly.previous
    )
    return content.closed_past if content.previous or told else NOTHING


def stored(past: ClosedPast) -> dict[str, Any]:
    """The same as JSON keeps it."""
    return {"whole": past.whole, "cells": sorted(past.cells)}


def read_past(kept: Mapping[str, Any] | None) -> ClosedPast | None:
    """What was stored; None of a file made before it was."""
    return None if kept is None else ClosedPast(whole=kept["whole"], cells=frozenset(kept["cells"]))


async def past_shut(viewer: Viewer, made: Sequence[tuple[DossierRow, ClosedPast | None]]) -> list[bool]:
    """Whether each file holds something of last year that the viewer may have no more, in the same order.

    `made`: its dossier as it is taken away today, and what was closed when it was made; where that is not
    known, it may hold anything that is closed today. Two statements, however many files.
    """
    asked = {row.id: row for row, then in made if then is None or not then.whole}
    if not asked:
        return [False] * len(made)
    today = await _closed_today(viewer, asked)
    return [_more(today.get(row.id, ClosedPast()), then or ClosedPast()) for row, then in made]


async def _closed_today(viewer: Viewer, asked: Mapping[UUID, DossierRow]) -> dict[UUID, ClosedPast]:
    """What of last year is closed to him; nothing of a dossier that has no last year."""
    before = await dossiers.last_year_taken(viewer, list(asked.values()))
    found = {one: closed_by(asked[one], row) for one, row in before.items()}
    lacking = [one for one in asked if one not in before]
    having = await fetch(_HAVING, [lacking]) if lacking else []
    return found | {record["id"]: NOTHING for record in having}


def _more(today: ClosedPast, then: ClosedPast) -> bool:
    return not then.whole and (today.whole or not today.cells <= then.cells)
