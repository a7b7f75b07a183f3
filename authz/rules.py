"""The compiler's first half: the lines that Casbin has loaded, read once and found again by what is asked."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

from authz.lines import ALL_TABS, ANY_FORM, FIELDS, Effect, Line
from authz.loaded import Link, number
from authz.rights import step_bits

# What any form that no line names compiles to: it can only be reached by lines on every form.
OTHER_FORM = ""
OTHER_YEAR = 0

Counted = TypeVar("Counted")


class Rule(NamedTuple):
    """A line of any layer; `who` is its actor, subject or kind, `steps` one bit a step, `id` its number.

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
    id: int = 0

    def holds_on(self, day: str) -> bool:
        """Whether the rule is in force on this day (ISO), both ends included."""
        return self.since <= day <= self.until


# The rules on one name by organisms ("" in the last two layers), then by form, each list in the order of
# numbers: one name may hold nearly all the rules of a policy, and a question concerns few of them.
Forms = dict[str, list[Rule]]
Held = dict[str, Forms]
Named = dict[str, Held]


class RuleIndex:
    """The rules of one layer by platform and right, then by whom they speak of, organisms and form.

    Never changed once it is built; `changed` makes the next one. `forms`: those named, by platform;
    `names` and `dates`: whom the rules speak of and from when to when, with the number of rules that do.
    """

    def __init__(self, ptype: str, lines: Iterable[tuple[int, Link]]) -> None:
        self._ptype = ptype
        self._act = FIELDS[ptype].index("act")
        self._rules: dict[tuple[str, str], Named] = {}
        self._forms: Counter[tuple[str, str]] = Counter()
        self.dates: Counter[tuple[str, str]] = Counter()
        self.names: Counter[str] = Counter()
        for id_, values in lines:
            rule = _rule(self._ptype, values, id_)
            held = self._rules.setdefault(self._key(values), {}).setdefault(rule.who, {})
            held.setdefault(rule.organisms, {}).setdefault(rule.form, []).append(rule)
            self._count(values[1], rule, 1)
        self.forms = self._named_forms()

    def changed(self, added: Sequence[Line], closed: Sequence[Line]) -> RuleIndex:
        """The rules with those of some lines taken away and others added; this index stays as it is."""
        new = copy(self)
        new._become(added, closed)  # noqa: SLF001 - a copy of its own class
        return new

    def _become(self, added: Sequence[Line], closed: Sequence[Line]) -> None:
        self._rules = dict(self._rules)
        self._forms, self.dates, self.names = copy(self._forms), copy(self.dates), copy(self.names)
        for key in {self._key(line.values) for line in (*added, *closed)}:
            self._rules[key] = dict(self._rules.get(key, {}))
        for more, lines in ((-1, closed), (1, added)):
            for line in lines:
                self._move(more, line)
        self.forms = self._named_forms()

    def _move(self, more: int, line: Line) -> None:
        named, rule = self._rules[self._key(line.values)], _rule(self._ptype, line.values, number(line))
        held = dict(named.pop(rule.who, {}))
        forms = dict(held.pop(rule.organisms, {}))
        found = forms.pop(rule.form, [])
        # In the order of their numbers, as in a policy read whole: the first one gives its article.
        more_of_them = sorted([*found, rule], key=_id)
        kept = more_of_them if more > 0 else [one for one in found if one.id != rule.id]
        if kept:
            forms[rule.form] = kept
        if forms:
            held[rule.organisms] = forms
        if held:
            named[rule.who] = held
        self._count(line.values[1], rule, more)

    def _count(self, platform: str, rule: Rule, more: int) -> None:
        _add(self._forms, (platform, rule.form), more)
        _add(self.dates, (rule.since, rule.until), more)
        _add(self.names, rule.who, more)

    def _named_forms(self) -> dict[str, set[str]]:
        forms: dict[str, set[str]] = {}
        for platform, form in self._forms:
            forms.setdefault(platform, set()).update({form} - {ANY_FORM})
        return forms

    def _key(self, values: Link) -> tuple[str, str]:
        return values[1], values[self._act]

    def on(self, whom: Iterable[str], platform: str, right: str) -> Iterator[Rule]:
        """The rules on any of these names, for one platform and right, whatever the form."""
        for held in self.held(whom, platform, right):
            yield from in_order(rules for forms in held.values() for rules in forms.values())

    def about(self, whom: Iterable[str], platform: str, right: str, form: str) -> Iterator[Rule]:
        """The rules on any of these names, for one platform, right and form."""
        spoken = {form, ANY_FORM}
        for held in self.held(whom, platform, right):
            yield from in_order(forms[one] for forms in held.values() for one in spoken if one in forms)

    def held(self, whom: Iterable[str], platform: str, right: str) -> list[Held]:
        """The rules on each of these names that has some, for one platform and right."""
        found = self._rules.get((platform, right), {})
        return [found[who] for who in whom if who in found]

    def named(self, platform: str, right: str, form: str) -> set[str]:
        """Whom the rules name, for one platform, right and form."""
        found = self._rules.get((platform, right), {})
        spoken = {form, ANY_FORM}
        return {
            who for who, held in found.items() if any(not spoken.isdisjoint(forms) for forms in held.values())
        }


def in_order(lists: Iterable[list[Rule]]) -> list[Rule]:
    """The rules of several lists, in the order of their numbers."""
    found = list(lists)
    return found[0] if len(found) == 1 else sorted(chain.from_iterable(found), key=_id)


def _add(counter: Counter[Counted], key: Counted, more: int) -> None:
    counter[key] += more
    if not counter[key]:
        del counter[key]


_id = attrgetter("id")


def _rule(ptype: str, values: Link, id_: int) -> Rule:
    if ptype != "p":
        who, _, form, _, steps, effect, ref = values
        return Rule(who, form, step_bits(steps), effect == Effect.DENY, ref, id=id_)
    who, _, form, organisms, _, steps, since, until, consent, tabs, effect, ref = values
    opened = None if tabs == ALL_TABS else frozenset(tabs.split("+"))
    dates = sys.intern(since), sys.intern(until)
    bits, denies = step_bits(steps), effect == Effect.DENY
    return Rule(who, form, bits, denies, ref, organisms, *dates, consent != "no", opened, id_)


def steps_of(rules: Iterable[Rule]) -> int:
    """The steps that rules on steps alone leave: those allowed, less those denied."""
    allowed = denied = 0
    for rule in rules:
        if rule.denies:
            denied |= rule.steps
        else:
            allowed |= rule.steps
    return allowed & ~denied
