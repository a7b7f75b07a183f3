"""From names as written to cells: bare letters, bare lines, `*`, spans, parameters."""

from __future__ import annotations

from dataclasses import replace

from forms.nodes import (
    Binary,
    Call,
    CellRef,
    ColumnSum,
    Name,
    Negate,
    Node,
    Number,
    Param,
    RowCount,
    RowRef,
    Span,
    Total,
)
from forms.resolve_calls import resolve_call, resolve_comparison
from forms.resolve_tables import resolve_column_sum, resolve_row_count
from forms.scope import Names, Scope, unknown
from forms.tabs import TabSpec
from forms.values import micro
from forms.words import Nature


def resolve(node: Node, scope: Scope, names: Names) -> Node:  # noqa: PLR0911 - one per kind of node
    """The tree with every name replaced by what it stands for; FormulaError at the first unknown."""
    match node:
        case Name():
            return _name(node, scope, names)
        case Binary():
            left, right = resolve(node.left, scope, names), resolve(node.right, scope, names)
            return resolve_comparison(Binary(node.operator, left, right, node.offset))
        case Negate():
            return Negate(resolve(node.item, scope, names), node.offset)
        case Call():
            arguments = tuple(resolve(argument, scope, names) for argument in node.arguments)
            return resolve_call(Call(node.function, arguments, node.offset), names)
        case Span():
            return _span(node, scope, names)
        case Param():
            return _param(node, names)
        case ColumnSum():
            return resolve_column_sum(node, names)
        case RowCount():
            return resolve_row_count(node, names)
        case _:
            return node


def _tab(name: Name, scope: Scope, names: Names) -> TabSpec:
    tab = name.tab or scope.tab
    if tab is None:
        raise unknown("Une règle nomme ses cellules en entier : ONGLET.LIGNE.COLONNE.", name.offset)
    if tab not in names.tabs:
        raise unknown(f"L’onglet {tab} n’existe pas.", name.offset)
    found = names.tabs[tab]
    if found.group not in (None, scope.group):
        message = f"L’onglet {tab} se répète : hors du groupe {found.group}, lisez-le par COL ou SOMMESI."
        raise unknown(message, name.offset)
    return found


def _name(name: Name, scope: Scope, names: Names) -> Node:
    tab = _tab(name, scope, names)
    if tab.nature is Nature.DYNAMIC:
        return _row_name(name, tab, scope)
    line, column = _position(name, scope)
    identifier = f"{tab.code}.{line}.{column}"
    shortened = name.line is None or name.column is None
    if identifier not in names.cells and shortened and _is_left_out(tab, line, column):
        return Call("VIDE", (), name.offset)
    return _cell(identifier, name, names)


def _position(name: Name, scope: Scope) -> tuple[str, str]:
    line = scope.line if name.line in (None, "*") else name.line
    column = name.column or scope.column
    if line is None or column is None:
        raise unknown("Il manque la ligne ou la colonne de cette référence.", name.offset)
    return line, column


def _is_left_out(tab: TabSpec, line: str, column: str) -> bool:
    """Whether the line says that it has no cell there: a formula for all lines reads a blank."""
    return any(spec.line.code == line and column in spec.options.absent for spec in tab.lines)


def _cell(identifier: str, name: Name, names: Names) -> CellRef:
    spec = names.cells.get(identifier)
    if spec is None:
        raise unknown(f"La cellule {identifier} n’existe pas.", name.offset)
    return CellRef(identifier, name.previous, spec.cell.unit, name.offset)


def _row_name(name: Name, tab: TabSpec, scope: Scope) -> RowRef:
    if tab.code != scope.tab:
        message = f"Les rangs de {tab.code} ne se lisent que par COL et NBLIG."
        raise unknown(message, name.offset)
    if name.line is not None or name.previous:
        message = "Un tableau dynamique ne lit que les colonnes du même rang."
        raise unknown(message, name.offset)
    for spec in tab.columns:
        if spec.column.code == name.column:
            return RowRef(spec.column.code, spec.column.unit, name.offset)
    raise unknown(f"La colonne {name.column} n’existe pas dans {tab.code}.", name.offset)


def _span(span: Span, scope: Scope, names: Names) -> Node:
    first, last = span.first, span.last
    tab = _tab(first, scope, names)
    if tab is not _tab(last, scope, names) or tab.nature is Nature.DYNAMIC:
        raise unknown("S(a:b) additionne des lignes d’un même onglet.", span.offset)
    (start, column), (end, last_column) = _position(first, scope), _position(last, scope)
    if column != last_column or first.previous != last.previous:
        raise unknown("S(a:b) va d’une ligne à une autre de la même colonne.", span.offset)
    lines = _between(tab, start, end, span.offset)
    if not lines:
        raise unknown("S(a:b) ne trouve aucune ligne saisie entre ces deux lignes.", span.offset)
    wanted = (f"{tab.code}.{line}.{column}" for line in lines)
    cells = tuple(_cell(cell, first, names) for cell in wanted if cell in names.cells)
    # Lines without a cell in this column: the sum of nothing is zero, it waits for no entry.
    return Total(cells, span.offset) if cells else Number(0, span.offset)


def _between(tab: TabSpec, start: str, end: str, offset: int) -> list[str]:
    """The codes of the lines that are typed, from one line to another."""
    codes = [line.line.code for line in tab.lines]
    for code in (start, end):
        if code not in codes:
            raise unknown(f"La ligne {tab.code}.{code} n’existe pas.", offset)
    chosen = tab.lines[codes.index(start) : codes.index(end) + 1]
    return [line.line.code for line in chosen if line.kind is not None and line.kind.typed]


def _param(param: Param, names: Names) -> Param:
    found = names.parameters.get(param.name)
    if found is None:
        raise unknown(f"Le paramètre « {param.name} » n’existe pas.", param.offset)
    return replace(param, micro=micro(found.value))
