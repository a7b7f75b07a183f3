"""Sealed copies as those who take them meet them: whole dossiers, each time by right, and noted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Allowed, Right, decide, readable_tabs, require
from models import Conflict, NotFound, Refused, fetch, transaction
from resolvers import dossiers, journal, readings
from resolvers.copy_rows import COLUMNS, STEPS, CopyRow, row_of
from resolvers.events import Kind
from resolvers.exchange_scope import as_read_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.rows import DossierRow

# What of the table a row is made of; never what was frozen, which is as large as its anomalies.
SELECTED = (
    ", ".join(f"c.{name}" for name in COLUMNS)
    + ", c.frozen->'author'->>'organization' AS organization"
    + ", jsonb_array_length(c.frozen->'attachments') AS attachments"
    + ", jsonb_path_query_array(c.frozen, '$.visas[*].step') AS visa_steps"
)
_LIST = f"SELECT {SELECTED} FROM sealed_copy c WHERE c.dossier_id = ANY(%s) ORDER BY c.number DESC"  # noqa: S608 - our own columns
SOME = f"SELECT {SELECTED} FROM sealed_copy c WHERE c.id = ANY(%s)"  # noqa: S608 - our own columns
_ONE = f"SELECT {SELECTED} FROM sealed_copy c WHERE c.id = %s"  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True)
class Taken:
    """A `part` (zip, receipt, pdf) of a copy, and the right by which it is taken."""

    copy: CopyRow
    dossier: DossierRow
    right: Right
    part: str


async def of_many(viewer: Viewer, asked: Sequence[DossierRow]) -> dict[UUID, tuple[CopyRow, ...] | Refused]:
    """The copies of several dossiers, by dossier, the latest first; or why the viewer may not have them.

    Without those of a step at which he may not take the dossier.

    Refused, or Refused COPY_WITHHELD, where he may not take a whole dossier away.
    """
    found: dict[UUID, tuple[CopyRow, ...] | Refused] = {}
    opened: dict[UUID, DossierRow] = {}
    for dossier in asked:
        try:
            check_whole(viewer, dossier, Right.EXPORT)
            opened[dossier.id] = dossier
        except Refused as refused:
            found[dossier.id] = refused
    rows = [row_of(record) for record in await fetch(_LIST, [list(opened)])] if opened else []
    kept = [row for row in rows if _known(viewer, opened[row.dossier_id], row)]
    return found | {one: tuple(row for row in kept if row.dossier_id == one) for one in opened}


def _known(viewer: Viewer, dossier: DossierRow, copy: CopyRow) -> bool:
    then = _as_sealed(viewer, dossier, copy).target
    return all(decide(viewer, right, then).allowed for right in (Right.READ, Right.EXPORT))


def _as_sealed(viewer: Viewer, dossier: DossierRow, copy: CopyRow) -> DossierRow:
    """The dossier at the step whose values the copy holds, as the viewer may read it there."""
    return as_read_by(viewer, replace(dossier, step=STEPS[copy.kind]))


def check_whole(viewer: Viewer, dossier: DossierRow, right: Right) -> str:
    """The article by which the viewer may take the whole dossier, which a copy holds; "" where none is named.

    Raises Refused, and Refused COPY_WITHHELD to whoever reads some of its tabs only.
    """
    decision = decide(viewer, right, dossier.target)
    if not isinstance(decision, Allowed):
        details = {"layer": decision.layer.value, "ref": decision.ref, "right": right.value}
        raise Refused("REFUSED", decision.message, details=details)
    opened = [readable_tabs(viewer, right, dossier.target)]
    if decide(viewer, Right.READ, dossier.target).allowed:
        opened.append(dossier.open_tabs)
    if any(replace(dossier, open_tabs=tabs).withheld for tabs in opened):
        raise Refused(
            "COPY_WITHHELD",
            "Une copie scellée contient le dossier entier, dont des onglets qui ne vous sont pas "
            "ouverts\u00a0: exportez depuis le dossier ceux que vous pouvez lire.",
        )
    return decision.ref


def refusal(viewer: Viewer, dossier: DossierRow, copy: CopyRow, right: Right) -> Refused | None:
    """Why the viewer may not take this copy; None where he may, at the dossier's step and at the copy's."""
    then = _as_sealed(viewer, dossier, copy)
    try:
        check_whole(viewer, dossier, right)
        check_whole(viewer, then, right)
        if right is Right.EXPORT:
            require(viewer, Right.READ, then.target)
    except Refused as refused:
        return refused
    if copy.attachments and not decide(viewer, Right.ATTACHMENT_READ, dossier.target).allowed:
        return Refused(
            "COPY_ATTACHMENTS",
            "Cette copie nomme les pièces jointes du dossier, que vous ne pouvez pas lire\u00a0: demandez "
            f"l’accès à la plateforme ({dossier.platform_name}).",
        )
    if not all(_reads_at(viewer, dossier, step, right) for step in copy.visa_steps):
        return Refused(
            "COPY_VISAS",
            "Cette copie nomme des visas donnés à une étape que vous ne pouvez pas lire\u00a0: demandez "
            f"l’accès à la plateforme ({dossier.platform_name}).",
        )
    return None


def _reads_at(viewer: Viewer, dossier: DossierRow, step: int, right: Right) -> bool:
    target = dossier.target._replace(step=step)
    return any(decide(viewer, one, target).allowed for one in (right, Right.READ))


async def take(viewer: Viewer, copy_id: UUID, part: str) -> Taken:
    """The copy whose `part` (zip, receipt, pdf) he may take from the screens; `note` it once it is read.

    Raises NotFound, the same for a stranger's and for none; Refused; Conflict COPY_NOT_READY.
    """
    found = await fetch(_ONE, [copy_id])
    if not found:
        raise not_found()
    copy = row_of(found[0])
    try:
        dossier = await dossiers.read(viewer, copy.dossier_id)
    except NotFound:
        raise not_found() from None
    return handed(viewer, Taken(copy, dossier, Right.EXPORT, part))


def handed(viewer: Viewer, taken: Taken) -> Taken:
    """The same, if the viewer may take it. Raises Refused, Conflict COPY_NOT_READY."""
    dossier, copy, right = taken.dossier, taken.copy, taken.right
    refused = refusal(viewer, dossier, copy, right)
    if refused is not None:
        raise refused
    if not copy.ready:
        raise Conflict(
            "COPY_NOT_READY",
            "Cette copie se prépare encore\u00a0: redemandez-la dans quelques instants.",
            details={"seconds": 10},
        )
    return taken


async def note(viewer: Viewer, taken: Taken) -> None:
    """Who takes it, when and under which article is kept: he is given nothing before. Raises Refused."""
    copy, dossier = taken.copy, taken.dossier
    article = check_whole(viewer, dossier, taken.right)
    told = {"copy": copy.id, "kind": copy.kind.value, "number": copy.number}
    async with transaction():
        await readings.note([replace(dossier, channel=readings.COPY)], taken.right)
        how = {**told, "part": taken.part, "by": taken.right.value}
        await journal.record_many(viewer, Kind.COPY_TAKEN, [(dossier, article)], how)


def not_found() -> NotFound:
    """The same words whether the copy does not exist or may not be known to exist."""
    return NotFound(
        "NOT_FOUND",
        "Cette copie n’existe pas ou ne vous est pas ouverte\u00a0: vérifiez le lien.",
        path=("copy",),
    )
