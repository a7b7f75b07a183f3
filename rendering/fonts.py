"""Reading and writing with the fonts that Chromium put into a PDF: from glyphs to characters, and back."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pikepdf

_MAPPINGS: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]*)>")


def glyphs(font: pikepdf.Object) -> dict[int, str]:
    """The character of each glyph of a font; empty for a font that tells none."""
    table = font.get("/ToUnicode")
    return {} if table is None else _read(bytes(table.read_bytes()))


@lru_cache(maxsize=64)
def _read(table: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, body in _MAPPINGS.findall(table):
        values = _HEX.findall(body)
        if kind == b"bfchar":
            found.update((int(a, 16), _text(b)) for a, b in zip(values[::2], values[1::2], strict=True))
            continue
        for first, last, start in zip(values[::3], values[1::3], values[2::3], strict=True):
            base = int(start, 16) - int(first, 16)
            found.update((glyph, chr(base + glyph)) for glyph in range(int(first, 16), int(last, 16) + 1))
    return found


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def widths(font: pikepdf.Object) -> dict[int, float]:
    """The width of each glyph of a font that tells it, in thousandths of an em."""
    found: dict[int, float] = {}
    runs = list(font.DescendantFonts[0].get("/W", ())) if "/DescendantFonts" in font else []
    while runs:
        first, second = int(runs.pop(0)), runs.pop(0)
        if isinstance(second, (int, float, Decimal)):
            width = float(runs.pop(0))
            found.update((glyph, width) for glyph in range(first, int(second) + 1))
        else:
            found.update((first + place, float(width)) for place, width in enumerate(second))
    return found
