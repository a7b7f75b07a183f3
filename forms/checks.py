"""The checks of a dossier that has been evaluated."""

from __future__ import annotations

from dataclasses import dataclass

from forms.address import with_key
from forms.data import Data, Evaluation
from forms.pack import Pack
from forms.structure import Check
from forms.values import Value, decimal
from forms.words import Severity


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A check that fails: the gap is left - right, None where there is nothing to count.

    `unit` is the gap's; `cells` are this year's cells of both sides with their values, `previous`
    last year's; `target` is the cell to jump to. `instance`: the key of the group's instance that
    fails it, empty for a check of the dossier's own cells.
    """

    check: str
    severity: Severity
    label: str
    gap: str | None
    unit: str
    cells: tuple[tuple[str, str | None], ...]
    previous: tuple[tuple[str, str | None], ...]
    target: str
    instance: str = ""


def verify(pack: Pack, data: Data, evaluation: Evaluation) -> tuple[Anomaly, ...]:
    """The checks that fail, in the order of the pack; forced values count as such."""
    found: list[Anomaly] = []
    values = evaluation.values
    for check, (function, operands) in zip(pack.checks, pack.program.checks, strict=True):
        if check.group is None:
            gap = function(values, *operands)
            failing = [] if gap is None else [("", gap)]
        else:
            instances = evaluation.instances.get(check.group, {})
            gaps = ((key, function(own, *operands)) for key, own in instances.items())
            failing = [(key, gap) for key, gap in gaps if gap is not None]
        for key, gap in failing:
            rule = _Rule(pack, check, key)
            if rule.concerns(data, evaluation):
                found.append(rule.anomaly(gap, data, evaluation))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A check, of the dossier or of the instance that the key names."""

    pack: Pack
    check: Check
    key: str

    def _name(self, place: str) -> str:
        group = self.pack.tabs[place.partition(".")[0]].group if self.key else None
        return with_key(place, self.key) if group is not None and group == self.check.group else place

    def concerns(self, data: Data, evaluation: Evaluation) -> bool:
        """A check on hidden lines only is no rule for this organism."""
        check, cells = self.check, self.pack.cells
        if check.cells:
            return any(
                cells[cell].applies_to(data.kind) and not evaluation.hides(self._name(cell))
                for cell in check.cells
            )
        names = (self._name(table) if table in self.pack.tabs else table for table in check.tables)
        return not check.tables or not all(evaluation.hides(name) for name in names)

    def anomaly(self, gap: Value, data: Data, evaluation: Evaluation) -> Anomaly:
        """What fails, with the values of both sides; a hidden one is blank."""
        check, computed = self.check, evaluation.cells
        cells = [self._name(cell) for cell in check.cells]
        previous = [self._name(cell) for cell in check.previous]

        def value(cell: str) -> str | None:
            if cell in computed:
                return computed[cell]
            return None if evaluation.hides(cell) else data.cells.get(cell)

        return Anomaly(
            check=check.id,
            severity=check.severity,
            label=check.label,
            gap=decimal(gap) if isinstance(gap, int) else None,
            unit=check.unit,
            cells=tuple((cell, value(cell)) for cell in cells),
            previous=tuple((cell, data.previous.get(cell)) for cell in previous),
            target=self._name(check.target) if check.target else "",
            instance=self.key,
        )
