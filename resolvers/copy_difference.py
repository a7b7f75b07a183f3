"""What changed between the dossier as transmitted and as it became: cell by cell, by whom, when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, decide
from forms import Step
from models import NotFound, Refused, SnapshotState, fetch
from resolvers import dossiers, readings
from resolvers.copy_cells import differences
from resolvers.documents import Document
from resolvers.exchange_scope import narrowed
from resolvers.paging import check_first, cursor_invalid, decode, encode
from resolvers.reading import read_documents
from resolvers.tabs import check_tabs, tab_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from authz import Viewer
    from forms import Pack
    from resolvers.copy_cells import Differing
    from resolvers.documents import Documents
    from resolvers.rows import DossierRow

_NONE = UUID(int=0)
_SENT = "SELECT at, documents FROM snapshot WHERE dossier_id = %s AND state = %s ORDER BY id LIMIT 1"
_ENDED = (
    "SELECT state, at, documents FROM snapshot WHERE dossier_id = %s AND state = ANY(%s) AND at > %s "
    "ORDER BY id DESC LIMIT 1"
)
_CHANGES = """
SELECT DISTINCT ON (c.cell) c.cell, c.at, c.reason, u.first_name || ' ' || u.last_name AS author
FROM cell_change c LEFT JOIN user_account u ON u.id = c.author_id
WHERE c.dossier_id = %s AND c.cell = ANY(%s) AND c.at > %s ORDER BY c.cell, c.id DESC
"""


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """The same with who changed it last, when, and why; `author` None for a row that went or came."""

    cell: str
    tab: str
    tab_title: str
    label: str
    unit: str
    before: str | None
    after: str | None
    author: str | None
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class TabCount:
    """A tab and how many of its cells differ."""

    code: str
    title: str
    cells: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One page of it. `until`: when the values it compares with were kept; None for those of today."""

    since: datetime
    until: datetime | None
    cells: tuple[ChangedCell, ...]
    cursors: tuple[str, ...]
    has_next: bool
    total: int
    tabs: tuple[TabCount, ...]


async def difference(
    viewer: Viewer, dossier_id: UUID, tab: str | None = None, first: int = 50, after: str | None = None
) -> Difference:
    """One page of what was typed otherwise since the transmission; what is computed only follows.

    Raises NotFound, NotFound NOT_TRANSMITTED or TAB_UNKNOWN, Refused TAB_WITHHELD or DIFFERENCE_WITHHELD.
    """
    check_first(first)
    dossier = await dossiers.read(viewer, dossier_id)
    if tab is not None:
        check_tabs(dossier, [tab])
    sent = await fetch(_SENT, [dossier.id, SnapshotState.TRANSMITTED.value])
    dossier = _as_in_review(viewer, dossier, tab, known=bool(sent))
    since: datetime = sent[0]["at"]
    until, documents = await _became(dossier, since)
    found = list(differences(dossier.definition, _documents(dossier, sent[0]["documents"]), documents))
    wanted = [one for one in found if tab is None or one.tab == tab]
    start = _start(wanted, after)
    shown = wanted[start : start + first]
    return Difference(
        since=since,
        until=until,
        cells=tuple(await _told(dossier, shown, since)),
        cursors=tuple(encode(one.cell, _NONE) for one in shown),
        has_next=len(wanted) > start + first,
        total=len(wanted),
        tabs=_counted(dossier.definition, found),
    )


def _as_in_review(viewer: Viewer, dossier: DossierRow, tab: str | None, *, known: bool) -> DossierRow:
    """The dossier with the tabs alone that the viewer reads in review too: he never saw the others there."""
    if not known:
        raise NotFound(
            "NOT_TRANSMITTED",
            "Ce dossier n’a pas de valeurs transmises à comparer\u00a0: il faut qu’il ait été transmis.",
            path=("dossier",),
        )
    if not decide(viewer, Right.READ, dossier.target._replace(step=int(Step.REVIEW))).allowed:
        raise _withheld("ce dossier")
    then = narrowed(viewer, dossier, Right.READ, Step.REVIEW)
    if tab is not None and then.withholds(tab):
        raise _withheld(f"l’onglet {tab}")
    return then


def _withheld(what: str) -> Refused:
    return Refused(
        "DIFFERENCE_WITHHELD",
        f"Vous ne lisez pas {what} en fiabilisation\u00a0: les valeurs transmises ne vous sont pas ouvertes.",
    )


async def _became(dossier: DossierRow, since: datetime) -> tuple[datetime | None, Documents]:
    """The values as finalised or closed, where the dossier has left the review; else those of today."""
    if dossier.step > Step.REVIEW:
        states = [SnapshotState.FINALISED.value, SnapshotState.CLOSED.value]
        kept = await fetch(_ENDED, [dossier.id, states, since])
        if kept:
            await readings.note([dossier])
            return kept[0]["at"], _documents(dossier, kept[0]["documents"])
    return None, (await read_documents(dossier)).documents


def _documents(dossier: DossierRow, stored: Mapping[str, Any]) -> Documents:
    return {tab: Document(**found) for tab, found in stored.items() if not dossier.withholds(tab)}


def _start(found: list[Differing], after: str | None) -> int:
    if after is None:
        return 0
    name, _ = decode(after)
    places = {one.cell: place for place, one in enumerate(found)}
    if name not in places:
        raise cursor_invalid()
    return places[name] + 1


async def _told(dossier: DossierRow, shown: list[Differing], since: datetime) -> Iterator[ChangedCell]:
    names = [one.cell for one in shown] + [f"{one.tab}[{one.row}]" for one in shown if one.row]
    records = await fetch(_CHANGES, [dossier.id, names, since]) if names else []
    changes = {record["cell"]: record for record in records}
    titles = {one.tab: tab_title(dossier.definition, one.tab) for one in shown}

    def told(one: Differing) -> ChangedCell:
        record = changes.get(one.cell) or changes.get(f"{one.tab}[{one.row}]") or {}
        return ChangedCell(
            cell=one.cell,
            tab=one.tab,
            tab_title=titles[one.tab],
            label=one.label,
            unit=one.unit,
            before=one.before,
            after=one.after,
            author=record.get("author"),
            at=record.get("at"),
            reason=record.get("reason", ""),
        )

    return map(told, shown)


def _counted(pack: Pack, found: list[Differing]) -> tuple[TabCount, ...]:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.tab] = counts.get(one.tab, 0) + 1
    return tuple(TabCount(code, tab_title(pack, code), cells) for code, cells in counts.items())
