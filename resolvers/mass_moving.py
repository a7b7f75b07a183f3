"""A mass move as the worker makes it: a dossier at a time, each once, as its requester of that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import structlog

from authz import viewer_of_user
from models import MassOutcome, Problem, execute, fetch, transaction
from resolvers import steps

if TYPE_CHECKING:
    from authz import Authority

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 3
# Another worker that has taken the job over leaves alone what the first one still holds.
_NEXT = """
SELECT i.id, i.dossier_id, i.position, i.attempts, m.move, m.reason, m.author_id
FROM mass_move_item i JOIN mass_move m ON m.id = i.mass_id
WHERE i.mass_id = %s AND i.outcome = 'waiting' ORDER BY i.position LIMIT 1 FOR UPDATE OF i SKIP LOCKED
"""
_ATTEMPTED = "UPDATE mass_move_item SET attempts = attempts + 1 WHERE id = %s"
_TOLD = """
UPDATE mass_move_item SET outcome = %s, code = %s, message = %s WHERE id = %s AND outcome = 'waiting'
"""
_FINISH = """
UPDATE mass_move SET finished_at = now() WHERE id = %s AND finished_at IS NULL
AND NOT EXISTS (SELECT 1 FROM mass_move_item WHERE mass_id = mass_move.id AND outcome = 'waiting')
"""


async def move_next(authority: Authority, mass_id: UUID) -> bool:
    """Move the next dossier that waits, or say why it does not move; False when none is left to this worker.

    The move and its line of the report are one transaction: a worker killed at any point has done both or
    neither. A dossier that killed its worker three times is not tried again. What is raised here (the
    database is away) leaves the dossier waiting.
    """
    await authority.refresh()
    async with transaction():
        found = await fetch(_NEXT, [mass_id])
        if found:
            await execute(_ATTEMPTED, [found[0]["id"]])
    if not found:
        return False
    item = found[0]
    if item["attempts"] >= MOST_ATTEMPTS:
        await _refuse(
            item,
            "JOB_ABANDONED",
            "Ce dossier a interrompu trois fois le travail : passez-le seul, depuis son écran.",
        )
        return True
    try:
        await _move(authority, mass_id, item)
    except Problem as problem:
        await _refuse(item, problem.code, problem.message)
    except Exception:
        reference = uuid4().hex[:12]
        log.exception("mass_move_crashed", mass=str(mass_id), item=item["id"], reference=reference)
        await _refuse(
            item,
            "MOVE_CRASHED",
            f"Ce dossier n’a pas pu passer à cause d’une erreur de notre côté (référence {reference}) : "
            "passez-le seul, et donnez cette référence à l’assistance si cela se reproduit.",
        )
    return True


async def finish(mass_id: UUID) -> None:
    """The report is whole, unless a dossier still waits."""
    await execute(_FINISH, [mass_id])


async def _move(authority: Authority, mass_id: UUID, item: dict[str, Any]) -> None:
    async with transaction():
        waiting = await fetch(
            "SELECT 1 FROM mass_move_item WHERE id = %s AND outcome = 'waiting' FOR UPDATE", [item["id"]]
        )
        if not waiting:
            return
        requester = await viewer_of_user(authority, item["author_id"])
        key = f"{mass_id}/{item['position']}"
        await steps.advance(requester, item["dossier_id"], item["move"], item["reason"] or None, key)
        await execute(_TOLD, [MassOutcome.MOVED.value, "", "", item["id"]])


async def _refuse(item: dict[str, Any], code: str, message: str) -> None:
    await execute(_TOLD, [MassOutcome.REFUSED.value, code, message[:500], item["id"]])
