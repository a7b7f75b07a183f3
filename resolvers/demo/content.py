"""A complete set as its reader would get it: what a file to load, a print or a measure is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import Nature, Row, Step, load_pack
from resolvers.demo.case import REASON, pack_key
from resolvers.demo.identifiers import stable_id
from resolvers.demo.journeys import journey
from resolvers.demo.platforms import PLATFORMS
from resolvers.rows import DossierContent, DossierRow, Forced, OrganismRow, RowContent, TabContent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolvers.demo.case import CompleteSet


def content_of(complete: CompleteSet) -> DossierContent:
    """All its tabs, at the step of entry, never verified; nobody's rights were asked for it."""
    pack = load_pack(pack_key(complete.year))
    return DossierContent(
        dossier=_dossier(complete),
        pack=pack,
        tabs=tuple(_tab(complete, code) for code in pack.tabs),
        verification=None,
        crossings=(),
    )


def _dossier(complete: CompleteSet) -> DossierRow:
    body = complete.organism
    way = journey(body, complete.year, Step.ENTRY)
    return DossierRow(
        id=stable_id("dossier", body.siren, complete.year),
        form="ER",
        year=complete.year,
        pack=pack_key(complete.year),
        platform="MIN",
        platform_name=PLATFORMS["MIN"].name,
        organism=OrganismRow(
            id=stable_id("organism", body.siren),
            siren=body.siren,
            name=body.name,
            category=body.category,
            code=body.codes["MIN"],
            department=body.department.code,
            city=body.town.name,
            federation=PLATFORMS[body.federation].name if body.federation else None,
        ),
        step=Step.ENTRY,
        step_since=way.since,
        transmitted_at=None,
        version=0,
        passes=len(way.passages),
    )


def _tab(complete: CompleteSet, code: str) -> TabContent:
    data, evaluation = complete.data, complete.evaluation
    if load_pack(pack_key(complete.year)).tabs[code].nature is Nature.DYNAMIC:
        pairs = zip(data.rows.get(code, ()), evaluation.rows.get(code, ()), strict=True)
        return TabContent(code, {}, {}, tuple(_row(row, computed) for row, computed in pairs))
    start = f"{code}."
    values = {
        cell.removeprefix(start): value
        for cell, value in complete.effective.items()
        if cell.startswith(start)
    }
    forced = {
        cell.removeprefix(start): Forced(value, evaluation.automatic.get(cell), REASON)
        for cell, value in data.forced.items()
        if cell.startswith(start)
    }
    return TabContent(code, values, forced, ())


def _row(row: Row, computed: Mapping[str, str | None]) -> RowContent:
    found = {column: value for column, value in computed.items() if value is not None}
    return RowContent(row.key, {**found, **row.values})
