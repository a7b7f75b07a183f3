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
# Beyond so many rules the answer would come no nearer, and the wait be longer.
MOST_WEIGHED = 2000
MOST_TRIED = 20
MOST_ELSEWHERE = 5


class _Candidate(NamedTuple):
    """A rule, and the question put right for it; `conditions` counts what differs.

    Its rule gives what is asked, within the other layers, unless another rule denies it.
    """

    conditions: int
    another_form: bool
    distance: int
    number: int
    layer: Layer
    rule: Rule
    target: Target
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
        told = (one.target, one.day, one.assumed)
        if told not in found and not tries.denied(*told):
            found[told] = _near_miss(point, one, name)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _candidates(point: Point, tries: Tries, refusing: frozenset[Layer]) -> Iterator[_Candidate]:
    here: list[_Candidate] = []
    if Layer.CONVENTION in refusing:
        here += _of_conventions(point, tries, tries.here, point.target.organism)
    if refusing != {Layer.CONVENTION}:
        here += _of_limits(point, tries, refusing)
    yield from nsmallest(MOST_TRIED, here, key=_nearness)
    if Layer.CONVENTION in refusing:
        yield from sorted(_elsewhere(point, tries), key=_nearness)


def _of_conventions(point: Point, tries: Tries, rules: Iterable[Rule], organism: str) -> Iterator[_Candidate]:
    target = point.target
    moved = organism != target.organism
    for rule in islice((rule for rule in rules if not rule.denies), MOST_WEIGHED):
        form = target.form if rule.form in (ANY_FORM, target.form) else rule.form
        step = _nearest(rule.steps & tries.limit(form), target.step)
        if step is None:
            continue
        day = min(max(point.day, rule.since), rule.until)
        there = target
        if moved or form != target.form or step != target.step:
            there = target._replace(form=form, step=step, organism=organism)
        waits = rule.consent and not point.at(there, day).consented(rule)
        # Elsewhere, another organism's yes would be one to ask of somebody whom the rule does not name.
        if waits and (moved or rule.who not in point.policy.organizations):
            continue
        other, apart = form != target.form, abs(step - target.step)
        conditions = moved + other + (apart > 0) + (day != point.day) + waits
        if 0 < conditions <= MOST_CONDITIONS:
            assumed = rule.who if waits else ""
            yield _Candidate(conditions, other, apart, rule.id, Layer.CONVENTION, rule, there, day, assumed)


def _elsewhere(point: Point, tries: Tries) -> Iterator[_Candidate]:
    """The rules on other organisms, each tried on one of them; groups are told before single names."""
    here = point.organism_names
    places = point.policy.organisms.places
    named = [name for name in tries.organisms_named() if name not in here and tries.allows_on(name)]
    wide = [name for name in named if name not in places]
    for name in islice((*wide, *(name for name in named if name in places)), MOST_ELSEWHERE):
        organism = _some_organism(point, name)
        if organism is not None:
            found = _of_conventions(point, tries, tries.on((name,)), organism)
            yield from nsmallest(1, found, key=_nearness)


def _of_limits(point: Point, tries: Tries, refusing: frozenset[Layer]) -> Iterator[_Candidate]:
    target = point.target
    for form in (target.form, *sorted(point.policy.buckets.forms(target.platform) - {target.form})):
        other = form != target.form
        steps = tries.limit(form) & _conventions_steps(point, tries, form)
        layers = ((Layer.BOXES, point.box_rules(form)), (Layer.CEILING, point.ceiling_rules(form)))
        for layer, rule in ((layer, rule) for layer, rules in layers if layer in refusing for rule in rules):
            step = None if rule.denies else _nearest(rule.steps & steps, target.step)
            if step is not None and (other or step != target.step):
                apart = abs(step - target.step)
                there = target._replace(form=form, step=step)
                yield _Candidate(
                    other + (apart > 0), other, apart, rule.id, layer, rule, there, point.day, ""
                )


def _conventions_steps(point: Point, tries: Tries, form: str) -> int:
    """The steps at which the first layer allows, on the day and the organism asked about."""
    there = point.at(point.target._replace(form=form), point.day)
    naming = (rule for rule in tries.naming(there.target) if rule.holds_on(there.day))
    return steps_of(rule for rule in naming if there.consented(rule))


def _some_organism(point: Point, name: str) -> str | None:
    """An organism that a rule names, to try it on."""
    places = point.policy.organisms.places
    if name == SELF:
        return next((key for key in point.actors if key in places), None)
    return min((key for key in point.policy.enforcement.groups.members(name) if key in places), default=None)


def _near_miss(point: Point, one: _Candidate, name: Naming) -> NearMiss:
    differences = tuple(_differences(point, one, name))
    return NearMiss(
        rule=Cited.of(one.layer, point.target.platform, point.right, one.rule),
        differs_by=differences,
        sentence=would_be_yes(differences, one.rule.ref),
        target=one.target,
        day=date.fromisoformat(one.day),
        consent=one.assumed,
    )


def _differences(point: Point, one: _Candidate, name: Naming) -> Iterator[str]:
    here, there = point.target, one.target
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
