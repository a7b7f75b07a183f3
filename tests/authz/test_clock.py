"""A convention begins and ends at midnight in Paris, in a process that nobody restarts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from authz import Allowed, Right, convention_line, decide, deciding, shelf
from authz.clock import PARIS, Day, today
from tests.authz.sample import open_boxes, policy, target, viewer

LAST = date(2026, 11, 21)


def test_today_is_the_day_in_paris_between_its_midnights() -> None:
    before = datetime.now(UTC)
    found = today()
    after = datetime.now(UTC)
    assert found.date in {before.astimezone(PARIS).date(), after.astimezone(PARIS).date()}
    assert found.since <= after.timestamp()
    assert before.timestamp() < found.until
    for instant in (found.since, found.until):
        assert datetime.fromtimestamp(instant, PARIS).strftime("%H:%M:%S") == "00:00:00"


def test_a_convention_ends_at_midnight_without_anyone_acting(monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = datetime(2026, 11, 22, tzinfo=PARIS).timestamp()
    days = [
        Day(LAST, midnight - 86_400, midnight),
        Day(LAST + timedelta(days=1), midnight, midnight + 86_400),
    ]
    now = [midnight - 1]
    for module in (deciding, shelf):
        monkeypatch.setattr(module, "time", lambda: now[0])
    monkeypatch.setattr(shelf, "today", lambda: days[now[0] >= midnight])
    line = convention_line(
        actor="partner:CDC",
        platform="MIN",
        right=Right.READ,
        organisms="all",
        ref="art. 1",
        dates=(date(2026, 1, 1), LAST),
    )
    who = viewer(policy([*open_boxes(Right.READ), line]), "user:cdc")
    # Twice: the second yes is one that is remembered, and must end at midnight like the first.
    assert decide(who, Right.READ, target()) is decide(who, Right.READ, target()) == Allowed("art. 1")
    now[0] = midnight
    assert not isinstance(decide(who, Right.READ, target()), Allowed)
    now[0] = midnight - 1
    assert isinstance(decide(who, Right.READ, target()), Allowed)
