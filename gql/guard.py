"""The guard on documents: it bounds what one may ask before anything expensive is done with it.

Linear in the document's size: each fragment is measured once, however often it is spread. The usual
limiters walk a fragment again at each spread, and 933 bytes of nested spreads cost them ten seconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    VariableNode,
)

from gql.errors import nul_refused
from models import Invalid
from resolvers.paging import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphql import DocumentNode, SelectionNode, SelectionSetNode

# The parser is recursive: deeper brackets than this would meet Python's own limit.
NESTING = 64
CEILING = 10**12


class Cost(NamedTuple):
    """What a field costs by itself: `once`, and for `each` of the items that it is asked for."""

    once: int = 1
    each: int = 0


# By name, and whether the field is a leaf.
Weights = Mapping[tuple[str, bool], Cost]
PLAIN: Final = Cost()
# A page that cannot be told from the document is taken to be the largest that a list gives. The fields whose
# own bound is larger say so (`longest`).
LARGEST_PAGE = MOST
_BRACKETS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|"(?:[^"\\\n]|\\.)*+"|#[^\n]*+|(?P<open>[{(\[])|(?P<close>[})\]])',
    re.DOTALL,
)
# U+0000 as it stands or as a text of the document may write it; a backslash may itself be escaped.
_NUL = re.compile(r"\x00|(?<!\\)(?:\\\\)*+\\u(?:0000|\{0++\})")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may hold; `cost` counts fields, multiplied by the lists they stand in."""

    bytes: int = 20_000
    tokens: int = 2_000
    depth: int = 16
    aliases: int = 30
    directives: int = 20
    selections: int = 500
    fragments: int = 50
    cost: int = 25_000


class Weight(NamedTuple):
    """What a selection set amounts to once its fragments are spread."""

    depth: int
    cost: int


def scan(text: str, limits: Limits) -> None:
    """Refuse what the parser should not meet. Raises Invalid DOCUMENT_TOO_COMPLEX or NUL_REFUSED."""
    if len(text) > limits.bytes:
        raise too_complex("bytes", limits.bytes, "longueur supérieure à {} caractères")
    if _NUL.search(text):
        raise nul_refused("query")
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match.lastgroup == "open" else -1 if match.lastgroup == "close" else 0
        if depth > NESTING:
            raise too_complex("depth", NESTING, "plus de {} niveaux d’imbrication")


def too_complex(limit: str, most: int, words: str) -> Invalid:
    """The refusal of one limit; `words` says it in French, with `{}` for the bound."""
    return Invalid(
        "DOCUMENT_TOO_COMPLEX",
        f"Le document GraphQL est trop complexe\u00a0: {words.format(most)}. Découpez la demande.",
        path=("query",),
        details={"limit": limit, "max": most},
    )


class Guard:
    """Measures parsed documents against the limits.

    `sizes` gives, by field name, how many items a list is taken to hold where the document does not
    say so by `first`; namesakes share the largest, so that no type needs to be known, unless the field or
    the type they stand in tells them apart (`rows.cells`, `FunctionRow.cells`). `weights` gives
    what a field costs by itself where that is more than one, leaves apart from fields with fields below.
    `longest`: by field name, the longest page that it gives where that is not the common one; a longer one
    is refused by the field itself before anything is read, and is counted as one line, so that whoever asks
    for it is told of his page and not of a cost.
    """

    def __init__(
        self,
        limits: Limits,
        sizes: Mapping[str, int],
        weights: Weights | None = None,
        longest: Mapping[str, int] | None = None,
    ) -> None:
        self.limits = limits
        self.sizes = sizes
        self.weights = weights or {}
        self.longest = longest or {}

    def check(self, document: DocumentNode, variables: Mapping[str, Any]) -> Walk:
        """Measure every operation; the walk, for its counts. Raises Invalid DOCUMENT_TOO_COMPLEX."""
        fragments = fragments_of(document)
        self._bound("fragments", len(fragments), "plus de {} fragments")
        known = {**_defaults(document), **variables}
        walk = Walk(fragments, self.sizes, known, self.weights, self.longest)
        weights = [walk.definition(node) for node in document.definitions]
        self._bound("depth", max(weight.depth for weight in weights), "plus de {} niveaux de profondeur")
        self._bound("aliases", walk.aliases, "plus de {} alias ou champs répétés")
        self._bound("directives", walk.directives, "plus de {} directives")
        self._bound("selections", walk.visited, "plus de {} champs et fragments")
        self._bound("cost", max(weight.cost for weight in weights), "coût estimé supérieur à {}")
        return walk

    def _bound(self, limit: str, measured: int, words: str) -> None:
        most: int = getattr(self.limits, limit)
        if measured > most:
            raise too_complex(limit, most, words)


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by name."""
    return {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }


def _defaults(document: DocumentNode) -> dict[str, tuple[int, ...]]:
    """The numbers that variables hold where the request gives none: of namesakes, those of each operation.

    Tuples, which no request holds.
    """
    defaults: dict[str, tuple[int, ...]] = {}
    for node in document.definitions:
        for variable in getattr(node, "variable_definitions", None) or ():
            if isinstance(variable.default_value, IntValueNode):
                name = variable.variable.name.value
                defaults[name] = (*defaults.get(name, ()), int(variable.default_value.value[:12]))
    return defaults


class Walk:
    """One pass over a document; `visited` counts the selections it looked at, each exactly once."""

    def __init__(
        self,
        fragments: Mapping[str, FragmentDefinitionNode],
        sizes: Mapping[str, int],
        variables: Mapping[str, Any],
        weights: Weights | None = None,
        longest: Mapping[str, int] | None = None,
    ) -> None:
        self.visited = 0
        self.aliases = 0
        self.directives = 0
        self.sized_by_variables = False
        self._fragments = fragments
        self._sizes = sizes
        self._variables = variables
        self._weights = weights or {}
        self._longest = longest or {}
        self._known: dict[str, Weight | None] = {}

    def definition(self, node: object) -> Weight:
        """The weight of an operation or a fragment; anything else is left to the validation."""
        if isinstance(node, FragmentDefinitionNode):
            return self._fragment(node.name.value)
        if not isinstance(node, OperationDefinitionNode):
            return Weight(0, 0)
        self.directives += len(node.directives or ())
        return self._set(node.selection_set, "")

    def _set(self, node: SelectionSetNode, within: str) -> Weight:
        return self._sum(node.selections, set(), within)

    def _sum(self, selections: Iterable[SelectionNode], keys: set[str], within: str) -> Weight:
        """`keys` are the response names already seen: a repeated one costs validation as an alias does.

        `within`: the field, or the type that a fragment says, whose fields these are.
        """
        depth = cost = 0
        for selection in selections:
            self.visited += 1
            self.directives += len(selection.directives or ())
            weight = self._selection(selection, keys, within)
            depth, cost = max(depth, weight.depth), min(cost + weight.cost, CEILING)
        return Weight(depth, cost)

    def _selection(self, node: SelectionNode, keys: set[str], within: str) -> Weight:
        if isinstance(node, FieldNode):
            return self._field(node, keys, within)
        if isinstance(node, InlineFragmentNode):
            return self._sum(node.selection_set.selections, keys, within)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        raise TypeError(node)

    def _field(self, node: FieldNode, keys: set[str], within: str) -> Weight:
        key = (node.alias or node.name).value
        self.aliases += node.alias is not None or key in keys
        keys.add(key)
        own = self._weights.get((node.name.value, node.selection_set is None), PLAIN)
        if node.selection_set is None:
            return Weight(1, own.once)
        inner = self._set(node.selection_set, node.name.value)
        size = self._size(node, within)
        return Weight(1 + inner.depth, own.once + size * (own.each + inner.cost))

    def _fragment(self, name: str) -> Weight:
        if name in self._known:
            known = self._known[name]
            if known is None:
                raise Invalid(
                    "DOCUMENT_TOO_COMPLEX",
                    f"Le fragment «\u202f{name}\u202f» s’inclut lui-même\u00a0: retirez cette boucle.",
                    path=("query",),
                    details={"limit": "cycle"},
                )
            return known
        fragment = self._fragments.get(name)
        if fragment is None:
            return Weight(0, 0)
        self._known[name] = None
        self.directives += len(fragment.directives or ())
        weight = self._known[name] = self._set(fragment.selection_set, fragment.type_condition.name.value)
        return weight

    def _size(self, node: FieldNode, within: str) -> int:
        for argument in node.arguments or ():
            if argument.name.value == "first":
                return self._page(argument.value, node.name.value)
        name = node.name.value
        return self._sizes.get(f"{within}.{name}", self._sizes.get(name, 1))

    def _page(self, value: object, field: str) -> int:
        """How many lines are read for a `first`: of a page that the field refuses, not one."""
        longest = self._longest.get(field, LARGEST_PAGE)
        return max(number if 1 <= number <= longest else 1 for number in self._numbers(value, field))

    def _numbers(self, value: object, field: str) -> tuple[int, ...]:
        """What a `first` may be."""
        if isinstance(value, IntValueNode):
            return (int(value.value[:12]),)
        if not isinstance(value, VariableNode):
            return (LARGEST_PAGE,)
        self.sized_by_variables = True
        if value.name.value not in self._variables:
            return (self._sizes.get(field, 1),)
        given = self._variables[value.name.value]
        if isinstance(given, tuple):
            return given
        # GraphQL reads 200.0 as 200, and takes neither true nor a text for a number.
        whole = isinstance(given, float) and given.is_integer()
        if whole or (isinstance(given, int) and not isinstance(given, bool)):
            return (int(given),)
        return (LARGEST_PAGE,)
