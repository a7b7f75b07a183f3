"""Other dossiers of the same organism: last year's, and the QDIS of the same year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import add_rows, profile_line, read_version
from models import Campaign, CellChange, Dossier, Organism, Snapshot, SnapshotState, TabDocument
from tests.world import SIREN, World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_ROWS = {"F01": [{"key": "0001", "values": {"C01": "0001", "C10": "100"}, "computed": {"C13": "100"}}]}
ENTRY = {"saisie": "entry"}


async def empty(form: str, year: int, step: int) -> Dossier:
    """A dossier of the organism of the world, in a campaign of its own, that holds nothing yet."""
    pack = f"{form}/{year}/1"
    campaign = await Campaign.create(
        platform_id="MIN", form=form, year=year, pack=pack, opens_on=date(2024, 3, 1)
    )
    return await Dossier.create(
        campaign=campaign,
        organism=await Organism.get(siren=SIREN),
        platform="MIN",
        form=form,
        year=year,
        pack=pack,
        code="001",
        category="OPH",
        search="",
        step=step,
        step_since=datetime.now(UTC),
        passes=step,
    )


def _documents(
    cells: Mapping[str, str], rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, value in cells.items():
        tab, _, place = name.partition(".")
        found.setdefault(tab, {"cells": {}, "forced": {}, "computed": {}, "rows": []})["cells"][place] = value
    for tab, kept in rows.items():
        found[tab] = {"cells": {}, "forced": {}, "computed": {}, "rows": list(kept)}
    return found


async def last_year(
    cells: Mapping[str, str], rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None, *, step: int = 6
) -> UUID:
    """The organism's ER of 2023 as it was transmitted; what was typed since is something else."""
    dossier = await empty("ER", 2023, step)
    await Snapshot.create(
        dossier=dossier,
        state=SnapshotState.TRANSMITTED,
        at=datetime.now(UTC),
        pack=dossier.pack,
        data_hash="",
        documents=_documents(cells, rows or {}),
        previous={},
    )
    await TabDocument.create(dossier=dossier, tab="A1", cells=dict.fromkeys(("L011.B", "L012.B"), "999"))
    return dossier.id


async def survey(world: World, cells: Mapping[str, str], *, people: Mapping[str, str] = ENTRY) -> UUID:
    """The organism's QDIS of 2024 in entry, open to these people under their profiles."""
    dossier = await empty("QDIS", 2024, 1)
    for tab, parts in _documents(cells, {}).items():
        await TabDocument.create(dossier=dossier, tab=tab, **parts)
    lines = [
        profile_line(subject=f"user:{login}", profile=f"profile:{profile}", platform="MIN", form="QDIS")
        for login, profile in people.items()
    ]
    if lines:
        await add_rows(lines, base=await read_version(), author_id=None, comment="QDIS")
        await world.authority.refresh()
    return dossier.id


async def kept() -> tuple[list[object], list[object], int]:
    """Everything that a write may leave: documents, versions, lines of history."""
    documents = await TabDocument.all().order_by("id").values_list("dossier_id", "tab", "cells", "rows")
    versions = await Dossier.all().order_by("id").values_list("id", "version")
    return [*documents], [*versions], await CellChange.all().count()
