"""Moves of many dossiers at once: asked for, then followed dossier by dossier on their report.

A job makes them (`mass_moving`). The transmission, for which a person commits himself under his password, is
never made so (docs/decisions/0017).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Allowed, Right, decide, decide_on_form, require
from forms import TRANSMITTING
from models import Invalid, MassMove, MassMoveItem, MassOutcome, NotFound, fetch
from models.jobs import MASS_MOVE, defer
from resolvers import journal
from resolvers.campaign_rows import MassItemRow, MassRow
from resolvers.campaigning import chosen, count_of, still_readable
from resolvers.events import Kind
from resolvers.idempotency import once
from resolvers.paging import (
    CountedPage,
    check_first,
    counted_page,
    cursor_invalid,
    decode,
    decode_moment,
    encode,
)
from resolvers.person import person_of
from resolvers.reasons import checked_reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from authz import Viewer
    from forms import Move
    from resolvers.rows import DossierRow

LONGEST_PLACE = 6
_MASS = """
SELECT m.id, m.move, m.label, m.platform, m.form, m.reason, m.at, m.finished_at, m.author_id,
       u.first_name || ' ' || u.last_name AS author,
       (SELECT count(*) FROM mass_move_item i WHERE i.mass_id = m.id) AS total,
       (SELECT count(*) FROM mass_move_item i WHERE i.mass_id = m.id AND i.outcome = 'moved') AS moved,
       (SELECT count(*) FROM mass_move_item i WHERE i.mass_id = m.id AND i.outcome = 'refused') AS refused
FROM mass_move m JOIN user_account u ON u.id = m.author_id
"""


async def start(
    viewer: Viewer, dossier_ids: Sequence[UUID], move: str, reason: str | None, key: str
) -> MassRow:
    """Ask for a move of many dossiers; the job is left behind.

    Raises NotFound, MOVE_UNKNOWN too; Refused to whoever may make it on none of them where it stands; Invalid
    DOSSIERS_COUNT, DOSSIERS_MIXED, MASS_TRANSMISSION, REASON_MISSING, REASON_TOO_LONG, PERSON_REQUIRED.
    """
    author, why = person_of(viewer), checked_reason(reason, required=False)

    async def act() -> dict[str, Any]:
        rows = await chosen(viewer, dossier_ids)
        found = _move(rows, move)
        _require_move(viewer, rows, found)
        checked_reason(why, required=found.asks_reason)
        mass = await MassMove.create(
            move=move,
            label=found.label,
            platform=rows[0].platform,
            form=rows[0].form,
            reason=why,
            author_id=author,
            at=datetime.now(UTC),
        )
        await MassMoveItem.bulk_create(
            MassMoveItem(mass_id=mass.id, position=place, dossier_id=row.id) for place, row in enumerate(rows)
        )
        told = {"mass": mass.id, "move": move, "dossiers": len(rows)}
        await journal.record(viewer, Kind.MASS_MOVE_ASKED, mass.platform, told)
        await defer(MASS_MOVE, mass=str(mass.id))
        return {"mass": str(mass.id)}

    # First of all: who asks again is answered as before, whatever became of the dossiers meanwhile.
    arguments = {"dossiers": list(dict.fromkeys(dossier_ids)), "move": move, "reason": why}
    done = await once(viewer, key, "mass_move", arguments, act)
    return await read(viewer, UUID(done["mass"]))


def _move(rows: Sequence[DossierRow], name: str) -> Move:
    """The move of that name in the cycle of one of the dossiers."""
    moves = {move.name: move for row in rows for move in row.definition.cycle.moves}
    found = moves.get(name)
    if found is None:
        raise NotFound(
            "MOVE_UNKNOWN",
            f"Le passage « {name[:40]} » n’existe pas pour ces dossiers : choisissez un passage de la liste.",
            path=("move",),
        )
    if (found.source, found.target) == TRANSMITTING:
        raise Invalid(
            "MASS_TRANSMISSION",
            "La transmission engage une personne, dossier par dossier : elle ne se fait pas en nombre.",
            path=("move",),
        )
    return found


def _require_move(viewer: Viewer, rows: Sequence[DossierRow], move: Move) -> None:
    """Whoever may make the move on none of the dossiers asks for nothing; the report tells the rest."""
    right = Right(move.right)
    at_step = [row.target._replace(step=int(move.source)) for row in rows]
    if not any(decide(viewer, right, target).allowed for target in at_step):
        require(viewer, right, at_step[0])


async def read(viewer: Viewer, mass_id: UUID) -> MassRow:
    """A mass move of one's own, or of a form whose campaigns one conducts. Raises NotFound."""
    for record in await fetch(f"{_MASS} WHERE m.id = %s", [mass_id]):
        if _may_see(viewer, record):
            return MassRow(**record)
    raise unknown()


def unknown() -> NotFound:
    """The same words whether it does not exist or may not be known to exist."""
    return NotFound(
        "MASS_UNKNOWN", "Ce changement en nombre n’existe pas ou ne vous est pas ouvert.", path=("id",)
    )


async def mass_moves(viewer: Viewer, first: int = 20, after: str | None = None) -> CountedPage[MassRow]:
    """Those that the viewer may see, the latest first. Raises Invalid FIRST_OUT_OF_BOUNDS, CURSOR_INVALID."""
    check_first(first)
    forms = await fetch("SELECT DISTINCT platform, form FROM mass_move")
    managed = [(one["platform"], one["form"]) for one in forms if _manages(viewer, one)]
    columns = [list(column) for column in zip(*managed, strict=True)] or [[], []]
    where = "(m.author_id = %s OR (m.platform, m.form) IN (SELECT * FROM unnest(%s::text[], %s::text[])))"
    values: list[Any] = [viewer.user_id, *columns]
    total = await count_of(f"SELECT m.id FROM mass_move m WHERE {where}", values)  # noqa: S608 - values apart
    if after is not None:
        where, values = f"{where} AND (m.at, m.id) < (%s, %s)", [*values, *decode_moment(after)]
    records = await fetch(
        f"{_MASS} WHERE {where} ORDER BY m.at DESC, m.id DESC LIMIT %s", [*values, first + 1]
    )
    rows = [MassRow(**record) for record in records]
    return counted_page(rows, [encode(row.at.isoformat(), row.id) for row in rows], first, total)


async def items(
    viewer: Viewer, mass: MassRow, outcome: MassOutcome | None, first: int = 50, after: str | None = None
) -> CountedPage[MassItemRow]:
    """The report, dossier by dossier, in the order of the choice.

    What became of a dossier that one may read no more is told, without its name nor the sentence.
    """
    check_first(first)
    where = "mass_id = %s AND (%s::text IS NULL OR outcome = %s)"
    values: list[Any] = [mass.id, outcome, outcome]
    total = await count_of(f"SELECT id FROM mass_move_item WHERE {where}", values)  # noqa: S608 - values apart
    if after is not None:
        where, values = f"{where} AND position > %s", [*values, _position(after, mass.id)]
    records = await fetch(
        f"SELECT * FROM mass_move_item WHERE {where} ORDER BY position LIMIT %s",  # noqa: S608 - values apart
        [*values, first + 1],
    )
    readable = await still_readable(viewer, [record["dossier_id"] for record in records])
    rows = [_item(record, readable.get(record["dossier_id"])) for record in records]
    return counted_page(rows, [encode(str(record["position"]), mass.id) for record in records], first, total)


def _item(record: Mapping[str, Any], dossier: DossierRow | None) -> MassItemRow:
    outcome = MassOutcome(record["outcome"])
    if dossier is None:
        return MassItemRow(None, outcome, record["code"], "")
    return MassItemRow(dossier, outcome, record["code"], record["message"])


def _may_see(viewer: Viewer, record: Mapping[str, Any]) -> bool:
    own = viewer.user_id is not None and record["author_id"] == viewer.user_id
    return own or _manages(viewer, record)


def _manages(viewer: Viewer, record: Mapping[str, Any]) -> bool:
    decision = decide_on_form(viewer, Right.CAMPAIGN_MANAGE, record["platform"], record["form"])
    return isinstance(decision, Allowed)


def _position(cursor: str, mass_id: UUID) -> int:
    value, mass = decode(cursor)
    if mass != mass_id or not (value.isascii() and value.isdigit()) or len(value) > LONGEST_PLACE:
        raise cursor_invalid()
    return int(value)
