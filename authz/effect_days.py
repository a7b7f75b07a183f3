"""On which days a change of the rules says something: it is measured there, not on today alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from authz.clock import today
from authz.lines import FIELDS, Line
from authz.names import kind_name
from authz.policy import Policy

DAY = timedelta(days=1)
# What a line says, whatever its days and its article.
Meaning = tuple[str, ...]
# Apart from its meaning: the days on which it holds, and the article that it carries.
_NOT_MEANT = ("since", "until", "ref")


class Span(NamedTuple):
    """Days in a row on which a change makes one same difference.

    `last` is None when they go on as long as the lines that are added and closed.
    """

    first: date
    last: date | None = None


class _Turn(NamedTuple):
    """A line that begins or ceases to say something: `added`, or one of those that are closed."""

    meaning: Meaning
    added: bool
    step: int


def spans_of_effect(
    add: Iterable[Line], close: Iterable[Line], not_before: date | None = None, others: Iterable[date] = ()
) -> list[Span]:
    """The spans on which the lines added and those closed do not say the same, from today (`not_before`) on.

    A line closed and added again with other dates says the same on the days that both have: a convention that
    ends earlier makes a difference after its new end only. `others`: days on which what it amounts to may
    change although it says the same; a span begins there too. Never empty: today where nothing differs.
    """
    start = max(today().date, not_before or date.min)
    turns, furthest = _turns(add, close, start)
    spans: list[Span] = []
    held: dict[Meaning, list[int]] = defaultdict(lambda: [0, 0])
    differing = 0
    for day in sorted(turns):
        before = {turn.meaning: _difference(held[turn.meaning]) for turn in turns[day]}
        for turn in turns[day]:
            held[turn.meaning][turn.added] += turn.step
        after = {meaning: _difference(held[meaning]) for meaning in before}
        if before == after:
            continue
        if differing:
            spans[-1] = Span(spans[-1].first, None if day - DAY == furthest else day - DAY)
        differing += sum(map(abs, after.values())) - sum(map(abs, before.values()))
        if differing:
            spans.append(Span(day))
    days = sorted({day for day in others if day <= furthest})
    return [piece for span in spans or [Span(start)] for piece in _split(span, days)]


def days_of_others(policies: Iterable[Policy], lines: Iterable[Line]) -> set[date]:
    """The days on which the other conventions on those whom lines concern begin, or are over.

    A box or a ceiling lets through what conventions give, to whomever holds it: it concerns all of them on
    its platform and right.
    """
    asked = {(_whom(line), line.field("dom"), line.field("act")) for line in lines if line.ptype != "g"}
    days: set[date] = set()
    for policy in policies:
        for who, platform, right in asked:
            names = policy.conventions.names if who is None else _near(policy, who)
            for rule in policy.conventions.on(names, platform, right):
                last = date.fromisoformat(rule.until)
                days |= {date.fromisoformat(rule.since)} | ({last + DAY} if last < date.max else set())
    return days


def _whom(line: Line) -> str | None:
    """Whom a convention names; None for the lines of the other layers."""
    return line.values[0] if line.ptype == "p" else None


def _near(policy: Policy, who: str) -> set[str]:
    """The names that rules on the accounts named by `who` may have: their own, their body's, its kind."""
    if who in policy.accounts:
        body = policy.accounts[who].organization
        return {who, body, kind_name(policy.organizations[body].kind)}
    bodies = {key for key, body in policy.organizations.items() if who in (key, kind_name(body.kind))}
    kinds = {kind_name(policy.organizations[key].kind) for key in bodies}
    accounts = {subject for subject, account in policy.accounts.items() if account.organization in bodies}
    return {who} | bodies | kinds | accounts


def _split(span: Span, days: Iterable[date]) -> Iterator[Span]:
    first = span.first
    for day in days:
        if first < day and (span.last is None or day <= span.last):
            yield Span(first, day - DAY)
            first = day
    yield Span(first, span.last)


def _difference(held: list[int]) -> int:
    """1: said by lines added only; -1: by lines closed only."""
    closed, added = held
    return (added > 0) - (closed > 0)


def _turns(add: Iterable[Line], close: Iterable[Line], start: date) -> tuple[dict[date, list[_Turn]], date]:
    """What begins and ceases on each day from `start` on, and the last day of all."""
    turns: dict[date, list[_Turn]] = defaultdict(list)
    furthest = start
    for added, lines in ((True, add), (False, close)):
        for since, until, meaning in _said(lines):
            if until < start:
                continue
            furthest = max(furthest, until)
            turns[max(since, start)].append(_Turn(meaning, added, 1))
            if until < date.max:
                turns[until + DAY].append(_Turn(meaning, added, -1))
    return turns, furthest


def _said(lines: Iterable[Line]) -> Iterator[tuple[date, date, Meaning]]:
    for line in lines:
        if line.ptype != "p":
            yield date.min, date.max, (line.ptype, *line.values)
            continue
        meant = tuple(
            value for name, value in zip(FIELDS["p"], line.values, strict=True) if name not in _NOT_MEANT
        )
        yield date.fromisoformat(line.field("since")), date.fromisoformat(line.field("until")), ("p", *meant)
