"""What the examination of rules sums up agrees with looking at every day, and at every pair of rules."""

from __future__ import annotations

import gc
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authz.lint import lint_policy
from authz.lint_calendar import Calendar
from authz.lint_extent import EVERY_TAB, Extent, covers, says_the_same
from authz.lint_widest import Widest
from tests.authz.random_policies import Dice
from tests.authz.sample import DAY

KEY = ("p", "MIN", "dossier:read")
DAYS = [(DAY + timedelta(days=number)).isoformat() for number in range(8)]
# Days that nothing begins or ends on, before and after all of those.
ALL_DAYS = ["", "1900-01-01", *DAYS, "9999-12-31"]
Span = tuple[str, str, int]


def span(random: Random) -> tuple[str, str]:
    first, last = sorted((random.randrange(8), random.randrange(8)))
    open_since, open_until = random.random() < 0.1, random.random() < 0.1
    return ("" if open_since else DAYS[first]), ("~" if open_until else DAYS[last])


def held(spans: list[Span], day: str) -> int:
    """What holds on a day, span by span."""
    bits = 0
    for since, until, more in spans:
        bits |= more if since <= day <= until else 0
    return bits


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=True))
def test_a_calendar_is_what_holds_day_by_day(random: Random) -> None:
    spans = [(*span(random), random.randrange(1, 16)) for _ in range(random.randrange(1, 12))]
    calendar = Calendar()
    for since, until, bits in spans:
        calendar.add(since, until, bits)
    for _ in range(20):
        since, until = span(random)
        found = [held(spans, day) for day in ALL_DAYS if since <= day <= until]
        bits, always = random.randrange(16), 15
        for one in found:
            always &= one
        assert calendar.throughout(since, until) == always, (spans, since, until)
        assert calendar.touches(since, until, bits) is any(one & bits for one in found), (spans, bits)


@pytest.mark.parametrize(
    ("spans", "period", "always"),
    [
        ([(0, 3, 1), (4, 7, 1)], (0, 7), 1),
        ([(0, 3, 1), (5, 7, 1)], (0, 7), 0),
        ([(0, 3, 1), (5, 7, 1)], (5, 7), 1),
        ([(0, 3, 1), (3, 7, 2)], (3, 3), 3),
        ([(2, 3, 1)], (1, 3), 0),
        ([(2, 3, 1), (2, 3, 2)], (2, 3), 3),
    ],
)
def test_periods_one_after_the_other_hold_all_along(
    spans: list[tuple[int, int, int]], period: tuple[int, int], always: int
) -> None:
    calendar = Calendar()
    for first, last, bits in spans:
        calendar.add(DAYS[first], DAYS[last], bits)
    assert calendar.throughout(DAYS[period[0]], DAYS[period[1]]) == always


def test_a_calendar_goes_to_the_last_day_there_is() -> None:
    calendar = Calendar()
    calendar.add(DAYS[0], date.max.isoformat(), 1)
    calendar.add("", DAYS[0], 2)
    assert calendar.throughout(DAYS[1], date.max.isoformat()) == 1
    assert calendar.throughout(DAYS[1], "~") == 0
    assert calendar.touches("", "~", 2)


def rule(random: Random, number: int) -> Extent:
    steps, consent = random.choice([1, 3, 7]), random.random() < 0.3
    tabs = random.choice([EVERY_TAB, EVERY_TAB, 1, 3])
    who = random.choice(["partner:CDC", "partner:CDC", "kind:partner"])
    return number, KEY, who, "ER", "all", steps, *span(random), consent, tabs, False


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=True))
def test_the_widest_are_those_that_no_other_of_the_same_terms_outlasts(random: Random) -> None:
    rules = [(*rule(random, n)[:2], "partner:CDC", *rule(random, n)[3:]) for n in range(40)]
    widest = Widest(rules[0])
    for one in rules[1:]:
        widest.keep(one)
    kept = [
        one
        for one in rules
        if not any(
            one[5] == other[5] and one[8:10] == other[8:10] and covers(other, one)
            for other in rules
            if other is not one and (other[0] < one[0] or not says_the_same(other, one))
        )
    ]
    assert sorted(widest.all()) == kept
    for asked in (rule(random, 100 + n) for n in range(20)):
        found = list(widest.covering(asked, same_who=asked[2] == "partner:CDC"))
        assert all(covers(one, asked) for one in found)
        assert bool(found) is any(covers(one, asked) for one in rules)
        terms = [(one[5], *one[8:10]) for one in found]
        assert set(terms) == {(one[5], *one[8:10]) for one in rules if covers(one, asked)}
        assert len(terms) == len(set(terms)), "one of each terms"


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        assert lint_policy(Dice(Random(1)).facts(), DAY) is not None  # noqa: S311 - the same draw each time
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
