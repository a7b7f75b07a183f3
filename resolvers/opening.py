"""From when a reader may know of a dossier's past: since it, or a tab of it, is open to him without a gap."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from authz import Right, decide
from models import fetch
from resolvers.exchange_scope import narrowed

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.rows import DossierRow

# Over lines `c` of a dossier's past (`dossier_id`, `at`) and `o.opens`, what `opens_at` answers.
SINCE_OPEN: Final = """(o.opens = 0 OR c.at >= (SELECT max(x.at) FROM crossing x
  WHERE x.dossier_id = c.dossier_id AND x.source < o.opens AND x.target >= o.opens))"""
# The transaction that opened the dossier to the viewer: what it wrote besides has its beginning's moment.
_OPENED = """
SELECT least(x.at, min(e.at)) AS at FROM crossing x
LEFT JOIN event e ON e.dossier_id = x.dossier_id AND e.kind = 'step_crossed'
  AND e.details ->> 'passage' = x.passage::text
WHERE x.dossier_id = %s AND x.source < %s AND x.target >= %s GROUP BY x.id, x.at ORDER BY x.at DESC LIMIT 1
"""
ALWAYS: Final = datetime.fromisoformat("0001-01-02T00:00:00Z")


def reads_at(viewer: Viewer, dossier: DossierRow, step: int, place: str | None = None) -> bool:
    """Whether the viewer may read the dossier at a step; `place`: and there this tab, cell or row too."""
    if not decide(viewer, Right.READ, dossier.target._replace(step=step)).allowed:
        return False
    return place is None or not narrowed(viewer, dossier, Right.READ, step).withholds(place)


def opens_at(viewer: Viewer, dossier: DossierRow, place: str | None = None) -> int:
    """The first of the steps, up to the current one, through which the viewer may read without a gap.

    `place`: the tab, cell or row whose past is asked: a tab may open to him later than the dossier does.
    """
    step = int(dossier.step)
    while step > 0 and reads_at(viewer, dossier, step - 1, place):
        step -= 1
    return step


async def opened(viewer: Viewer, dossier: DossierRow) -> datetime | None:
    """From when the viewer may know; None: from no moment that is known."""
    opens = opens_at(viewer, dossier)
    if opens == 0:
        return ALWAYS
    records = await fetch(_OPENED, [dossier.id, opens, opens])
    return records[0]["at"] if records else None
