"""What a file that is kept holds of the past, against what is closed of it to its reader today.

A convention, a consent, a line of rights, of last year or of an earlier step, may end while a file made under
it is still kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from forms import Step
from models import fetch
from resolvers import dossiers
from resolvers.opening import opens_at
from resolvers.past import closed_by
from resolvers.rows import ClosedPast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierContent, DossierRow


@dataclass(frozen=True, slots=True)
class KeptPast:
    """What of the past a file that was made does not hold.

    `year`: of last year's cells; `opens`: the steps crossed before the dossier came to this one.
    """

    year: ClosedPast = field(default_factory=ClosedPast)
    opens: int = 0


NONE_CROSSED: Final = max(Step) + 1
NOTHING: Final = KeptPast(ClosedPast(whole=True), NONE_CROSSED)
# Those that may have something of last year in them: a first year has none, and so none to close.
_HAVING = """
SELECT n.id FROM dossier n WHERE n.id = ANY(%s) AND (
  EXISTS (SELECT FROM dossier d WHERE d.organism_id = n.organism_id AND d.platform = n.platform
          AND d.form = n.form AND d.year = n.year - 1)
  OR EXISTS (SELECT FROM snapshot s WHERE s.dossier_id = n.id AND s.previous <> '{}'))
"""


def past_of(content: DossierContent) -> KeptPast:
    """What of the past a file made of this content does not hold: all of it where nothing was read."""
    found, dossier = content.verification, content.dossier
    told = any(
        value is not None
        for row in (() if found is None else found.anomalies)
        for _, value in row.anomaly.previous
    )
    opens = 0 if dossier.reader is None else opens_at(dossier.reader, dossier)
    return KeptPast(
        content.closed_past if content.previous or told else NOTHING.year,
        opens if content.crossings else NONE_CROSSED,
    )


def stored(past: KeptPast) -> dict[str, Any]:
    """The same as JSON keeps it."""
    return {"whole": past.year.whole, "cells": sorted(past.year.cells), "opens": int(past.opens)}


def read_past(kept: Mapping[str, Any] | None) -> KeptPast | None:
    """What was stored; None of a file made before it was."""
    if kept is None:
        return None
    year = ClosedPast(whole=kept["whole"], cells=frozenset(kept["cells"]))
    # Kept a week at most, what was made before its steps were noted is judged by the rest.
    return KeptPast(year, kept.get("opens", NONE_CROSSED))


async def past_shut(viewer: Viewer, made: Sequence[tuple[DossierRow, KeptPast | None]]) -> list[bool]:
    """Whether each file holds something of the past that the viewer may have no more, in the same order.

    `made`: its dossier as it is taken away today, and what was closed when it was made; where that is not
    known, it may hold anything of last year that is closed today. Two statements, however many files.
    """
    held = [(row, then or KeptPast(opens=NONE_CROSSED)) for row, then in made]
    asked = {row.id: row for row, then in held if not then.year.whole}
    today = await _closed_today(viewer, asked) if asked else {}
    return [
        opens_at(viewer, row) > then.opens or _more(today.get(row.id, ClosedPast()), then.year)
        for row, then in held
    ]


async def _closed_today(viewer: Viewer, asked: Mapping[UUID, DossierRow]) -> dict[UUID, ClosedPast]:
    """What of last year is closed to him; nothing of a dossier that has no last year."""
    before = await dossiers.last_year_taken(viewer, list(asked.values()))
    found = {one: closed_by(asked[one], row) for one, row in before.items()}
    lacking = [one for one in asked if one not in before]
    having = await fetch(_HAVING, [lacking]) if lacking else []
    return found | {record["id"]: NOTHING.year for record in having}


def _more(today: ClosedPast, then: ClosedPast) -> bool:
    return not then.whole and (today.whole or not today.cells <= then.cells)
