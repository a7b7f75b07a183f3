"""The journal: what happened, written in the transaction of what it tells, and never changed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from models import execute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from authz import Viewer
    from resolvers.events import Kind
    from resolvers.rows import DossierRow

# `xid`: the transaction's own number, by which the sealer knows what can no longer come before.
_RECORD = """
INSERT INTO event (at, xid, kind, platform, dossier_id, organization, subject, name, ref, details)
SELECT now(), pg_current_xact_id()::text::bigint, %s, coalesce(e->>0, ''), (e->>1)::uuid, %s, %s, %s,
       coalesce(e->>2, ''), %s::jsonb
FROM jsonb_array_elements(%s::jsonb) e
"""


async def record(
    viewer: Viewer | None,
    kind: Kind,
    about: DossierRow | tuple[str, UUID] | str = "",
    details: Mapping[str, object] | None = None,
    ref: str = "",
) -> None:
    """Keep one event in the caller's transaction; without a viewer it is the system's own.

    `about`: a dossier, or its platform's code and its identifier, or a platform's code, or "". `details` are
    identifiers and codes, never a value of a dossier nor what somebody wrote. `ref`: its article.
    """
    await _write(viewer, kind, [(*_place(about), ref)], details or {})


def _place(about: DossierRow | tuple[str, UUID] | str) -> tuple[str, UUID | None]:
    if isinstance(about, tuple):
        return about
    return (about, None) if isinstance(about, str) else (about.platform, about.id)


async def record_many(
    viewer: Viewer | None,
    kind: Kind,
    dossiers: Sequence[tuple[DossierRow, str]],
    details: Mapping[str, object] | None = None,
) -> None:
    """The same event of several dossiers in one statement, each with the article that allows it."""
    if dossiers:
        await _write(viewer, kind, [(row.platform, row.id, ref) for row, ref in dossiers], details or {})


async def _write(
    viewer: Viewer | None, kind: Kind, places: Sequence[tuple[Any, ...]], details: Mapping[str, object]
) -> None:
    who = ("", "", "") if viewer is None else (viewer.organization, viewer.subject, viewer.name)
    written = orjson.dumps(details, default=str).decode()
    told = orjson.dumps(places, default=str).decode()
    await execute(_RECORD, [kind.value, *who, written, told])
