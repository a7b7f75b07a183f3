"""The rules that can never do anything, each taken alone: out of date, on nobody, or beyond another layer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_

from authz.lines import ANY_FORM
from authz.lint_extent import Extent
from authz.lint_words import Reason
from authz.lint_world import World
from authz.names import EVERYONE


class Idling:
    """Why rules do nothing, on `today` (ISO) and later, whatever the rules of their own layer say."""

    def __init__(self, world: World, extents: Iterable[Extent], today: str) -> None:
        self._world = world
        self._today = today
        # Platform, right and whom → form → the steps that the first layer gives, to some organism or other.
        self._given: dict[tuple[str, str, str], dict[str, int]] = {}
        for extent in extents:
            layer, platform, right = extent.key
            if layer == "p" and not extent.denies and extent.until >= today:
                forms = self._given.setdefault((platform, right, extent.who), {})
                forms[extent.form] = forms.get(extent.form, 0) | extent.steps
        self._deserted = lru_cache(maxsize=None)(lambda who: not world.has_accounts(who))
        self._steps_given = lru_cache(maxsize=None)(self._given_to)

    def reason(self, extent: Extent) -> Reason | None:
        """Why a rule does nothing, or None: the first that holds."""
        if extent.until < self._today:
            return Reason.EXPIRED
        if self._deserted(extent.who):
            return Reason.NO_ACCOUNT
        if extent.key[0] == "p":
            if not self._world.members(extent.organisms, extent.who):
                return Reason.NO_ORGANISM
            if extent.consent and self._unanswerable(extent):
                return Reason.NO_CONSENT
        if self._above_ceiling(extent):
            return Reason.CEILING
        return Reason.NO_CONVENTION if self._outside(extent) else None

    def _unanswerable(self, extent: Extent) -> bool:
        """An organism answers an organization, never a kind of them nor one person."""
        needless = extent.denies and extent.organisms == EVERYONE
        return extent.who not in self._world.organizations and not needless

    def _above_ceiling(self, extent: Extent) -> bool:
        layer, platform, right = extent.key
        if layer == "p3" or (layer == "p2" and extent.who.startswith("profile:")):
            return False
        return not extent.steps & self._world.ceiling(extent.who, platform, right, extent.form)

    def _outside(self, extent: Extent) -> bool:
        layer, platform, right = extent.key
        if layer != "p2" or extent.who.startswith("profile:"):
            return False
        given = (
            self._steps_given(platform, right, who, extent.form) for who in self._world.above(extent.who)
        )
        return not any(extent.steps & steps for steps in given)

    def _given_to(self, platform: str, right: str, who: str, form: str) -> int:
        """The steps that rules naming one actor give on a form, or on any."""
        forms = self._given.get((platform, right, who), {})
        wanted = forms.values() if form == ANY_FORM else (forms.get(form, 0), forms.get(ANY_FORM, 0))
        return reduce(or_, wanted, 0)
