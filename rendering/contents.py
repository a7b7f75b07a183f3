"""Page numbers in the table of contents: CSS cannot count them in Chromium, the finished PDF knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pikepdf

from rendering.fonts import glyphs
from rendering.tagging import unlink

if TYPE_CHECKING:
    from collections.abc import Iterator

# Points. Each link of the contents leaves this room on its right for its number (see print.css).
ROOM: Final = 25.5
SIZE: Final = 8.0
BASELINE: Final = 2.6
# The width of a figure in Helvetica and in the fonts made to its measure, in ems.
FIGURE: Final = 0.556
INK: Final = ".36 .40 .44 rg"
FIGURES: Final = frozenset("0123456789")


def number(document: pikepdf.Pdf) -> None:
    """Write the page of each link beside it, in the document's own font, on every page of links.

    A document whose fonts lack a figure is left as it is: no number rather than a foreign one. A link to the
    page it stands on, which only makes a place known, has none.
    """
    places = document.Root.get("/Dests", pikepdf.Dictionary())
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
    for page in document.pages:
        links = list(_links(page))
        if not links:
            continue
        font = _font(page)
        if font is None:
            return
        name, codes = font
        drawn = [
            _draw(rectangle, numbers[places[target][0].objgen], name, codes)
            for rectangle, target in links
            if target in places and places[target][0].objgen != page.obj.objgen
        ]
        if not drawn:
            continue
        # Chromium leaves its own scale in force at the end of a page: it is closed in first. The numbers
        # are no part of the text that a screen reader tells, for which the links suffice.
        page.contents_add(b"q\n", prepend=True)
        page.contents_add("\n".join(("\nQ", "/Artifact BMC q", INK, *drawn, "Q EMC")).encode())


def _links(page: pikepdf.Page) -> Iterator[tuple[list[float], str]]:
    for note in page.obj.get("/Annots", pikepdf.Array()):
        target = note.get("/Dest")
        if target is not None and not isinstance(target, pikepdf.Array):
            yield [float(side) for side in note.Rect], str(target)


def _font(page: pikepdf.Page) -> tuple[str, dict[str, int]] | None:
    """The name on the page of a plain font that has every figure, and its glyphs by figure."""
    for name, font in page.resources.get("/Font", {}).items():
        if any(style in str(font.get("/BaseFont", "")) for style in ("Bold", "Italic", "Serif")):
            continue
        codes = {character: glyph for glyph, character in glyphs(font).items() if character in FIGURES}
        if len(codes) == len(FIGURES):
            return str(name), codes
    return None


def _draw(rectangle: list[float], page: int, font: str, codes: dict[str, int]) -> str:
    text = str(page)
    left = rectangle[2] + ROOM - len(text) * FIGURE * SIZE
    shown = "".join(f"{codes[figure]:04X}" for figure in text)
    return f"BT {font} {SIZE} Tf {left:.2f} {rectangle[1] + BASELINE:.2f} Td <{shown}> Tj ET"


def drop_own(document: pikepdf.Pdf) -> None:
    """Take away the links that lead to the page they stand on, and keep what they show."""
    places = document.Root.get("/Dests", pikepdf.Dictionary())
    for page in document.pages:
        notes = page.obj.get("/Annots", pikepdf.Array())
        own = [note for note in notes if _own(note, places, page)]
        if not own:
            continue
        unlink(document, own)
        kept = [note for note in notes if not _own(note, places, page)]
        if kept:
            page.obj.Annots = pikepdf.Array(kept)
        else:
            del page.obj.Annots


def _own(note: pikepdf.Object, places: pikepdf.Object, page: pikepdf.Page) -> bool:
    place = places.get(str(target)) if isinstance(target := note.get("/Dest"), pikepdf.Name) else None
    return place is not None and place[0].objgen == page.obj.objgen
