"""What a PDF must hold before anyone receives it: every tab, reachable, with its text."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN: Final = re.compile(rb"/([A-Za-z0-9]+) [\d.]+ Tf|<([0-9A-Fa-f]{4,})>")
_MAPPINGS: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]*)>")


def fault(pdf: bytes, tabs: Sequence[str]) -> str | None:
    """What is missing from `pdf`, for the log; None when every tab has its pages, its place and its text.

    Chromium is asked for a single layout by an order of its passes that it does not document: should it
    change, the document would come out blank, and this is what notices.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        if len(document.pages) < len(tabs):
            return f"{len(document.pages)} pages for {len(tabs)} tabs"
        places = document.Root.get("/Dests", pikepdf.Dictionary())
        for tab in tabs:
            place = places.get(f"/{tab}")
            if place is None:
                return f"no destination for tab {tab}"
            if not _shows(pikepdf.Page(place[0]), tab):
                return f"the text of tab {tab} is not on its page"
    return None


def _shows(page: pikepdf.Page, text: str) -> bool:
    """Whether `text` is among what the page shows; reading stops where it is found."""
    fonts = {str(name)[1:]: font for name, font in page.resources.get("/Font", {}).items()}
    glyphs: dict[int, str] = {}
    shown = ""
    for name, codes in _SHOWN.findall(_content(page)):
        if name:
            font = fonts.get(name.decode())
            glyphs = _glyphs(_mapping(font)) if font is not None else {}
            continue
        values = (int(codes[i : i + 4], 16) for i in range(0, len(codes), 4))
        # Kerning cuts a word into several pieces: the seam is kept.
        shown = shown[-len(text) :] + "".join(glyphs.get(value, "") for value in values)
        if text in shown:
            return True
    return False


def _content(page: pikepdf.Page) -> bytes:
    content = page.obj.Contents
    parts = content if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(part.read_bytes() for part in parts)


def _mapping(font: pikepdf.Object) -> bytes:
    """The font's table from glyph to character; none, for a font that has none."""
    table = font.get("/ToUnicode")
    return b"" if table is None else bytes(table.read_bytes())


@lru_cache(maxsize=64)
def _glyphs(mapping: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, body in _MAPPINGS.findall(mapping):
        values = _HEX.findall(body)
        if kind == b"bfchar":
            found.update((int(a, 16), _text(b)) for a, b in zip(values[::2], values[1::2], strict=True))
        else:
            for first, last, start in zip(values[::3], values[1::3], values[2::3], strict=True):
                base = int(start, 16) - int(first, 16)
                found.update((glyph, chr(base + glyph)) for glyph in range(int(first, 16), int(last, 16) + 1))
    return found


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
