"""Why, and why not: which layer refused, by which article, who can change it. It may be slow, never wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz import sentences
from authz.buckets import Buckets
from authz.decision import Allowed, Refused, Target
from authz.rights import STEP_BIT, Layer, Right
from authz.rules import Rule
from authz.table import Table
from authz.words import typeset

if TYPE_CHECKING:
    from authz.policy import Policy
    from authz.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Question:
    """One decision already taken from the compiled cell, of which the reason is wanted."""

    policy: Policy
    table: Table
    viewer: Viewer
    right: Right
    target: Target

    def allow(self) -> Allowed:
        """The answer, with the article of the first rule that gives it."""
        return Allowed(next(rule.ref for rule in self._reaching() if not rule.denies))

    def tabs(self) -> frozenset[str] | None:
        """The tabs that the rules giving the dossier open together; None: all of them."""
        opened = [rule.tabs for rule in self._reaching() if not rule.denies]
        limits = [tabs for tabs in opened if tabs is not None]
        return None if len(limits) < len(opened) else frozenset().union(*limits)

    def refuse(self) -> Refused:
        """The refusal of the layer hardest to move: ceiling, convention, boxes, then scope.

        Naming an easier one would mislead: an administrator would tick a box, and the system refuse still.
        """
        if not self.policy.knows(self.viewer.subject, self.right, self.target):
            return self._refused(Layer.CONVENTION, None, sentences.unknown())
        target, right = self.target, self.right
        form, _ = self._case()
        if not self.table.ceiling_steps(target.platform, form, right) & self._bit():
            rules = self.table.ceiling_rules(target.platform, form, right)
            return self._refused(Layer.CEILING, rules, sentences.ceiling(self.viewer.kind, right, target))
        if not self._convention_allows():
            return self._refuse_by_convention()
        if not self.table.box_steps(target.platform, form, right) & self._bit():
            rules = self.table.box_rules(target.platform, form, right)
            return self._refused(Layer.BOXES, rules, sentences.boxes(right, target))
        return self._refused(Layer.SCOPE, None, sentences.scope(right))

    def _refuse_by_convention(self) -> Refused:
        here, there = self.viewer.organization_name, self.policy.platforms[self.target.platform]
        organism = self.policy.organizations[self.target.organism].name
        denying = [rule for rule in self._reaching() if rule.denies]
        if denying:
            text = sentences.denied(self.viewer.kind, here, there, denying[0].ref)
            return self._refused(Layer.CONVENTION, denying, text)
        waiting = [rule for rule in self._covering() if not rule.denies]
        if waiting:
            text = sentences.consent_missing(organism, here, self.target, waiting[0].ref)
            return self._refused(Layer.CONVENTION, None, text)
        text = sentences.not_provided(self.viewer.kind, here, there, self.right, self.target)
        return self._refused(Layer.CONVENTION, None, text)

    def _refused(self, layer: Layer, rules: Iterable[Rule] | None, sentence: str) -> Refused:
        refs = (rule.ref for rule in rules or () if rule.denies and rule.steps & self._bit())
        return Refused(layer, next(refs, None), typeset(sentence))

    def _bit(self) -> int:
        return STEP_BIT[self.target.step]

    def _case(self) -> tuple[str, int]:
        buckets: Buckets = self.policy.buckets
        return buckets.sort(self.target.platform, self.target.form, self.target.year)

    def _convention_allows(self) -> bool:
        effects = {rule.denies for rule in self._reaching()}
        return effects == {False}

    def _covering(self) -> list[Rule]:
        """The rules of the first layer that name this organism at this step, consent aside."""
        rules = self.table.conventions(self.target.platform, self._case()[0], self.right)
        return [rule for rule in rules if rule.steps & self._bit() and self._holds(self.table.covered(rule))]

    def _reaching(self) -> list[Rule]:
        """Those of them whose consent, where they ask for it, is given."""
        case = (self.target.platform, *self._case())
        return [rule for rule in self._covering() if self._holds(self.table.reached(rule, *case))]

    def _holds(self, organisms: int) -> bool:
        return bool(organisms >> 8 * self.policy.organisms.places[self.target.organism] & 1)
