"""Sealing the journal: each event, once, gets a place in a chain of hashes (docs/decisions/0012)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from models import execute, fetch, transaction

if TYPE_CHECKING:
    from collections.abc import Mapping

# What the first event's hash begins with.
ORIGIN: Final = "0" * 64
AT_ONCE: Final = 1000
_TURN = "SELECT pg_try_advisory_xact_lock(hashtext('harmonia.seal_events')) AS mine"
_LAST = """
SELECT s.position, s.hash, coalesce(e.xid, 0) AS xid, now() AS at,
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS ahead
FROM (SELECT 1) one LEFT JOIN (SELECT * FROM event_seal ORDER BY position DESC LIMIT 1) s ON true
LEFT JOIN event e ON e.id = s.event_id
"""
# Whatever is of a transaction that ended before every one still under way is complete, for good. Those ahead
# of the clock of transactions were brought here from another server: nobody writes them any more.
_WAITING = """
SELECT e.* FROM event e LEFT JOIN event_seal s ON s.event_id = e.id
WHERE s.event_id IS NULL AND e.xid >= %s
  AND (e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
       OR e.xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
ORDER BY e.xid, e.id LIMIT %s
"""
_SEAL = """
INSERT INTO event_seal (position, event_id, hash, at)
SELECT n.position, n.event, n.hash, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS n(position, event, hash)
"""


async def seal_events(*, whole: bool = False, at_once: int = AT_ONCE) -> int:
    """Seal what is not yet; how many there were. One sealer works at a time: another one finds nothing to do.

    `whole`: look through the whole journal, and not only since the transaction sealed last: what a server
    restored from a copy wrote before anyone sealed could stay behind it.
    """
    sealed = 0
    while True:
        count = await _seal_some(at_once, whole=whole)
        sealed += count
        if count < at_once:
            return sealed


async def _seal_some(most: int, *, whole: bool) -> int:
    async with transaction():
        if not (await fetch(_TURN))[0]["mine"]:
            return 0
        # Read once the turn is ours: what another sealer has just sealed is seen.
        last = (await fetch(_LAST))[0]
        since = 0 if whole or last["xid"] >= last["ahead"] else last["xid"]
        events = await fetch(_WAITING, [since, most])
        if events:
            await _append(events, last["position"] or 0, last["hash"] or ORIGIN, last["at"])
        return len(events)


async def _append(events: list[dict[str, Any]], position: int, before: str, at: datetime) -> None:
    hashes = []
    for event in events:
        before = link(before, event, at)
        hashes.append(before)
    positions = list(range(position + 1, position + 1 + len(events)))
    await execute(_SEAL, [at, positions, [event["id"] for event in events], hashes])


def link(before: str, event: Mapping[str, Any], sealed_at: datetime) -> str:
    """The hash of an event at its place: of the hash before it and of all that is written of it."""
    written = {
        "at": _moment(event["at"]),
        "details": event["details"],
        "dossier": event["dossier_id"],
        "sealed_at": _moment(sealed_at),
        **{
            name: event[name] for name in ("id", "kind", "name", "organization", "platform", "ref", "subject")
        },
        "xid": event["xid"],
    }
    canonical = orjson.dumps(written, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(before.encode() + canonical).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
