"""A crash is told with where it happened, and without a single value of what was being done."""

from __future__ import annotations

import logging

import pytest
import structlog

from gql.logs import configure_logs


@pytest.mark.parametrize("style", ["json", "console"])
def test_a_traceback_carries_no_local_variable(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs("INFO", "json" if style == "json" else "console")
    try:
        _crash("valeur du dossier")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "_crash" in told
    assert "valeur du dossier" not in told


def _crash(secret: str) -> None:
    try:
        _ = len(secret) // 0
    except ZeroDivisionError:
        structlog.get_logger("test").exception("crashed")
