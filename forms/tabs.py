"""Reading the part files: tabs, columns and lines as their author wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from forms.errors import Place
from forms.options import CONDITION, Options, read_condition, read_options
from forms.source import Record, Source
from forms.structure import Column, Line, Part, Tab
from forms.units import is_known
from forms.words import NATURES, Kind, Nature

TITLE_MARK = "-"
_GROUP = "groupe="
# Where the options of an `@onglet` begin.
_OPTIONS = 7
# What the exchanged documents accept as the name of a cell.
_CODE = re.compile(r"[A-Z][A-Z0-9]*")
_LINE = re.compile(r"L[0-9]{3}")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column, its place, and its formula with its own."""

    column: Column
    formula: Source | None
    place: Place


@dataclass(frozen=True, slots=True)
class LineSpec:
    """A line, its kind (None for a title), its formula and its options."""

    line: Line
    kind: Kind | None
    formula: Source | None
    options: Options
    record: Record


@dataclass(slots=True)
class TabSpec:
    """A tab while it is being read."""

    record: Record
    part: str
    nature: Nature
    condition: Source | None = None
    group: str | None = None
    columns: list[ColumnSpec] = field(default_factory=list)
    lines: list[LineSpec] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The code of the tab."""
        return self.record.field(0)

    @property
    def unit(self) -> str:
        """The unit of the cells whose line and column name none."""
        return self.record.field(4)

    def tab(self) -> Tab:
        """The tab as its readers see it."""
        record = self.record
        title, statement, confidence = record.words(2), record.words(3), record.field(5)
        columns = tuple(spec.column for spec in self.columns)
        lines = tuple(spec.line for spec in self.lines)
        condition = self.condition.text if self.condition else None
        return Tab(
            self.code, self.part, title, statement, self.unit, confidence, self.nature, columns, lines,
            condition, self.group,
        )  # fmt: skip


def read_part(records: list[Record]) -> tuple[Part, list[TabSpec]]:
    """One part file: `@partie`, then `@onglet`, `@col` and lines."""
    head, *rest = records
    tabs: list[TabSpec] = []
    for record in rest:
        if record.word == "@onglet":
            tabs.append(_tab(record, head.field(0)))
        elif record.word == "@groupe":
            continue  # read by `groups`, for the tabs of a group may stand in another part
        elif not tabs:
            raise record.fault("Une ligne ou une colonne suit toujours un « @onglet ».")
        elif record.word == "@col":
            _add_column(tabs[-1], record)
        elif record.word:
            raise record.fault(f"« {record.word} » n’existe pas dans le fichier d’une partie.")
        else:
            _add_line(tabs[-1], record)
    return Part(head.field(0), head.words(1), tuple(tab.code for tab in tabs)), tabs


def _tab(record: Record, part: str) -> TabSpec:
    _require_code(record, _CODE)
    nature = NATURES.get(record.field(6))
    if nature is None:
        raise record.fault("La nature d’un onglet est fixe, dyn ou id.", 6)
    if record.field(1) != part:
        raise record.fault(f"Cet onglet se dit de la partie {record.field(1)}, et non {part}.", 1)
    if not is_known(record.field(4)):
        raise record.fault(f"L’unité « {record.field(4)} » n’existe pas.", 4)
    tab = TabSpec(record, part, nature)
    for index in range(_OPTIONS, len(record.fields)):
        _read_option(tab, record, index)
    return tab


def _read_option(tab: TabSpec, record: Record, index: int) -> None:
    """`si=FORMULA` or `groupe=CODE`, each in a field of its own."""
    text = record.field(index)
    if text.startswith(CONDITION):
        tab.condition = read_condition(record, index)
    elif text.startswith(_GROUP):
        tab.group = text.removeprefix(_GROUP)
    elif text:
        raise record.fault(f"L’option « {text} » n’existe pas pour un onglet.", index)


def _add_column(tab: TabSpec, record: Record) -> None:
    code, label = record.field(0), record.words(1)
    _require_code(record, _CODE)
    kind = _kind(record, 2)
    # An input column has no formula: its fourth field is then its unit.
    formula, unit_index = (None, 3) if kind.typed else (record.source(3), 4)
    unit = record.field(unit_index) or tab.unit
    if not is_known(unit):
        raise record.fault(f"L’unité « {unit} » n’existe pas.", unit_index)
    if tab.nature is Nature.DYNAMIC and not kind.typed and (formula is None or kind is Kind.FORCIBLE):
        raise record.fault("Une colonne de tableau dynamique est saisie, ou calculée par une formule.", 2)
    if any(spec.column.code == code for spec in tab.columns):
        raise record.fault(f"La colonne {code} est déjà définie dans l’onglet {tab.code}.")
    text = formula.text if formula else None
    tab.columns.append(ColumnSpec(Column(code, label, kind, unit, text), formula, record.place()))


def _add_line(tab: TabSpec, record: Record) -> None:
    code, accounts, label, mark = record.field(0), record.field(1), record.words(2), record.field(3)
    _require_code(record, _LINE)
    if tab.nature is Nature.DYNAMIC:
        raise record.fault(f"L’onglet {tab.code} est dynamique : il n’a pas de lignes fixes.")
    if any(spec.line.code == code for spec in tab.lines):
        raise record.fault(f"La ligne {code} est déjà définie dans l’onglet {tab.code}.")
    kind = None if mark == TITLE_MARK else _kind(record, 3)
    # A line that is typed has no formula: its options follow its kind at once.
    computed = kind is not None and not kind.typed
    options = read_options(record, 5 if computed else 4)
    condition = options.condition.text if options.condition else None
    line = Line(code, accounts, label, kind is None, options.only, condition)
    formula = record.source(4) if computed else None
    tab.lines.append(LineSpec(line, kind, formula, options, record))


def _require_code(record: Record, pattern: re.Pattern[str]) -> None:
    if not pattern.fullmatch(record.field(0)):
        message = f"« {record.field(0)} » n’est pas un code : onglets et colonnes A1, lignes L011."
        raise record.fault(message)


def _kind(record: Record, index: int) -> Kind:
    try:
        return Kind(record.field(index))
    except ValueError:
        message = f"Le genre « {record.field(index)} » n’existe pas : S, T, C ou F."
        raise record.fault(message, index) from None
