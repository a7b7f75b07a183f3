"""What calls and comparisons ask of their arguments, said before anything is computed."""

from __future__ import annotations

from forms.errors import FormulaError
from forms.nodes import Binary, Call, ListName, Node, Number, Text
from forms.scope import Names, unknown
from forms.textual import compares_dates, textual

_READS_DATES = frozenset({"MOIS", "JOURS", "ANNEE"})
_LIST_OF = "DANS"


def resolve_comparison(node: Binary) -> Binary:
    """The comparison as it stands; FormulaError if a date is put before or after what is no text."""
    if compares_dates(node) and not (textual(node.left) and textual(node.right)):
        raise FormulaError("Une date ne se compare qu’à une date.", node.offset)
    return node


def resolve_call(call: Call, names: Names) -> Call:
    """The call, the values of a list in the place of its name; FormulaError if it cannot be."""
    if call.function in _READS_DATES and not all(textual(item) for item in call.arguments):
        raise FormulaError(f"{call.function} lit des dates.", call.offset)
    if call.function == _LIST_OF:
        return _membership(call, names)
    return call


def _membership(call: Call, names: Names) -> Call:
    item, *written = call.arguments
    members: list[Node] = []
    for member in written:
        members += _values(member, names) if isinstance(member, ListName) else [member]
    wanted = Text if textual(item) else Number
    if not members or not all(isinstance(member, wanted) for member in members):
        kind = "textes" if wanted is Text else "nombres"
        raise FormulaError(f"DANS attend ici une liste ou des {kind} écrits ici.", call.offset)
    return Call(call.function, (item, *members), call.offset)


def _values(name: ListName, names: Names) -> list[Node]:
    if name.code not in names.lists:
        raise unknown(f"La liste « {name.code} » n’existe pas.", name.offset)
    return [Text(value, name.offset) for value in names.lists[name.code]]
