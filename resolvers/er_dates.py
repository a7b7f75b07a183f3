"""When the Ministry's ER of a federation's dossier was transmitted (manual §6.4), to whom it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right
from models import fetch
from resolvers.finding_standing import ER, FEDERATION, seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from authz import Viewer
    from resolvers.rows import DossierRow


async def er_dates(viewer: Viewer, rows: Sequence[DossierRow]) -> dict[UUID, datetime]:
    """For each dossier of a federation's platform whose ER was transmitted, when; absent for all others.

    Told to who reads the ER, and to the dossier's organism and platform.
    """
    inside = [row.id for row in rows if row.insider]
    read = seen(viewer, Right.READ)
    records = await fetch(
        f"SELECT asked.id, max(d.transmitted_at) AS at FROM dossier d "  # noqa: S608 - the values are apart
        "JOIN (SELECT d.id, d.organism_id, d.year FROM dossier d "
        f"WHERE d.id = ANY(%s) AND {FEDERATION}) asked "
        "ON asked.organism_id = d.organism_id AND asked.year = d.year "
        f"WHERE {ER} AND d.transmitted_at IS NOT NULL AND (asked.id = ANY(%s) OR ({read.sql})) GROUP BY 1",
        [[row.id for row in rows], inside, *read.values],
    )
    return {record["id"]: record["at"] for record in records}
