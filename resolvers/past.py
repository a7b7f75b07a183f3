"""Last year's values, as far as their reader may have them: this year's dossier does not open last year's.

A partner's convention, an organism's consent, a new person's line of rights hold for one year: what `#` reads
comes to a reader only from a dossier that he may read, without the personal data of either year.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from forms import load_pack, split_key
from resolvers import dossiers, readings
from resolvers.rows import ClosedPast
from resolvers.snapshots import last_year_values, previous_values

if TYPE_CHECKING:
    from authz import Viewer
    from forms import Pack
    from resolvers.rows import DossierRow


async def closed_past(viewer: Viewer, dossier: DossierRow) -> ClosedPast:
    """What of last year the viewer may not have: all of it without a dossier that he may read.

    What leaves in a file holds of last year's dossier only what he may take away of that one too.
    """
    found = dossiers.last_year_taken if readings.takes(dossier) else dossiers.last_year_of
    before = (await found(viewer, [dossier])).get(dossier.id)
    if before is None:
        return ClosedPast(whole=True)
    await readings.note([replace(before, channel=dossier.channel)])
    return closed_by(dossier, before)


def closed_by(dossier: DossierRow, before: DossierRow) -> ClosedPast:
    """What the personal data of both years close, though the viewer may read both dossiers."""
    withheld = dossier.withheld
    here = {cell.id for cell in dossier.definition.cells.values() if cell.tab in withheld} if withheld else ()
    moved = _moved(dossier.pack, before.pack, before.withheld) if before.withheld else frozenset()
    return ClosedPast(cells=moved.union(here))


@lru_cache(maxsize=32)
def _moved(pack: str, before: str, withheld: frozenset[str]) -> frozenset[str]:
    """Where the cells of last year's withheld tabs stand this year, maybe in a tab that is not."""
    years = load_pack(pack).years
    old = (cell.id for cell in load_pack(before).cells.values() if cell.tab in withheld)
    return frozenset(split_key(new)[0] for cell in old for new in years.new_places(cell))


async def open_past(viewer: Viewer, dossier: DossierRow) -> tuple[dict[str, str], ClosedPast]:
    """Last year's cells that the viewer may have, under this year's names, and what is left out of them.

    Nothing is closed where `#` reads nothing: an organism's first dossier has no last year.
    """
    previous = await previous_values(dossier)
    closed = await closed_past(viewer, dossier) if previous else ClosedPast()
    return {cell: value for cell, value in previous.items() if not closed.closes(cell)}, closed


async def past_under(viewer: Viewer, dossier: DossierRow, pack: Pack) -> dict[str, str]:
    """The same under a draft's names: what its `years.txt` puts elsewhere than the dossier's own pack does.

    What a transmission froze stays frozen wherever both put the same values.
    """
    past, closed = await open_past(viewer, dossier)
    before = (await dossiers.last_year_of(viewer, [dossier])).get(dossier.id)
    if before is None or closed.whole:
        return past
    own = dossier.definition
    values = {
        cell: value
        for cell, value in (await last_year_values(dossier)).items()
        if not _withheld(cell, dossier, before)
        and not any(closed.closes(new) for new in own.years.new_places(cell))
    }
    here, there = own.from_last_year(values), pack.from_last_year(values)
    moved = {cell for cell in {*here, *there} if here.get(cell) != there.get(cell)}
    kept = {cell: value for cell, value in past.items() if cell not in moved}
    return kept | {cell: there[cell] for cell in moved & there.keys() if not _withheld(cell, dossier, before)}


def _withheld(cell: str, dossier: DossierRow, before: DossierRow) -> bool:
    """Whether a tab of that name is personal data in either year: a draft cannot take it out of there."""
    return before.withholds(cell) or dossier.withholds(cell)
