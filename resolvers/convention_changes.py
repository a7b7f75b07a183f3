"""One accepted change of a convention: its rules, its row and its history, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Line
from authz.editing import apply_edits, try_edits
from authz.editors import keep_editors
from authz.stored_tests import require_tests
from models import Conflict, Convention, ConventionRevision, Organization, fetch
from resolvers import conventions, journal
from resolvers.convention_lines import compile_lines
from resolvers.convention_rows import EVENTS, Article, Content, Pause
from resolvers.events import Kind
from resolvers.policy_proposals import Proposal, propose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authz import Viewer
    from resolvers.convention_rows import ConventionRow

LONGEST_COMMENT = 300


@dataclass(frozen=True, slots=True)
class Change:
    """What a convention becomes; `publishes`: it has rules from now on, if it had none."""

    event: str
    content: Content
    pause: Pause | None = None
    reason: str = ""
    publishes: bool = False

    @property
    def comment(self) -> str:
        """What the history of the policy will say of it."""
        return f"{EVENTS[self.event]} : {self.content.title}"[:LONGEST_COMMENT]

    def stored(self) -> dict[str, Any]:
        """The whole of what the convention says from now on."""
        pause = self.pause
        return {
            "platform": self.content.platform,
            "partner": self.content.partner,
            "title": self.content.title,
            "purpose": self.content.purpose,
            "since": self.content.since.isoformat(),
            "until": self.content.until.isoformat(),
            "articles": [article.stored() for article in self.content.articles],
            "suspended_since": pause.since.isoformat() if pause else None,
            "suspended_until": pause.until.isoformat() if pause and pause.until else None,
            "reason": self.reason,
            "event": self.event,
            "publishes": self.publishes,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Change:
        """A change as it was stored."""
        since, until = kept["suspended_since"], kept["suspended_until"]
        content = Content(
            platform=kept["platform"],
            partner=kept["partner"],
            title=kept["title"],
            purpose=kept["purpose"],
            since=date.fromisoformat(kept["since"]),
            until=date.fromisoformat(kept["until"]),
            articles=tuple(Article.read(article) for article in kept["articles"]),
        )
        last = date.fromisoformat(until) if until else None
        pause = Pause(date.fromisoformat(since), last) if since else None
        return cls(kept["event"], content, pause, kept["reason"], kept["publishes"])


@dataclass(frozen=True, slots=True)
class LineChanges:
    """The rules that a change adds, and the ids of those that it closes; what stays the same stays."""

    add: tuple[Line, ...]
    close: tuple[int, ...]


async def line_changes(convention: UUID, change: Change, *, published: bool) -> LineChanges:
    """What a change does to the rules of a convention."""
    wanted: dict[tuple[str, ...], Line] = {}
    if published or change.publishes:
        wanted = {line.values: line for line in compile_lines(convention, change.content, change.pause)}
    living = await fetch(
        'SELECT id, "values" FROM policy_row WHERE convention_id = %s AND until_version IS NULL ORDER BY id',
        [convention],
    )
    kept, close = set(), []
    for record in living:
        values = tuple(record["values"])
        if values in wanted and values not in kept:
            kept.add(values)
        else:
            close.append(int(record["id"]))
    return LineChanges(tuple(line for values, line in wanted.items() if values not in kept), tuple(close))


async def carry_out(editor: Viewer, row: ConventionRow, change: Change) -> None:
    """Make a change, in the caller's transaction, on a convention that he holds; or leave its proposal.

    Where the platform asks for a second signature, rules change once another editor has signed.

    Raises Conflict CONVENTION_AWAITS_SIGNATURE, and as `authz.editing.apply_edits`: a rule that cannot be, a
    stored test that fails, an editor locked out.
    """
    edits = await line_changes(row.id, change, published=not row.draft)
    version = None
    base = editor.authority.version
    if edits.add or edits.close:
        if await two_sign(row.platform):
            await _leave(editor, row, change, edits)
            return
        version = await apply_edits(
            editor,
            edits.add,
            edits.close,
            base=base,
            comment=change.comment,
        )
    await save(row, change, editor.user_id, version)
    told = {"convention": row.id, "event": change.event, "revision": row.revision + 1}
    await journal.record(editor, Kind.CONVENTION_CHANGED, row.platform, told)


async def _leave(editor: Viewer, row: ConventionRow, change: Change, edits: LineChanges) -> None:
    """A proposal that would be refused today is refused today."""
    if await waiting_proposal(row.id) is not None:
        raise Conflict(
            "CONVENTION_AWAITS_SIGNATURE",
            "Un changement de cette convention attend déjà une seconde signature : faites-le signer ou "
            "retirez-le, puis recommencez.",
        )
    base = editor.authority.version
    before, after = await try_edits(editor, edits.add, edits.close, base=base)
    keep_editors(before, after, editor)
    await require_tests(before, after)
    kept = {"id": str(row.id), "revision": row.revision, **change.stored()}
    wanted = Proposal(row.platform, edits.add, edits.close, base, change.comment, convention=kept)
    await propose(editor, wanted, signed=False)


async def two_sign(platform: str) -> bool:
    """Whether the platform asks for a second signature; held, so that it cannot change meanwhile."""
    rows = await fetch("SELECT second_signature FROM platform WHERE code = %s FOR SHARE", [platform])
    return bool(rows and rows[0]["second_signature"])


async def waiting_proposal(convention: UUID) -> UUID | None:
    """The proposal that waits to change a convention."""
    rows = await fetch(
        "SELECT id FROM policy_proposal WHERE state IN ('awaiting_signature', 'scheduled') "
        "AND edits->'change'->>'id' = %s",
        [str(convention)],
    )
    return rows[0]["id"] if rows else None


async def held_for(wanted: Proposal) -> tuple[ConventionRow, Change] | None:
    """The convention that a signed proposal changes, held, and what it becomes; None for lines alone.

    Raises Conflict CONVENTION_STALE when it has changed since.
    """
    if wanted.convention is None or wanted.convention_id is None:
        return None
    row = await conventions.held(wanted.convention_id)
    require_revision(row, wanted.convention["revision"])
    return row, Change.read(wanted.convention)


async def require_current(wanted: Proposal) -> None:
    """Nothing unless `held_for` would raise; nothing is held."""
    if wanted.convention is not None:
        row = await Convention.get_or_none(id=wanted.convention_id)
        if row is None:
            raise conventions.not_found()
        require_revision(row, wanted.convention["revision"])


async def save(row: ConventionRow, change: Change, author: UUID | None, version: int | None) -> None:
    """The convention's row and its history, once its rules are written."""
    content, pause, now = change.content, change.pause, datetime.now(UTC)
    await Convention.filter(id=row.id).update(
        partner_id=(await Organization.get(key=content.partner)).id,
        title=content.title,
        purpose=content.purpose,
        since=content.since,
        until=content.until,
        articles=[article.stored() for article in content.articles],
        revision=row.revision + 1,
        published_at=row.published_at or (now if change.publishes else None),
        suspended_since=pause.since if pause else None,
        suspended_until=pause.until if pause else None,
    )
    await ConventionRevision.create(
        convention_id=row.id,
        revision=row.revision + 1,
        event=change.event,
        content=change.stored(),
        policy_version=version,
        author_id=author,
        at=now,
    )


def require_revision(row: ConventionRow | Convention, revision: int) -> None:
    """Raise Conflict CONVENTION_STALE unless the editor saw the latest revision."""
    if row.revision != revision:
        raise Conflict(
            "CONVENTION_STALE",
            "Cette convention a été modifiée entre-temps : rechargez-la, puis refaites votre modification.",
            path=("revision",),
            details={"revision": row.revision, "yours": revision},
        )
