"""What is asked of dossiers that tell it by tabs: in SQL where all is told, else one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right
from authz.scope import NOTHING, Condition
from forms import Step
from models import Invalid, fetch, fetch_planned
from resolvers import dossiers
from resolvers.anomalies import readable
from resolvers.exchange_marks import presence
from resolvers.exchange_scope import SEEN
from resolvers.exchange_scope import UNREAD as IS_UNREAD
from resolvers.finding_sql import joined
from resolvers.finding_standing import both, inside, limited, negated, seen
from resolvers.reopening_requests import hears
from resolvers.rows import AnomalyRow
from resolvers.verification import restored

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierRow

    Tells = Callable[[Viewer, Sequence[DossierRow]], Awaitable[set[UUID]]]

# Dossiers that are looked at one by one; as many take about a second.
MOST = 5_000
_LAST = """d.id IN (SELECT v.dossier_id FROM verification v WHERE jsonb_array_length(v.anomalies) {more}
AND NOT EXISTS (SELECT FROM verification w WHERE w.dossier_id = v.dossier_id AND w.id > v.id))"""
_FAILING, _CHECKED = (Condition(_LAST.format(more=more), ()) for more in ("> 0", ">= 0"))
_UNREAD = f"""d.id IN (SELECT t.dossier_id FROM thread t CROSS JOIN LATERAL (
  SELECT t.dossier_id AS dossier, TRUE AS inside, NULL::text[] AS tabs, %s::uuid AS body, %s::uuid AS reader
) p
CROSS JOIN message m LEFT JOIN thread_reading r ON r.thread_id = t.id AND r.user_id = p.reader
WHERE {SEEN} AND m.published_at IS NOT NULL AND {IS_UNREAD})"""  # noqa: S608 - made of the constants of this room alone
_ANOMALIES = (
    "SELECT DISTINCT ON (dossier_id) dossier_id, anomalies FROM verification "
    "WHERE dossier_id = ANY(%s) ORDER BY dossier_id, id DESC"
)


async def anomalies(viewer: Viewer, narrowed: Condition, *, left: bool) -> Condition:
    """Anomalies left by the last verification, on tabs that are open to the viewer; or none there."""
    found = await _told(viewer, narrowed, _FAILING, _with_anomalies)
    return found if left else joined([_CHECKED, negated(found)])


async def unread(viewer: Viewer, narrowed: Condition, *, some: bool) -> Condition:
    """Published messages that he has not read; or exchanges that he may read, and nothing unread there."""
    known = seen(viewer, Right.EXCHANGE_READ)
    values = (viewer.organization_id, viewer.user_id)
    found = await _told(viewer, joined([narrowed, known]), Condition(_UNREAD, values), _with_unread)
    return joined([known, found if some else negated(found)])


async def handed(viewer: Viewer, narrowed: Condition, then: Condition) -> Condition:
    """Those in the organism's hands `then`, where few tabs are open of some dossiers."""
    return await _told(viewer, narrowed, then, _with_hand_backs)


async def _told(viewer: Viewer, narrowed: Condition, yes: Condition, tells: Tells) -> Condition:
    """Where `yes` is told: within his own by itself if nothing there is closed, else as `tells` finds."""
    whole = NOTHING if limited(viewer) else inside(viewer)
    asked = joined([narrowed, yes, negated(whole), seen(viewer, Right.READ)])
    query = f"SELECT d.id FROM dossier d WHERE {asked.sql} LIMIT %s"  # noqa: S608 - the values are apart
    ids = [record["id"] for record in await fetch_planned(query, [*asked.values, MOST + 1])]
    if len(ids) > MOST:
        raise Invalid(
            "CRITERIA_TOO_WIDE",
            "Ce critère se lit dossier par dossier, et trop de dossiers sont concernés\u00a0: ajoutez une"
            " année, un formulaire ou un organisme.",
            path=("criteria",),
        )
    rows = list((await dossiers.read_many(viewer, ids)).values()) if ids else []
    apart = list(await tells(viewer, rows)) if rows else []
    named = Condition("d.id = ANY(%s::uuid[])", (apart,))
    # Each alone is joined; either of them would be asked of every dossier.
    if not apart:
        return joined([yes, whole])
    return named if whole is NOTHING else both(joined([yes, whole]), named)


async def _with_anomalies(_: Viewer, rows: Sequence[DossierRow]) -> set[UUID]:
    by_id = {row.id: row for row in rows}
    return {
        record["dossier_id"]
        for record in await fetch(_ANOMALIES, [list(by_id)])
        if any(
            not readable(AnomalyRow(restored(one), None, by_id[record["dossier_id"]])).closed
            for one in record["anomalies"]
        )
    }


async def _with_unread(viewer: Viewer, rows: Sequence[DossierRow]) -> set[UUID]:
    found = await presence(viewer, rows)
    return {dossier for dossier, told in found.items() if told.unread}


async def _with_hand_backs(viewer: Viewer, rows: Sequence[DossierRow]) -> set[UUID]:
    return {row.id for row in rows if hears(viewer, row, Step.REVIEW)}
