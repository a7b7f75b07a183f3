"""What a PDF must hold before anyone receives it: every tab, reachable, with its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pikepdf

from rendering.fonts import glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN: Final = re.compile(rb"/([A-Za-z0-9]+) [\d.]+ Tf|<([0-9A-Fa-f]{4,})>")


def fault(document: pikepdf.Pdf, tabs: Sequence[str]) -> str | None:
    """What is missing from a print, for the log; None when every tab has its pages, its place and its text.

    Chromium is asked for a single layout by an order of its passes that it does not document: should it
    change, the document would come out blank, and this is what notices.
    """
    if len(document.pages) < len(tabs):
        return f"{len(document.pages)} pages for {len(tabs)} tabs"
    places = document.Root.get("/Dests", pikepdf.Dictionary())
    taken: set[tuple[int, int]] = set()
    for tab in tabs:
        place = places.get(f"/{tab}")
        if place is None:
            return f"no destination for tab {tab}"
        if not _shows(pikepdf.Page(place[0]), tab):
            return f"the text of tab {tab} is not on its page"
        if place[0].objgen in taken:
            return f"tab {tab} begins on the page of another"
        taken.add(place[0].objgen)
    return None


def _shows(page: pikepdf.Page, text: str) -> bool:
    """Whether `text` is among what the page shows; reading stops where it is found."""
    fonts = {str(name)[1:]: font for name, font in page.resources.get("/Font", {}).items()}
    characters: dict[int, str] = {}
    shown = ""
    for found in _SHOWN.finditer(_content(page)):
        name, codes = found.groups()
        if name:
            font = fonts.get(name.decode())
            characters = {} if font is None else glyphs(font)
            continue
        values = (int(codes[i : i + 4], 16) for i in range(0, len(codes), 4))
        # Kerning cuts a word into several pieces: the seam is kept.
        shown = shown[-len(text) :] + "".join(characters.get(value, "") for value in values)
        if text in shown:
            return True
    return False


def _content(page: pikepdf.Page) -> bytes:
    content = page.obj.Contents
    parts = content if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(part.read_bytes() for part in parts)
