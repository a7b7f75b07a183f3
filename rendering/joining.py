"""One print made of two, and some pages cut out of one: pages, the places that links lead to, bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pikepdf

from rendering.tagging import TREE, join_tags, shift

if TYPE_CHECKING:
    from collections.abc import Mapping

DESTS: Final = "/Dests"
# A part's title, then its tabs: the code of each, and its title.
Titles: TypeAlias = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def join(first: pikepdf.Pdf, second: pikepdf.Pdf) -> None:
    """Put the pages of `second` after those of `first`; a place that both know is where `second` says.

    Tagged, they are one text for a screen reader. Raises UnlikeError.
    """
    tagged = TREE in first.Root
    if tagged:
        shift(first, second)
    base = len(first.pages)
    found = spots_of(second)
    for page in second.pages:
        first.pages.append(page)
    known = _dests(first)
    for name, (number, position) in found.items():
        known[f"/{name}"] = pikepdf.Array([first.pages[base + number].obj, *position])
    first.Root.Dests = known
    if tagged:
        join_tags(first, second)


def spots_of(document: pikepdf.Pdf) -> dict[str, tuple[int, list[Any]]]:
    """Each thing that a link leads to, by its name: its page, from 0, and where on it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
    return {
        str(name).removeprefix("/"): (numbers[place[0].objgen], list(place)[1:])
        for name, place in _dests(document).items()
        if place[0].objgen in numbers
    }


def places_of(document: pikepdf.Pdf) -> dict[str, int]:
    """The page, from 0, of each thing that a link leads to, by its name."""
    return {name: page for name, (page, _) in spots_of(document).items()}


def cut(document: pikepdf.Pdf, places: Mapping[str, int], tabs: Sequence[str]) -> None:
    """Leave only the pages of `tabs`, each of which ends where the next thing begins."""
    starts = sorted({*places.values(), len(document.pages)})
    kept: set[int] = set()
    for tab in tabs:
        start = places[tab]
        kept.update(range(start, next(place for place in starts if place > start)))
    known = _dests(document)
    document.Root.Dests = pikepdf.Dictionary({f"/{tab}": known[f"/{tab}"] for tab in tabs})
    for number in reversed(range(len(document.pages))):
        if number not in kept:
            del document.pages[number]


def bookmark(document: pikepdf.Pdf, titles: Titles, others: Sequence[tuple[str, str]] = ()) -> None:
    """Bookmarks by part and tab, then `others`: the name of a place, and its title."""
    if "/Outlines" in document.Root:
        del document.Root.Outlines
    places = places_of(document)
    with document.open_outline() as outline:
        for title, tabs in titles:
            found = [(name, words) for name, words in tabs if name in places]
            if found:
                part = pikepdf.OutlineItem(title, places[found[0][0]])
                part.children.extend(pikepdf.OutlineItem(words, places[name]) for name, words in found)
                outline.root.append(part)
        outline.root.extend(
            pikepdf.OutlineItem(words, places[name]) for name, words in others if name in places
        )


def _dests(document: pikepdf.Pdf) -> Any:  # noqa: ANN401 - a dictionary, for which pikepdf has no one type
    return document.Root.get(DESTS, pikepdf.Dictionary())
