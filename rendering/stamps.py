"""What is written on the pages of a finished print: when it was made, and each page's number.

Here rather than by the browser: pages printed in two halves, or cut out of a kept print, are numbered as
those of the document that they end up in, and say the day that it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pikepdf

from rendering.fonts import glyphs, widths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIZE: Final = 7.5
# Points: the right edge of the page's text, from the right, and the line of the other footers, from below.
RIGHT: Final = 31.2
BASELINE: Final = 18.6
# On the cover, below the facts (see print.css).
COVER_LEFT: Final = 371.3
COVER_BASELINE: Final = 45.5
COVER_SIZE: Final = 9.0
INK: Final = ".36 .40 .44 rg"
# The name under which each page knows the font of its stamp, and the mark of the stamp itself.
FONT: Final = "/HarmoniaStamp"
LETTERS: Final = frozenset("0123456789/Éditéleàhpage")
_PLAIN_EM: Final = 0.53


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is written. `edited`: `Édité le 22/11/2026 à 18 h 30`; `cover`: the first page has no number."""

    edited: str
    cover: bool = False


@dataclass(frozen=True, slots=True)
class _Pen:
    """A font of the document in which everything can be written, or one that every reader has."""

    font: pikepdf.Object
    codes: Mapping[str, int] | None
    widths: Mapping[int, float]

    def shown(self, text: str) -> str:
        """A text as a PDF string."""
        if self.codes is None:
            return f"<{text.encode('cp1252', 'replace').hex()}>"
        return "<" + "".join(f"{self.codes.get(letter, 0):04X}" for letter in text) + ">"

    def width(self, text: str) -> float:
        """Its width, in ems."""
        if self.codes is None:
            return len(text) * _PLAIN_EM
        return sum(self.widths.get(self.codes.get(letter, 0), 556.0) for letter in text) / 1000


def stamp(document: pikepdf.Pdf, said: Stamp) -> None:
    """Write on each page; what was written there before, on another day or in another whole, is replaced."""
    pages = list(document.pages)
    pen = _pen(document, pages)
    for number, page in enumerate(pages, start=1):
        cover = said.cover and number == 1
        text = said.edited if cover else f"{said.edited} – page {number} / {len(pages)}"
        drawn = _drawn(pen, text.replace("\u00a0", " "), float(page.mediabox[2]), cover=cover)
        old = _old(page)
        if old is not None:
            old.write(drawn)
            continue
        _know(page, pen.font)
        # Chromium leaves its own scale in force at the end of a page: it is closed in first.
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(drawn)
        page.obj.Contents[-1][FONT] = True


def _drawn(pen: _Pen, text: str, width: float, *, cover: bool) -> bytes:
    """No part of the text that a screen reader tells, which tells pages by itself."""
    size = COVER_SIZE if cover else SIZE
    left = COVER_LEFT if cover else width - RIGHT - pen.width(text) * size
    base = COVER_BASELINE if cover else BASELINE
    shown = f"BT {FONT} {size} Tf {left:.2f} {base:.2f} Td {pen.shown(text)} Tj ET"
    return f"\nQ /Artifact BMC q {INK} {shown} Q EMC\n".encode()


def _old(page: pikepdf.Page) -> pikepdf.Object | None:
    contents = page.obj.Contents
    if isinstance(contents, pikepdf.Array) and len(contents) and FONT in contents[-1]:
        return contents[-1]
    return None


def _know(page: pikepdf.Page, font: pikepdf.Object) -> None:
    resources = page.resources
    if "/Font" not in resources:
        resources.Font = pikepdf.Dictionary()
    resources.Font[FONT] = font


def _pen(document: pikepdf.Pdf, pages: list[pikepdf.Page]) -> _Pen:
    for font in _fonts(pages):
        codes = {letter: glyph for glyph, letter in glyphs(font).items()}
        if codes.keys() >= LETTERS | {" ", "–"}:
            return _Pen(font, codes, widths(font))
    plain = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    return _Pen(document.make_indirect(plain), None, {})


def _fonts(pages: list[pikepdf.Page]) -> Iterator[pikepdf.Object]:
    """The upright, light fonts of the document, each once; the one of an earlier stamp first."""
    seen: set[tuple[int, int]] = set()
    for page in pages:
        fonts = page.resources.get("/Font", pikepdf.Dictionary())
        for name in sorted(fonts.keys(), key=lambda one: one != FONT):
            font = fonts[name]
            styles = ("Bold", "Italic", "Oblique", "Serif")
            if font.objgen not in seen and not any(word in str(font.get("/BaseFont", "")) for word in styles):
                seen.add(font.objgen)
                yield font
