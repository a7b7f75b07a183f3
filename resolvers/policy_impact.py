"""What a change of the rules would do to real dossiers: who gains, who loses, and how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from authz import RIGHT_NAMES, Line, Right, Viewer
from authz.comparing import Comparison, Shift
from authz.editors import lockouts
from authz.effect_days import DAY, Span, days_of_others, spans_of_effect
from authz.policy import Policy
from authz.stored_tests import Outcome, broken, run, stored_sentences
from models import Problem, fetch
from resolvers.impact_words import impact_sentence, losing_sentences
from resolvers.policy_counts import Counter

MOST_ROWS = 100
# Days on which a change may begin to make another difference: each is a comparison of its own.
MOST_SPANS = 8
ANY = Span(date.min)
# What these give is not a number of dossiers.
WITHOUT_DOSSIERS = frozenset(
    {Right.ADMIN_USERS, Right.CAMPAIGN_MANAGE, Right.PACK_EDIT, Right.POLICY_EDIT, Right.CONSENT_GIVE}
)


@dataclass(frozen=True, slots=True)
class Body:
    """An organization, by its identifier, its key and its name."""

    id: UUID
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Gain:
    """What the users of one body gain and lose of one form in one right; `form` "": those no rule names.

    `span`: the days on which they do.
    """

    span: Span
    organization: Body
    platform: str
    form: str
    right: Right
    gained: int
    lost: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Impact:
    """`gained`, `lost`: dossiers, each counted once a body, by the right and the day that move most of them.

    `mine`: what the editor himself would lose; `blocking`: why the change would be refused; `add` and
    `close`: the change itself.
    """

    sentence: str
    gained: int
    lost: int
    rows: tuple[Gain, ...]
    more: int
    mine: tuple[str, ...]
    tests: tuple[Outcome, ...]
    blocking: tuple[str, ...]
    base: int
    add: tuple[Line, ...]
    close: tuple[int, ...]


async def impact_of(
    viewer: Viewer,
    policies: tuple[Policy, Policy],
    add: Sequence[Line],
    close: Sequence[Line],
    *,
    not_before: date | None = None,
) -> Impact:
    """Compare the policies `(before, after)` for those whom the lines added and closed name.

    On each day from today (`not_before`) on from which the lines make another difference.
    """
    before, after = policies
    lines = [*add, *close]
    spans = spans_of_effect(add, close, not_before, days_of_others(policies, lines))
    rows: list[Gain] = []
    own: list[Gain] = []
    for span in spans[:MOST_SPANS]:
        found, mine = await _on(span, Comparison(before, after, span.first), viewer, lines)
        rows = _joined(rows, found)
        own = _joined(own, mine)
    sentences = await stored_sentences(after.platforms)
    tests = tuple(run(after, sentence) for sentence in sentences)
    failed = broken(before, after, sentences)
    gained, lost = _total(rows, lost=False), _total(rows, lost=True)
    return Impact(
        sentence=impact_sentence(rows, spans[0], spans[MOST_SPANS:]),
        gained=gained,
        lost=lost,
        rows=tuple(rows[:MOST_ROWS]),
        more=max(0, len(rows) - MOST_ROWS),
        mine=tuple(losing_sentences(own)),
        tests=tests,
        blocking=tuple(_blocking(lockouts(before, after, viewer.subject), failed)),
        base=before.version,
        add=tuple(add),
        close=tuple(line.id for line in close if line.id is not None),
    )


async def _on(
    span: Span,
    comparison: Comparison,
    viewer: Viewer,
    lines: Sequence[Line],
) -> tuple[list[Gain], list[Gain]]:
    """What everyone, and what the viewer himself, gains and loses on the first of some days."""
    shifts = comparison.shifts(lines)
    own = comparison.of(viewer.subject, shifts)
    counter = Counter(comparison)
    counted = [one for one in (*shifts, *own) if one.case.right not in WITHOUT_DOSSIERS]
    await counter.count((one.case, steps) for one in counted for steps in (one.gained, one.lost))
    after = comparison.after
    return await _rows(span, after, shifts, counter), await _rows(span, after, own, counter)


def _joined(rows: list[Gain], found: list[Gain]) -> list[Gain]:
    """The rows so far and those of the next days; days in a row on which all is alike are told as one."""
    last = [row for row in rows if found and row.span.last == found[0].span.first - DAY]
    joined = [
        replace(row, span=Span(row.span.first, now.span.last)) for row, now in zip(last, found, strict=False)
    ]
    if [replace(row, span=ANY) for row in last] != [replace(row, span=ANY) for row in found]:
        return [*rows, *found]
    return [*rows[: len(rows) - len(last)], *joined]


async def _rows(span: Span, policy: Policy, shifts: Iterable[Shift], counter: Counter) -> list[Gain]:
    """One row a body, form and right: the years are added up; those that move most dossiers first."""
    sums: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    accounts: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for shift in shifts:
        place = (shift.organization, shift.case.platform, shift.case.form, shift.case.right)
        sums[place][0] += counter.of(shift.case, shift.gained)
        sums[place][1] += counter.of(shift.case, shift.lost)
        accounts[place] |= shift.accounts
    ids = await _ids({key for key, *_ in sums})
    rows = [
        Gain(
            span,
            Body(ids[key], key, policy.organizations[key].name),
            platform,
            form,
            Right(right),
            gained,
            lost,
            len(accounts[key, platform, form, right]),
        )
        for (key, platform, form, right), (gained, lost) in sums.items()
    ]
    order = list(RIGHT_NAMES)
    told = [row for row in rows if row.gained or row.lost or row.right in WITHOUT_DOSSIERS]
    return sorted(
        told,
        key=lambda row: (-row.gained - row.lost, row.organization.name, row.form, order.index(row.right)),
    )


async def _ids(keys: Collection[str]) -> dict[str, UUID]:
    rows = await fetch("SELECT key, id FROM organization WHERE key = ANY(%s)", [list(keys)]) if keys else []
    return {row["key"]: row["id"] for row in rows}


def _total(rows: Sequence[Gain], *, lost: bool) -> int:
    most: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        place = (row.organization.key, row.platform, row.form)
        most[place] = max(most[place], row.lost if lost else row.gained)
    return sum(most.values())


def _blocking(refusals: Iterable[Problem], failed: Iterable[Outcome]) -> Iterable[str]:
    yield from (str(refusal) for refusal in refusals)
    for outcome in failed:
        yield f"« {outcome.test.sentence} » ne serait plus vrai. {outcome.counterexample}"
