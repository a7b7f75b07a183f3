"""The checks of a dossier that has been evaluated."""

from __future__ import annotations

from dataclasses import dataclass

from forms.data import Data, Evaluation
from forms.pack import Pack
from forms.structure import Check
from forms.values import Value, decimal
from forms.words import Severity


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A check that fails: the gap is left - right, None where there is nothing to count.

    `unit` is the gap's; `cells` are this year's cells of both sides with their values, `previous`
    last year's; `target` is the cell to jump to.
    """

    check: str
    severity: Severity
    label: str
    gap: str | None
    unit: str
    cells: tuple[tuple[str, str | None], ...]
    previous: tuple[tuple[str, str | None], ...]
    target: str


def verify(pack: Pack, data: Data, evaluation: Evaluation) -> tuple[Anomaly, ...]:
    """The checks that fail, in the order of the pack; forced values count as such."""
    found: list[Anomaly] = []
    values = evaluation.values
    for check, (function, operands) in zip(pack.checks, pack.program.checks, strict=True):
        gap = function(values, *operands)
        if gap is not None and _concerns(pack, check, data.kind):
            found.append(_anomaly(check, gap, data, evaluation))
    return tuple(found)


def _concerns(pack: Pack, check: Check, kind: str) -> bool:
    # A check on hidden lines only is no rule for this organism.
    return not check.cells or any(pack.cells[cell].applies_to(kind) for cell in check.cells)


def _anomaly(check: Check, gap: Value, data: Data, evaluation: Evaluation) -> Anomaly:
    computed = evaluation.cells
    cells = ((cell, computed[cell] if cell in computed else data.cells.get(cell)) for cell in check.cells)
    return Anomaly(
        check=check.id,
        severity=check.severity,
        label=check.label,
        gap=decimal(gap) if isinstance(gap, int) else None,
        unit=check.unit,
        cells=tuple(cells),
        previous=tuple((cell, data.previous.get(cell)) for cell in check.previous),
        target=check.target,
    )
