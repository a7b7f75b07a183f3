"""The rules that would allow but for one or two conditions, nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

from authz.decision import Target
from authz.explain_words import would_be_yes
from authz.explanation import Cited, NearMiss
from authz.lines import ANY_FORM, SELF
from authz.pointwise import Point, Tries
from authz.rights import STEP_BIT, Layer
from authz.rule_text import Naming, day_text, organisms_text
from authz.rules import Rule, steps_of

MOST = 5
MOST_CONDITIONS = 2
MOST_TRIED = 20
# Beyond so many rules read for other forms, no more forms are tried: the wait would be longer.
MOST_READ = 10_000
# Other organisms tried, and the rules on each that are weighed.
MOST_ELSEWHERE = 5
MOST_THERE = 100


class _Candidate(NamedTuple):
    """A rule, and the question put right for it: its `place` is a form, an organism and a step.

    `conditions` counts what differs. The rule gives what is asked, within the other layers, unless another
    one denies it.
    """

    conditions: int
    another_form: bool
    distance: int
    number: int
    layer: Layer
    rule: Rule
    place: tuple[str, str, int]
    day: str
    assumed: str


def _nearness(one: _Candidate) -> tuple[int, bool, int, int]:
    return one[:4]


def near_misses(point: Point, tries: Tries, refusing: frozenset[Layer], name: Naming) -> tuple[NearMiss, ...]:
    """At most five, each of them a rule with which the whole decision would be yes once put right.

    Those on the organism asked about come first.
    """
    found: dict[object, NearMiss] = {}
    for one in _candidates(point, tries, refusing):
        told = (one.place, one.day, one.assumed)
        if told in found:
            continue
        form, organism, step = one.place
        target = point.target._replace(form=form, organism=organism, step=step)
        if not tries.denied(target, one.day, one.assumed):
            found[told] = _near_miss(point, one, target, name)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _candidates(point: Point, tries: Tries, refusing: frozenset[Layer]) -> Iterator[_Candidate]:
    here: list[_Candidate] = []
    if Layer.CONVENTION in refusing:
        here += _of_conventions(point, tries, tries.on(point.organism_names), point.target.organism)
    if refusing != {Layer.CONVENTION}:
        here += _of_limits(point, tries, refusing)
    yield from nsmallest(MOST_TRIED, here, key=_nearness)
    if Layer.CONVENTION in refusing:
        yield from sorted(_elsewhere(point, tries), key=_nearness)


def _of_conventions(point: Point, tries: Tries, rules: Iterable[Rule], organism: str) -> Iterator[_Candidate]:
    target = point.target
    moved = organism != target.organism
    answers: dict[tuple[str, str], bool] = {}
    for rule in rules:
        form = target.form if rule.form in (ANY_FORM, target.form) else rule.form
        step = _nearest(rule.steps & tries.limit(form), target.step)
        if step is None:
            continue
        day = min(max(point.day, rule.since), rule.until)
        waits = rule.consent and not _has_said_yes(point, answers, rule.who, (form, organism))
        # Elsewhere, another organism's yes would be one to ask of somebody whom the rule does not name.
        if waits and (moved or rule.who not in point.policy.organizations):
            continue
        other, apart = form != target.form, abs(step - target.step)
        conditions = moved + other + (apart > 0) + (day != point.day) + waits
        if 0 < conditions <= MOST_CONDITIONS:
            assumed, there = rule.who if waits else "", (form, organism, step)
            yield _Candidate(conditions, other, apart, rule.id, Layer.CONVENTION, rule, there, day, assumed)


def _has_said_yes(
    point: Point, answers: dict[tuple[str, str], bool], to: str, where: tuple[str, str]
) -> bool:
    """Whether an organism has said yes to an actor for a form; each answer is kept."""
    form, organism = where
    found = answers.get((form, to))
    if found is None:
        there = point.at(point.target._replace(form=form, organism=organism), point.day)
        found = answers[form, to] = there.has_said_yes(to)
    return found


def _elsewhere(point: Point, tries: Tries) -> Iterator[_Candidate]:
    """The rules on other organisms, each tried on one of them; groups are told before single names."""
    here, places = point.organism_names, point.policy.organisms.places
    named = sorted((name in places, name) for name in tries.organisms_named() if name not in here)
    giving = (name for _, name in named if tries.allows_on(name))
    for name in islice(giving, MOST_ELSEWHERE):
        organism = _some_organism(point, name)
        if organism is not None:
            rules = islice(tries.on((name,)), MOST_THERE)
            found = _of_conventions(point, tries, rules, organism)
            yield from nsmallest(1, found, key=_nearness)


def _of_limits(point: Point, tries: Tries, refusing: frozenset[Layer]) -> Iterator[_Candidate]:
    target, read = point.target, 0
    for form in (target.form, *sorted(point.policy.buckets.forms(target.platform) - {target.form})):
        layers = ((Layer.BOXES, point.box_rules(form)), (Layer.CEILING, point.ceiling_rules(form)))
        giving = [
            (layer, rule)
            for layer, rules in layers
            if layer in refusing
            for rule in rules
            if not rule.denies and rule.steps & tries.limit(form)
        ]
        if giving and read <= MOST_READ:
            there = point.at(target._replace(form=form), point.day)
            naming = tries.naming(there.target)
            read += len(naming)
            yield from _on_form(point, form, giving, tries.limit(form) & _conventions_steps(there, naming))


def _on_form(
    point: Point, form: str, giving: Iterable[tuple[Layer, Rule]], steps: int
) -> Iterator[_Candidate]:
    """The boxes and ceilings that would do on a form, whose other layers leave `steps`."""
    target = point.target
    other = form != target.form
    for layer, rule in giving:
        step = _nearest(rule.steps & steps, target.step)
        if step is not None and (other or step != target.step):
            apart = abs(step - target.step)
            place, conditions = (form, target.organism, step), other + (apart > 0)
            yield _Candidate(conditions, other, apart, rule.id, layer, rule, place, point.day, "")


def _conventions_steps(there: Point, naming: Iterable[Rule]) -> int:
    """The steps at which the first layer allows, on the day and the organism asked about."""
    return steps_of(there.answered([rule for rule in naming if rule.holds_on(there.day)]))


def _some_organism(point: Point, name: str) -> str | None:
    """An organism that a rule names, to try it on."""
    places = point.policy.organisms.places
    if name == SELF:
        return next((key for key in point.actors if key in places), None)
    return min((key for key in point.policy.enforcement.groups.members(name) if key in places), default=None)


def _near_miss(point: Point, one: _Candidate, target: Target, name: Naming) -> NearMiss:
    differences = tuple(_differences(point, one, target, name))
    return NearMiss(
        rule=Cited.of(one.layer, point.target.platform, point.right, one.rule),
        differs_by=differences,
        sentence=would_be_yes(differences, one.rule.ref),
        target=target,
        day=date.fromisoformat(one.day),
        consent=one.assumed,
    )


def _differences(point: Point, one: _Candidate, there: Target, name: Naming) -> Iterator[str]:
    here = point.target
    if there.form != here.form:
        yield f"sur le formulaire {there.form}"
    if there.step != here.step:
        yield f"à l’étape {there.step}"
    if there.organism != here.organism:
        yield organisms_text(one.rule.organisms, name)
    if one.day != point.day:
        yield f"{'à partir du' if one.day > point.day else 'jusqu’au'} {day_text(one.day)}"
    if one.assumed:
        yield f"avec l’accord de {name(there.organism) or there.organism}"


@lru_cache(maxsize=2048)
def _nearest(steps: int, step: int) -> int | None:
    """Of the steps in `steps`, the one nearest to `step`; the later of two."""
    return min(
        (number for number, bit in STEP_BIT.items() if bit & steps),
        key=lambda number: (abs(number - step), -number),
        default=None,
    )
