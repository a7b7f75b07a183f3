"""The requests to bring a dossier back to step 4, as they are kept and told (manual §8.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authz import Right, decide, holders, readable_tabs
from models import execute, fetch
from resolvers import journal, notifications
from resolvers.events import Kind
from resolvers.life_rows import ReopeningRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from authz import Viewer
    from forms import Step
    from resolvers.events import Told
    from resolvers.rows import DossierRow

_SELECT = """
SELECT r.*, g.name AS organization, a.first_name || ' ' || a.last_name AS asker,
       b.first_name || ' ' || b.last_name AS answerer
FROM reopening_request r JOIN organization g ON g.id = r.organization_id
JOIN user_account a ON a.id = r.asked_by_id LEFT JOIN user_account b ON b.id = r.answered_by_id
"""
_LATEST = """
WHERE r.dossier_id = ANY(%s) AND r.id IN (SELECT DISTINCT ON (dossier_id) id FROM reopening_request
  WHERE dossier_id = ANY(%s) ORDER BY dossier_id, asked_at DESC)
"""
_SETTLE = """
UPDATE reopening_request SET accepted = %s, answer = %s, answered_by_id = %s, answered_at = now()
WHERE id = %s AND answered_at IS NULL
"""


async def latest_many(viewer: Viewer, dossiers: Sequence[DossierRow]) -> dict[UUID, ReopeningRow]:
    """The last request of each of several dossiers that the viewer may hear of, by dossier."""
    by_id = {dossier.id: dossier for dossier in dossiers}
    records = await fetch(
        _SELECT + _LATEST,
        [list(by_id), list(by_id)],
    )
    rows = [_row(record) for record in records]
    return {row.dossier_id: row for row in rows if _hears_of(viewer, by_id[row.dossier_id], row)}


def hears(viewer: Viewer, dossier: DossierRow, step: Step | None = None) -> bool:
    """Whether the viewer may read what both sides write to one another beside the form.

    Both sides may; a partner only where he reads their exchange, and the whole dossier. `step`: where they
    wrote it, and which he must read so too.
    """
    if dossier.insider:
        return True
    targets = {dossier.target, dossier.target if step is None else dossier.target._replace(step=int(step))}
    return all(
        decide(viewer, Right.EXCHANGE_READ, target).allowed
        and readable_tabs(viewer, Right.READ, target) is None
        for target in targets
    )


def _hears_of(viewer: Viewer, dossier: DossierRow, request: ReopeningRow) -> bool:
    return request.organization_id == viewer.organization_id or hears(viewer, dossier)


async def request_of(request_id: UUID) -> ReopeningRow | None:
    """One request by its identifier, whoever asks; None when there is none."""
    records = await fetch(_SELECT + "WHERE r.id = %s", [request_id])
    return _row(records[0]) if records else None


async def open_request(dossier: DossierRow) -> ReopeningRow | None:
    """The request that waits for an answer; None when there is none."""
    records = await fetch(_SELECT + "WHERE r.dossier_id = %s AND r.answered_at IS NULL", [dossier.id])
    return _row(records[0]) if records else None


async def settle(
    viewer: Viewer, dossier: DossierRow, request: ReopeningRow, answer: str, *, accepted: bool
) -> None:
    """Keep the answer to a request of a dossier that the caller has locked."""
    await execute(_SETTLE, [accepted, answer, viewer.user_id, request.id])
    told = {"request": str(request.id), "accepted": accepted}
    await journal.record(viewer, Kind.REOPENING_ANSWERED, dossier, told)


async def tell_answer(
    viewer: Viewer, dossier: DossierRow, request: ReopeningRow, event: Told, step: Step
) -> None:
    """Tell the asker and every privileged contact, of those who may see the dossier at `step`."""
    target = dossier.target._replace(step=int(step))
    asker = holders(viewer.authority, Right.READ, target) & {request.asker_id}
    users = notifications.contacts(viewer.authority, dossier, step) | asker
    await notifications.tell(users, event, notifications.About(dossier.id))


def _row(record: dict[str, Any]) -> ReopeningRow:
    return ReopeningRow(
        id=record["id"],
        dossier_id=record["dossier_id"],
        organization_id=record["organization_id"],
        organization=record["organization"],
        asker_id=record["asked_by_id"],
        asked_by=record["asker"],
        asked_at=record["asked_at"],
        reason=record["reason"],
        accepted=record["accepted"],
        answered_by=record["answerer"],
        answered_at=record["answered_at"],
        answer=record["answer"],
    )
