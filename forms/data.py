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

    `forced`: forcible cells typed over. Cells that the pack does not know are not looked at.
    """

    kind: str
    cells: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    forced: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, str] = field(default_factory=dict)


# The computed columns of a row.
Computed = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the formulas make of the data; None is blank.

    `cells`: every computed and forcible fixed cell, forced value where forced; `automatic`: the
    formula's value of each forced cell; `rows`: per dynamic tab, the computed columns of each row,
    in the order of the rows; `values`: all values by slot, for the checks.
    """

    cells: Mapping[str, str | None]
    automatic: Mapping[str, str | None]
    rows: Mapping[str, list[Computed]]
    values: Sequence[Value] = field(repr=False, compare=False)
