"""The rules that hold, found again by whom they name, then by form, then by organisms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authz.lint_extent import Extent, Key
from authz.lint_widest import Widest

# By organisms ("" in the last two layers): one rule, or several on the same names. Few of the names have two.
Organisms = dict[str, Extent | Widest]
# By form.
Shelf = dict[str, Organisms]
# Layer, platform and right → whom → the rules of one effect.
Named = dict[str, list[Extent]]


class Shelves:
    """The living rules; the shelf of a name is made when another rule is held against it."""

    def __init__(self) -> None:
        self._rules: dict[tuple[Key, bool], Named] = {}
        self._made: dict[tuple[Key, str, bool], Shelf] = {}

    def put(self, key: Key, who: str, living: list[Extent]) -> None:
        """Take the rules on one name, in the order of the lines."""
        denies = [one for one in living if one[-1]]
        allows = [one for one in living if not one[-1]] if denies else living
        for denying, rules in ((True, denies), (False, allows)):
            if rules:
                self._rules.setdefault((key, denying), {})[who] = rules

    def named(self, key: Key, *, denies: bool) -> Named:
        """The rules of one effect by whom they name."""
        return self._rules.get((key, denies), {})

    def of(self, key: Key, who: str, *, denies: bool) -> Shelf:
        """Those on one name."""
        place = (key, who, denies)
        shelf = self._made.get(place)
        if shelf is None:
            shelf = self._made[place] = _shelved(self.named(key, denies=denies).get(who, ()))
        return shelf


def every(shelf: Shelf) -> Iterator[Extent]:
    """All the rules of a shelf that no other of the same names and terms outlasts."""
    for organisms in shelf.values():
        for found in organisms.values():
            if isinstance(found, tuple):
                yield found
            else:
                yield from found.all()


def _shelved(rules: Iterable[Extent]) -> Shelf:
    shelf: Shelf = {}
    for extent in rules:
        form, names = extent[3], extent[4]
        organisms = shelf.get(form)
        if organisms is None:
            organisms = shelf[form] = {}
        found = organisms.setdefault(names, extent)
        if found is extent:
            continue
        if isinstance(found, tuple):
            found = organisms[names] = Widest(found)
        found.keep(extent)
    return shelf
