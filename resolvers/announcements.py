"""What a platform tells its users: in every screen's banner, or on a form's dossiers (manual §5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, decide_on_form, decide_on_platform, require_on_form, require_on_platform
from authz.boxes import platforms_held
from authz.clock import today
from models import Announcement, Invalid, NotFound, fetch, transaction
from resolvers import idempotency, journal
from resolvers.events import Kind
from resolvers.people_entries import Text, checked_text
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.rows import DossierRow

TITLE = Text("Titre", 120, required=True)
BODY = Text("Message", 5_000, required=True, lines=True)
STEERING = Right.CAMPAIGN_MANAGE
_SELECT = """
SELECT a.id, a.platform_id AS platform, p.name AS platform_name, a.form, a.title, a.text, a.since,
       a.until, a.at, a.removed_at
FROM announcement a JOIN platform p ON p.code = a.platform_id
"""
_IN_FORCE = "AND a.removed_at IS NULL AND a.since <= %s AND (a.until IS NULL OR a.until >= %s)"
_BANNER = f"{_SELECT} WHERE a.form = '' AND a.platform_id = ANY(%s) {_IN_FORCE} ORDER BY a.at DESC, a.id"
_PLACES = "(SELECT * FROM unnest(%s::text[], %s::text[]))"
_ON_FORMS = f"{_SELECT} WHERE (a.platform_id, a.form) IN {_PLACES} {_IN_FORCE} ORDER BY a.at, a.id"


@dataclass(frozen=True, slots=True)
class AnnouncementRow:
    """One message; `form` "": in every screen's banner."""

    id: UUID
    platform: str
    platform_name: str
    form: str
    title: str
    text: str
    since: date
    until: date | None
    at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What is to be told: where, what, from which day to which."""

    platform: str
    form: str
    title: str
    text: str
    since: date
    until: date | None


async def in_banner(viewer: Viewer) -> tuple[AnnouncementRow, ...]:
    """The messages of today of the platforms where the viewer may read something, newest first."""
    known = platforms_held(viewer.authority.policy, viewer.subject, Right.READ)
    day = today().date
    return _rows(await fetch(_BANNER, [sorted(known), day, day]))


async def on_form(dossiers: Sequence[DossierRow]) -> dict[UUID, AnnouncementRow]:
    """The newest message of today about the form of each dossier, by dossier; absent where there is none."""
    places = sorted({(row.platform, row.form) for row in dossiers})
    day = today().date
    platforms, forms = [place[0] for place in places], [place[1] for place in places]
    latest = {
        (row.platform, row.form): row for row in _rows(await fetch(_ON_FORMS, [platforms, forms, day, day]))
    }
    told = ((row.id, latest.get((row.platform, row.form))) for row in dossiers)
    return {key: found for key, found in told if found is not None}


async def of_platform(viewer: Viewer, platform: str) -> tuple[AnnouncementRow, ...]:
    """The last hundred messages of a platform that the viewer may change, past and to come."""
    found = _rows(
        await fetch(_SELECT + "WHERE a.platform_id = %s ORDER BY a.at DESC, a.id LIMIT 100", [platform])
    )
    return tuple(row for row in found if _may(viewer, row.platform, row.form))


async def publish(viewer: Viewer, wording: Wording, key: str) -> AnnouncementRow:
    """Tell something, from its day on.

    Raises Refused, Invalid FIELD_REQUIRED…, DATES_REVERSED, PERSON_REQUIRED.
    """
    _require(viewer, wording.platform, wording.form)
    author = person_of(viewer)
    title = checked_text(wording.title, TITLE, ("title",))
    text = checked_text(wording.text, BODY, ("text",))
    if wording.until is not None and wording.until < wording.since:
        raise Invalid(
            "DATES_REVERSED",
            "Le dernier jour du message précède le premier\u00a0: corrigez l’un des deux.",
            path=("until",),
        )

    async def act() -> dict[str, Any]:
        made = await Announcement.create(
            platform_id=wording.platform,
            form=wording.form,
            title=title,
            text=text,
            since=wording.since,
            until=wording.until,
            author_id=author,
            at=datetime.now(UTC),
        )
        await journal.record(viewer, Kind.ANNOUNCED, wording.platform, {"announcement": made.id})
        return {"announcement": str(made.id)}

    asked = {name: getattr(wording, name) for name in Wording.__slots__}
    done = await idempotency.once(viewer, key, "publish_announcement", asked, act)
    return await _one(viewer, UUID(done["announcement"]))


async def remove(viewer: Viewer, announcement: UUID, key: str) -> AnnouncementRow:
    """Take a message off at once; one that is off already stays so. Raises NotFound, Refused."""
    async with transaction():
        row = await _one(viewer, announcement)
        _require(viewer, row.platform, row.form)
        done = await idempotency.claim(viewer, key, "remove_announcement", {"announcement": announcement})
        if done is None and row.removed_at is None:
            await Announcement.filter(id=row.id).update(removed_at=datetime.now(UTC))
            await journal.record(
                viewer, Kind.ANNOUNCED, row.platform, {"announcement": row.id, "removed": True}
            )
        return await _one(viewer, announcement)


async def _one(viewer: Viewer, announcement: UUID) -> AnnouncementRow:
    found = _rows(await fetch(_SELECT + "WHERE a.id = %s", [announcement]))
    if not found or not _may(viewer, found[0].platform, found[0].form):
        raise not_found()
    return found[0]


def not_found() -> NotFound:
    """The same words for a message that is not and for another's."""
    return NotFound("NOT_FOUND", "Ce message n’existe pas\u00a0: rechargez la liste.", path=("announcement",))


def _may(viewer: Viewer, platform: str, form: str) -> bool:
    if form:
        return decide_on_form(viewer, STEERING, platform, form).allowed
    return decide_on_platform(viewer, STEERING, platform).allowed


def _require(viewer: Viewer, platform: str, form: str) -> None:
    if form:
        require_on_form(viewer, STEERING, platform, form)
    else:
        require_on_platform(viewer, STEERING, platform)


def _rows(records: Sequence[dict[str, Any]]) -> tuple[AnnouncementRow, ...]:
    return tuple(AnnouncementRow(**record) for record in records)
