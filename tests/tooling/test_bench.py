import json
import sys
from collections.abc import AsyncIterator, Iterator
from types import ModuleType

import pytest

from bench.__main__ import main
from bench.report import Measure

FAST = Measure("fast", 2.0, "ms", goal="<= 5")
SLOW = Measure("slow", 7.12345, "ms", peer="the bare SQL", peer_value=2.0, goal="<= 3 x")


def several(*, quick: bool) -> Iterator[Measure]:
    yield from [FAST] if quick else [FAST, SLOW]


async def several_later(*, quick: bool) -> AsyncIterator[Measure]:
    for measure in several(quick=quick):
        yield measure


@pytest.fixture(params=[several, several_later])
def measured(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of measures, of each kind, under the name of bench/life.py."""
    module = ModuleType("bench.life")
    vars(module).update(measures=request.param, __spec__=object())
    monkeypatch.setitem(sys.modules, "bench.life", module)
    return module


@pytest.mark.parametrize(
    ("measure", "ratio", "holds"),
    [
        (FAST, None, True),
        (SLOW, 3.561725, False),
        (Measure("told", 1.0, "s"), None, None),
        (Measure("enough", 900.0, "rows/s", goal=">= 1000"), None, False),
        (Measure("as fast", 4.0, "s", "the incumbent", 4.0, "<= 1 x"), 1.0, True),
        (Measure("nothing beside", 4.0, "s", "an empty run", 0.0), None, None),
    ],
)
def test_a_measure_knows_its_ratio_and_whether_it_holds(
    measure: Measure, ratio: float | None, holds: bool | None
) -> None:
    assert (measure.ratio, measure.holds) == (ratio, holds)


@pytest.mark.parametrize("goal", ["5", "< 5", "<= 5 s", "<= 3 x"])
def test_a_goal_that_cannot_be_read_or_measured_is_an_error(goal: str) -> None:
    measure = Measure("name", 1.0, "s", goal=goal)

    with pytest.raises(ValueError, match="name"):
        bool(measure.holds)


@pytest.mark.usefixtures("measured")
def test_each_measure_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["life"]) == 1

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in lines] == ["fast", "slow"]
    assert lines[1] == {
        "name": "slow", "value": 7.123, "unit": "ms", "peer": "the bare SQL", "peer_value": 2.0,
        "goal": "<= 3 x", "ratio": 3.562, "holds": False,
    }  # fmt: skip


@pytest.mark.usefixtures("measured")
def test_a_quick_run_says_so_to_the_measures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["life", "--quick"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_measure_that_nobody_wrote_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.__main__.NAMES", ("unwritten",))

    assert main(["unwritten"]) == 2
    assert capsys.readouterr().err == "bench/unwritten.py does not exist yet: choose another name.\n"
