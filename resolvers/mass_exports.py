"""Exports of many dossiers as their requester meets them: asked for, followed, cancelled, tried again.

A job makes them dossier by dossier (`mass_exporting`); they are taken through `mass_export_taking`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from authz import Right
from authz.clock import PARIS
from forms import format_count
from models import Conflict, MassExport, MassExportItem, MassExportKind, MassExportState, NotFound, fetch
from models import execute as run
from models.jobs import MAKE_MASS_EXPORT, defer
from resolvers import journal
from resolvers.campaigning import count_of, still_readable
from resolvers.dossiers import article
from resolvers.events import Kind
from resolvers.idempotency import once
from resolvers.mass_export_choice import Wanted, chosen
from resolvers.mass_export_rows import (
    COLUMNS,
    FINAL,
    MassExportItemRow,
    MassExportRow,
    item_of,
    row_of,
    unknown,
)
from resolvers.paging import (
    CountedPage,
    check_first,
    counted_page,
    cursor_invalid,
    decode,
    decode_moment,
    encode,
)

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.rows import DossierRow

KEPT: Final = timedelta(days=7)
# A worker may still be writing when one gives up: what it leaves is swept after that.
CANCELLED_KEPT: Final = timedelta(hours=1)
# Each may last for hours: whoever waits for so many asks for no other.
MOST_UNFINISHED: Final = 5
# Each dossier asked for costs a line of the journal and of the export, given up or not.
MOST_A_DAY: Final = 20_000
LONGEST_PLACE: Final = 6
STEMS: Final = {
    MassExportKind.PDF: "pdf",
    MassExportKind.ONE_PDF: "pdf",
    MassExportKind.XML: "xml",
    MassExportKind.DOSSIER: "dossiers",
    MassExportKind.SHEET: "excel",
    MassExportKind.COPY: "copies",
}
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM mass_export "  # noqa: S608 - our own columns
_MINE = "user_id IS NOT DISTINCT FROM %s AND client_id IS NOT DISTINCT FROM %s"
_CANCEL = f"""
UPDATE mass_export SET state = 'cancelled', finished_at = now(), expires_at = %s
WHERE id = %s AND {_MINE} AND state IN ('waiting', 'running')
"""  # noqa: S608 - a constant
_AGAIN = f"""
UPDATE mass_export SET state = 'waiting', failed = 0, attempts = 0, finished_at = NULL, error_code = '',
  error = '', file_key = '', sha256 = '', expires_at = %s
WHERE id = %s AND {_MINE} AND state IN ('ready', 'failed')
"""  # noqa: S608 - a constant
_ITEMS_AGAIN = """
UPDATE mass_export_item SET state = 'waiting', attempts = 0, error_code = '', error = ''
WHERE export_id = %s AND state = 'failed'
"""


async def request(viewer: Viewer, wanted: Wanted, key: str) -> MassExportRow:
    """Ask for an export of many dossiers; the job is left behind.

    Raises as `mass_export_choice.chosen`, Refused to whoever may export none of them, Conflict
    MASS_TOO_MANY, MASS_TOO_MANY_TODAY, IDEMPOTENCY_REUSED.
    """

    async def act() -> dict[str, Any]:
        rows = await chosen(viewer, wanted)
        await _require_room(viewer)
        await _require_day(viewer, len(rows))
        export = await _create(viewer, wanted, rows)
        told = {"mass": export.id, "kind": wanted.kind.value}
        await journal.record_many(
            viewer, Kind.EXPORT_ASKED, [(row, article(viewer, Right.EXPORT, row)) for row in rows], told
        )
        await defer(MAKE_MASS_EXPORT, export=str(export.id))
        return {"export": str(export.id)}

    done = await once(viewer, key, "mass_export", wanted.arguments(), act)
    return await read(viewer, UUID(done["export"]))


async def _create(viewer: Viewer, wanted: Wanted, rows: list[DossierRow]) -> MassExport:
    now = datetime.now(UTC)
    suffix = "pdf" if wanted.kind is MassExportKind.ONE_PDF else "zip"
    export = await MassExport.create(
        kind=wanted.kind,
        organization_id=viewer.organization_id,
        user_id=viewer.user_id,
        client_id=viewer.client_id,
        tabs=list(wanted.tabs or ()),
        accessible=wanted.accessible,
        total=len(rows),
        file_name=f"harmonia_{STEMS[wanted.kind]}_{now.astimezone(PARIS):%Y%m%d-%H%M%S}.{suffix}",
        requested_at=now,
        expires_at=now + KEPT,
    )
    await MassExportItem.bulk_create(
        MassExportItem(export_id=export.id, position=place, dossier_id=row.id)
        for place, row in enumerate(rows)
    )
    return export


async def _require_room(viewer: Viewer) -> None:
    waiting = await fetch(
        f"SELECT count(*) AS n FROM mass_export WHERE {_MINE} AND state IN ('waiting', 'running')",  # noqa: S608 - a constant
        [viewer.user_id, viewer.client_id],
    )
    if waiting[0]["n"] >= MOST_UNFINISHED:
        raise Conflict(
            "MASS_TOO_MANY",
            f"Vous avez déjà {MOST_UNFINISHED} exports en cours\u00a0: attendez que l’un finisse, ou"
            " interrompez-le.",
            path=("kind",),
        )


async def _require_day(viewer: Viewer, more: int) -> None:
    """Whether so many dossiers more may be asked for within twenty-four hours; those given up count."""
    asked = await fetch(
        f"SELECT coalesce(sum(total), 0)::bigint AS n FROM mass_export WHERE {_MINE}"  # noqa: S608 - a constant
        " AND requested_at > now() - interval '24 hours'",
        _who(viewer),
    )
    if asked[0]["n"] + more > MOST_A_DAY:
        raise Conflict(
            "MASS_TOO_MANY_TODAY",
            f"Vous avez déjà demandé {format_count(asked[0]['n'])} dossiers en vingt-quatre heures, pour"
            f" {format_count(MOST_A_DAY)} au plus\u00a0: choisissez-en moins, ou revenez demain.",
            path=("kind",),
        )


async def read(viewer: Viewer, export_id: UUID) -> MassExportRow:
    """One of the viewer's own mass exports. Raises NotFound MASS_EXPORT_UNKNOWN."""
    records = await fetch(f"{_SELECT}WHERE id = %s AND {_MINE}", [export_id, *_who(viewer)])
    if not records:
        raise unknown()
    return row_of(records[0])


async def mass_exports(
    viewer: Viewer, first: int = 20, after: str | None = None
) -> CountedPage[MassExportRow]:
    """The viewer's own, the latest first. Raises Invalid FIRST_OUT_OF_BOUNDS, CURSOR_INVALID."""
    check_first(first)
    where, values = _MINE, _who(viewer)
    total = await count_of(f"SELECT id FROM mass_export WHERE {where}", values)  # noqa: S608 - a constant
    if after is not None:
        where, values = f"{where} AND (requested_at, id) < (%s, %s)", [*values, *decode_moment(after)]
    records = await fetch(
        f"{_SELECT}WHERE {where} ORDER BY requested_at DESC, id DESC LIMIT %s", [*values, first + 1]
    )
    rows = [row_of(record) for record in records]
    cursors = [encode(row.requested_at.isoformat(), row.id) for row in rows]
    return counted_page(rows, cursors, first, total)


async def items(
    viewer: Viewer,
    export: MassExportRow,
    first: int = 50,
    after: str | None = None,
    *,
    failed_only: bool = False,
) -> CountedPage[MassExportItemRow]:
    """What became of each dossier, in the order of the choice.

    Of one that the viewer may read no more, neither its name nor the sentence is told.
    """
    check_first(first)
    where, values = "export_id = %s", [export.id]
    if failed_only:
        where += " AND state = 'failed'"
    total = await count_of(f"SELECT id FROM mass_export_item WHERE {where}", values)  # noqa: S608 - a constant
    asked: list[Any] = list(values)
    if after is not None:
        where, asked = f"{where} AND position > %s", [*asked, _position(after, export.id)]
    records = await fetch(
        f"SELECT * FROM mass_export_item WHERE {where} ORDER BY position LIMIT %s",  # noqa: S608 - a constant
        [*asked, first + 1],
    )
    readable = await still_readable(viewer, [record["dossier_id"] for record in records])
    rows = [item_of(record, readable.get(record["dossier_id"])) for record in records]
    return counted_page(rows, [encode(str(row.position), export.id) for row in rows], first, total)


async def cancel(viewer: Viewer, export_id: UUID, key: str) -> MassExportRow:
    """Give it up: the worker stops after the dossier in hand, and nothing of it is kept.

    Raises NotFound MASS_EXPORT_UNKNOWN, Conflict MASS_EXPORT_ENDED.
    """

    async def act() -> dict[str, Any]:
        row = await read(viewer, export_id)
        values = [datetime.now(UTC) + CANCELLED_KEPT, row.id, *_who(viewer)]
        if not await run(_CANCEL, values):
            raise Conflict(
                "MASS_EXPORT_ENDED",
                "Cet export est déjà fini\u00a0: il n’y a plus rien à interrompre.",
                path=("id",),
            )
        return {"export": str(row.id)}

    await once(viewer, key, "cancel_mass_export", {"export": export_id}, act)
    return await read(viewer, export_id)


async def retry(viewer: Viewer, export_id: UUID, key: str) -> MassExportRow:
    """Make the failed dossiers again, and them alone; one single PDF is put together again.

    Raises NotFound MASS_EXPORT_UNKNOWN, EXPORT_EXPIRED, Conflict MASS_NOTHING_TO_RETRY.
    """

    async def act() -> dict[str, Any]:
        row = await read(viewer, export_id)
        _require_retry(row)
        await _require_room(viewer)
        if not await run(_AGAIN, [datetime.now(UTC) + KEPT, row.id, *_who(viewer)]):
            raise _nothing()
        await run(_ITEMS_AGAIN, [row.id])
        await defer(MAKE_MASS_EXPORT, export=str(row.id))
        return {"export": str(row.id)}

    await once(viewer, key, "retry_mass_export", {"export": export_id}, act)
    return await read(viewer, export_id)


def _require_retry(row: MassExportRow) -> None:
    if not row.kept:
        raise expired()
    # One PDF may have to be put together again without what is no longer open.
    again = row.failed or row.state is MassExportState.FAILED or row.kind is MassExportKind.ONE_PDF
    if row.state not in FINAL or row.state is MassExportState.CANCELLED or not again:
        raise _nothing()


def _nothing() -> Conflict:
    return Conflict(
        "MASS_NOTHING_TO_RETRY",
        "Aucun dossier de cet export n’est à refaire\u00a0: lancez un nouvel export s’il vous en"
        " faut un autre.",
        path=("id",),
    )


def expired() -> NotFound:
    """The files were kept as long as promised."""
    return NotFound(
        "EXPORT_EXPIRED", "Cet export n’est plus gardé\u00a0: relancez-le depuis votre liste.", path=("id",)
    )


def _who(viewer: Viewer) -> list[Any]:
    return [viewer.user_id, viewer.client_id]


def _position(cursor: str, export_id: UUID) -> int:
    value, of = decode(cursor)
    if of != export_id or not (value.isascii() and value.isdigit()) or len(value) > LONGEST_PLACE:
        raise cursor_invalid()
    return int(value)
