"""Prints and archives as their requester meets them: asked for, followed, fetched; each time by right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Viewer, decide, require, scope
from models import Export, ExportKind, ExportState, NotFound, fetch, transaction
from models.jobs import RENDER_EXPORT, defer
from resolvers import dossiers, idempotency, journal
from resolvers.events import Kind
from resolvers.kept_past import past_shut, read_past
from resolvers.paging import check_first, decode_moment, encode
from resolvers.rows import DossierRow, ExportRow
from resolvers.tabs import check_tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT = timedelta(days=7)
_LIST = "SELECT e.* FROM export e JOIN dossier d ON d.id = e.dossier_id "


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be made."""

    kind: ExportKind
    tabs: Sequence[str] | None = None
    accessible: bool = False
    blank: bool = False


async def request_print(  # noqa: PLR0913 - what a request is made of
    viewer: Viewer,
    dossier_id: UUID,
    tabs: Sequence[str] | None,
    *,
    accessible: bool,
    key: str,
    blank: bool = False,
) -> ExportRow:
    """Ask for a PDF of the whole dossier (`tabs` None) or of some tabs; the job is left behind.

    `blank`: the form without a value. Raises NotFound, Refused, NotFound TAB_UNKNOWN, Conflict
    IDEMPOTENCY_REUSED.
    """
    asked = _Asked(ExportKind.PDF, tabs, accessible, blank)
    return await _request(viewer, dossier_id, asked, key)


async def request_zip(viewer: Viewer, dossier_id: UUID, key: str) -> ExportRow:
    """Ask for the archive of the dossier, XML and PDF (manual §8.3). Raises as `request_print`."""
    return await _request(viewer, dossier_id, _Asked(ExportKind.ZIP), key)


async def _request(viewer: Viewer, dossier_id: UUID, asked: _Asked, key: str) -> ExportRow:
    tabs = asked.tabs
    arguments = {"dossier": dossier_id, "kind": asked.kind, "tabs": tabs, "accessible": asked.accessible}
    if asked.blank:
        arguments["blank"] = True
    async with transaction():
        done = await idempotency.claim(viewer, key, "export", arguments)
        if done is not None:
            return await read(viewer, UUID(done["export"]))
        dossier = dossiers.taken_away(viewer, await dossiers.read(viewer, dossier_id))
        if tabs is not None:
            check_tabs(dossier, tabs)
        now = datetime.now(UTC)
        export = await Export.create(
            kind=asked.kind,
            organization_id=viewer.organization_id,
            user_id=viewer.user_id,
            client_id=viewer.client_id,
            dossier_id=dossier.id,
            tabs=list(tabs or ()),
            accessible=asked.accessible,
            blank=asked.blank,
            requested_at=now,
            expires_at=now + KEPT,
        )
        await defer(RENDER_EXPORT, export=str(export.id))
        told = {"export": export.id, "kind": asked.kind.value}
        ref = dossiers.article(viewer, Right.EXPORT, dossier)
        await journal.record(viewer, Kind.EXPORT_ASKED, dossier, told, ref)
        await idempotency.keep(viewer, key, {"export": str(export.id)})
        return row_of(export)


async def read(viewer: Viewer, export_id: UUID) -> ExportRow:
    """One of the viewer's own exports, as long as its dossier may still be read and exported.

    Raises NotFound, the same for another's export, for none, and for a document that holds a tab, or values
    of last year, which he may no longer take; Refused when the right was lost.
    """
    export = await Export.get_or_none(id=export_id, user_id=viewer.user_id, client_id=viewer.client_id)
    if export is None:
        raise not_found()
    dossier, row = await dossiers.read(viewer, export.dossier_id), row_of(export)
    require(viewer, Right.EXPORT, dossier.target)
    if any(await _shut(viewer, [(row, dossiers.taken_away(viewer, dossier))])):
        raise not_found()
    return row


async def taken(viewer: Viewer, export_id: UUID) -> ExportRow:
    """The same, on its way to the viewer, which the journal notes once it is made. Raises as `read`."""
    async with transaction():
        row = await read(viewer, export_id)
        if row.state is ExportState.READY:
            dossier = await dossiers.read(viewer, row.dossier_id)
            told = {"export": row.id, "kind": row.kind.value}
            ref = dossiers.article(viewer, Right.EXPORT, dossier)
            await journal.record(viewer, Kind.EXPORT_TAKEN, dossier, told, ref)
        return row


async def _shut(viewer: Viewer, made: Sequence[tuple[ExportRow, DossierRow]]) -> list[bool]:
    """Whether each document, of a dossier as it is taken away, holds what the viewer may take no more."""
    past = await past_shut(viewer, [(dossier, row.past) for row, dossier in made])
    return [
        _holds_closed(row, dossier) or (shut and row.state is ExportState.READY)
        for (row, dossier), shut in zip(made, past, strict=True)
    ]


def _holds_closed(row: ExportRow, dossier: DossierRow) -> bool:
    """Whether a document that is made holds a tab that is closed, today, to whoever takes it away."""
    if row.state is not ExportState.READY:
        return False
    held = dossier.definition.tabs if row.held is None else row.held
    return any(dossier.withholds(tab) for tab in row.tabs or held)


async def list_exports(
    viewer: Viewer, first: int = 20, after: str | None = None
) -> tuple[tuple[ExportRow, ...], tuple[str, ...], bool]:
    """The viewer's own exports, the latest first: rows, their cursors, and whether more follow.

    Those of a dossier that the viewer may no longer read or export are left out, and those that hold a tab
    or values of last year which he may no longer take: a file's name says whose it is.
    """
    check_first(first)
    place = None if after is None else decode_moment(after)
    found: list[ExportRow] = []
    # What is left out is known once it is read: a page is read on until it is full.
    while len(found) <= first:
        rows = await _some(viewer, first + 1, place)
        found += await _open(viewer, rows)
        if len(rows) <= first:
            break
        place = rows[-1].requested_at, rows[-1].id
    shown = tuple(found[:first])
    return shown, tuple(encode(row.requested_at.isoformat(), row.id) for row in shown), len(found) > first


async def _some(viewer: Viewer, most: int, place: tuple[datetime, UUID] | None) -> list[ExportRow]:
    may_read, may_export = scope(viewer, Right.READ), scope(viewer, Right.EXPORT)
    where = (
        "e.user_id IS NOT DISTINCT FROM %s AND e.client_id IS NOT DISTINCT FROM %s "
        f"AND ({may_read.sql}) AND ({may_export.sql})"
    )
    values = [viewer.user_id, viewer.client_id, *may_read.values, *may_export.values]
    if place is not None:
        where += " AND (e.requested_at, e.id) < (%s, %s)"
        values = [*values, *place]
    records = await fetch(
        f"{_LIST}WHERE {where} ORDER BY e.requested_at DESC, e.id DESC LIMIT %s", [*values, most]
    )
    return [_row(record) for record in records]


async def _open(viewer: Viewer, rows: Sequence[ExportRow]) -> list[ExportRow]:
    read = await dossiers.read_many(viewer, list({row.dossier_id for row in rows}))
    taken = {
        key: dossiers.taken_away(viewer, dossier)
        for key, dossier in read.items()
        if decide(viewer, Right.EXPORT, dossier.target).allowed
    }
    made = [(row, taken[row.dossier_id]) for row in rows if row.dossier_id in taken]
    shut = await _shut(viewer, made)
    return [row for (row, _), closed in zip(made, shut, strict=True) if not closed]


def not_found() -> NotFound:
    """What anyone but its requester reads of an export."""
    return NotFound(
        "NOT_FOUND",
        "Cet export n’existe pas ou n’est pas à vous : relancez-le depuis le dossier.",
        path=("export",),
    )


def row_of(export: Export) -> ExportRow:
    """The row of a stored export."""
    return _row({name: getattr(export, name) for name in (*ExportRow.__dataclass_fields__,)})


def _row(record: dict[str, Any]) -> ExportRow:
    fields = {name: record[name] for name in ExportRow.__dataclass_fields__}
    # A list is read by plain SQL: its words are not yet members.
    words = {"kind": ExportKind(record["kind"]), "state": ExportState(record["state"])}
    held = None if record["held"] is None else tuple(record["held"])
    past = read_past(record["past"])
    return ExportRow(**{**fields, **words, "tabs": tuple(record["tabs"]), "held": held, "past": past})
