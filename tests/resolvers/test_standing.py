"""What a write changed, told from the tabs that it touched: as if all values were compared with all."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from forms import Evaluation
from resolvers.documents import Document
from resolvers.edits import parse_address
from resolvers.hiding import without_hidden
from resolvers.standing import Standing
from resolvers.workspace import values_by_cell

if TYPE_CHECKING:
    from resolvers.documents import Documents

_VALUES = st.dictionaries(st.sampled_from(["L011.A", "L011.B", "L012.A"]), st.sampled_from("123"), max_size=3)
_COLUMNS = st.dictionaries(st.sampled_from(["C01", "C02"]), st.sampled_from("123"), max_size=2)
_RESULTS = st.dictionaries(st.sampled_from(["C03", "C04"]), st.sampled_from("123"), max_size=2)
_ROW = st.fixed_dictionaries(
    {"key": st.sampled_from(["a", "b", "c"]), "values": _COLUMNS, "computed": _RESULTS}
)
_ROWS = st.lists(_ROW, max_size=3, unique_by=lambda row: str(row["key"]))
_DOCUMENTS = st.dictionaries(
    st.sampled_from(["A1", "F01", "E1[1]"]), st.builds(Document, cells=_VALUES, rows=_ROWS), max_size=3
)
_HIDES = st.frozensets(st.sampled_from(["A1", "F01", "A1.L011"]), max_size=2).map(
    lambda hidden: Evaluation({}, {}, {}, hidden)
)


@settings(max_examples=50)
@given(_DOCUMENTS, _DOCUMENTS, _HIDES, _HIDES)
def test_differences_are_those_of_all_values(
    old: Documents, new: Documents, before: Evaluation, after: Evaluation
) -> None:
    stood = values_by_cell(without_hidden(copy.deepcopy(old), before))
    stands = values_by_cell(without_hidden(new, after))
    standing = Standing(old, before)
    # A write changes the documents where they are.
    for document in old.values():
        document.cells.clear()
        document.rows.clear()
    changed = standing.changed(new, after)
    assert changed == {
        cell: stands.get(cell) for cell in {**stood, **stands} if stood.get(cell) != stands.get(cell)
    }
    asked = {cell: standing.value(parse_address(cell)) for cell in {**stood, **stands}}
    assert asked == {cell: stood.get(cell) for cell in asked}
