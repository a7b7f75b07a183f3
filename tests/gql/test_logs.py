"""A crash is told with where it happened, and without a single value of what was being done."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest
import structlog

from gql.logs import configure_logs

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """The loggers as pytest set them, whatever a test configures."""
    names = (None, "casbin", "tortoise", "uvicorn", "uvicorn.error", "uvicorn.access")
    loggers = [logging.getLogger(name) for name in names]
    kept = [(each, each.handlers[:], each.level, each.propagate) for each in loggers]
    yield
    for each, handlers, level, propagate in kept:
        each.handlers[:], each.propagate = handlers, propagate
        each.setLevel(level)


@pytest.mark.parametrize("style", ["json", "console"])
def test_a_traceback_carries_no_local_variable(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json" if style == "json" else "console")
    _crash("valeur du dossier")
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "_crash" in told
    assert "valeur du dossier" not in told


@pytest.mark.parametrize(("level", "kept"), [("DEBUG", 2), ("INFO", 2), ("ERROR", 0)])
def test_what_libraries_tell_of_their_insides_is_left_out(
    level: str, kept: int, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(level, "json")
    # Not loggers that the libraries themselves may have silenced in this process.
    for name in ("casbin.anything", "tortoise.anything"):
        logging.getLogger(name).info("the whole model")
        logging.getLogger(name).warning("worth a word")
    told = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in told] == ["worth a word"] * kept


def _crash(secret: str) -> None:
    try:
        _ = len(secret) // 0
    except ZeroDivisionError:
        structlog.get_logger("test").exception("crashed")
