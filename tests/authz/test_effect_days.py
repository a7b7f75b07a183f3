"""On which days a change says something: against a count day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from authz import Effect, Line, Right, box_line, ceiling_line, convention_line
from authz.clock import today
from authz.comparing import Comparison, Shift
from authz.effect_days import Span, days_of_others, spans_of_effect
from authz.lines import ANY_FORM
from authz.policy import Policy
from tests.authz.sample import facts, holds, open_boxes
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


WHOM = ("partner:CDC", "kind:partner", "user:cdc")
PROFILE = "profile:partner_user"
# The box of the client alone: the user has his from the profile.
BASE = (
    *(line for line in open_boxes(Right.READ) if line.values[0] not in ("user:cdc", "kind:partner")),
    holds("user:cdc", "partner_user"),
    box_line(subject=PROFILE, platform="MIN", right=Right.READ, steps="456", form="ER", ref="profil"),
    ceiling_line(kind="kind:partner", platform="MIN", right=Right.READ, steps="45", ref="plafond"),
)


@st.composite
def ruled(draw: st.DrawFn) -> Line:
    """A convention of some days, or for ever, on one of those who may meet in one account."""
    since = draw(st.integers(-2, 10))
    until = draw(st.one_of(st.none(), st.integers(since, 12)))
    return convention_line(
        actor=draw(st.sampled_from(WHOM)),
        platform="MIN",
        form=draw(st.sampled_from(["ER", ANY_FORM])),
        organisms="all",
        right=Right.READ,
        steps=draw(st.sampled_from(["4", "3456"])),
        effect=draw(st.sampled_from([Effect.ALLOW, Effect.DENY])),
        dates=(day(since), date.max if until is None else day(until)),
        ref="art. 1",
    )


# What a change may be made of, besides conventions: a box of a profile, a limit of a kind.
OPENINGS = (
    box_line(subject=PROFILE, platform="MIN", right=Right.READ, steps="3", ref="profil"),
    ceiling_line(kind="kind:partner", platform="MIN", right=Right.READ, steps="6", ref="plafond"),
)
CHANGES = st.lists(st.one_of(ruled(), st.sampled_from(OPENINGS)), max_size=1)


@given(st.lists(ruled(), max_size=3), CHANGES, CHANGES)
@settings(max_examples=40, deadline=None)
def test_within_a_span_everybody_gains_and_loses_the_same_each_day(
    others: list[Line], add: list[Line], close: list[Line]
) -> None:
    holds_every_day(others, add, close)


def test_rules_on_an_account_and_conventions_to_come_begin_a_span_but_the_end_of_time_does_not() -> None:
    lasting = rule("partner:CDC", -1)
    own, later = rule("user:cdc", -1, 10), rule("partner:CDC", 10, 20)
    policies = tried([own], [], [lasting])
    # The account keeps by its own rule what its body loses, until that rule is over.
    assert [day(11), day(-1)] == sorted(days_of_others(policies, [lasting]), reverse=True)
    holds_every_day([own], [], [lasting])
    holds_every_day([lasting], [own], [])
    holds_every_day([later], [], [OPENINGS[0]])


def rule(who: str, since: int, until: int | None = None) -> Line:
    last = date.max if until is None else day(until)
    return convention_line(
        actor=who, platform="MIN", form="ER", organisms="all", right=Right.READ, steps="3456",
        dates=(day(since), last), ref="art. 1",
    )  # fmt: skip


def tried(others: list[Line], add: list[Line], close: list[Line]) -> tuple[Policy, Policy]:
    return Policy(facts([*BASE, *others, *close])), Policy(facts([*BASE, *others, *add]))


def holds_every_day(others: list[Line], add: list[Line], close: list[Line]) -> None:
    policies, lines = tried(others, add, close), [*add, *close]
    spans = spans_of_effect(add, close, others=days_of_others(policies, lines))
    furthest = max(
        [date.fromisoformat(line.field("until")) if line.ptype == "p" else date.max for line in lines],
        default=TODAY,
    )

    def shifts(on: date) -> list[Shift]:
        return Comparison(*policies, on).shifts(lines)

    for now in map(day, range(HORIZON)):
        told = [span for span in spans if span.first <= now <= (span.last or furthest)]
        assert shifts(now) == (shifts(told[0].first) if told else [])
        assert len(told) <= 1
