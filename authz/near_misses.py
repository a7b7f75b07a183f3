"""The rules that would allow but for one or two conditions, nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from authz.explain_words import would_be_yes
from authz.explanation import Cited, NearMiss
from authz.lines import ANY_FORM, SELF
from authz.pointwise import Point, Tries
from authz.rights import STEP_BIT, Layer
from authz.rule_text import Naming, day_text, organisms_text
from authz.rules import Rule, steps_of

if TYPE_CHECKING:
    from authz.decision import Target

MOST = 5
MOST_CONDITIONS = 2
# Candidates looked at in full: beyond, the answer would be no nearer and the wait longer.
MOST_TRIED = 40


@dataclass(frozen=True, slots=True)
class _Candidate:
    layer: Layer
    rule: Rule
    target: Target
    day: str
    assumed: str
    differs_by: tuple[str, ...]


def near_misses(point: Point, refusing: frozenset[Layer], name: Naming) -> tuple[NearMiss, ...]:
    """At most five, each of them a rule with which the whole decision would be yes once put right."""
    tries = Tries(point)
    candidates = sorted(_candidates(point, tries, refusing, name), key=_distance(point))
    found: dict[object, NearMiss] = {}
    for one in islice(candidates, MOST_TRIED):
        told = (one.target, one.day, one.assumed)
        if told not in found and tries.allow(*told):
            found[told] = _near_miss(point, one)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _distance(point: Point) -> Callable[[_Candidate], tuple[int, bool, bool, int, int]]:
    target = point.target

    def key(one: _Candidate) -> tuple[int, bool, bool, int, int]:
        elsewhere = one.target.organism != target.organism
        return (
            len(one.differs_by),
            elsewhere,
            one.target.form != target.form,
            abs(one.target.step - target.step),
            one.rule.id,
        )

    return key


def _near_miss(point: Point, one: _Candidate) -> NearMiss:
    return NearMiss(
        rule=Cited.of(one.layer, point.target.platform, point.right, one.rule),
        differs_by=one.differs_by,
        sentence=would_be_yes(one.differs_by, one.rule.ref),
        target=one.target,
        day=date.fromisoformat(one.day),
        consent=one.assumed,
    )


def _candidates(point: Point, tries: Tries, refusing: frozenset[Layer], name: Naming) -> Iterator[_Candidate]:
    platform = point.target.platform
    forms = [point.target.form, *sorted(point.policy.buckets.forms(platform) - {point.target.form})]
    for form in forms:
        limit = tries.limit(form)
        elsewhere = form != point.target.form
        if Layer.CONVENTION in refusing and limit:
            yield from _of_conventions(point, form, limit, name)
        if refusing != {Layer.CONVENTION}:
            given = _conventions_steps(point, tries, form)
            for layer, rules in (
                (Layer.BOXES, point.box_rules(form)),
                (Layer.CEILING, point.ceiling_rules(form)),
            ):
                if layer in refusing:
                    steps = limit if elsewhere else limit & ~point.bit
                    yield from _of_limits(point, layer, rules, form, steps & given)


def _of_limits(point: Point, layer: Layer, rules: list[Rule], form: str, steps: int) -> Iterator[_Candidate]:
    for rule in rules:
        step = _nearest(rule.steps & steps, point.target.step)
        if not rule.denies and step is not None:
            target = replace(point.target, form=form, step=step)
            yield _Candidate(layer, rule, target, point.day, "", _differences(point.target, target))


def _conventions_steps(point: Point, tries: Tries, form: str) -> int:
    """The steps at which the first layer allows, on the day and the organism asked about."""
    there = point.at(replace(point.target, form=form), point.day)
    naming = (rule for rule in tries.naming(there.target) if rule.holds_on(there.day))
    return steps_of(rule for rule in naming if there.consented(rule))


def _of_conventions(point: Point, form: str, limit: int, name: Naming) -> Iterator[_Candidate]:
    names = point.organism_names
    seen: set[Rule] = set()
    for rule in point.about(form):
        if rule.denies or (form != point.target.form and rule.form == ANY_FORM):
            continue
        organism = point.target.organism if rule.organisms in names else None
        alike = rule if organism else rule._replace(ref="", id=0)
        step = _nearest(rule.steps & limit, point.target.step)
        if step is None or alike in seen:
            continue
        seen.add(alike)
        candidate = _of_convention(point, rule, replace(point.target, form=form, step=step), organism, name)
        if candidate is not None and 0 < len(candidate.differs_by) <= MOST_CONDITIONS:
            yield candidate


def _of_convention(
    point: Point, rule: Rule, target: Target, organism: str | None, name: Naming
) -> _Candidate | None:
    if organism is None:
        organism = _some_organism(point, rule)
        if organism is None:
            return None
        target = replace(target, organism=organism)
    day = min(max(point.day, rule.since), rule.until)
    words = _differences(point.target, target)
    if target.organism != point.target.organism:
        words += (organisms_text(rule.organisms, name),)
    if day != point.day:
        words += (f"{'à partir du' if day > point.day else 'jusqu’au'} {day_text(day)}",)
    assumed = "" if point.at(target, day).consented(rule) else rule.who
    if assumed:
        if assumed not in point.policy.organizations:
            return None
        words += (f"avec l’accord de {name(target.organism) or target.organism}",)
    return _Candidate(Layer.CONVENTION, rule, target, day, assumed, words)


def _some_organism(point: Point, rule: Rule) -> str | None:
    """An organism that the rule names, to try it on; none where it means the asker's own."""
    if rule.organisms == SELF:
        return next((key for key in point.actors if key in point.policy.organisms.places), None)
    groups = point.policy.enforcement.groups
    places = point.policy.organisms.places
    if rule.organisms in places:
        return rule.organisms
    return min((key for key in groups.members(rule.organisms) if key in places), default=None)


def _differences(here: Target, there: Target) -> tuple[str, ...]:
    words = []
    if there.form != here.form:
        words.append(f"sur le formulaire {there.form}")
    if there.step != here.step:
        words.append(f"à l’étape {there.step}")
    return tuple(words)


def _nearest(steps: int, step: int) -> int | None:
    """Of the steps in `steps`, the one nearest to `step`; the later of two."""
    return min(
        (number for number, bit in STEP_BIT.items() if bit & steps),
        key=lambda number: (abs(number - step), -number),
        default=None,
    )
