"""The forms: packs loaded, dossiers evaluated and checked here and in the browser, files out and in.

Beside them, on the same formulas in the same run: the same trees walked with `Decimal`, the same arithmetic
written out in plain Python (the floor), and two libraries that compute workbooks where they are installed.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import forms_browser, forms_files, forms_sheets
from bench.forms_floor import Floor
from bench.forms_peer import Peer
from bench.report import Measure
from bench.timing import milliseconds
from forms import Data, Pack, PackKey, Row, case_data, evaluate, load_pack, read_pack, script, verify

_KEY = PackKey("ER", 2024, 1)
_CASE = _KEY.folder / "tests" / "er-2024-plain.json"
_PEER = "the same trees walked with Decimal"
_LARGE = "ER 2024, large body (F01 of 800 rows, 16,000 values)"


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """The reference case of ER 2024 and a large body; fastest rounds, in milliseconds."""
    pack = load_pack(str(_KEY))
    data = case_data(pack, json.loads(_CASE.read_text(encoding="utf-8")))
    cases = {"ER 2024": (pack, data), _LARGE: (pack, large(data))}
    rounds = 3 if quick else 60
    for measure in _loading(pack, 1 if quick else 5):
        yield measure
    ours = milliseconds(lambda: evaluate(pack, data), rounds)
    for measure in _evaluation(pack, data, ours, rounds):
        yield measure
    for measure in _large(*cases[_LARGE], rounds):
        yield measure
    for measure in forms_files.measures(quick=quick):
        yield measure
    async for measure in forms_files.loads(quick=quick):
        yield measure
    with TemporaryDirectory(prefix="harmonia-bench-") as folder:
        async for measure in forms_browser.measures(Path(folder), cases, quick=quick):
            yield measure
        for measure in forms_sheets.measures(Path(folder), ours, quick=quick):
            yield measure


def large(data: Data) -> Data:
    """The same dossier with the loans of a large body (DOMAIN of the forms: 800 rows)."""
    rows = data.rows["F01"]
    count = forms_files.LARGE_ROWS
    many = [Row(f"{number + 1:04d}", rows[number % len(rows)].values) for number in range(count)]
    return replace(data, rows={**data.rows, "F01": many})


def _loading(pack: Pack, rounds: int) -> Iterator[Measure]:
    yield Measure(
        "load ER 2024, once a process (read, bind, write the code, compile it)",
        milliseconds(lambda: read_pack(_KEY.folder), rounds),
        "ms",
        goal="<= 500",
    )
    yield Measure(
        f"the browser's module of ER 2024, once a process ({len(script(pack)) // 1000} kB)",
        milliseconds(lambda: script(pack), rounds),
        "ms",
    )


def _evaluation(pack: Pack, data: Data, ours: float, rounds: int) -> Iterator[Measure]:
    peer_rounds = max(1, rounds // 12)
    name = "evaluate ER 2024 (4,419 cells, 2,134 formulas, 244 rows, text to text)"
    walked = milliseconds(lambda: Peer(pack, data).cells(), peer_rounds)
    yield Measure(name, ours, "ms", _PEER, walked, "<= 4")
    evaluation = evaluate(pack, data)
    floor = Floor(pack, data)
    same = f"{floor.agreeing(evaluation.cells)} of {len(pack.binding.formulas)} values the same"
    plain = f"the floor: the arithmetic alone, written out in Python, integers to integers ({same})"
    yield Measure(name, ours, "ms", plain, milliseconds(floor.run, rounds))
    peer = Peer(pack, data)
    peer.cells()
    checked = milliseconds(lambda: verify(pack, data, evaluation), rounds)
    walked = milliseconds(peer.failing, peer_rounds)
    yield Measure("checks of ER 2024 (452 rules)", checked, "ms", _PEER, walked, "<= 3")


def _large(pack: Pack, data: Data, rounds: int) -> Iterator[Measure]:
    evaluation = evaluate(pack, data)
    floor = Floor(pack, data)
    yield Measure(
        f"evaluate {_LARGE}",
        milliseconds(lambda: evaluate(pack, data), rounds),
        "ms",
        f"the floor, {floor.agreeing(evaluation.cells)} of {len(pack.binding.formulas)} values the same",
        milliseconds(floor.run, rounds),
    )
    yield Measure(f"checks of {_LARGE}", milliseconds(lambda: verify(pack, data, evaluation), rounds), "ms")
