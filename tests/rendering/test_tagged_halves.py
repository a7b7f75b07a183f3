"""Two halves of an accessible print: one text for a screen reader, as if it had been printed at once."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdf
import pytest

from bench.sample import AT, reference_content
from rendering import dossier_print, tagging
from rendering.dossier_print import print_dossier
from rendering.pdf import Printer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.rows import DossierContent

pytestmark = pytest.mark.browser

# The second half begins in the middle of a part, whose title is in the first.
TABS = ("A1", "T04", "F01", "F02", "V1", "S1")
# Elements that say nothing, which Chromium puts around what it draws.
SILENT = {"/NonStruct", "/Span"}


def _content() -> DossierContent:
    content = reference_content("forced", TABS)
    return replace(content, dossier=replace(content.dossier, open_tabs=frozenset(TABS)))


@pytest.fixture(scope="module")
async def prints(printer: Printer) -> tuple[bytes, bytes]:
    """The same dossier printed at once, then in two halves."""
    with pytest.MonkeyPatch.context() as patch:
        found = []
        for least in (10**9, 0):
            patch.setattr(dossier_print, "LEAST_HALVED", least)
            found.append(await print_dossier(printer, _content(), AT, accessible=True))
    return found[0], found[1]


def _elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every element in reading order, each found from its parent, which it names."""
    tree = document.Root.StructTreeRoot
    todo = [tree.K]
    while todo:
        element = todo.pop()
        yield element
        kids = _inner(element)
        assert all(kid.P.objgen == element.objgen for kid in kids)
        todo.extend(reversed(kids))


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - a dictionary, for which pikepdf has no one type
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _inner(element: Any) -> list[Any]:  # noqa: ANN401 - a dictionary, for which pikepdf has no one type
    """The elements right under one."""
    return [kid for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _told(document: pikepdf.Pdf) -> list[tuple[str, str]]:
    """What each element that says something is, and the heads of its line and of its column."""
    return [
        (str(element.S), str(len(_heads(element))))
        for element in _elements(document)
        if str(element.S) not in SILENT
    ]


def _heads(element: Any) -> list[str]:  # noqa: ANN401 - a dictionary, for which pikepdf has no one type
    return [str(name) for one in element.get("/A", ()) for name in one.get("/Headers", ())]


async def test_halves_say_the_same_in_the_same_order(prints: tuple[bytes, bytes]) -> None:
    whole, halves = (pikepdf.open(BytesIO(pdf)) for pdf in prints)
    told = _told(whole)
    assert [kind for kind, _ in told].count("/Table") > len(TABS)
    assert _told(halves) == told
    texts = [[page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages] for pdf in prints]
    assert texts[0] == texts[1]
    for said in ("/Lang", "/MarkInfo", "/ViewerPreferences"):
        assert halves.Root[said] == whole.Root[said]


async def test_what_pages_show_is_of_elements_of_the_tree(prints: tuple[bytes, bytes]) -> None:
    document = pikepdf.open(BytesIO(prints[1]))
    reached = {element.objgen: element for element in _elements(document)}
    parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    numbers = []
    for page in document.pages:
        numbers.append(int(page.obj.StructParents))
        marked = _marked(page)
        for mark, element in enumerate(parents[numbers[-1]]):
            assert element.objgen in reached
            assert mark in marked
            assert mark in _marks(element, page)
        for note in page.obj.get("/Annots", ()):
            numbers.append(int(note.StructParent))
            assert reached[parents[numbers[-1]].objgen].S == "/Link"
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == set(parents)
    assert max(numbers) < int(document.Root.StructTreeRoot.ParentTreeNextKey)


def _marked(page: pikepdf.Page) -> set[int]:
    """The numbers of what is marked in a page's content."""
    steps = pikepdf.parse_content_stream(page, "BDC")
    properties = (step.operands[1] for step in steps)
    return {int(told.MCID) for told in properties if isinstance(told, pikepdf.Dictionary) and "/MCID" in told}


def _marks(element: Any, page: pikepdf.Page) -> set[int]:  # noqa: ANN401 - a dictionary of pikepdf's
    """The numbers of what an element shows on a page."""
    found = set()
    for kid in _kids(element):
        if isinstance(kid, int):
            if element.Pg.objgen == page.obj.objgen:
                found.add(kid)
        elif kid.get("/Type") == "/MCR" and kid.get("/Pg", element.get("/Pg")).objgen == page.obj.objgen:
            found.add(int(kid.MCID))
    return found


async def test_heads_of_cells_are_each_of_their_own_table(prints: tuple[bytes, bytes]) -> None:
    document = pikepdf.open(BytesIO(prints[1]))
    names = pikepdf.NameTree(document.Root.StructTreeRoot.IDTree)
    tables = 0
    for table in _elements(document):
        if table.S != "/Table":
            continue
        tables += 1
        cells = [cell for row in _inner(table) for cell in _inner(row)]
        own = {str(cell.ID): cell.objgen for cell in cells if "/ID" in cell}
        for cell in cells:
            for name in _heads(cell):
                assert names[name].objgen == own[name]
    assert tables > len(TABS)
    limits = [str(limit) for kid in document.Root.StructTreeRoot.IDTree.Kids for limit in kid.Limits]
    assert limits == sorted(limits)


async def test_bookmarks_and_links_lead_where_they_led(prints: tuple[bytes, bytes]) -> None:
    found = []
    for pdf in prints:
        reader = pypdf.PdfReader(BytesIO(pdf))
        places = reader.named_destinations
        pages = {name: reader.get_destination_page_number(place) for name, place in places.items()}
        found.append((_outlined(reader, reader.outline), pages, _counts(pdf)))
        with pikepdf.open(BytesIO(pdf)) as document:
            reached = {element.objgen for element in _elements(document)}
            with document.open_outline() as outline:
                elements = [item.obj.SE for item in outline.root if item.obj is not None]
            assert len(elements) == len(outline.root)
            assert {element.objgen for element in elements} <= reached
    assert found[0] == found[1]
    assert len(found[1][0]) > len(TABS)


def _outlined(
    reader: pypdf.PdfReader, outline: list[Any], depth: int = 0
) -> list[tuple[int, str, int | None]]:
    found: list[tuple[int, str, int | None]] = []
    for entry in outline:
        if isinstance(entry, list):
            found.extend(_outlined(reader, entry, depth + 1))
        else:
            found.append((depth, str(entry.title), reader.get_destination_page_number(entry)))
    return found


def _counts(pdf: bytes) -> tuple[int, int]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages), int(document.Root.Outlines.Count)


async def test_tags_that_are_not_as_we_know_them_are_printed_at_once(
    printer: Printer, monkeypatch: pytest.MonkeyPatch, prints: tuple[bytes, bytes]
) -> None:
    """Where both halves name their cells alike, no half is put after the other."""
    monkeypatch.setattr(dossier_print, "LEAST_HALVED", 0)
    monkeypatch.setattr(tagging, "_RENAMED", rb"(aaaa\1)")
    pdf = await print_dossier(printer, _content(), AT, accessible=True)
    with pikepdf.open(BytesIO(pdf)) as found, pikepdf.open(BytesIO(prints[0])) as whole:
        assert _told(found) == _told(whole)
        assert len(found.Root.StructTreeRoot.IDTree.Kids) == len(whole.Root.StructTreeRoot.IDTree.Kids)
