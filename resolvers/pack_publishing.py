"""Publishing a revision: its number, its seal and the campaign that moves to it, all or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from models import Conflict, Invalid, Platform, Problem, execute, transaction
from resolvers import journal
from resolvers.events import Kind
from resolvers.pack_drafts import keep, one, read
from resolvers.pack_review import faults, forget, out_of_date
from resolvers.packs import collectors

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.pack_drafts import Upload
    from resolvers.pack_rows import DraftRow, Obstacle


async def publish(viewer: Viewer, draft_id: UUID) -> DraftRow:
    """Publish a draft: dossiers opened from now on follow it, those that exist keep their revision.

    Raises NotFound PACK_DRAFT_UNKNOWN, Conflict PACK_PUBLISHED_ALREADY or PACK_BASE_MOVED, Invalid
    PACK_UNREADABLE, PACK_TESTS_FAILED or PACK_BREAKING. Advice of the linter stops nothing.
    """
    async with transaction():
        return await _publish(await read(viewer, draft_id), viewer.user_id)


async def publish_files(sent: Upload) -> DraftRow:
    """Publish files at once, for whoever holds the database: the command line.

    `sent.platform` may be None where one platform alone collects the form.
    Raises Invalid as `upload` and `publish`, PLATFORM_UNKNOWN, PACK_PLATFORM_NEEDED.
    """
    async with transaction():
        return await _publish(await keep(sent, await _collector(sent), None), None)


async def _collector(sent: Upload) -> str:
    found = (await collectors()).get(sent.form, ()) if sent.platform is None else (sent.platform,)
    if len(found) != 1:
        raise Invalid(
            "PACK_PLATFORM_NEEDED",
            f"Le formulaire {sent.form} n’est pas collecté par une seule plateforme : dites pour laquelle.",
            path=("platform",),
        )
    if not await Platform.filter(code=found[0]).exists():
        raise Invalid(
            "PLATFORM_UNKNOWN",
            f"La plateforme « {found[0]} » n’existe pas : vérifiez son code.",
            path=("platform",),
        )
    return found[0]


async def _publish(row: DraftRow, publisher_id: UUID | None) -> DraftRow:
    # Read and tested before the turn is taken: others of the form wait for the writing alone. Afresh, for
    # what is published once is published for good.
    forget(row)
    for obstacle in await faults(row):
        raise problem_of(obstacle)
    await take_turn(row.form, row.year)
    row = await one(row.id, lock=True)
    stale = await out_of_date(row)
    if stale is not None:
        raise problem_of(stale)
    await settle(row, publisher_id)
    return await one(row.id)


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
    told = {"pack": f"{row.form}/{row.year}/{revision}", "user": publisher_id}
    await journal.record(None, Kind.PACK_PUBLISHED, row.platform, told)
    await execute(
        "UPDATE campaign SET pack = %s WHERE platform_id = %s AND form = %s AND year = %s",
        [f"{row.form}/{row.year}/{revision}", row.platform, row.form, row.year],
    )


def problem_of(obstacle: Obstacle) -> Problem:
    """The refusal that an obstacle makes."""
    kind = Conflict if obstacle.conflict else Invalid
    return kind(obstacle.code, obstacle.message, path=obstacle.path)
