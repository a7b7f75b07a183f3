"""Reading conventions: a platform reads its own, a partner those that bind it, an organism those on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Allowed, Right, Viewer, decide_on_platform
from authz.clock import today
from authz.reach import groups_of_organism
from models import NotFound, OrganizationKind, fetch
from resolvers.convention_rows import Article, Content, ConventionRow, ConventionState, EventRow, Pause
from resolvers.paging import check_first, cursor_invalid, decode, encode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_FROM = """
SELECT c.*, p.name AS platform_name, g.key AS partner_key, g.name AS partner_name
FROM convention c
JOIN platform p ON p.code = c.platform_id
JOIN organization g ON g.id = c.partner_id
"""
_ORDER = " ORDER BY g.name, c.since DESC, c.id"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a list asks for: a platform's code, a partner's key, a state."""

    platform: str | None = None
    partner: str | None = None
    state: ConventionState | None = None


@dataclass(frozen=True, slots=True)
class ConventionPage:
    """One page: rows by partner, the latest first, their cursors, how many there are in all."""

    rows: tuple[ConventionRow, ...]
    cursors: tuple[str, ...]
    total: int
    has_next: bool


def row_of(record: dict[str, Any]) -> ConventionRow:
    """A record of a convention with its platform's and its partner's names."""
    suspended = record["suspended_since"]
    content = Content(
        platform=record["platform_id"],
        partner=record["partner_key"],
        title=record["title"],
        purpose=record["purpose"],
        since=record["since"],
        until=record["until"],
        articles=tuple(Article.read(article) for article in record["articles"]),
    )
    same = ("id", "platform_name", "partner_id", "partner_name", "revision", "published_at", "renews_id")
    signed = ("signed_name", "signed_key", "signed_sha256", "signed_size", "signed_at")
    return ConventionRow(
        content=content,
        pause=Pause(suspended, record["suspended_until"]) if suspended else None,
        **{name: record[name] for name in (*same, *signed)},
    )


async def read(viewer: Viewer, convention_id: UUID, *, lock: bool = False) -> ConventionRow:
    """One convention; with `lock`, held until the transaction ends.

    Raises NotFound, the same for none and for one that is not the viewer's to read.
    """
    ending = " FOR UPDATE OF c" if lock else ""
    records = await fetch(f"{_FROM}WHERE c.id = %s{ending}", [convention_id])
    rows = [row for row in map(row_of, records) if readable(viewer, row)]
    if not rows:
        raise not_found()
    return rows[0]


async def held(convention_id: UUID) -> ConventionRow:
    """One convention, whoever asks, held until the transaction ends. Raises NotFound."""
    records = await fetch(f"{_FROM}WHERE c.id = %s FOR UPDATE OF c", [convention_id])
    if not records:
        raise not_found()
    return row_of(records[0])


async def list_conventions(
    viewer: Viewer, criteria: Criteria, first: int = 50, after: str | None = None
) -> ConventionPage:
    """One page of the conventions that the viewer may read. They are hundreds at most: sorted here."""
    check_first(first)
    day = today().date
    found = [row for row in await all_readable(viewer) if _asked(row, criteria, day)]
    start = 0
    if after is not None:
        wanted = decode(after)[1]
        start = next((place + 1 for place, row in enumerate(found) if row.id == wanted), -1)
        if start < 0:
            raise cursor_invalid()
    rows = tuple(found[start : start + first])
    cursors = tuple(encode(row.content.since.isoformat(), row.id) for row in rows)
    return ConventionPage(rows, cursors, len(found), start + first < len(found))


async def all_readable(viewer: Viewer) -> list[ConventionRow]:
    """Every convention that the viewer may read, by partner, the latest first."""
    return [row for row in map(row_of, await fetch(_FROM + _ORDER)) if readable(viewer, row)]


async def published() -> list[ConventionRow]:
    """Every published convention, whoever asks: what consents and contradictions are found in."""
    records = await fetch(f"{_FROM}WHERE c.published_at IS NOT NULL{_ORDER}")
    return [row_of(record) for record in records]


def readable(viewer: Viewer, row: ConventionRow) -> bool:
    """Whether the viewer may read a convention. A system's token gives dossiers, not conventions."""
    if viewer.scopes is not None:
        return False
    if viewer.kind is OrganizationKind.OPERATOR:
        return viewer.organization == f"operator:{row.platform}"
    if row.draft:
        return False
    if viewer.kind is OrganizationKind.PARTNER:
        return row.partner_id == viewer.organization_id
    return reaches(viewer, row, viewer.organization)


def reaches(viewer: Viewer, row: ConventionRow, organism: str) -> bool:
    """Whether some article gives something on an organism, by its key."""
    groups = groups_of_organism(viewer.authority.policy, organism)
    return any(article.covers(organism, groups) for article in row.content.articles if not article.forbids)


def refusal_to_edit(viewer: Viewer, platform: str) -> str | None:
    """Why the viewer may not edit the conventions of a platform; None when he may."""
    decision = decide_on_platform(viewer, Right.POLICY_EDIT, platform)
    return None if isinstance(decision, Allowed) else decision.message


async def history(row: ConventionRow) -> tuple[EventRow, ...]:
    """Every accepted change of a convention, the latest first."""
    return (await histories([row.id]))[row.id]


async def histories(conventions: Sequence[UUID]) -> dict[UUID, tuple[EventRow, ...]]:
    """The same for several, by convention."""
    records = await fetch(
        "SELECT r.convention_id, r.revision, r.event, r.at, r.policy_version, r.content->>'reason' "
        "AS reason, u.first_name || ' ' || u.last_name AS author FROM convention_revision r "
        "LEFT JOIN user_account u ON u.id = r.author_id WHERE r.convention_id = ANY(%s) "
        "ORDER BY r.convention_id, r.revision DESC",
        [list(conventions)],
    )
    found: dict[UUID, tuple[EventRow, ...]] = dict.fromkeys(conventions, ())
    for record in records:
        told = {name: record[name] for name in EventRow.__dataclass_fields__ if name != "reason"}
        found[record["convention_id"]] += (EventRow(**told, reason=record["reason"] or ""),)
    return found


def _asked(row: ConventionRow, criteria: Criteria, day: date) -> bool:
    return (
        criteria.platform in {None, row.platform}
        and criteria.partner in {None, row.content.partner}
        and criteria.state in {None, row.state(day)}
    )


def not_found() -> NotFound:
    """The same words whether the convention does not exist or is not the viewer's to read."""
    return NotFound(
        "NOT_FOUND",
        "Cette convention n’existe pas ou ne vous est pas ouverte : revenez à la liste.",
        path=("convention",),
    )
