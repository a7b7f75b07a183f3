"""What a formula may name, and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from forms.cells import CellSpec
from forms.errors import FormulaError
from forms.structure import Parameter
from forms.tabs import TabSpec


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a formula stands: what its shortened names are completed with; empty in a check.

    `group`: the repeated group whose cells, of one instance, it reads and gives.
    """

    tab: str | None = None
    line: str | None = None
    column: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What a formula may name."""

    cells: Mapping[str, CellSpec]
    tabs: Mapping[str, TabSpec]
    parameters: Mapping[str, Parameter]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Collection[str] = ()


def unknown(message: str, offset: int) -> FormulaError:
    """A name that stands for nothing, or for nothing that may be read there."""
    return FormulaError(message, offset, "REFERENCE_UNKNOWN")
