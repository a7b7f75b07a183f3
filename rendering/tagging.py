"""Two tagged prints made one: what a screen reader follows, from the first half into the second."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TREE: Final = "/StructTreeRoot"
_OF_PAGE: Final = "/StructParents"
_OF_NOTE: Final = "/StructParent"
# The names of the cells that head others, as Chromium writes them, and those given to a second half: as long,
# so that nothing moves in its file, and later in the alphabet, so that a tree of both is in order.
_NAMES: Final = re.compile(rb"\(node(\d{8,})\)")
_RENAMED: Final = rb"(part\1)"


class UnlikeError(Exception):
    """Two prints whose tags are not written as we know them: they are not put together."""


def renamed(pdf: bytes) -> bytes:
    """A second half in which no element has a name of the first's: each browser page counts from one."""
    return _NAMES.sub(_RENAMED, pdf)


def shift(first: pikepdf.Pdf, second: pikepdf.Pdf) -> None:
    """Give the pages and the links of `second` numbers that follow those of `first`, in its tree as well.

    Raises UnlikeError.
    """
    base = int(first.Root.StructTreeRoot.ParentTreeNextKey)
    numbers = second.Root.StructTreeRoot.ParentTree.get("/Nums")
    if numbers is None or "/Nums" not in first.Root.StructTreeRoot.ParentTree:
        message = "parents are in a tree of several levels"
        raise UnlikeError(message)
    told = {int(numbers[index]) for index in range(0, len(numbers), 2)}
    for holder, key in _holders(second):
        told.discard(int(holder[key]))
        holder[key] = int(holder[key]) + base
    if told:
        message = f"nothing on the pages has the numbers {sorted(told)}"
        raise UnlikeError(message)
    for index in range(0, len(numbers), 2):
        numbers[index] = int(numbers[index]) + base


def _holders(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    for page in document.pages:
        if _OF_PAGE in page.obj:
            yield page.obj, _OF_PAGE
        for note in page.obj.get("/Annots", ()):
            if _OF_NOTE in note:
                yield note, _OF_NOTE


def join_tags(first: pikepdf.Pdf, second: pikepdf.Pdf) -> None:
    """Put the elements and the bookmarks of `second`, whose pages `first` has, after those of `first`.

    Raises UnlikeError.
    """
    tree, other = first.Root.StructTreeRoot, first.copy_foreign(second.Root.StructTreeRoot)
    body = tree.K
    if body.S != "/Document" or other.K.S != "/Document" or "/RoleMap" in other or "/ClassMap" in other:
        message = "another tree than of one document"
        raise UnlikeError(message)
    for element in other.K.K:
        element.P = body
        body.K.append(element)
    tree.ParentTree.Nums.extend(other.ParentTree.Nums)
    tree.ParentTreeNextKey = int(tree.ParentTreeNextKey) + int(other.ParentTreeNextKey)
    _join_names(tree, other)
    _join_bookmarks(first.Root.Outlines, first.copy_foreign(second.Root.Outlines))


def _join_names(tree: pikepdf.Object, other: pikepdf.Object) -> None:
    ours, theirs = (list(one.IDTree.Kids) if "/IDTree" in one else [] for one in (tree, other))
    if ours and theirs and not str(ours[-1].Limits[1]) < str(theirs[0].Limits[0]):
        message = "two elements may have one name"
        raise UnlikeError(message)
    if ours:
        tree.IDTree.Kids.extend(theirs)
    elif theirs:
        tree.IDTree = other.IDTree


def _join_bookmarks(ours: pikepdf.Object, theirs: pikepdf.Object) -> None:
    """Tabs that come before any part, in the second half, are of the last part of the first."""
    items, more = list(_items(ours)), list(_items(theirs))
    cut = next((at for at, item in enumerate(more) if item.SE.S == "/H1"), len(more))
    if cut:
        _chain(items[-1], [*_items(items[-1]), *more[:cut]])
    _chain(ours, [*items, *more[cut:]])


def _items(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    item = parent.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def _chain(parent: pikepdf.Object, items: Sequence[pikepdf.Object]) -> None:
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        item.Parent = parent
        for key, neighbour in (("/Prev", before), ("/Next", after)):
            if neighbour is not None:
                item[key] = neighbour
            elif key in item:
                del item[key]
    parent.First, parent.Last = items[0], items[-1]
    parent.Count = len(items) + sum(max(0, int(item.get("/Count", 0))) for item in items)


def unlink(document: pikepdf.Pdf, notes: Sequence[pikepdf.Object]) -> None:
    """Make what was a link, whose `notes` are taken away, the mere text that it shows."""
    if TREE not in document.Root:
        return
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    gone = {int(note[_OF_NOTE]) for note in notes if _OF_NOTE in note}
    for index in reversed(range(0, len(numbers), 2)):
        if int(numbers[index]) in gone:
            element = numbers[index + 1]
            element.S = pikepdf.Name.NonStruct
            element.K = pikepdf.Array([kid for kid in element.K if not _told(kid)])
            del numbers[index : index + 2]


def _told(kid: object) -> bool:
    """Whether it tells a thing on the page that is no content: a link's area."""
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
