"""The forms: loading a pack, evaluating a full dossier, running its checks.

The peer walks the same trees with `Decimal`, formula by formula, and gives the same cells.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.forms_peer import Peer
from bench.report import Measure
from bench.timing import milliseconds
from forms import PackKey, case_data, evaluate, load_pack, read_pack, verify

_CASE = PackKey("ER", 2024, 1).folder / "tests" / "er-2024-plain.json"
_PEER = "the same trees walked with Decimal"
_LOAD_ROUNDS, _ROUNDS, _PEER_ROUNDS = 5, 60, 5


def measures(*, quick: bool) -> Iterator[Measure]:
    """Load, evaluation and checks of ER 2024 on the reference case, fastest round, in milliseconds."""
    case = json.loads(_CASE.read_text(encoding="utf-8"))
    folder = PackKey.parse(case["pack"]).folder
    yield Measure(
        "load ER 2024 (read, bind, compile)",
        milliseconds(lambda: read_pack(folder), 1 if quick else _LOAD_ROUNDS),
        "ms",
        goal="<= 500",
    )
    pack = load_pack(case["pack"])
    data = case_data(pack, case)
    rounds, peer_rounds = (3, 1) if quick else (_ROUNDS, _PEER_ROUNDS)
    yield Measure(
        "evaluate ER 2024 (2,134 formulas, 244 rows, text to text)",
        milliseconds(lambda: evaluate(pack, data), rounds),
        "ms",
        peer=_PEER,
        peer_value=milliseconds(lambda: Peer(pack, data).cells(), peer_rounds),
        goal="<= 5",
    )
    evaluation = evaluate(pack, data)
    peer = Peer(pack, data)
    peer.cells()
    yield Measure(
        "checks of ER 2024 (452 rules)",
        milliseconds(lambda: verify(pack, data, evaluation), rounds),
        "ms",
        peer=_PEER,
        peer_value=milliseconds(peer.failing, peer_rounds),
        goal="<= 5",
    )
