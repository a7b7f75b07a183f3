"""The legal annex of a convention: what is printed, where it is kept, and asking for it to be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from models import fetch, transaction
from models.jobs import RENDER_ANNEX, defer
from resolvers import conventions
from resolvers.convention_known import packs_by_form, tabs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolvers.convention_rows import ConventionRow, EventRow


@dataclass(frozen=True, slots=True)
class AnnexContent:
    """All that an annex shows. `names`: organisms by key; `tabs`: form → code → title."""

    row: ConventionRow
    renews: str
    history: tuple[EventRow, ...]
    names: Mapping[str, str]
    platforms: Mapping[str, str]
    tabs: Mapping[str, Mapping[str, str]]
    at: datetime


def annex_key(row: ConventionRow) -> str:
    """Where the annex of this revision is kept: a revision never changes, nor does its annex."""
    return f"conventions/{row.id}/annex-{row.revision}.pdf"


def annex_name(row: ConventionRow) -> str:
    """The name under which it is downloaded."""
    return f"Annexe – {row.content.title} – révision {row.revision}.pdf"


async def ask(row: ConventionRow) -> None:
    """Leave the job that prints the annex of a convention that was read for its viewer."""
    async with transaction():
        await defer(RENDER_ANNEX, lock=f"annex {row.id}", convention=str(row.id))


async def content(convention_id: UUID) -> AnnexContent | None:
    """What the worker prints, of the latest revision; None when the convention is gone (a deleted draft)."""
    async with transaction():
        records = await fetch("SELECT id FROM convention WHERE id = %s", [convention_id])
        if not records:
            return None
        row = await conventions.held(convention_id)
        keys = {key for article in row.content.articles for key in (*article.included, *article.excluded)}
        named = await fetch("SELECT key, name FROM organization WHERE key = ANY(%s)", [sorted(keys)])
        platforms = await fetch("SELECT code, name FROM platform")
        before = await fetch("SELECT title FROM convention WHERE id = %s", [row.renews_id])
        limited = {form for article in row.content.articles for form, _ in article.tabs}
        definitions = await packs_by_form(row.platform)
        return AnnexContent(
            row=row,
            renews=before[0]["title"] if before else "",
            history=await conventions.history(row),
            names={record["key"]: record["name"] for record in named},
            platforms={record["code"]: record["name"] for record in platforms},
            tabs={form: tabs_of(definitions.get(form, ())) for form in limited},
            at=datetime.now(UTC),
        )
