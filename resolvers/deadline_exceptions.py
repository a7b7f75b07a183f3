"""Another last day for one dossier, dated and with its reason: granted, taken back, listed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Right, require_on_form
from forms import Step
from models import Conflict, DeadlineException, Invalid, execute, fetch, transaction
from resolvers import dossiers, idempotency, journal
from resolvers.campaign_rows import Asked, GrantedRow
from resolvers.campaigning import count_of, require_managing, seen, with_dossiers
from resolvers.campaigns import check_day
from resolvers.events import Kind
from resolvers.legible import is_legible
from resolvers.paging import CountedPage, check_first, counted_page, cursor_invalid, decode, encode
from resolvers.person import person_of
from resolvers.reasons import checked_reason

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.rows import DossierRow

# What was granted is never forgotten: the reason for which it is no more stays beside it.
_REMOVE = """
UPDATE deadline_exception SET removed_at = now(), removed_by_id = %s, removed_reason = %s
WHERE dossier_id = %s AND step = %s AND removed_at IS NULL
"""
_LIST = """
SELECT x.step, x.due_on, x.reason, x.at, d.id, d.code, u.first_name || ' ' || u.last_name AS author
FROM deadline_exception x JOIN dossier d ON d.id = x.dossier_id JOIN user_account u ON u.id = x.author_id
WHERE d.platform = %s AND d.form = %s AND d.year = %s AND x.removed_at IS NULL
"""


async def grant(  # noqa: PLR0913, PLR0917 - what an exception is made of
    viewer: Viewer, dossier_id: UUID, step: Step, due_on: date | None, reason: str, key: str
) -> DossierRow:
    """Give a dossier another last day to leave a step, or take it back (`due_on` None).

    Raises NotFound, Refused, Conflict STEP_LEFT, Invalid PERSON_REQUIRED, DEADLINE_INVALID, REASON_MISSING,
    REASON_TOO_LONG, REASON_INVALID.
    """
    author, reason = person_of(viewer), checked_reason(reason, required=True)
    if not is_legible(reason):
        raise Invalid(
            "REASON_INVALID", "Donnez un motif d’une seule ligne, sans signe invisible.", path=("reason",)
        )
    async with transaction():
        dossier = await dossiers.read(viewer, dossier_id, lock=True)
        require_managing(viewer, dossier)
        arguments = {"dossier": dossier_id, "step": int(step), "due_on": due_on}
        if (
            await idempotency.claim(viewer, key, "grant_deadline", {**arguments, "reason": reason})
            is not None
        ):
            return dossier
        _check(dossier, step, due_on)
        await execute(_REMOVE, [author, reason, dossier_id, int(step)])
        if due_on is not None:
            await DeadlineException.create(
                dossier_id=dossier_id,
                step=int(step),
                due_on=due_on,
                reason=reason,
                author_id=author,
                at=datetime.now(UTC),
            )
        await journal.record(viewer, Kind.DEADLINE_GRANTED, dossier, arguments)
        return dossier


def _check(dossier: DossierRow, step: Step, due_on: date | None) -> None:
    if step < dossier.step:
        raise Conflict(
            "STEP_LEFT",
            "Ce dossier a déjà quitté cette étape : donnez un autre dernier jour à une étape qui lui reste.",
            path=("step",),
            details={"step": dossier.step.name},
        )
    if due_on is not None:
        check_day(int(step), due_on, dossier.year, ("dueOn",))


async def granted(
    viewer: Viewer, asked: Asked, first: int = 50, after: str | None = None
) -> CountedPage[GrantedRow]:
    """The exceptions of a campaign, by the organism's code, then by step. Raises Refused."""
    check_first(first)
    require_on_form(viewer, Right.CAMPAIGN_MANAGE, asked.platform, asked.form)
    readable, values = seen(viewer, Right.READ)
    query, values = f"{_LIST} AND {readable}", [*asked.values, *values]
    counted = await count_of(query, values)
    if after is not None:
        query, values = f"{query} AND (d.code, x.step, d.id) > (%s, %s, %s)", [*values, *_place(after)]
    records = await fetch(f"{query} ORDER BY d.code, x.step, d.id LIMIT %s", [*values, first + 1])
    shown = await with_dossiers(viewer, records)
    same = ("due_on", "reason", "author", "at")
    rows = [
        GrantedRow(dossier, Step(one["step"]), **{name: one[name] for name in same}) for one, dossier in shown
    ]
    cursors = [encode(f"{one['code']}|{one['step']}", one["id"]) for one, _ in shown]
    return counted_page(rows, cursors, first, counted)


def _place(cursor: str) -> tuple[str, int, UUID]:
    value, dossier = decode(cursor)
    code, _, step = value.rpartition("|")
    if len(step) != 1 or not (step.isascii() and step.isdigit()):
        raise cursor_invalid()
    return code, int(step), dossier
