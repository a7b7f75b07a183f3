"""What the ER and another form of the same organism and year both say: where they differ (manual §1.1.10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from authz import Viewer
from forms import is_text, load_pack
from resolvers import dossiers
from resolvers.hand import may_write
from resolvers.reading import read_many
from resolvers.suggestions import line_labels
from resolvers.workspace import values_by_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forms import Cell, CommonTerm
    from resolvers.rows import DossierRow

# The form whose cells the others name with `er=`.
COMMON_FORM = "ER"
Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell of this dossier, and the one of the other that holds the same value, as they stand.

    `id` is the cell of the form that names the ER's; `cell` and `other_cell` the first one on each side,
    for a reader to go to; `from_other`, `to_other`: whether the form lets the value be copied so.
    """

    id: str
    cell: str
    other_cell: str
    label: str
    unit: str
    here: str | None
    there: str | None
    provenance: str
    from_other: bool
    to_other: bool

    @property
    def differs(self) -> bool:
        """Whether the two say something else; a blank is not zero."""
        if self.here is None or self.there is None:
            return self.here is not self.there
        try:
            return Decimal(self.here) != Decimal(self.there)
        except InvalidOperation:
            return self.here != self.there


@dataclass(frozen=True, slots=True)
class CommonCore:
    """Both dossiers, both readable, and the pairs that differ; may the viewer write either now?"""

    dossier: DossierRow
    other: DossierRow
    pairs: tuple[Pair, ...]
    writable: bool
    other_writable: bool

    @property
    def divergences(self) -> tuple[Pair, ...]:
        """The pairs that say something else."""
        return tuple(pair for pair in self.pairs if pair.differs)


async def common_core(viewer: Viewer, dossier: DossierRow, form: str | None = None) -> CommonCore | None:
    """The comparison with the other dossier; None where there is none that the viewer may read.

    `form` chooses among the forms that share cells with an ER; the first by name otherwise.
    """
    other = await counterpart(viewer, dossier, form)
    return None if other is None else await compare(viewer, dossier, other)


async def counterpart(viewer: Viewer, dossier: DossierRow, form: str | None) -> DossierRow | None:
    """The other dossier, as far as the viewer may read it."""
    for other in await dossiers.beside(viewer, dossier):
        here_names, there_names = shared_cells(dossier.pack), shared_cells(other.pack)
        shares = there_names if dossier.form == COMMON_FORM else here_names and other.form == COMMON_FORM
        if shares and form in {None, other.form}:
            return other
    return None


async def compare(viewer: Viewer, dossier: DossierRow, other: DossierRow) -> CommonCore:
    """Every pair of the two, with the values as they stand."""
    found = await read_many([dossier, other])
    here, there = values_by_cell(found[dossier.id].documents), values_by_cell(found[other.id].documents)
    return CommonCore(
        dossier=dossier,
        other=other,
        pairs=tuple(_pairs(dossier, other, here, there)),
        writable=may_write(viewer, dossier),
        other_writable=may_write(viewer, other),
    )


def _pairs(dossier: DossierRow, other: DossierRow, here: Values, there: Values) -> Iterator[Pair]:
    """The pairs in the order of the form that names the ER's cells."""
    if dossier.form != COMMON_FORM:
        yield from _named(dossier, other, here, there)
        return
    for pair in _named(other, dossier, there, here):
        yield Pair(
            id=pair.id,
            cell=pair.other_cell,
            other_cell=pair.cell,
            label=line_labels(dossier.pack).get(pair.other_cell.rpartition(".")[0], pair.label),
            unit=pair.unit,
            here=pair.there,
            there=pair.here,
            provenance=provenance(other, pair.id),
            from_other=pair.to_other,
            to_other=pair.from_other,
        )


def _named(naming: DossierRow, er: DossierRow, values: Values, er_values: Values) -> Iterator[Pair]:
    cells, kind = er.definition.cells, naming.organism.category
    for cell in shared_cells(naming.pack):
        terms = cell.common
        known = [cells[term.cell] for term in terms if term.cell in cells]
        if not cell.applies_to(kind) or len(known) < len(terms):
            continue
        if naming.withholds(cell.id) or any(er.withholds(term.cell) for term in terms):
            continue
        single = len(terms) == 1 and terms[0].sign > 0
        yield Pair(
            id=cell.id,
            cell=cell.id,
            other_cell=terms[0].cell,
            label=line_labels(naming.pack).get(f"{cell.tab}.{cell.line}", cell.id),
            unit=cell.unit,
            here=values.get(cell.id),
            there=summed(terms, er_values, cell.unit),
            provenance=provenance(er, _sum_text(terms)),
            from_other=cell.kind.typed,
            to_other=single and known[0].kind.typed and known[0].applies_to(kind),
        )


def summed(terms: tuple[CommonTerm, ...], values: Mapping[str, str], unit: str) -> str | None:
    """What the terms say together, canonical text; blank when all are."""
    found = [(term.sign, values[term.cell]) for term in terms if term.cell in values]
    if not found or is_text(unit):
        return found[0][1] if found else None
    try:
        total = sum((sign * Decimal(value) for sign, value in found), Decimal(0))
    except InvalidOperation:
        return found[0][1]
    text = f"{total:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sum_text(terms: tuple[CommonTerm, ...]) -> str:
    signed = " ".join(f"{'−' if term.sign < 0 else '+'} {term.cell}" for term in terms)
    return signed.removeprefix("+ ")


def provenance(other: DossierRow, cells: str) -> str:
    """Where a value stands, as a reader is told."""
    return f"Dossier {other.form} {other.year}, {other.platform_name}, {cells}"


@lru_cache(maxsize=32)
def shared_cells(pack: str) -> tuple[Cell, ...]:
    """The cells of a form that name cells of the ER."""
    return tuple(cell for cell in load_pack(pack).cells.values() if cell.common)
