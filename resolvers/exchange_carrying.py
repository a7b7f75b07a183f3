"""Carrying what is still talked about to the next year's dossier, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from authz import Right, Viewer, decide, require
from models import Level, NotFound, execute, fetch
from resolvers import dossiers, journal
from resolvers.events import Kind
from resolvers.exchange_anchors import carried
from resolvers.exchange_scope import PLACES, SEEN, place_of, places
from resolvers.idempotency import once
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolvers.rows import DossierRow

_NEXT = """
SELECT n.id FROM dossier d JOIN dossier n ON n.organism_id = d.organism_id AND n.platform = d.platform
AND n.form = d.form AND n.year = d.year + 1 WHERE d.id = %s
"""
_OPEN = f"""
SELECT DISTINCT t.id, t.level, t.anchor FROM {PLACES}, thread t, message m
WHERE {SEEN} AND t.state = 'open' AND m.published_at IS NOT NULL
"""  # noqa: S608 - made of the constants of this room alone
# Next year's conventions do not open this year's talk: what everyone read is then read by the organism, the
# platform and whoever opened it. The unique `carried_from` holds whoever carries at once.
_CARRY = """
INSERT INTO thread (id, dossier_id, level, anchor, audience, organization_id, state, due_on, opened_at,
                    carried_from)
SELECT gen_random_uuid(), %s, c.level, c.anchor,
       CASE t.audience WHEN 'all' THEN 'platform' ELSE t.audience END, t.organization_id,
       'open', t.due_on, t.opened_at, t.id
FROM jsonb_to_recordset(%s::jsonb) AS c(id uuid, level text, anchor text) JOIN thread t ON t.id = c.id
ORDER BY t.id ON CONFLICT (carried_from) DO NOTHING RETURNING id
"""
_MESSAGES = """
INSERT INTO message (id, thread_id, nature, text, author_id, organization_id, written_at, published_at)
SELECT gen_random_uuid(), n.id, m.nature, m.text, m.author_id, m.organization_id, m.written_at, m.published_at
FROM thread n JOIN message m ON m.thread_id = n.carried_from
WHERE n.id = ANY(%s) AND m.published_at IS NOT NULL
"""
_READINGS = """
INSERT INTO thread_reading (thread_id, user_id, read_at)
SELECT n.id, r.user_id, r.read_at FROM thread n JOIN thread_reading r ON r.thread_id = n.carried_from
WHERE n.id = ANY(%s)
"""


# What carrying asks of next year's dossier.
_NEEDED = (Right.EXCHANGE_READ, Right.EXCHANGE_WRITE)


async def may_carry(viewer: Viewer, rows: Sequence[DossierRow]) -> dict[UUID, bool]:
    """Whether the viewer may carry threads of each dossier, whose exchanges he reads, to next year's."""
    found = {} if viewer.user_id is None else await dossiers.next_year_of(viewer, rows)
    return {
        dossier: all(decide(viewer, right, row.target).allowed for right in _NEEDED)
        for dossier, row in found.items()
    }


async def carry(viewer: Viewer, dossier_id: UUID, key: str) -> int:
    """Carry the open threads of a dossier that the viewer may see to next year's; how many were.

    Published messages come along as they were read. Raises NotFound (NEXT_YEAR_UNKNOWN), Refused, Invalid
    PERSON_REQUIRED.
    """

    async def act() -> dict[str, Any]:
        dossier = await dossiers.read(viewer, dossier_id)
        require(viewer, Right.EXCHANGE_READ, dossier.target)
        target = await _next(viewer, dossier)
        for right in _NEEDED:
            require(viewer, right, target.target)
        person_of(viewer)
        found = await fetch(_OPEN, [places([place_of(viewer, dossier)])])
        new = [_moved(target, record) for record in found]
        made = [record["id"] for record in await fetch(_CARRY, [target.id, orjson.dumps(new).decode()])]
        for statement in (_MESSAGES, _READINGS) if made else ():
            await execute(statement, [made])
        if made:
            told = {"from": dossier.id, "threads": made}
            await journal.record(viewer, Kind.THREADS_CARRIED, target, told)
        return {"carried": len(made)}

    done = await once(viewer, key, "carryThreads", {"dossier": dossier_id}, act)
    return int(done["carried"])


async def _next(viewer: Viewer, dossier: DossierRow) -> DossierRow:
    """Next year's dossier of the same organism and form, held."""
    unknown = NotFound(
        "NEXT_YEAR_UNKNOWN",
        f"Le dossier {dossier.form} {dossier.year + 1} n’existe pas ou ne vous est pas ouvert\u00a0: "
        "attendez sa transmission.",
        path=("dossier",),
    )
    for record in await fetch(_NEXT, [dossier.id]):
        try:
            return await dossiers.read(viewer, record["id"], lock=True)
        except NotFound:
            raise unknown from None
    raise unknown


def _moved(target: DossierRow, record: dict[str, Any]) -> dict[str, Any]:
    level, anchor = carried(target.definition, Level(record["level"]), record["anchor"])
    return {"id": record["id"], "level": level.value, "anchor": anchor}
