"""Who may see a thread and its messages: one condition in SQL, from where a reader stands before a dossier.

Every list, count, mark, notification and line of the journal is made with it (docs/decisions/0014).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from authz import Right, Viewer, decide, readable_tabs, reads_personal_data
from models import Conflict, NotFound, fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resolvers.rows import DossierRow

# `p`: one line a reader and dossier, as `_json` writes them; it takes one value.
PLACES = (
    "jsonb_to_recordset(%s::jsonb) AS p(dossier uuid, inside boolean, tabs text[], body uuid, reader uuid, "
    "attaches boolean)"
)
# Of a thread `t` before its messages are looked at. A tab that the form has no more is nobody's but theirs
# who may read all of them: what it held cannot be told any longer.
_THREAD = """t.dossier_id = p.dossier
AND (t.audience = 'all' OR t.organization_id = p.body OR (t.audience = 'platform' AND p.inside))
AND (t.anchor = '' OR p.tabs IS NULL OR split_part(split_part(t.anchor, '.', 1), '[', 1) = ANY(p.tabs))"""
# Of a message `m` of such a thread: a draft is its author's alone.
MESSAGE = "(m.published_at IS NOT NULL OR m.author_id = p.reader)"
# A thread without a message that he may see does not exist for him.
THREAD = f"{_THREAD} AND EXISTS (SELECT FROM message m WHERE m.thread_id = t.id AND {MESSAGE})"
# Both at once, where threads are read with their messages.
SEEN = f"{_THREAD} AND m.thread_id = t.id AND {MESSAGE}"
# One's own are never unread; `r` is how far the reader has read. Nobody reads for a system.
UNREAD = (
    "(m.author_id <> p.reader AND m.published_at > coalesce(r.read_at, '-infinity'::timestamptz)) IS TRUE"
)


_KNOWN = f"SELECT t.id FROM {PLACES} JOIN thread t ON {THREAD}"  # noqa: S608 - made of the constants of this room alone
_READERS = f"""
SELECT DISTINCT p.reader FROM {PLACES}, thread t, message m WHERE {SEEN} AND m.id = ANY(%s)
"""  # noqa: S608 - made of the constants of this room alone


@dataclass(frozen=True, slots=True)
class Place:
    """Where one reader stands before the exchanges of one dossier.

    `inside`: he is of its organism or of its platform. `tabs`: the only ones of which he reads what is said,
    None for all. `body`: his organization. `reader`: himself, None for a system. `attaches`: he may also
    read what is joined.
    """

    dossier: UUID
    inside: bool
    tabs: tuple[str, ...] | None
    body: UUID
    reader: UUID | None
    attaches: bool


def place_of(viewer: Viewer, dossier: DossierRow) -> Place | None:
    """Where the viewer, for whom the row was read, stands; None where he has no exchange to read."""
    if not decide(viewer, Right.EXCHANGE_READ, dossier.target).allowed:
        return None
    row = narrowed(viewer, dossier, Right.EXCHANGE_READ)
    whole = row.insider and row.open_tabs is None
    return Place(
        dossier=row.id,
        inside=row.insider,
        tabs=None if whole else tuple(sorted(row.definition.tabs.keys() - row.withheld)),
        body=viewer.organization_id,
        reader=viewer.user_id,
        attaches=decide(viewer, Right.ATTACHMENT_READ, dossier.target).allowed,
    )


def narrowed(viewer: Viewer, dossier: DossierRow, right: Right, step: int | None = None) -> DossierRow:
    """The row with those of its open tabs alone on which the viewer has the right too; `step`: had there."""
    target = dossier.target if step is None else dossier.target._replace(step=int(step))
    opened = readable_tabs(viewer, right, target)
    if opened is not None and dossier.open_tabs is not None:
        opened &= dossier.open_tabs
    return replace(dossier, open_tabs=dossier.open_tabs if opened is None else opened)


def as_read_by(viewer: Viewer, dossier: DossierRow) -> DossierRow:
    """The same dossier for another of its readers, who is found to be one."""
    return replace(
        dossier,
        insider=reads_personal_data(viewer, dossier.target),
        open_tabs=readable_tabs(viewer, Right.READ, dossier.target),
        reader=viewer,
    )


def places(found: Iterable[Place | None]) -> str:
    """The value of PLACES."""
    return orjson.dumps([asdict(one) for one in found if one is not None]).decode()


def from_platform(viewer: Viewer, dossier: DossierRow) -> bool:
    """Whether the viewer is of the platform that collects the dossier."""
    return viewer.organization == f"operator:{dossier.platform}"


async def known_threads(viewer: Viewer, dossier: DossierRow) -> list[UUID]:
    """The threads of a dossier that the viewer may know of; for what the journal says of them."""
    records = await fetch(_KNOWN, [places([place_of(viewer, dossier)])])
    return [record["id"] for record in records]


async def readers_of(messages: Sequence[UUID], found: Iterable[Place | None]) -> frozenset[UUID]:
    """Which of these readers may see at least one of the messages."""
    records = await fetch(_READERS, [places(found), list(messages)])
    return frozenset(record["reader"] for record in records)


def thread_unknown() -> NotFound:
    """The same words whether the thread does not exist or may not be known to exist."""
    return NotFound(
        "THREAD_UNKNOWN",
        "Cet échange n’existe pas ou ne vous est pas ouvert\u00a0: rechargez l’espace d’échange.",
        path=("thread",),
    )


def message_unknown() -> NotFound:
    """The same words whether the message does not exist or may not be known to exist."""
    return NotFound(
        "MESSAGE_UNKNOWN",
        "Ce message n’existe pas ou ne vous est pas ouvert\u00a0: rechargez l’espace d’échange.",
        path=("message",),
    )


def message_published() -> Conflict:
    """What is published stays as it was read."""
    return Conflict(
        "MESSAGE_PUBLISHED",
        "Ce message est déjà publié\u00a0: il ne se modifie ni ne se supprime plus. Ajoutez une réponse.",
        path=("message",),
    )
