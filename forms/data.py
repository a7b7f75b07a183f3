"""What goes into an evaluation and what comes out of it, in canonical text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.values import Value


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a dynamic tab: its lasting key, and its typed columns."""

    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Data:
    """What an organism of that kind typed, and last year's cells; a blank cell is absent.

    `forced`: forcible cells typed over; `groups`: group → the keys of its instances, in order.
    Cells and tabs of an instance are named `E1[key].L011.V` and `D1[key]`. What the pack does not
    know, and instances whose key is not told, are not looked at.
    """

    kind: str
    cells: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    forced: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)


# The computed columns of a row.
Computed = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the formulas make of the data; None is blank.

    `cells`: every computed and forcible fixed cell, forced value where forced; `automatic`: the
    formula's value of each forced cell; `rows`: per dynamic tab, the computed columns of each row,
    in the order of the rows; `hidden`: the tabs and lines whose condition does not hold, all blank
    for whoever reads them. Instances of groups are named as in `Data`. `values`: all values by
    slot, for the checks; `instances`: those of each instance, by group and key.
    """

    cells: Mapping[str, str | None]
    automatic: Mapping[str, str | None]
    rows: Mapping[str, list[Computed]]
    hidden: frozenset[str] = frozenset()
    values: Sequence[Value] = field(default=(), repr=False, compare=False)
    instances: Mapping[str, Mapping[str, Sequence[Value]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def hides(self, place: str) -> bool:
        """Whether a tab, a line or a cell is hidden by a condition."""
        if not self.hidden:
            return False
        tab, dot, rest = place.partition(".")
        return tab in self.hidden or (bool(dot) and f"{tab}.{rest.partition('.')[0]}" in self.hidden)
