"""How a failing check is named, and what of it its reader may know."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resolvers.closed_tabs import tab_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forms import Anomaly
    from resolvers.rows import AnomalyRow, ClosedPast, DossierRow


def named(check: str, instance: str) -> str:
    """The name under which a reason is kept: `EQ-001`, `F-1[1]` for the instance of a group."""
    return f"{check}[{instance}]" if instance else check


def anomaly_id(anomaly: Anomaly) -> str:
    """What tells an anomaly from the others of its dossier, this year and next."""
    return named(anomaly.check, anomaly.instance)


def readable(row: AnomalyRow) -> AnomalyRow:
    """The anomaly without the personal data that its reader may not read, nor what they come to."""
    dossier, anomaly = row.dossier, row.anomaly
    if dossier is None or not any(dossier.withholds(place) for place in _read(dossier, anomaly)):
        return row
    left = replace(
        anomaly,
        gap=None,
        cells=tuple(pair for pair in anomaly.cells if not dossier.withholds(pair[0])),
        previous=tuple(pair for pair in anomaly.previous if not dossier.withholds(pair[0])),
        target="" if dossier.withholds(anomaly.target) else anomaly.target,
        instance="" if _names_someone(dossier, anomaly) else anomaly.instance,
    )
    return replace(row, anomaly=left, justification=None, closed=True)


def tabs_told(found: Iterable[AnomalyRow]) -> set[str]:
    """The tabs of which anomalies, as their reader is told them, say something."""
    places = (
        place
        for row in found
        if row.dossier is not None and not row.closed
        for place in (*_cells(row.anomaly), *_tables(row.dossier, row.anomaly))
    )
    return {tab_of(place) for place in places}


def without_past(row: AnomalyRow, closed: ClosedPast) -> AnomalyRow:
    """The anomaly without the gap that, beside this year's values, gives back last year's closed ones."""
    anomaly = row.anomaly
    if not any(closed.closes(cell) for cell, _ in anomaly.previous):
        return row
    left = tuple((cell, None if closed.closes(cell) else value) for cell, value in anomaly.previous)
    return replace(row, anomaly=replace(anomaly, gap=None, previous=left))


def _names_someone(dossier: DossierRow, anomaly: Anomaly) -> bool:
    checks = (check for check in dossier.definition.checks if check.id == anomaly.check)
    return any(check.group is not None and dossier.withholds(check.group) for check in checks)


def _read(dossier: DossierRow, anomaly: Anomaly) -> Iterator[str]:
    yield from _cells(anomaly)
    if dossier.withheld:
        yield from _tables(dossier, anomaly)


def _cells(anomaly: Anomaly) -> Iterator[str]:
    return (cell for cell, _ in (*anomaly.cells, *anomaly.previous))


def _tables(dossier: DossierRow, anomaly: Anomaly) -> Iterator[str]:
    checks = (check for check in dossier.definition.checks if check.id == anomaly.check)
    yield from (table for check in checks for table in check.tables)
