"""A process of the demonstration that never answers is given up, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gql.demo import supervisor
from gql.demo.processes import Children
from models import Problem
from tests.ports import three_free_ports

if TYPE_CHECKING:
    from pathlib import Path


async def test_nothing_that_answers_in_time_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "START", 0.01)
    data, port = tmp_path / "data", three_free_ports()
    children = Children(data / "logs", {})
    await children.start("mailbox", *supervisor._mailbox(data, port))  # noqa: SLF001 - what never answers
    with pytest.raises(Problem) as caught:
        await supervisor._start(children, port, supervisor.Stages(6))  # noqa: SLF001 - what it starts
    started = [child.process for child in children.running]
    await children.stop()
    assert caught.value.code == "START_TOO_LONG"
    assert "ne répond pas" in caught.value.message
    # Nothing else was started after it; nobody was told of accounts.
    assert len(started) == 1
    assert started[0].returncode is not None
    assert not (data / "demo.json").exists()
