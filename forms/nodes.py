"""The syntax tree of a formula: what the parser gives, and what names become once resolved.

The tree is the only thing that the back-ends read. `offset` is the position of the node in the
text of its formula; two trees that differ only there are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def _offset() -> int:
    return field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number, in 10⁻⁶."""

    micro: int
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text."""

    value: str
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Name:
    """A reference as written; parts left out are those of the cell that the formula gives."""

    tab: str | None
    line: str | None
    column: str | None
    previous: bool
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Span:
    """`S(a:b)`: the input lines from a to b."""

    first: Name
    last: Name
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Param:
    """`PARAM("name")`: a value of the campaign; in 10⁻⁶ once resolved."""

    name: str
    micro: int | None = None
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class ListName:
    """`liste:code` as written; once resolved, its values stand for it."""

    code: str
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """`COL(tab.column)`, a sum over the rows of a dynamic tab or over the instances of a group.

    `column` is `C06` for rows, `L011.V` for the cell of a group's tab. `SOMMESI` adds only where
    `where` (the same, with its tab) holds the value of `equals`.
    """

    tab: str
    column: str
    where: str | None = None
    equals: Text | Number | None = None
    unit: str = ""
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class RowCount:
    """`NBLIG(tab)`: the number of rows of a dynamic tab, or of instances of a group."""

    tab: str
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class CellRef:
    """A fixed cell, of this dossier or of last year's."""

    cell: str
    previous: bool
    unit: str
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class RowRef:
    """A column of the same row of a dynamic tab."""

    column: str
    unit: str
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Total:
    """A span once resolved: the cells that it adds."""

    cells: tuple[CellRef, ...]
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Negate:
    """`-x`."""

    item: Node
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Binary:
    """`left op right`, the operator one of + - * / = <> < <= > >=."""

    operator: str
    left: Node
    right: Node
    offset: int = _offset()


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values: one of `parser.ARITY`."""

    function: str
    arguments: tuple[Node, ...]
    offset: int = _offset()


Node = (
    Number
    | Text
    | Name
    | Span
    | Param
    | ListName
    | ColumnSum
    | RowCount
    | CellRef
    | RowRef
    | Total
    | Negate
    | Binary
    | Call
)
Operand = CellRef | RowRef | ColumnSum | RowCount
COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below."""
    match node:
        case Negate(item=item):
            return (item,)
        case Binary(left=left, right=right):
            return (left, right)
        case Call(arguments=arguments):
            return arguments
        case Total(cells=cells):
            return cells
        case Span(first=first, last=last):
            return (first, last)
        case _:
            return ()


def names_in(node: Node) -> list[Name]:
    """The references of a tree as it is written."""
    if isinstance(node, Name):
        return [node]
    return [name for child in children(node) for name in names_in(child)]


def operands(node: Node) -> list[Operand]:
    """What a resolved tree reads, in the order of its text, repetitions included."""
    if isinstance(node, (CellRef, RowRef, ColumnSum, RowCount)):
        return [node]
    return [operand for child in children(node) for operand in operands(child)]
