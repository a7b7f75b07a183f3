"""The rules that can never do anything, each taken alone: out of date, on nobody, or beyond another layer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from authz.lines import ANY_FORM
from authz.lint_extent import Extent, Group, Key
from authz.lint_words import Reason
from authz.lint_world import World
from authz.names import EVERYONE

EVERY_STEP = -1
# Form → the steps that the third layer leaves, and those that the first one gives.
Limits = dict[str, tuple[int, int]]


class Idling:
    """Why rules do nothing, on `today` (ISO) and later, whatever the rules of their own layer say."""

    def __init__(self, world: World, groups: Iterable[Group], today: str) -> None:
        self._world = world
        self._today = today
        # Platform and right → whom → form → the steps that the first layer gives, to some organism or other.
        self._given: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
        for (layer, platform, right), who, extents in groups:
            if layer == "p":
                self._given.setdefault((platform, right), {})[who] = _given(extents, today)
        # Of all who are alike in this, one by one: whole organizations are.
        self._limits: dict[tuple[object, ...], Limits] = {}

    def split(self, group: Group) -> tuple[list[Extent], list[tuple[Extent, Reason]]]:
        """The rules on one name that hold, and those that do nothing with the first reason that applies."""
        living: list[Extent] = []
        idle: list[tuple[Extent, Reason]] = []
        dated = group.key[0] == "p"
        deserted = None if self._world.has_accounts(group.who) else Reason.NO_ACCOUNT
        limits = self._limits_of(group)
        for extent in group.extents:
            reason = self._alone(extent, deserted) if dated else deserted
            if reason is None:
                form, steps = extent[3], extent[5]
                ceiling, given = limits.get(form) or self._limit(limits, group, form)
                if steps & ceiling and steps & given:
                    living.append(extent)
                    continue
                reason = Reason.NO_CONVENTION if steps & ceiling else Reason.CEILING
            idle.append((extent, reason))
        return living, idle

    def _alone(self, extent: Extent, deserted: Reason | None) -> Reason | None:
        """What the dates and names of a rule of the first layer say of it."""
        _, _, who, _, organisms, _, _, until, consent, _, denies = extent
        if until < self._today:
            return Reason.EXPIRED
        if deserted is not None:
            return deserted
        if not self._world.members(organisms, who):
            return Reason.NO_ORGANISM
        # An organism answers an organization, never a kind of them nor one person.
        if consent and who not in self._world.organizations and not (denies and organisms == EVERYONE):
            return Reason.NO_CONSENT
        return None

    def _limits_of(self, group: Group) -> Limits:
        layer = group.key[0]
        above = () if _unlimited(group) else self._world.above(group.who)
        alike = (group.key, *above[-1:], *(self._givers(group.key, above) if layer == "p2" else ()))
        found = self._limits.get(alike)
        if found is None:
            found = self._limits[alike] = {}
        return found

    def _givers(self, key: Key, above: tuple[str, ...]) -> list[str]:
        """Of an account and what it is part of, those that rules of the first layer name."""
        named = self._given.get(key[1:], {})
        return [who for who in above if who in named]

    def _limit(self, limits: Limits, group: Group, form: str) -> tuple[int, int]:
        layer, platform, right = group.key
        ceiling = given = EVERY_STEP
        if not _unlimited(group):
            ceiling = self._world.ceiling(group.who, platform, right, form)
            if layer == "p2":
                named = self._given.get((platform, right), {})
                above = self._world.above(group.who)
                given = reduce(or_, (_steps(named[who], form) for who in above if who in named), 0)
        limits[form] = ceiling, given
        return limits[form]


def _unlimited(group: Group) -> bool:
    layer = group.key[0]
    return layer == "p3" or (layer == "p2" and group.who.startswith("profile:"))


def _given(extents: Iterable[Extent], today: str) -> dict[str, int]:
    forms: dict[str, int] = {}
    for _, _, _, form, _, steps, _, until, _, _, denies in extents:
        if not denies and until >= today:
            forms[form] = forms.get(form, 0) | steps
    return forms


def _steps(forms: dict[str, int], form: str) -> int:
    """The steps that rules naming one actor give on a form, or on any."""
    wanted = forms.values() if form == ANY_FORM else (forms.get(form, 0), forms.get(ANY_FORM, 0))
    return reduce(or_, wanted, 0)
