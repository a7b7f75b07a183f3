"""Supervision mode: the screens that a user agrees to show to a platform's hotline, for one session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from authz import Right, decide_on_platform
from authz.boxes import platforms_held
from models import Invalid, NotFound, SupervisionScreen, SupervisionTrail, fetch, transaction
from resolvers import journal
from resolvers.events import Kind
from resolvers.paging import Paged, check_first, decode_moment, encode, paged
from resolvers.person import person_of
from resolvers.sessions import session_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer

LONGEST_PLACE = 200
# A screen noted more often than that by one session is a script's.
MOST_SCREENS = 2_000
# Over when he says so, when he signs out, or when his session has run out without a word.
_OVER = """coalesce(t.ended_at, CASE WHEN s.id IS NULL OR s.expires_at <= now() THEN
    coalesce((SELECT max(x.at) FROM supervision_screen x WHERE x.trail_id = t.id), t.started_at) END)"""
_SELECT = f"""
SELECT t.id, t.user_id, t.platform, p.name AS platform_name, t.started_at, {_OVER} AS ended_at,
       u.first_name || ' ' || u.last_name AS name, g.name AS organization,
       (SELECT count(*) FROM supervision_screen x WHERE x.trail_id = t.id) AS screens
FROM supervision_trail t JOIN platform p ON p.code = t.platform JOIN user_account u ON u.id = t.user_id
JOIN organization g ON g.id = u.organization_id LEFT JOIN session s ON s.id = t.session
"""  # noqa: S608 - the text above
_SCREENS = """
SELECT t.id AS trail, x.at, x.path, x.title FROM unnest(%s::uuid[]) AS t(id) CROSS JOIN LATERAL (
  SELECT * FROM supervision_screen WHERE trail_id = t.id ORDER BY id LIMIT %s) x ORDER BY t.id, x.id
"""
# Of two windows that begin at once, the second goes on with what the first began.
_BEGIN = """
INSERT INTO supervision_trail (id, user_id, session, platform, started_at) VALUES (%s, %s, %s, %s, now())
ON CONFLICT (session) WHERE ended_at IS NULL DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One trail; `ended_at` is None while it grows, `screens` how many it holds."""

    id: UUID
    user_id: UUID
    platform: str
    platform_name: str
    started_at: datetime
    ended_at: datetime | None
    name: str
    organization: str
    screens: int


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """One screen that was shown."""

    at: datetime
    path: str
    title: str


def hotlines(viewer: Viewer) -> frozenset[str]:
    """The platforms whose hotline the viewer may show his screens to: those where he may read something."""
    return platforms_held(viewer.authority.policy, viewer.subject, Right.READ)


def answers_for(viewer: Viewer) -> frozenset[str]:
    """The platforms whose hotline the viewer is of."""
    if viewer.user_id is None:
        return frozenset()
    platforms = viewer.authority.policy.platforms
    return frozenset(
        code for code in platforms if decide_on_platform(viewer, Right.CAMPAIGN_MANAGE, code).allowed
    )


async def current(viewer: Viewer, token: str | None) -> TrailRow | None:
    """The trail that this session is laying; None when it is off."""
    if token is None or viewer.user_id is None:
        return None
    where = "WHERE t.session = %s AND t.user_id = %s AND t.ended_at IS NULL"
    found = _rows(await fetch(_SELECT + where, [session_key(token), viewer.user_id]))
    return found[0] if found else None


async def switch_on(viewer: Viewer, token: str | None, platform: str) -> TrailRow | None:
    """Begin to show one's screens to a platform's hotline; what was begun for it already goes on.

    Raises Invalid PERSON_REQUIRED, SESSION_REQUIRED, PLATFORM_UNKNOWN.
    """
    user_id = person_of(viewer)
    if token is None:
        raise Invalid(
            "SESSION_REQUIRED",
            "Le mode supervision suit une session de navigateur\u00a0: connectez-vous par l’application.",
        )
    if platform not in hotlines(viewer):
        raise Invalid(
            "PLATFORM_UNKNOWN",
            "Cette plateforme n’est pas des vôtres\u00a0: choisissez-en une de la liste.",
            path=("platform",),
        )
    async with transaction():
        before = await current(viewer, token)
        if before is None or before.platform != platform:
            # That one alone: what another window has begun since then goes on.
            await _end(viewer, before)
            for made in await fetch(_BEGIN, [uuid4(), user_id, session_key(token), platform]):
                told = {"trail": made["id"], "on": True}
                await journal.record(viewer, Kind.SUPERVISION_SWITCHED, platform, told)
        return await current(viewer, token)


async def switch_off(viewer: Viewer, token: str | None) -> None:
    """Show nothing more; nothing happens where nothing was shown."""
    async with transaction():
        await _end(viewer, await current(viewer, token))


async def _end(viewer: Viewer, trail: TrailRow | None) -> None:
    if trail is not None:
        await SupervisionTrail.filter(id=trail.id, ended_at=None).update(ended_at=datetime.now(UTC))
        told = {"trail": trail.id, "on": False}
        await journal.record(viewer, Kind.SUPERVISION_SWITCHED, trail.platform, told)


async def note_screen(viewer: Viewer, token: str | None, path: str, title: str) -> bool:
    """Add a screen to the session's trail, without its query or fragment; False when it is off or full."""
    trail = await current(viewer, token)
    if trail is None or trail.screens >= MOST_SCREENS:
        return False
    place = path.partition("?")[0].partition("#")[0][:LONGEST_PLACE]
    told = _plain(title)[:LONGEST_PLACE]
    await SupervisionScreen.create(trail_id=trail.id, at=datetime.now(UTC), path=_plain(place), title=told)
    return True


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isprintable())


async def trails(viewer: Viewer, platform: str, first: int, after: str | None = None) -> Paged[TrailRow]:
    """One page of what users show to a platform's hotline. Raises NotFound for who is not of it."""
    check_first(first)
    if platform not in answers_for(viewer):
        raise not_found()
    values: list[Any] = [platform]
    where = "WHERE t.platform = %s"
    if after is not None:
        where += " AND (t.started_at, t.id) < (%s, %s)"
        values += decode_moment(after)
    records = await fetch(
        f"{_SELECT}{where} ORDER BY t.started_at DESC, t.id DESC LIMIT %s", [*values, first + 1]
    )
    rows = _rows(records)
    return paged(rows, [encode(row.started_at.isoformat(), row.id) for row in rows], first)


async def read(viewer: Viewer, trail: UUID) -> TrailRow:
    """One's own trail, or one shown to one's hotline. Raises NotFound, whose ever it is."""
    found = _rows(await fetch(_SELECT + "WHERE t.id = %s", [trail]))
    if not found or (found[0].user_id != viewer.user_id and found[0].platform not in answers_for(viewer)):
        raise not_found()
    return found[0]


async def screens_many(trails: Sequence[TrailRow]) -> dict[UUID, tuple[ScreenRow, ...]]:
    """The screens of trails that were read for their viewer, in order, by trail."""
    found: dict[UUID, list[ScreenRow]] = {trail.id: [] for trail in trails}
    for record in await fetch(_SCREENS, [list(found), MOST_SCREENS]):
        found[record.pop("trail")].append(ScreenRow(**record))
    return {trail: tuple(rows) for trail, rows in found.items()}


def not_found() -> NotFound:
    """The same words for a trail that is not and for one shown to another's hotline."""
    return NotFound("NOT_FOUND", "Ce parcours n’existe pas ou ne vous est pas montré\u00a0: rechargez.")


def _rows(records: Sequence[dict[str, Any]]) -> tuple[TrailRow, ...]:
    return tuple(TrailRow(**record) for record in records)
