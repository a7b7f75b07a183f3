"""On which days a change says something: against a count day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from authz.clock import today
from authz.effect_days import Span, spans_of_effect
from authz.lines import Line
from tests.rights_desk import reads

TODAY = today().date
HORIZON = 24


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A rule of a few days about now, of one of two meanings."""
    since = draw(st.integers(-6, 12))
    until = since + draw(st.integers(0, 9))
    line = reads(steps=draw(st.sampled_from(["4", "56"])), ref=draw(st.sampled_from(["a", "b"])))
    values = list(line.values)
    values[6:8] = [day(since).isoformat(), day(until).isoformat()]
    return replace(line, values=tuple(values))


def said(rules: list[Line], on: date) -> set[str]:
    return {
        rule.field("steps") for rule in rules if rule.field("since") <= on.isoformat() <= rule.field("until")
    }


@given(st.lists(lines(), max_size=3), st.lists(lines(), max_size=3))
@settings(max_examples=50, deadline=None)
def test_the_spans_are_the_days_on_which_what_is_said_differs(add: list[Line], close: list[Line]) -> None:
    spans = spans_of_effect(add, close)
    for number in range(HORIZON):
        now = day(number)
        told = [span for span in spans if span.first <= now <= (span.last or date.max)]
        more, less = said(add, now), said(close, now)
        furthest = max((line.field("until") for line in (*add, *close)), default="")
        if more != less:
            (span,) = told
            first = span.first
            assert (said(add, first) - said(close, first), said(close, first) - said(add, first)) == (
                more - less,
                less - more,
            )
        else:
            # Beyond the last day of all the lines, and where nothing ever differs, nobody looks.
            assert not told or now.isoformat() > furthest or spans == [Span(TODAY)]


def test_lines_without_dates_and_a_day_to_come() -> None:
    assert spans_of_effect([reads()], []) == [Span(TODAY)]
    assert spans_of_effect([reads()], [], day(3)) == [Span(day(3))]
    assert spans_of_effect([], [Line("p2", ("profile:x", "MIN", "*", "dossier:read", "4", "allow", ""))]) == [
        Span(TODAY)
    ]
    assert spans_of_effect([reads(ref="a")], [reads(ref="b")]) == [Span(TODAY)]
    assert spans_of_effect([reads()], [], others=[day(5), day(-2), day(5)]) == [
        Span(TODAY, day(4)),
        Span(day(5)),
    ]
