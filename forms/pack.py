"""A published form, whole: what its readers see, and the program that computes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from forms.address import split_key
from forms.binding import Binding, BoundCheck, bind
from forms.canonical import canonical
from forms.carried import carried
from forms.circuit import Circuit
from forms.cycle import Cycle, Step
from forms.draft import Draft, read_draft
from forms.help import places
from forms.inference import unit_of
from forms.key import PackKey
from forms.link import link
from forms.nodes import CellRef, ColumnSum, Node, RowCount, operands
from forms.program import Program
from forms.settings import (
    ATTACHMENT_SIZE,
    ATTACHMENT_STEP,
    ORGANISMS,
    SENSITIVE,
    check_settings,
    listed,
    numbered,
)
from forms.structure import Attachment, Cell, Check, FormFunction, Group, Parameter, Part, Selection, Tab
from forms.texts import Texts, folder_texts
from forms.years import Years, without_key


@dataclass(frozen=True)
class Pack:
    """One definition of a form, frozen once its campaign is open; key `ER/2024/1`.

    `cells` holds the fixed cells in the order of the tabs; `params` the values that formulas read
    by name; `settings` what the screens read. `formulas` holds the resolved tree of each computed
    cell, `row_formulas` those of the dynamic tabs' columns, by tab then column. `help`: tab, line or
    column → text; `years`: where last year's cells stand; `disabled_checks`: rules left out because
    they read a last year that there is not; `tests`: file name → JSON of its stored cases.
    """

    key: PackKey
    title: str
    form_label: str
    settings: Mapping[str, str]
    params: Mapping[str, Parameter]
    parts: tuple[Part, ...]
    tabs: Mapping[str, Tab]
    cells: Mapping[str, Cell]
    groups: Mapping[str, Group]
    checks: tuple[Check, ...]
    lists: Mapping[str, tuple[str, ...]]
    selections: tuple[Selection, ...]
    attachments: tuple[Attachment, ...]
    cycle: Cycle
    circuits: tuple[Circuit, ...]
    help: Mapping[str, str]
    functions: tuple[FormFunction, ...]
    years: Years
    disabled_checks: tuple[str, ...]
    tests: Mapping[str, str] = field(repr=False, compare=False)
    draft: Draft = field(repr=False, compare=False)
    binding: Binding = field(repr=False, compare=False)
    program: Program = field(repr=False, compare=False)

    @cached_property
    def sha256(self) -> str:
        """The seal of the pack: SHA-256, in hexadecimal, of its canonical JSON."""
        text = json.dumps(canonical(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def organism_kinds(self) -> frozenset[str] | None:
        """The kinds of organism that the form is for, None for all (setting `organismes`)."""
        return frozenset(listed(self.settings, ORGANISMS)) or None

    def is_for(self, organism_kind: str) -> bool:
        """Whether organisms of that kind fill the form."""
        return self.organism_kinds is None or organism_kind in self.organism_kinds

    @cached_property
    def sensitive_tabs(self) -> frozenset[str]:
        """The tabs of personal data, closed to partners (setting `onglets_sensibles`)."""
        return frozenset(listed(self.settings, SENSITIVE))

    @cached_property
    def attachment_bytes(self) -> int | None:
        """The most that an attachment may weigh, in bytes; None where the form says nothing."""
        megabytes = numbered(self.settings, ATTACHMENT_SIZE)
        return None if megabytes is None else megabytes * 1_000_000

    @cached_property
    def attachment_step(self) -> Step:
        """The first step at which something is joined to a dossier."""
        return Step(numbered(self.settings, ATTACHMENT_STEP) or 0)

    def required_attachments(self, organism_kind: str) -> tuple[str, ...]:
        """The kinds of document that an organism of that kind must send."""
        chosen = (item for item in self.attachments if item.only is None or organism_kind in item.only)
        return tuple(item.label for item in chosen)

    def cell(self, name: str) -> Cell | None:
        """The cell of that name, `A1.L011.V` or `E1[key].L011.V` in an instance of a group."""
        plain, key = split_key(name)
        found = self.cells.get(plain)
        return found if found is not None and bool(key) == bool(self.tabs[found.tab].group) else None

    def tab(self, name: str) -> Tab | None:
        """The tab of that name, `A1` or `E1[key]` in an instance of a group."""
        plain, key = split_key(name)
        found = self.tabs.get(plain)
        return found if found is not None and bool(key) == bool(found.group) else None

    def from_last_year(self, values: Mapping[str, str]) -> dict[str, str]:
        """Last year's cells under the names that they have here, as `years.txt` says.

        Several that come to one number are added; of texts the first one stays. What has no cell
        here, or a text where a number is due, is left out.
        """
        return carried(values, self.years, self.cells)

    def thread_cell(self, old: str) -> str | None:
        """Where talk about a cell, a line or a tab of last year goes on; None if it is gone."""
        return next((new for new in self.years.new_places(old) if _stands(self, new)), None)


def read_pack(folder: Path) -> Pack:
    """Read, bind and compile the pack of a folder; PackError at its first fault."""
    return read_pack_texts(folder_texts(folder))


def read_pack_texts(files: Texts) -> Pack:
    """Read, bind and compile a pack from its files (name → text); PackError at its first fault."""
    draft = read_draft(files)
    check_settings(draft.header.settings, draft.tabs)
    binding = bind(draft)
    if binding.faults:
        raise binding.faults[0]
    return Pack(
        key=draft.key,
        title=draft.header.title,
        form_label=draft.header.form_label,
        settings=draft.header.settings,
        params=draft.header.parameters,
        parts=tuple(draft.parts),
        tabs={code: tab.tab() for code, tab in draft.tabs.items()},
        cells={identifier: spec.cell for identifier, spec in draft.cells.items()},
        groups={code: spec.group for code, spec in draft.groups.items()},
        checks=tuple(_check(check) for check in binding.checks),
        lists=draft.lists,
        selections=draft.selections,
        attachments=draft.attachments,
        cycle=draft.cycle,
        circuits=draft.circuits,
        help={name: draft.help[name].text for name in sorted(draft.help.keys() & places(draft.tabs))},
        functions=draft.functions,
        years=draft.years,
        disabled_checks=tuple(spec.id for spec in binding.disabled),
        tests={name: text for name, text in files.items() if name.startswith("tests/")},
        draft=draft,
        binding=binding,
        program=link(draft, binding),
    )


def _stands(pack: Pack, place: str) -> bool:
    """Whether the pack has that cell, line or tab, in an instance of a group or not."""
    tab, _, rest = without_key(place).partition(".")
    if tab not in pack.tabs:
        return False
    lines = {line.code for line in pack.tabs[tab].lines}
    return not rest or rest in lines or f"{tab}.{rest}" in pack.cells


def _check(check: BoundCheck) -> Check:
    spec = check.spec
    references = [item for side in (check.left, check.right) for item in _cells_of(side)]
    cells = tuple(dict.fromkeys(item.cell for item in references if not item.previous))
    previous = tuple(dict.fromkeys(item.cell for item in references if item.previous))
    return Check(
        id=spec.id,
        severity=spec.severity,
        label=spec.label,
        left=spec.left.text,
        operator=spec.operator,
        right=spec.right.text,
        tolerance=spec.tolerance,
        blanks=spec.blanks,
        cells=cells,
        previous=previous,
        target=(cells or previous or ("",))[0],
        unit=unit_of(check.left) or unit_of(check.right) or "",
        tables=tuple(dict.fromkeys(_tables_of(check.left) + _tables_of(check.right))),
        group=check.group,
    )


def _tables_of(tree: Node) -> list[str]:
    return [item.tab for item in operands(tree) if isinstance(item, (ColumnSum, RowCount))]


def _cells_of(tree: Node) -> list[CellRef]:
    return [operand for operand in operands(tree) if isinstance(operand, CellRef)]
