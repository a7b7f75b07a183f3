"""From resolved trees to Python functions, one per shape.

Formulas of one shape share one function: `B - D` on sixty lines is written and compiled once, and
is called with the slots of each line's cells. A function per cell would take five times as long to
compile and run no faster. Functions take the list of all values and the slots of their operands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from forms import runtime
from forms.binding import BoundCheck
from forms.expressions import Writer, signed_terms
from forms.nodes import Binary, CellRef, ColumnSum, Node, Number, Param, RowCount, RowRef, Total
from forms.textual import orders_dates, textual
from forms.units import MICRO, is_text, quantum
from forms.values import LARGEST, Value, micro, rounded
from forms.words import Blanks

Function = Callable[..., Value]

_PASSES = {
    "=": "-{t} <= gap <= {t}",
    "<>": "not -{t} <= gap <= {t}",
    "<=": "gap <= {t}",
    ">=": "gap >= -{t}",
    "<": "gap < {t}",
    ">": "gap > -{t}",
}
_EQUALITIES = frozenset({"=", "<>"})
_HELPERS = {
    name: getattr(runtime, name)
    for name in (
        "product", "ratio", "negated", "largest", "smallest", "to_decimals", "variation",
        "luhn", "same", "number_of", "either", "magnitude", "among", "earlier", "not_later",
        "months", "days", "year", "iban", "in_range",
    )
} | {"rounded": rounded}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """The body of a function, without its name, and the keys of its operands in order."""

    body: tuple[str, ...]
    operands: tuple[str, ...]


def formula_shape(tree: Node, unit: str) -> Shape:
    """A formula: blank if all its operands are, or beyond ±10³⁰; rounded to the scale of the unit."""
    writer = Writer()
    if is_text(unit):
        return _shape(writer, [f"return in_range({writer.value(tree)})"])
    body = [f"r = {writer.number(tree)}"]
    if writer.operands and not _is_plain_sum(tree) and not writer.looks_at_blanks:
        body.insert(0, f"if {writer.blank()}: return None")
    step = quantum(unit)
    # Written out: nearly every cell of every dossier passes here.
    body.append(f"if r is None or not -{LARGEST} <= r <= {LARGEST}: return None")
    return _shape(writer, [*body, f"return rounded(r, {step}) if r % {step} else r"])


def condition_shape(tree: Node) -> Shape:
    """A condition: one or zero, as `SI` would take it; blanks do not make it blank."""
    writer = Writer()
    return _shape(writer, [f"return {MICRO} if {writer.truth(tree)} else 0"])


def check_shape(check: BoundCheck) -> Shape:
    """A rule: None if it holds or is left out, else the gap (left - right) in 10⁻⁶.

    Between texts there is no gap to count: a failing rule then gives the empty text.
    """
    writer = Writer()
    operator = check.spec.operator
    if orders_dates(operator, check.left, check.right):
        body = [f"return None if {writer.order(operator, check.left, check.right)} else ''"]
    elif operator in _EQUALITIES and (textual(check.left) or textual(check.right)):
        equal = f"same({writer.value(check.left)}, {writer.value(check.right)})"
        holds = equal if operator == "=" else f"not {equal}"
        body = [f"return None if {holds} else ''"]
    else:
        tolerance = micro(check.spec.tolerance)
        holds = _PASSES[operator].format(t=tolerance)
        gap = f"gap = {_side(writer, check.left)} - {_side(writer, check.right)}"
        body = [gap, f"return None if {holds} else gap"]
    joint = {Blanks.SKIP_ALL_BLANK: "and", Blanks.SKIP_ANY_BLANK: "or"}.get(check.spec.blanks)
    if joint and writer.operands:
        body.insert(0, f"if {writer.blank(joint)}: return None")
    return _shape(writer, body)


def _side(writer: Writer, tree: Node) -> str:
    """A side of a rule, zero if blank or beyond ±10³⁰; a sum of cells needs no looking at."""
    if isinstance(tree, (Number, Param)) or _is_plain_sum(tree):
        return writer.filled(tree)
    return f"(in_range({writer.number(tree)}) or 0)"


def _shape(writer: Writer, body: list[str]) -> Shape:
    loads = [f"x{index} = v[a{index}]" for index in range(len(writer.operands))]
    return Shape((*loads, *body), tuple(writer.operands))


def _is_plain_sum(tree: Node) -> bool:
    # Writer already makes such a sum blank when all its terms are.
    if not isinstance(tree, (Binary, Total, CellRef, RowRef, ColumnSum, RowCount)):
        return False
    terms = (term for _, term in signed_terms(tree))
    return all(isinstance(term, (CellRef, RowRef, ColumnSum, RowCount)) for term in terms)


def write_source(shapes: Iterable[Shape]) -> tuple[str, dict[tuple[str, ...], str]]:
    """Python text of one function per shape, `f0`, `f1`…, and body → name."""
    names: dict[tuple[str, ...], str] = {}
    source: list[str] = []
    for shape in shapes:
        if shape.body in names:
            continue
        names[shape.body] = f"f{len(names)}"
        slots = "".join(f", a{index}" for index in range(len(shape.operands)))
        source.append(f"def {names[shape.body]}(v{slots}):\n    " + "\n    ".join(shape.body))
    return "\n".join(source), names


def compile_source(
    source: str, names: Mapping[tuple[str, ...], str], name: str
) -> dict[tuple[str, ...], Function]:
    """Body → function, all compiled at once; `name` shows in tracebacks."""
    functions: dict[str, Function] = dict(_HELPERS)
    code = compile(source, f"<{name}>", "exec")
    exec(code, functions)  # noqa: S102 - made of our own trees: numbers, slots, quoted constants
    return {body: functions[function] for body, function in names.items()}
