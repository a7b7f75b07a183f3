"""The life of a convention: drafted, published, changed, suspended, resumed, ended, renewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Right, Viewer, require_on_platform
from authz.boxes import hold_policy
from models import Convention, ConventionRevision, Organization, transaction
from resolvers import conventions, idempotency, journal
from resolvers.convention_changes import Change, carry_out, require_revision
from resolvers.convention_checks import check_content
from resolvers.convention_known import known_of
from resolvers.convention_stops import ended, require, resumed, suspended
from resolvers.events import Kind
from resolvers.policy_boundary import hold_editor

if TYPE_CHECKING:
    from resolvers.convention_rows import Content, ConventionRow, Pause

LONGEST_REASON = 200


async def create(viewer: Viewer, content: Content, key: str) -> ConventionRow:
    """A draft, that gives nothing yet. Raises as `hold_editor`, `check_content`, IDEMPOTENCY_REUSED."""
    async with transaction():
        return await _draft(viewer, content, None, key)


async def renew(viewer: Viewer, convention_id: UUID, head: tuple[date, date, str], key: str) -> ConventionRow:
    """A draft that takes a published convention's articles up again, for `head`: since, until, title."""
    async with transaction():
        renewed = await _editable(viewer, convention_id)
        require(not renewed.draft, "CONVENTION_DRAFT", "Un projet ne se renouvelle pas : modifiez-le.")
        since, until, title = head
        content = replace(renewed.content, since=since, until=until, title=title)
        return await _draft(viewer, content, renewed.id, key)


async def update(viewer: Viewer, convention_id: UUID, content: Content, revision: int) -> ConventionRow:
    """Change what it says; once published, its rules are replaced in one version of the policy.

    Raises NotFound, Refused, Conflict CONVENTION_STALE, Invalid as `check_content` and CONVENTION_PARTIES.
    """
    async with transaction():
        row = await _held(viewer, convention_id, revision)
        parties = (content.platform, content.partner) == (row.platform, row.content.partner)
        require(
            parties or (row.draft and content.platform == row.platform),
            "CONVENTION_PARTIES",
            "Les parties d’une convention publiée ne changent pas : mettez-y fin et préparez-en une autre.",
        )
        await _check(viewer, content)
        return await _done(viewer, row, Change("updated", content, row.pause))


async def publish(viewer: Viewer, convention_id: UUID, revision: int) -> ConventionRow:
    """Its rules are in force on its dates from now on. Raises as `update`, CONVENTION_PUBLISHED."""
    async with transaction():
        row = await _held(viewer, convention_id, revision)
        require(row.draft, "CONVENTION_PUBLISHED", "Cette convention est déjà publiée.")
        await _check(viewer, row.content)
        return await _done(viewer, row, Change("published", row.content, row.pause, publishes=True))


async def suspend(
    viewer: Viewer, convention_id: UUID, pause: Pause, reason: str, revision: int
) -> ConventionRow:
    """Close it on days to come, or until it is resumed. Raises as `update`, CONVENTION_DATES_REVERSED."""
    async with transaction():
        row = await _held(viewer, convention_id, revision)
        return await _done(viewer, row, suspended(row, pause, _reason(reason)))


async def resume(viewer: Viewer, convention_id: UUID, revision: int) -> ConventionRow:
    """Open it again today, or give up a suspension to come. Raises as `update`, CONVENTION_NOT_SUSPENDED."""
    async with transaction():
        row = await _held(viewer, convention_id, revision)
        return await _done(viewer, row, resumed(row))


async def end(viewer: Viewer, convention_id: UUID, on: date, reason: str, revision: int) -> ConventionRow:
    """Let `on` be its last day; yesterday ends it at once. Raises as `update`, CONVENTION_DATES_REVERSED."""
    async with transaction():
        row = await _held(viewer, convention_id, revision)
        return await _done(viewer, row, ended(row, on, _reason(reason)))


async def delete(viewer: Viewer, convention_id: UUID, revision: int) -> None:
    """Give up a draft. Raises as `update`, CONVENTION_PUBLISHED."""
    async with transaction():
        row = await _held(viewer, convention_id, revision)
        require(
            row.draft, "CONVENTION_PUBLISHED", "Une convention publiée ne se supprime pas : mettez-y fin."
        )
        await Convention.filter(id=row.id).delete()
        told = {"convention": row.id, "event": "deleted"}
        await journal.record(viewer, Kind.CONVENTION_CHANGED, row.platform, told)


async def _draft(viewer: Viewer, content: Content, renews: UUID | None, key: str) -> ConventionRow:
    await hold_editor(viewer, content.platform)
    await _check(viewer, content)
    change = Change("created", content)
    done = await idempotency.claim(viewer, key, "convention", {"renews": renews, **change.stored()})
    if done is not None:
        return await conventions.read(viewer, UUID(done["convention"]))
    made = await Convention.create(
        platform_id=content.platform,
        partner_id=(await Organization.get(key=content.partner)).id,
        title=content.title,
        purpose=content.purpose,
        since=content.since,
        until=content.until,
        articles=[article.stored() for article in content.articles],
        renews_id=renews,
    )
    await ConventionRevision.create(
        convention_id=made.id,
        revision=1,
        event="created",
        content=change.stored(),
        author_id=viewer.user_id,
        at=datetime.now(UTC),
    )
    told = {"convention": made.id, "event": "created", "revision": 1}
    await journal.record(viewer, Kind.CONVENTION_CHANGED, content.platform, told)
    await idempotency.keep(viewer, key, {"convention": str(made.id)})
    return await conventions.read(viewer, made.id)


async def _editable(viewer: Viewer, convention_id: UUID) -> ConventionRow:
    # First: who lost the right while he waited is refused.
    await hold_policy(viewer.authority)
    row = await conventions.read(viewer, convention_id, lock=True)
    require_on_platform(viewer, Right.POLICY_EDIT, row.platform)
    return row


async def _held(viewer: Viewer, convention_id: UUID, revision: int) -> ConventionRow:
    row = await _editable(viewer, convention_id)
    require_revision(row, revision)
    return row


async def _check(viewer: Viewer, content: Content) -> None:
    check_content(content, await known_of(viewer, content.platform))


async def _done(viewer: Viewer, row: ConventionRow, change: Change) -> ConventionRow:
    await carry_out(viewer, row, change)
    return await conventions.read(viewer, row.id)


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    require(
        1 <= len(reason) <= LONGEST_REASON,
        "CONVENTION_REASON_MISSING",
        f"Donnez un motif, de {LONGEST_REASON} caractères au plus : l’historique le garde.",
        "reason",
    )
    return reason
