"""A pack as read from its files, before its formulas are bound: nothing is resolved yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forms.cells import CellSpec, expand
from forms.check_file import CheckSpec, read_checks
from forms.cycle import Cycle
from forms.cycle_file import read_cycle
from forms.errors import PackError, Place
from forms.key import PackKey
from forms.small_files import Header, read_attachments, read_header, read_lists, read_selections
from forms.source import read_records
from forms.structure import Attachment, Part, Selection
from forms.tabs import TabSpec, read_part
from forms.units import list_name


@dataclass(slots=True)
class Draft:
    """Everything the files say; `cells` holds the fixed cells in order."""

    header: Header
    parts: list[Part] = field(default_factory=list)
    tabs: dict[str, TabSpec] = field(default_factory=dict)
    cells: dict[str, CellSpec] = field(default_factory=dict)
    checks: tuple[CheckSpec, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    selections: tuple[Selection, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    cycle: Cycle = field(default_factory=lambda: Cycle((), (), ()))

    @property
    def key(self) -> PackKey:
        """The key that the pack gives itself."""
        return self.header.key


def read_draft(folder: Path) -> Draft:
    """Read the folder of a pack; PackError at the first line that cannot be understood."""
    draft = Draft(read_header(read_records(folder, "pack.txt")))
    for path in sorted(folder.glob("part-*.txt")):
        _add_part(draft, folder, path.name)
    draft.checks = read_checks(read_records(folder, "checks.txt"))
    draft.lists = read_lists(read_records(folder, "lists.txt"))
    draft.selections = read_selections(read_records(folder, "selections.txt"), draft.tabs)
    draft.attachments = read_attachments(read_records(folder, "attachments.txt"))
    draft.cycle = read_cycle(read_records(folder, "cycle.txt"))
    _require_lists(draft)
    return draft


def _add_part(draft: Draft, folder: Path, file: str) -> None:
    records = read_records(folder, file)
    if not records or records[0].word != "@partie":
        message = "Le fichier d’une partie commence par « @partie CODE | titre »."
        raise PackError(message, Place(file, records[0].number if records else 1, 1))
    part, tabs = read_part(records)
    draft.parts.append(part)
    for tab in tabs:
        if tab.code in draft.tabs:
            raise tab.record.fault(f"L’onglet {tab.code} est déjà défini.")
        draft.tabs[tab.code] = tab
        draft.cells.update((spec.cell.id, spec) for spec in expand(tab))


def _require_lists(draft: Draft) -> None:
    for tab in draft.tabs.values():
        for unit in _units(tab):
            name = list_name(unit)
            if name is not None and name not in draft.lists:
                raise PackError(f"La liste « {name} » n’existe pas.", tab.record.place())


def _units(tab: TabSpec) -> Iterator[str]:
    yield from (spec.column.unit for spec in tab.columns)
    yield from (line.options.unit for line in tab.lines if line.options.unit)
