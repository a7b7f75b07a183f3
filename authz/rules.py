"""The compiler's first half: the lines that Casbin has loaded, read once and found again by what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from authz.enforcement import Enforcement
from authz.lines import ALL_TABS, ANY_FORM, FIELDS, Effect
from authz.rights import step_bits

# What any form that no line names compiles to: it can only be reached by lines on every form.
OTHER_FORM = ""
OTHER_YEAR = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of any layer; `who` is its actor, subject or kind, `steps` one bit a step.

    `organisms`, `since`, `until`, `consent` and `tabs` say something in the first layer only; `tabs` is None
    where the whole dossier is meant.
    """

    who: str
    form: str
    steps: int
    denies: bool
    ref: str
    organisms: str = ""
    since: str = ""
    until: str = ""
    consent: bool = False
    tabs: frozenset[str] | None = None

    def speaks_of(self, form: str) -> bool:
        """Whether the rule covers this form."""
        return self.form in (ANY_FORM, form)

    def holds_on(self, day: str) -> bool:
        """Whether the rule is in force on this day (ISO), both ends included."""
        return self.since <= day <= self.until


class RuleIndex:
    """The rules of one layer by platform and right, then by whom they speak of."""

    def __init__(self, enforcement: Enforcement, ptype: str) -> None:
        self._rules: dict[tuple[str, str], dict[str, list[Rule]]] = {}
        self.forms: dict[str, set[str]] = {}
        self.dates: set[tuple[str, str]] = set()
        self.refs: set[str] = set()
        for values in enforcement.lines(ptype):
            self._keep(dict(zip(FIELDS[ptype], values, strict=True)), FIELDS[ptype][0])

    def _keep(self, line: dict[str, str], who: str) -> None:
        rule = Rule(
            who=line[who],
            form=line["form"],
            steps=step_bits(line["steps"]),
            denies=line["eft"] == Effect.DENY,
            ref=line["ref"],
            organisms=line.get("orgs", ""),
            since=line.get("since", ""),
            until=line.get("until", ""),
            consent=line.get("consent", "no") != "no",
            tabs=_tabs(line.get("tabs", ALL_TABS)),
        )
        platform = line["dom"]
        self._rules.setdefault((platform, line["act"]), {}).setdefault(rule.who, []).append(rule)
        self.forms.setdefault(platform, set()).update({rule.form} - {ANY_FORM})
        self.dates.add((rule.since, rule.until))

    def about(self, whom: Iterable[str], platform: str, right: str, form: str) -> Iterator[Rule]:
        """The rules on any of these names, for one platform, right and form."""
        found = self._rules.get((platform, right), {})
        for who in whom if found else ():
            for rule in found.get(who, ()):
                if rule.speaks_of(form):
                    yield rule

    def named(self, platform: str, right: str, form: str) -> set[str]:
        """Whom the rules name, for one platform, right and form."""
        found = self._rules.get((platform, right), {})
        return {who for who, rules in found.items() if any(rule.speaks_of(form) for rule in rules)}


def _tabs(value: str) -> frozenset[str] | None:
    return None if value == ALL_TABS else frozenset(value.split("+"))


def steps_of(rules: Iterable[Rule]) -> int:
    """The steps that rules on steps alone leave: those allowed, less those denied."""
    allowed = denied = 0
    for rule in rules:
        if rule.denies:
            denied |= rule.steps
        else:
            allowed |= rule.steps
    return allowed & ~denied
