"""What happened to a dossier, passages and interactions, the latest first: only what the viewer may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from authz import Right, decide, decide_on_form
from forms import Step
from models import fetch
from resolvers.circuits import withheld_then
from resolvers.dossiers import heard
from resolvers.event_words import LABELS
from resolvers.events import Kind
from resolvers.exchange_scope import known_threads
from resolvers.opening import opened
from resolvers.paging import Paged, check_first, decode_numbered, encode, paged

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.rows import DossierRow

# Whoever reads the dossier sees how it went on.
_WAY: Final = (
    Kind.CONTACTS_CONFIRMED,
    Kind.HANDED_BACK,
    Kind.TAKEN_BACK,
    Kind.SUBSTEP_SET,
    Kind.ASSIGNED,
    Kind.DEADLINE_GRANTED,
    Kind.REOPENING_ASKED,
    Kind.REOPENING_ANSWERED,
    Kind.VISA_GIVEN,
    Kind.COPY_SEALED,
    Kind.LOADED,
)
# Who reads and takes away is the organism's to know, and that of those who run the campaign.
_READINGS: Final = (
    Kind.READ,
    Kind.EXPORT_ASKED,
    Kind.EXPORT_TAKEN,
    Kind.COPY_TAKEN,
    Kind.ATTACHMENT_TAKEN,
    Kind.GROUP_MAIL_SENT,
)
_TALK: Final = (
    Kind.MESSAGES_PUBLISHED,
    Kind.THREADS_CARRIED,
    Kind.THREAD_SETTLED,
    Kind.THREAD_DUE_SET,
    Kind.NATURE_CHANGED,
)
_ALL = """
SELECT * FROM (
    SELECT x.at, 2 * x.id + 1 AS place, 'step_crossed' AS kind, x.source, x.target, x.reason, '' AS ref,
           u.first_name || ' ' || u.last_name AS author, g.name AS organization
    FROM crossing x LEFT JOIN user_account u ON u.id = x.author_id
    LEFT JOIN organization g ON g.id = u.organization_id WHERE x.dossier_id = %s
    UNION ALL
    SELECT e.at, 2 * e.id, e.kind, NULL, NULL, '', e.ref, nullif(e.name, ''), g.name
    FROM event e LEFT JOIN organization g ON g.key = e.organization
    WHERE e.dossier_id = %s
      AND (e.kind <> 'visa_given' OR concat_ws(' ', e.details ->> 'circuit', e.details ->> 'visa') <> ALL(%s))
      AND (e.kind = ANY(%s) OR e.kind = ANY(%s) AND e.organization = %s
      OR e.kind = ANY(%s) AND EXISTS (
        SELECT 1 FROM thread t WHERE t.dossier_id = e.dossier_id AND t.id = ANY(%s) AND (
          e.details ->> 'thread' = t.id::text OR e.details -> 'threads' @> to_jsonb(t.id::text)
          OR EXISTS (SELECT 1 FROM message m WHERE m.thread_id = t.id
                     AND e.details -> 'messages' @> to_jsonb(m.id::text)))))
) happened WHERE (at, place) < (%s, %s) AND at >= %s ORDER BY at DESC, place DESC LIMIT %s
"""
_LAST = datetime.fromisoformat("9999-12-30T00:00:00Z")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened. `source` and `target` of a passage; `ref`: the article of whoever reads."""

    place: int
    at: datetime
    kind: Kind
    label: str
    author: str | None
    organization: str | None
    source: Step | None
    target: Step | None
    reason: str
    ref: str


async def timeline(
    viewer: Viewer, dossier: DossierRow, first: int = 50, after: str | None = None
) -> Paged[TimelineRow]:
    """One page of a dossier's history. Raises Invalid FIRST_OUT_OF_BOUNDS, CURSOR_INVALID.

    Whoever may not read its earlier steps sees what happened since he may, as in the history of a cell.
    """
    check_first(first)
    since = await opened(viewer, dossier)
    if since is None:
        return Paged((), (), has_next=False)
    before = (_LAST, 0) if after is None else decode_numbered(after)
    records = await fetch(
        _ALL, [dossier.id, dossier.id, *await _known(viewer, dossier), *before, since, first + 1]
    )
    rows = [_row(dossier, record) for record in records]
    return paged(rows, [encode(row.at.isoformat(), UUID(int=row.place)) for row in rows], first)


async def _known(viewer: Viewer, dossier: DossierRow) -> list[Any]:
    """The visas withheld; the kinds that he may know; those of his body alone; of threads, and which."""
    kinds, own = list(_WAY), [Kind.ATTACHMENT_REFUSED]
    if decide(viewer, Right.ATTACHMENT_READ, dossier.target).allowed:
        kinds.append(Kind.ATTACHMENTS_SENT)
    if _is_told_of_readers(viewer, dossier):
        kinds += _READINGS
    known = await known_threads(viewer, dossier)
    return [_withheld_visas(viewer, dossier), kinds, own, viewer.organization, list(_TALK), known]


def _withheld_visas(viewer: Viewer, dossier: DossierRow) -> list[str]:
    """`CIRCUIT VISA` of those that would tell the viewer of a tab that is closed to him, now or then."""
    named = ((circuit, visa) for circuit in dossier.definition.circuits for visa in circuit.visas)
    return [
        f"{circuit.code} {visa.code}"
        for circuit, visa in named
        if withheld_then(viewer, dossier, circuit, visa)
    ]


def _is_told_of_readers(viewer: Viewer, dossier: DossierRow) -> bool:
    if viewer.organization == dossier.target.organism:
        return True
    return decide_on_form(viewer, Right.CAMPAIGN_MANAGE, dossier.platform, dossier.form).allowed


def _row(dossier: DossierRow, record: dict[str, Any]) -> TimelineRow:
    kind = Kind(record["kind"])
    source, target = (None if record[name] is None else Step(record[name]) for name in ("source", "target"))
    label = LABELS[kind]
    if target is not None:
        label = f"Étape {int(target)} – {dossier.definition.cycle.label(target)}"
    return TimelineRow(
        place=record["place"],
        at=record["at"],
        kind=kind,
        label=label,
        author=record["author"],
        organization=record["organization"],
        source=source,
        target=target,
        reason=record["reason"] if source is None or heard(dossier, source) else "",
        ref=record["ref"],
    )
