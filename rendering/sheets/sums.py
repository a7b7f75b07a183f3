"""Sums over the columns of dynamic tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.nodes import Text
from forms.values import decimal
from rendering.sheets.terms import Term, literal

if TYPE_CHECKING:
    from forms.nodes import ColumnSum
    from rendering.sheets.formulas import Translator


def plain(squares: str) -> Term:
    """All the numbers of a range; blank where it has none."""
    return Term(f"SUM({squares})", f"COUNT({squares})=0", exact=False)


def conditional_sum(translator: Translator, node: ColumnSum) -> Term:
    """The numbers of a column, of the rows where another column holds a value."""
    tab, _, column = (node.where or "").partition(".")
    added, tested = translator.sources.sum(node), translator.sources.column(tab, column)
    if isinstance(node.equals, Text):
        # SUMIF would take another case, or a star, for the same.
        test = f"--EXACT({tested},{literal(node.equals.value)})"
    else:
        value = decimal(node.equals.micro) if node.equals is not None else "0"
        test = f"ISNUMBER({tested})*({tested}={value})"
    return Term(f"SUMPRODUCT({test},{added})", f"SUMPRODUCT({test},--ISNUMBER({added}))=0", exact=False)
