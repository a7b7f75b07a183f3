"""The sentences that must stay true, tried on compiled tables: each organism of a group, step and year.

An organization or a kind is tried by what it may, whatever boxes its users hold: a box can be ticked
tomorrow without any rule being changed. A user or a machine client is tried by all three layers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from authz.bodies import BodyTable
from authz.clock import today
from authz.lines import ANY_FORM
from authz.names import kind_name
from authz.policy import Policy
from authz.rights import Right, step_bits
from authz.rule_text import actor_text, day_text, naming
from authz.rules import OTHER_FORM, OTHER_YEAR
from authz.table import Table
from authz.words import RIGHT_NAMES, step_name, typeset
from models import Invalid, PolicyTest


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stored test; `year` None: every year; `expected`: it always may, or it never may."""

    id: UUID
    platform: str
    sentence: str
    actor: str
    right: str
    form: str
    year: int | None
    organisms: str
    steps: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """`counterexample`: a French sentence on the first place where the test does not hold; None: it does."""

    test: Sentence
    counterexample: str | None

    @property
    def passes(self) -> bool:
        """Whether the sentence is true."""
        return self.counterexample is None


async def stored_sentences(platforms: Collection[str]) -> tuple[Sentence, ...]:
    """The tests of these platforms, in the order in which they were written."""
    rows = await PolicyTest.filter(platform_id__in=list(platforms)).order_by("at", "id")
    return tuple(sentence_of(row) for row in rows)


def sentence_of(row: PolicyTest) -> Sentence:
    """A stored row as what is tried."""
    return Sentence(
        row.id,
        row.platform_id,
        row.sentence,
        row.actor,
        row.right,
        row.form,
        row.year,
        row.organisms,
        row.steps,
        row.expected,
    )


async def require_tests(before: Policy, after: Policy) -> None:
    """Nothing when every sentence that is true stays true.

    One that is false already forbids nothing, or no account could be closed until the rule is put right.
    Raises Invalid POLICY_TEST_FAILED, whose `details` give each sentence and its counterexample.
    """
    failed = broken(before, after, await stored_sentences(after.platforms))
    if failed:
        raise refusal(failed)


def broken(before: Policy, after: Policy, sentences: Sequence[Sentence]) -> list[Outcome]:
    """The tests that hold before and no longer after."""
    outcomes = (run(after, sentence) for sentence in sentences)
    return [one for one in outcomes if not one.passes and run(before, one.test).passes]


def refusal(failed: Sequence[Outcome]) -> Invalid:
    """The refusal of a change that makes sentences false."""
    first = failed[0]
    more = f" Autres phrases dans ce cas : {len(failed) - 1}." if len(failed) > 1 else ""
    return Invalid(
        "POLICY_TEST_FAILED",
        typeset(
            f"« {first.test.sentence} » ne serait plus vrai. {first.counterexample}{more} "
            "Corrigez le changement, ou la phrase."
        ),
        details={
            "tests": [
                {
                    "test": str(one.test.id),
                    "sentence": one.test.sentence,
                    "counterexample": one.counterexample,
                }
                for one in failed
            ]
        },
    )


def run(policy: Policy, test: Sentence) -> Outcome:
    """Try one sentence, today and on each later day on which a rule on its actor begins or ends."""
    for whom, day, table in _tables(policy, test):
        for form, year in _cases(policy, test):
            found = _exception(policy, test, table, form, year)
            if found is not None:
                return Outcome(test, _told(policy, test, whom, day, _where(form, year, *found, policy)))
    return Outcome(test, None)


def _exception(policy: Policy, test: Sentence, table: Table, form: str, year: int) -> tuple[int, int] | None:
    """The first organism (place) and step at which a cell is not as the test expects."""
    group = policy.organisms.group(test.organisms) * step_bits(test.steps)
    held = int.from_bytes(table.cell(test.platform, form, year, test.right).steps, "little")
    wrong = group & (~held if test.expected else held)
    if not wrong:
        return None
    place, bit = divmod((wrong & -wrong).bit_length() - 1, 8)
    return place, bit


def _cases(policy: Policy, test: Sentence) -> Iterator[tuple[str, int]]:
    named = policy.buckets.forms(test.platform)
    forms = [*sorted(named), OTHER_FORM] if test.form == ANY_FORM else [test.form]
    for form in forms:
        if test.year is not None:
            yield policy.buckets.sort(test.platform, form, test.year) if form else (form, OTHER_YEAR)
            continue
        for year in (*sorted(policy.buckets.years(test.platform, form)), OTHER_YEAR):
            yield (form, year) if form in named else (OTHER_FORM, OTHER_YEAR)


def _told(policy: Policy, test: Sentence, whom: str, day: date, where: str) -> str:
    can = "ne peut pas" if test.expected else "peut"
    words = f"{actor_text(whom, naming(policy))} {can} {RIGHT_NAMES[Right(test.right)][1]}"
    when = "" if day == today().date else f" à partir du {day_text(day)}"
    return typeset(f"{words[0].upper()}{words[1:]}{when} : {where}.")


def _where(form: str, year: int, place: int, step: int, policy: Policy) -> str:
    organism = policy.organizations[list(policy.organisms.places)[place]].name
    return f"{organism}, {form or 'tout formulaire'} {year or ''}".rstrip() + f", à {step_name(step)}"


def _tables(policy: Policy, test: Sentence) -> Iterator[tuple[str, date, Table]]:
    """Whom a sentence is about, each on each day that matters."""
    for body in _bodies(policy, test.actor):
        for day in _days(policy, test, body):
            yield body, day, BodyTable(policy, body, day)
    for subject in _accounts(policy, test):
        for day in _days(policy, test, subject):
            yield subject, day, policy.table(subject, day)


def _bodies(policy: Policy, actor: str) -> list[str]:
    if actor in policy.organizations:
        return [actor]
    return [key for key, one in policy.organizations.items() if kind_name(one.kind) == actor]


def _accounts(policy: Policy, test: Sentence) -> list[str]:
    """The account itself; of a body, those that a rule of the first layer names, for a test that forbids."""
    if test.actor in policy.accounts:
        return [test.actor]
    if test.expected:
        return []
    named: set[str] = set()
    for form in {form for form, _ in _cases(policy, test)}:
        named |= policy.conventions.named(test.platform, test.right, form)
    members = policy.enforcement.members
    return sorted(one for one in named & policy.accounts.keys() if test.actor in members.reach(one))


def _days(policy: Policy, test: Sentence, whom: str) -> list[date]:
    start = today().date
    days = {start}
    names = policy.enforcement.members.reach(whom)
    for form in {form for form, _ in _cases(policy, test)}:
        for rule in policy.conventions.about(names, test.platform, test.right, form):
            days.add(date.fromisoformat(rule.since))
            last = date.fromisoformat(rule.until)
            days.add(last if last == date.max else last + timedelta(days=1))
    return sorted(day for day in days if day >= start)
