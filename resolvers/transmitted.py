"""The organisms that had transmitted by a day, and those of them that did so after their last day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authz import Right, sentences
from authz.clock import day_of
from authz.words import typeset
from models import Invalid, Refused, fetch, transaction
from resolvers import journal
from resolvers.campaign_rows import Asked, CampaignPlace, TransmittedRow
from resolvers.campaigning import count_of, seen, with_dossiers
from resolvers.days import ends
from resolvers.deadlines import TRANSMISSION_DUE_ON, late
from resolvers.events import Kind
from resolvers.paging import CountedPage, check_first, counted_page, decode, encode

if TYPE_CHECKING:
    from datetime import date

    from authz import Viewer

_LIST = f"""
SELECT d.id, d.code, d.transmitted_at, {TRANSMISSION_DUE_ON} AS due_on FROM dossier d
WHERE d.platform = %s AND d.form = %s AND d.year = %s AND d.transmitted_at < %s
"""  # noqa: S608 - our own constant
_PLACES = "SELECT platform_id, form, year FROM campaign ORDER BY year DESC, form, platform_id"
MOST_LISTED = 5_000


async def places(viewer: Viewer) -> list[CampaignPlace]:
    """The campaigns of which the viewer may take the list away, the latest year first."""
    names = viewer.authority.policy.platforms
    found = [Asked(*record.values()) for record in await fetch(_PLACES)]
    return [CampaignPlace(asked, names[asked.platform]) for asked in found if _exports(viewer, asked)]


async def transmitted_by(viewer: Viewer, asked: Asked, by: date) -> list[TransmittedRow]:
    """All those that the viewer may read and export, by the organism's code, taken away: this is noted.

    Raises Refused to whoever exports nothing of the form, Invalid LIST_TOO_LONG, DATE_INVALID.
    """
    _require_exporting(viewer, asked)
    query, values = _query(viewer, asked, by, Right.READ, Right.EXPORT)
    records = await fetch(f"{query} ORDER BY d.code, d.id LIMIT %s", [*values, MOST_LISTED + 1])
    if len(records) > MOST_LISTED:
        raise Invalid(
            "LIST_TOO_LONG",
            f"La liste dépasse {MOST_LISTED} organismes : donnez une date plus tôt.",
            path=("by",),
        )
    rows, _ = await _rows(viewer, records)
    told = {"list": "transmitted", "form": asked.form, "year": asked.year, "by": by, "count": len(rows)}
    async with transaction():
        await journal.record(viewer, Kind.LIST_TAKEN, asked.platform, told)
    return rows


async def page(
    viewer: Viewer, asked: Asked, by: date, first: int = 50, after: str | None = None
) -> CountedPage[TransmittedRow]:
    """One page of those that the viewer may read, with the exact total. Raises Invalid DATE_INVALID."""
    check_first(first)
    query, values = _query(viewer, asked, by, Right.READ)
    counted = await count_of(query, values)
    if after is not None:
        query, values = f"{query} AND (d.code, d.id) > (%s, %s)", [*values, *decode(after)]
    records = await fetch(f"{query} ORDER BY d.code, d.id LIMIT %s", [*values, first + 1])
    rows, cursors = await _rows(viewer, records)
    return counted_page(rows, cursors, first, counted)


def _require_exporting(viewer: Viewer, asked: Asked) -> None:
    """An empty file would say that nobody has transmitted."""
    if not _exports(viewer, asked):
        raise Refused("REFUSED", typeset(sentences.form_boxes(Right.EXPORT, asked.form)))


def _exports(viewer: Viewer, asked: Asked) -> bool:
    table = viewer.authority.policy.table(viewer.subject)
    boxed = table.box_steps(asked.platform, asked.form, Right.EXPORT)
    return bool(boxed) and (viewer.scopes is None or Right.EXPORT in viewer.scopes)


def _query(viewer: Viewer, asked: Asked, by: date, *rights: Right) -> tuple[str, list[Any]]:
    readable, values = seen(viewer, *rights)
    return f"{_LIST} AND {readable}", [*asked.values, ends(by, "by"), *values]


async def _rows(viewer: Viewer, records: list[dict[str, Any]]) -> tuple[list[TransmittedRow], list[str]]:
    shown = await with_dossiers(viewer, records)
    rows = [
        TransmittedRow(
            dossier,
            one["transmitted_at"],
            one["due_on"],
            late(one["due_on"], day_of(one["transmitted_at"])),
        )
        for one, dossier in shown
    ]
    return rows, [encode(one["code"], one["id"]) for one, _ in shown]
