"""What differs between two packs, in words that the author of a form reads."""

from __future__ import annotations

from dataclasses import dataclass

from forms.aspect import Aspect
from forms.description import Described, describe
from forms.key import PackKey
from forms.pack import Pack

# What a cell or a column of a dynamic tab is cannot change under those who typed in it.
_LASTING = frozenset({Aspect.CELL, Aspect.TYPE})
# Said once with the tab or the cell that comes or goes, not again one by one.
_WITHIN_TABS = frozenset(
    {
        Aspect.COLUMN, Aspect.LINE, Aspect.CELL, Aspect.TYPE, Aspect.ORGANISMS, Aspect.CONDITION,
        Aspect.COMMON, Aspect.FORMULA, Aspect.HELP,
    }
)  # fmt: skip
_DETAILS = frozenset({Aspect.TYPE, Aspect.ORGANISMS, Aspect.CONDITION, Aspect.COMMON, Aspect.FORMULA})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it is about, where (`A1.L019.N`, a check's id…), before and after.

    `before` is None for what was added, `after` for what was removed. `breaking`: a revision of the
    same year may not do it, for dossiers hold what it would lose.
    """

    aspect: Aspect
    place: str
    before: str | None
    after: str | None
    breaking: bool


@dataclass(frozen=True, slots=True)
class PackDifference:
    """All that differs, in the order of the new pack, what is gone first."""

    old: PackKey
    new: PackKey
    changes: tuple[Change, ...]

    @property
    def breaking(self) -> tuple[Change, ...]:
        """What keeps the new pack from being a revision of the old one."""
        return tuple(change for change in self.changes if change.breaking)


def compare_packs(old: Pack, new: Pack) -> PackDifference:
    """The differences; cells that were removed or became another kind are `breaking` in one year."""
    before, after = describe(old), describe(new)
    same_year = (old.key.form, old.key.year) == (new.key.form, new.key.year)
    changes: list[Change] = []
    for aspect, place in [*(key for key in before if key not in after), *after]:
        was, now = before.get((aspect, place)), after.get((aspect, place))
        if was == now or _is_told_above(aspect, place, before, after):
            continue
        breaking = same_year and was is not None and (aspect in _LASTING or _is_gone_tab(aspect, now))
        if aspect is Aspect.CELL:
            was, now = _summary(place, before), _summary(place, after)
        changes.append(Change(aspect, place, was, now, breaking))
    return PackDifference(old.key, new.key, tuple(changes))


def _is_gone_tab(aspect: Aspect, now: str | None) -> bool:
    return aspect is Aspect.TAB and now is None


def _is_told_above(aspect: Aspect, place: str, before: Described, after: Described) -> bool:
    """Whether a tab that came or went, or a cell that did, says it already."""
    if aspect in _WITHIN_TABS and _came_or_went((Aspect.TAB, place.partition(".")[0]), before, after):
        return True
    return aspect in _DETAILS and _came_or_went((Aspect.CELL, place), before, after)


def _came_or_went(key: tuple[Aspect, str], before: Described, after: Described) -> bool:
    return (key in before) != (key in after)


def _summary(place: str, described: Described) -> str | None:
    if (Aspect.CELL, place) not in described:
        return None
    found = (described.get((aspect, place)) for aspect in (Aspect.TYPE, Aspect.FORMULA))
    return " – ".join(text for text in found if text)
