"""What an explanation is made of: the verdict of each layer, the rules that decided, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from authz.decision import Target
from authz.lines import ALL_TABS, ALWAYS, Effect, Line
from authz.rights import ALL_STEPS, STEP_BIT, Layer, Right
from authz.rules import Rule

PTYPES = {Layer.CONVENTION: "p", Layer.BOXES: "p2", Layer.CEILING: "p3"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A rule as it is named to whoever asks. `line.id` is None for one that is not stored."""

    layer: Layer
    line: Line
    denies: bool
    ref: str
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, layer: Layer, platform: str, right: Right, rule: Rule) -> Cited:
        """The rule of a layer, as the line that it was read from."""
        steps = "".join(digit for digit in ALL_STEPS if rule.steps & STEP_BIT[int(digit)])
        effect = (Effect.DENY if rule.denies else Effect.ALLOW).value
        if layer is not Layer.CONVENTION:
            values = (rule.who, platform, rule.form, right.value, steps, effect, rule.ref)
            return cls(layer, Line(PTYPES[layer], values, id=rule.id or None), rule.denies, rule.ref)
        tabs = ALL_TABS if rule.tabs is None else "+".join(sorted(rule.tabs))
        consent = "yes" if rule.consent else "no"
        head = (rule.who, platform, rule.form, rule.organisms, right.value, steps)
        tail = (rule.since, rule.until, consent, tabs, effect, rule.ref)
        line = Line("p", (*head, *tail), id=rule.id or None)
        since, until = (date.fromisoformat(day) for day in (rule.since, rule.until))
        return cls(
            layer,
            line,
            rule.denies,
            rule.ref,
            None if since == ALWAYS[0] else since,
            None if until == ALWAYS[1] else until,
        )


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """What one layer says, by which rules, and who can change it."""

    layer: Layer
    allowed: bool
    decided_by: tuple[Cited, ...]
    sentence: str
    who_can_change: str


@dataclass(frozen=True, slots=True)
class MissingConsent:
    """The yes that a rule waits for: from an organism (key) to a partner (key), for a form and a year.

    `givers`: the open accounts of the organism that may give it, as the policy names them.
    """

    organism: str
    partner: str
    form: str
    year: int
    givers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that would allow with one or two conditions put right, told in `differs_by`.

    `target`, `day` and `consent` are what the answer would be yes to; `consent` names whoever (the rule's
    actor) the organism would have to say yes to, "" where none is missing.
    """

    rule: Cited
    differs_by: tuple[str, ...]
    sentence: str
    target: Target
    day: date
    consent: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why, or why not: `layers` in order (convention, boxes, ceiling, and scope for a machine client)."""

    allowed: bool
    sentence: str
    layers: tuple[LayerVerdict, ...]
    consent: MissingConsent | None
    near_misses: tuple[NearMiss, ...]
    version: int
    day: date
    subject: str
    right: Right
    step: int
