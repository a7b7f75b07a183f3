"""A pack as read from its files, before its formulas are bound: nothing is resolved yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forms.bookshelf import HEADER, Book, Bookshelf
from forms.cells import CellSpec, expand
from forms.check_file import CheckSpec, read_checks
from forms.circuit import Circuit
from forms.circuit_file import read_circuits, require_circuits
from forms.cycle import Cycle
from forms.cycle_file import read_cycle
from forms.errors import PackError, Place
from forms.groups import GroupSpec, group_checks, read_groups
from forms.help import Help, read_help
from forms.inclusion import ExpandedPart
from forms.key import PackKey
from forms.small_files import (
    Header,
    read_attachments,
    read_functions,
    read_header,
    read_lists,
    read_selections,
)
from forms.structure import Attachment, FormFunction, Part, Selection
from forms.tabs import TabSpec, read_part
from forms.texts import Texts
from forms.units import list_name
from forms.years import Years, read_years


@dataclass(slots=True)
class Draft:
    """Everything the files say; `cells` holds the fixed cells in order."""

    header: Header
    parts: list[Part] = field(default_factory=list)
    tabs: dict[str, TabSpec] = field(default_factory=dict)
    cells: dict[str, CellSpec] = field(default_factory=dict)
    groups: dict[str, GroupSpec] = field(default_factory=dict)
    checks: tuple[CheckSpec, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    selections: tuple[Selection, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    cycle: Cycle = field(default_factory=lambda: Cycle((), (), ()))
    circuits: tuple[Circuit, ...] = ()
    functions: tuple[FormFunction, ...] = ()
    years: Years = field(default_factory=Years)
    help: Mapping[str, Help] = field(default_factory=dict)

    @property
    def key(self) -> PackKey:
        """The key that the pack gives itself."""
        return self.header.key


def read_draft(texts: Texts) -> Draft:
    """Read the files of a pack; PackError at the first line that cannot be understood."""
    book = Book(texts, Bookshelf())
    draft = Draft(_header(book))
    for part in book.parts:
        _add_part(draft, part)
    draft.groups = read_groups([record for part in book.parts for record in part.records], draft.tabs)
    draft.checks = (*read_checks(book), *group_checks(draft.groups))
    draft.lists = read_lists(book.records("lists.txt"))
    draft.selections = read_selections(book.records("selections.txt"), draft.tabs)
    draft.attachments = read_attachments(book.records("attachments.txt"))
    draft.cycle = read_cycle(book.records("cycle.txt"))
    draft.circuits = _circuits(draft, book)
    draft.functions = read_functions(book.records("functions.txt"))
    draft.years = read_years(book.records("years.txt"))
    draft.help = read_help(book)
    _require_lists(draft)
    return draft


def _circuits(draft: Draft, book: Book) -> tuple[Circuit, ...]:
    single = {code for code, spec in draft.cells.items() if not draft.tabs[spec.cell.tab].group}
    circuits = read_circuits(book.records("circuits.txt"), draft.cycle, single)
    require_circuits(book.records("cycle.txt"), circuits)
    return circuits


def _header(book: Book) -> Header:
    return read_header(book.own(HEADER), _header(book.base) if book.base is not None else None)


def _add_part(draft: Draft, expanded: ExpandedPart) -> None:
    part, tabs = read_part(expanded.records)
    draft.parts.append(part)
    for tab in tabs:
        if tab.code in draft.tabs:
            raise tab.record.fault(f"L’onglet {tab.code} est déjà défini.")
        draft.tabs[tab.code] = tab
        draft.cells.update((spec.cell.id, spec) for spec in expand(tab))


def _require_lists(draft: Draft) -> None:
    for tab in draft.tabs.values():
        for unit, place in _units(tab):
            name = list_name(unit)
            if name is not None and name not in draft.lists:
                raise PackError(f"La liste « {name} » n’existe pas.", place)


def _units(tab: TabSpec) -> Iterator[tuple[str, Place]]:
    yield tab.unit, tab.record.place(4)
    yield from ((spec.column.unit, spec.place) for spec in tab.columns)
    yield from ((line.options.unit, line.record.place()) for line in tab.lines if line.options.unit)
