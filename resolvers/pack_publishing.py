"""Publishing a revision: its number, its seal and the campaign that moves to it, all or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from models import Conflict, Invalid, Problem, execute, transaction
from resolvers.pack_drafts import read
from resolvers.pack_review import faults, out_of_date

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.pack_rows import DraftRow, Obstacle


async def publish(viewer: Viewer, draft_id: UUID) -> DraftRow:
    """Publish a draft: dossiers opened from now on follow it, those that exist keep their revision.

    Raises NotFound PACK_DRAFT_UNKNOWN, Conflict PACK_PUBLISHED_ALREADY or PACK_BASE_MOVED, Invalid
    PACK_UNREADABLE, PACK_TESTS_FAILED or PACK_BREAKING. Advice of the linter stops nothing.
    """
    async with transaction():
        # Read and tested before the turn is taken: others of the form wait for the writing alone.
        row = await read(viewer, draft_id)
        for obstacle in await faults(row):
            raise problem_of(obstacle)
        await take_turn(row.form, row.year)
        row = await read(viewer, draft_id, lock=True)
        stale = await out_of_date(row)
        if stale is not None:
            raise problem_of(stale)
        await settle(row, viewer.user_id)
        return await read(viewer, draft_id)


async def take_turn(form: str, year: int) -> None:
    """Of two publications of one form for one year at once, the second waits here, then finds the first."""
    await execute("SELECT pg_advisory_xact_lock(hashtext('pack'), hashtext(%s))", [f"{form}/{year}"])


async def settle(row: DraftRow, publisher_id: UUID | None) -> None:
    """Give a draft its number, and move the campaign of its platform to it."""
    revision = (row.base or 0) + 1
    await execute(
        "UPDATE pack_draft SET revision = %s, published_at = %s, publisher_id = %s WHERE id = %s",
        [revision, datetime.now(UTC), publisher_id, row.id],
    )
    await execute(
        "UPDATE campaign SET pack = %s WHERE platform_id = %s AND form = %s AND year = %s",
        [f"{row.form}/{row.year}/{revision}", row.platform, row.form, row.year],
    )


def problem_of(obstacle: Obstacle) -> Problem:
    """The refusal that an obstacle makes."""
    kind = Conflict if obstacle.conflict else Invalid
    return kind(obstacle.code, obstacle.message, path=obstacle.path)
