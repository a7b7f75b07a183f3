"""Why, and why not: each layer's verdict, the rules that decided, what is missing, what comes near.

Pure, on one version of the policy, and always of one mind with `decide` and with Casbin's three enforce().
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from authz import explain_words, sentences
from authz.clock import today
from authz.decision import Target
from authz.explanation import Cited, Explanation, LayerVerdict, MissingConsent
from authz.names import client_subject
from authz.near_misses import near_misses
from authz.pointwise import Point, Tries
from authz.policy import Policy
from authz.rights import Layer, Right
from authz.rule_text import naming
from authz.rules import Rule, steps_of
from authz.words import typeset
from models import OrganizationKind

MOST_CITED = 5
THREE = (Layer.CONVENTION, Layer.BOXES, Layer.CEILING)
# Of several refusals the one hardest to move is told: naming an easier one would mislead.
HARDEST_FIRST = (Layer.CEILING, Layer.CONVENTION, Layer.BOXES, Layer.SCOPE)


def explain(  # noqa: PLR0913 - the terms of one question
    policy: Policy,
    subject: str,
    right: Right,
    target: Target,
    day: date | None = None,
    *,
    scopes: Collection[str] | None = None,
) -> Explanation:
    """Why an account may or may not, on `day` (today in Paris when None); `scopes`: those of a client."""
    when = day or today().date
    if not policy.knows(subject, right, target):
        return _unknown(policy, subject, right, target, when)
    point = Point.of(policy, subject, right, target, when)
    tries = Tries(point)
    layers = _Layers(point, point.covering(tries.naming(target)))
    verdicts = [layers.convention(), layers.boxes(), layers.ceiling()]
    if scopes is not None:
        verdicts.append(layers.scope(scopes))
    refusing = frozenset(verdict.layer for verdict in verdicts if not verdict.allowed)
    near = (
        near_misses(point, tries, refusing, naming(policy))
        if refusing and Layer.SCOPE not in refusing
        else ()
    )
    return Explanation(
        allowed=not refusing,
        sentence=_sentence(point, verdicts),
        layers=tuple(verdicts),
        consent=layers.missing_consent(),
        near_misses=near,
        version=policy.version,
        day=when,
        subject=subject,
        right=right,
        step=target.step,
    )


def _sentence(point: Point, verdicts: list[LayerVerdict]) -> str:
    refused = {verdict.layer: verdict for verdict in verdicts if not verdict.allowed}
    hardest = next((refused[layer] for layer in HARDEST_FIRST if layer in refused), None)
    if hardest is not None:
        return hardest.sentence
    refs = tuple(dict.fromkeys(cited.ref for cited in verdicts[0].decided_by))
    return explain_words.yes(point.right, point.target, refs)


def _unknown(policy: Policy, subject: str, right: Right, target: Target, day: date) -> Explanation:
    text = typeset(sentences.unknown())
    verdicts = tuple(LayerVerdict(layer, False, (), text, "") for layer in THREE)  # noqa: FBT003 - every layer refuses
    return Explanation(
        allowed=False,
        sentence=text,
        layers=verdicts,
        consent=None,
        near_misses=(),
        version=policy.version,
        day=day,
        subject=subject,
        right=right,
        step=target.step,
    )


@dataclass(frozen=True, slots=True)
class _Layers:
    """`covering`: the rules of the first layer on what is asked, day and step included, consent aside."""

    point: Point
    covering: list[Rule]

    def convention(self) -> LayerVerdict:
        """The first layer."""
        point = self.point
        kind, here, there = self._parties()
        reaching = point.answered(self.covering)
        denying = [rule for rule in reaching if rule.denies]
        waiting = self._waiting()
        change = explain_words.who_can_change(Layer.CONVENTION, there, here)
        if denying:
            text = typeset(sentences.denied(kind, here, there, denying[0].ref))
        elif reaching:
            text = explain_words.given(kind, here, there, _refs(reaching))
        elif waiting:
            organism = point.policy.organizations[point.target.organism].name
            text = typeset(sentences.consent_missing(organism, here, point.target, waiting[0].ref))
            change = explain_words.organism_can_change(organism)
        else:
            text = typeset(sentences.not_provided(kind, here, there, point.right, point.target))
        allowed = bool(reaching) and not denying
        cited = self._cited(Layer.CONVENTION, denying or reaching or waiting)
        return LayerVerdict(Layer.CONVENTION, allowed, cited, text, change)

    def boxes(self) -> LayerVerdict:
        """The second layer."""
        point = self.point
        rules = point.box_rules(point.target.form)
        here = [rule for rule in rules if rule.steps & point.bit]
        denying = [rule for rule in here if rule.denies]
        if denying:
            text = explain_words.box_taken(point.right, point.target, denying[0].ref)
        elif here:
            text = explain_words.box_ticked(point.right, point.target, _refs(here))
        else:
            text = explain_words.box_missing(point.right, point.target)
        return self._verdict(Layer.BOXES, rules, denying or here, text)

    def ceiling(self) -> LayerVerdict:
        """The third layer."""
        point = self.point
        rules = point.ceiling_rules(point.target.form)
        here = [rule for rule in rules if rule.steps & point.bit]
        denying = [rule for rule in here if rule.denies]
        if here and not denying:
            text = explain_words.within_ceiling(point.right, point.target)
        else:
            text = typeset(sentences.ceiling(self._parties()[0], point.right, point.target))
        return self._verdict(Layer.CEILING, rules, denying or here, text)

    def scope(self, scopes: Collection[str]) -> LayerVerdict:
        """The token of a machine client."""
        right, carried = self.point.right, self.point.right in scopes
        text = explain_words.within_scope(right) if carried else typeset(sentences.scope(right))
        return LayerVerdict(Layer.SCOPE, carried, (), text, self._change(Layer.SCOPE))

    def missing_consent(self) -> MissingConsent | None:
        """The yes that the first layer waits for, where that is what is missing."""
        point = self.point
        organizations = point.policy.organizations
        waiting = [rule for rule in self._waiting() if rule.who in organizations]
        if not waiting or point.answered(self.covering):
            return None
        target = point.target
        return MissingConsent(
            target.organism, waiting[0].who, target.form, target.year, givers(point.policy, target, point.day)
        )

    def _waiting(self) -> list[Rule]:
        point = self.point
        asking = [rule for rule in self.covering if rule.consent and not rule.denies]
        answered = {rule.who for rule in point.answered(asking)}
        return [rule for rule in asking if rule.who not in answered]

    def _verdict(
        self, layer: Layer, rules: Iterable[Rule], deciding: Iterable[Rule], text: str
    ) -> LayerVerdict:
        allowed = bool(steps_of(rules) & self.point.bit)
        return LayerVerdict(layer, allowed, self._cited(layer, deciding), text, self._change(layer))

    def _cited(self, layer: Layer, rules: Iterable[Rule]) -> tuple[Cited, ...]:
        point = self.point
        cited = islice(rules, MOST_CITED)
        return tuple(Cited.of(layer, point.target.platform, point.right, rule) for rule in cited)

    def _parties(self) -> tuple[OrganizationKind, str, str]:
        policy = self.point.policy
        body = policy.organizations[policy.accounts[self.point.subject].organization]
        return body.kind, body.name, policy.platforms[self.point.target.platform]

    def _change(self, layer: Layer) -> str:
        _, here, there = self._parties()
        if layer is Layer.BOXES and self.point.subject.startswith(client_subject("")):
            return explain_words.client_boxes(there)
        return explain_words.who_can_change(layer, there, here)


def givers(policy: Policy, target: Target, day: str) -> tuple[str, ...]:
    """The open accounts of a dossier's organism that may give its consent."""
    members = (one.subject for one in policy.accounts.values() if one.organization == target.organism)
    when = date.fromisoformat(day)
    points = (Point.of(policy, subject, Right.CONSENT_GIVE, target, when) for subject in members)
    return tuple(sorted(point.subject for point in points if point.allows()))


def _refs(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.ref for rule in rules))[:MOST_CITED]
