"""Work whose job was given up for good is asked for again: nothing waits for ever because of a long fault."""

from __future__ import annotations

from typing import Final

from models import fetch, transaction
from models.jobs import MAKE_MASS_EXPORT, MASS_MOVE, SEND_SUPPORT, defer_many

MOST_LEFT: Final = 100
# By job: the name of its argument, and what waits for it.
_LEFT: Final = {
    MASS_MOVE: ("mass", "mass_move w WHERE w.finished_at IS NULL"),
    MAKE_MASS_EXPORT: (
        "export",
        "(SELECT id, requested_at AS at FROM mass_export WHERE state IN ('waiting', 'running')) w WHERE true",
    ),
    SEND_SUPPORT: ("request", "support_request w WHERE w.mailed_at IS NULL AND w.refused_at IS NULL"),
}
_NO_JOB: Final = """
SELECT w.id FROM {} AND NOT EXISTS (SELECT FROM procrastinate_jobs j
  WHERE j.task_name = %s AND j.status IN ('todo', 'doing') AND j.args ->> %s = w.id::text)
ORDER BY w.at LIMIT %s
"""


async def ask_again() -> int:
    """Leave a job again for what waits and has none, the oldest first; how many there are."""
    count = 0
    for job, (argument, waiting) in _LEFT.items():
        async with transaction():
            found = await fetch(_NO_JOB.format(waiting), [job, argument, MOST_LEFT])
            await defer_many(job, [{argument: str(record["id"])} for record in found])
            count += len(found)
    return count
