"""What a form is made of, as its readers see it: parts, tabs, lines, columns, cells, checks."""

from __future__ import annotations

from dataclasses import dataclass

from forms.words import Blanks, Kind, Nature, Severity

# Kinds of organism that a line is meant for; None means all of them.
Only = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form: code, title, codes of its tabs in order."""

    code: str
    title: str
    tabs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The second grouping of the tabs, by trade (« métier »), for reading and printing."""

    title: str
    tabs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its formula, if any, is written for one line and holds for each."""

    code: str
    label: str
    kind: Kind
    unit: str
    formula: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line: code, accounts it gathers, label; a title line has no cell.

    `kinds` are the kinds of organism that it is meant for, None for all; `condition` is the
    formula that must hold for it to be seen.
    """

    code: str
    accounts: str
    label: str
    is_title: bool
    kinds: Only
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its regulatory statement, its unit, its nature, its columns and its fixed lines.

    `confidence` is H or M: how well the layout is attested by public texts; `condition` is the
    formula that must hold for it to be seen; `group` is the repeated group that it belongs to.
    """

    code: str
    part: str
    title: str
    statement: str
    unit: str
    confidence: str
    nature: Nature
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    condition: str | None = None
    group: str | None = None

    def column(self, code: str) -> Column | None:
        """The column of that code, if the tab has it."""
        for column in self.columns:
            if column.code == code:
                return column
        return None


@dataclass(frozen=True, slots=True)
class Group:
    """Tabs that stand once for each key: each child of a family, say.

    `minimum` and `maximum` (None: no bound) are how many instances there must be; `key_label` says
    what a key names.
    """

    code: str
    part: str
    title: str
    minimum: int
    maximum: int | None
    key_label: str


@dataclass(frozen=True, slots=True)
class CommonTerm:
    """A cell of the other form that holds the same value; `sign` is 1 or -1."""

    sign: int
    cell: str


@dataclass(frozen=True, slots=True)
class FormFunction:
    """A function of the form, and the steps at which somebody may hold it."""

    code: str
    label: str
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A fixed cell, named `TAB.LINE.COLUMN`; `only` as in `Line.kinds`.

    `common`: the signed cells of the ER of the same organism and year whose sum is the same value.
    """

    id: str
    tab: str
    line: str
    column: str
    kind: Kind
    unit: str
    only: Only
    formula: str | None
    common: tuple[CommonTerm, ...] = ()

    def applies_to(self, organism_kind: str) -> bool:
        """Whether an organism of that kind fills and sees the cell."""
        return self.only is None or organism_kind in self.only


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that the figures must keep: left, operator, right, within the tolerance.

    `cells` are this year's cells of both sides, `previous` last year's, in the order of the text;
    `target` is the cell to jump to; `unit` is that of the gap, empty for a mere number. `tables`:
    the dynamic tabs and the groups' tabs of which it reads sums and counts. With a `group`, each
    instance keeps the rule for itself.
    """

    id: str
    severity: Severity
    label: str
    left: str
    operator: str
    right: str
    tolerance: str
    blanks: Blanks
    cells: tuple[str, ...]
    previous: tuple[str, ...]
    target: str
    unit: str
    tables: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of the campaign that formulas read by its name; canonical decimal text."""

    name: str
    value: str
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A kind of document that organisms of the given kinds must send."""

    label: str
    only: Only
