"""The same formulas computed by two libraries that compute workbooks: `formulas` and `pycel`.

They read the workbook that we export. `pycel` knows no COUNTA, which tells there whether a row of a dynamic
tab is one: the sheets of fixed lines alone are asked, where every fixed formula stands.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.report import Measure
from bench.sample import AT, CASES, reference_content
from forms import Nature, Pack, case_data, evaluate
from forms.nodes import CellRef, operands
from rendering.sheets.layout import Layout
from rendering.sheets.squares import Square
from rendering.sheets.workbook import write_workbook
from resolvers.rows import DossierContent

INSTALL = ".venv/bin/pip install --require-hashes -r requirements-bench.txt"
_QUICK_TABS = ("A1", "A2", "P1", "P2", "R1")
_FILE = "er.xlsx"
# A library's own run: the seconds of its fastest round, the values by cell.
Outcome = tuple[float, dict[str, Any]]


class Workbook:
    """Sheets of fixed lines of ER 2024 in a file, and where their formulas stand."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        content = _everything()
        self.pack: Pack = content.pack
        fixed = [code for code, tab in self.pack.tabs.items() if tab.nature is not Nature.DYNAMIC]
        self.tabs: Sequence[str] = _QUICK_TABS if quick else fixed
        self.path = folder / _FILE
        self.path.write_bytes(write_workbook(content, AT, self.tabs))
        self.ours = {
            f"{tab.code}.{place}": value for tab in content.tabs for place, value in tab.values.items()
        }
        self.formulas = [cell for cell in self.pack.binding.formulas if cell.partition(".")[0] in self.tabs]
        layout = Layout(self.pack)
        self._places = {
            cell: layout.place(cell) for cell, known in self.pack.cells.items() if known.tab in self.tabs
        }

    def without_parameters(self) -> list[str]:
        """The formulas that lead to no parameter: a defined name, which `pycel` cannot read."""
        formulas, known = self.pack.binding.formulas, dict[str, bool]()

        def free(cell: str) -> bool:
            if cell not in known:
                tree = formulas[cell].tree if cell in self.formulas else None
                read = operands(tree) if tree else []
                known[cell] = "Param(" not in repr(tree) and all(
                    item.previous or free(item.cell) for item in read if isinstance(item, CellRef)
                )
            return known[cell]

        return [cell for cell in self.formulas if free(cell)]

    def square(self, cell: str) -> tuple[str, str]:
        """The sheet and the square of a cell."""
        place = self._places[cell]
        return place.sheet, f"{_letters(place.column)}{place.row + 1}"

    @property
    def typed(self) -> list[str]:
        """The typed cells that hold a number, in the order of the pack."""
        return [
            cell
            for cell in self._places
            if cell in self.ours and cell in self.pack.program.numbers and cell not in self.formulas
        ]

    def agreeing(self, values: Mapping[str, Any]) -> int:
        """How many of the library's values are ours."""
        return sum(self._same(cell, values.get(cell)) for cell in self.formulas)

    def _same(self, cell: str, value: object) -> bool:
        with contextlib.suppress(ArithmeticError):
            return (Square(value).text() or None) == self.ours.get(cell)
        return False


def _everything() -> DossierContent:
    """The reference case with all that its formulas read, lines of other kinds of organism included."""
    content = reference_content("plain")
    data = case_data(content.pack, json.loads((CASES / "er-2024-plain.json").read_text(encoding="utf-8")))
    computed = evaluate(content.pack, data).cells.items()
    found = {**data.cells, **{cell: value for cell, value in computed if value is not None}}
    values: dict[str, dict[str, str]] = {tab.code: {} for tab in content.tabs}
    for cell, value in found.items():
        tab, _, place = cell.partition(".")
        values[tab][place] = value
    return replace(content, tabs=tuple(replace(tab, values=values[tab.code]) for tab in content.tabs))


def measures(folder: Path, ours: float, *, quick: bool) -> Iterator[Measure]:
    """Microseconds a formula, ours (a whole evaluation of `ours` milliseconds) beside each library's."""
    missing = [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]
    if missing:
        sys.stderr.write(f"Not measured beside {' and '.join(missing)}: {INSTALL}\n")
    workbook = Workbook(folder, quick=quick)
    each = ours * 1_000 / len(workbook.pack.binding.formulas)
    for name, (run, goal) in _LIBRARIES.items():
        if name in missing:
            continue
        with _silence():
            seconds, values = run(workbook, 1 if quick else 3)
        count, whole = len(values), len(workbook.pack.binding.formulas)
        same = f"{count} of {whole} computed by {name}, {workbook.agreeing(values)} of them as we do"
        yield Measure(
            f"a formula of ER 2024, text to text ({same})",
            each,
            "µs",
            peer=f"{name}, its workbook loaded, computed again",
            peer_value=seconds * 1_000_000 / count,
            goal=goal,
        )


def _formulas(workbook: Workbook, rounds: int) -> Outcome:
    import formulas  # noqa: PLC0415 - not installed but for this measure

    model = formulas.ExcelModel().loads(str(workbook.path)).finish()
    names = {
        cell: "'[{}]{}'!{}".format(_FILE, *workbook.square(cell))
        for cell in [*workbook.formulas, *workbook.typed]
    }
    given = model.calculate()
    inputs = [names[cell] for cell in workbook.typed if names[cell] in model.cells]
    # Its quickest way: what depends on the inputs, made one function once.
    outputs = [names[cell] for cell in workbook.formulas if names[cell] in given]
    compute = model.compile(inputs=inputs, outputs=outputs)
    numbers = [given[name].value[0, 0] for name in inputs]
    seconds, found = _fastest(lambda: compute(*numbers), rounds)
    cells = {name: cell for cell, name in names.items()}
    return seconds, {cells[name]: _plain(one) for name, one in zip(outputs, found, strict=True)}


def _pycel(workbook: Workbook, rounds: int) -> Outcome:
    from pycel import ExcelCompiler  # noqa: PLC0415 - not installed but for this measure

    model = ExcelCompiler(filename=str(workbook.path))
    names = {cell: "'{}'!{}".format(*workbook.square(cell)) for cell in workbook.formulas}
    asked = workbook.without_parameters()
    for cell in asked:
        model.evaluate(names[cell])
    # Forgets every value that a formula gave, and computes it again.
    seconds, _ = _fastest(model.recalculate, rounds)
    return seconds, {cell: model.evaluate(names[cell]) for cell in asked}


_LIBRARIES: dict[str, tuple[Callable[[Workbook, int], Outcome], str]] = {
    "formulas": (_formulas, "<= 0.05 x"),
    "pycel": (_pycel, ""),
}


def _fastest(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    taken, found = [], run()
    for _ in range(rounds):
        start = perf_counter()
        found = run()
        taken.append(perf_counter() - start)
    return min(taken), found


def _plain(found: Any) -> object:  # noqa: ANN401 - what a library gives: a range or an array of one square
    value = getattr(found, "value", found)
    value = value[0, 0] if getattr(value, "ndim", 0) else value
    return value.item() if hasattr(value, "item") else value


def _letters(column: int) -> str:
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Without their progress bars and warnings, which are not ours to print."""
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
    logging.disable(logging.NOTSET)
