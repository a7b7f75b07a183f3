"""Some decisions are asked again of Casbin, elsewhere: a wrong table is told, a right one is not."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from authz import Allowed, Authority, Right, convention_line, decide, scope, shadow, shadowed
from authz.shadow import MOST_WAITING, Shadow
from authz.table import Cell
from tests.authz.random_policies import Dice
from tests.authz.sample import OPH, open_boxes, policy, target, viewer

if TYPE_CHECKING:
    from authz import Viewer

READ = Right.READ
LINE = convention_line(actor="partner:CDC", platform="MIN", right=READ, organisms="all", ref="art. 1")


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a draw that is the same each time


def someone(share: float, seed: int = 1) -> tuple[Viewer, Shadow]:
    who = viewer(policy([*open_boxes(READ), LINE]), "user:cdc")
    who.authority.shadow = found = Shadow(share, seeded(seed))
    return who, found


async def asked_again(found: Shadow, samples: int) -> None:
    """Run until so many samples are compared."""
    task = asyncio.create_task(found.run())
    done = asyncio.Event()
    compare = found.compare

    def counted(*values: object) -> None:
        compare(*values)  # type: ignore[arg-type] # passed on as they come
        if found.checked >= samples:
            done.set()

    found.compare = counted  # type: ignore[method-assign, assignment] # to know when it is over
    async with asyncio.timeout(20):
        await done.wait()
    task.cancel()


def break_table(who: Viewer) -> None:
    """The compiler is wrong: the cell says no to everything."""
    table = who.authority.policy.table(who.subject)
    key = ("MIN", "ER", 2024, READ)
    table[key] = Cell(bytes(len(table[key].steps)), None)


async def test_a_wrong_cell_is_told_with_all_that_is_needed_to_ask_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shadow, "BUDGET", 1.0)
    who, found = someone(1.0)
    decide(who, READ, target())
    break_table(who)
    assert not isinstance(decide(who, READ, target()), Allowed)
    with capture_logs() as logs:
        await asked_again(found, 2)
    (told,) = logs
    assert (told["event"], told["log_level"]) == ("authz.shadow.difference", "error")
    asked = (told["subject"], told["right"], told["platform"], told["form"], told["year"], told["organism"])
    assert asked == ("user:cdc", "dossier:read", "MIN", "ER", 2024, OPH)
    assert (told["step"], told["version"], told["channel"], told["compiled"]) == (4, 1, "decision", False)
    assert told["enforce"] == {"convention": True, "boxes": True, "ceiling": True}
    assert date.fromisoformat(told["day"]).year > 2000
    assert (found.checked, found.differences, found.dropped) == (2, 1, 0)


async def test_a_row_of_a_list_is_asked_again_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shadow, "BUDGET", 1.0)
    who, found = someone(1.0)
    table = who.authority.policy.table(who.subject)
    wrong = Cell(bytes(len(table["MIN", "ER", 2024, READ].steps)), None)
    monkeypatch.setattr(type(table), "__missing__", lambda *_: wrong)
    with capture_logs() as logs:
        for _ in range(8):
            scope(who, READ)
        await asked_again(found, 8)
    assert found.differences == len(logs) > 0
    assert {told["channel"] for told in logs} == {"list"}


async def test_right_answers_are_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shadow, "BUDGET", 1.0)
    dice, found = Dice(seeded(7)), Shadow(1.0, seeded(7))
    compiled = dice.policy()
    with capture_logs() as logs:
        for _ in range(30):
            subject, right, about, day = dice.request()
            who = viewer(compiled, subject)
            who.authority.shadow = found
            decide(who, right, about, day)
            scope(who, right, day)
        await asked_again(found, 30)
    assert found.checked >= 30
    assert logs == []


def test_a_share_is_sampled_and_what_is_too_much_is_dropped_and_counted() -> None:
    who, found = someone(0.25)
    for _ in range(200):
        decide(who, READ, target())
    assert 25 < len(found._waiting) < 75  # noqa: SLF001 - what waits to be asked again
    for _ in range(2_000):
        decide(who, READ, target())
    assert len(found._waiting) == MOST_WAITING  # noqa: SLF001 - likewise
    assert found.dropped > 0


async def test_casbin_is_asked_in_another_thread_within_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    who, found = someone(1.0)
    threads, pauses, rest = [], [], asyncio.sleep

    def ask(_: object) -> tuple[bool, bool, bool]:
        threads.append(threading.current_thread())
        return True, True, True

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await rest(0)

    monkeypatch.setattr(shadow, "_ask", ask)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    decide(who, READ, target())
    decide(who, READ, target())
    await asked_again(found, 2)
    assert threading.main_thread() not in threads
    assert all(pause > 0 for pause in pauses)


async def test_no_share_costs_nothing_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Authority(policy([*open_boxes(READ), LINE]))
    async with shadowed(found, 0.0):
        assert found.shadow is None
        who = viewer(found.policy, "user:cdc")
        decide(who, READ, target())
        # A yes asked again never comes near the shadow: it is found before.
        monkeypatch.setattr("authz.deciding._decide", None)
        assert isinstance(decide(who, READ, target()), Allowed)
    async with shadowed(found, 0.5):
        assert found.shadow is not None
    assert found.shadow is None
