"""Jinja, set so that nothing a user typed can become markup or style."""

from __future__ import annotations

import re
from functools import cache
from html import escape as quoted
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from rendering.pages.sheet import LABEL

if TYPE_CHECKING:
    from rendering.pages.sheet import Strip

TEMPLATES: Final = Path(__file__).parent / "templates"
_FIRST: Final = re.compile(r"\b1(er|re)\b")
_PLAIN: Final = frozenset(" ·–—’")


def css_string(text: str) -> Markup:
    r"""`text` as a CSS string, quotes included, fit for a <style> element.

    Jinja's escape is right for text and wrong inside `content: "…"`: whatever is not a letter, a digit
    or plainly harmless becomes a CSS escape, so that neither the string nor the element can be closed.
    """
    escaped = "".join(c if c.isalnum() or c in _PLAIN else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{escaped}"')  # noqa: S704 - every character that means something was escaped


def ordinals(text: str) -> Markup:
    """`1er` as it is set on paper: the letters raised, by markup, for few fonts have such letters."""
    return Markup(_FIRST.sub(r"1<sup>\1</sup>", str(escape(text))))  # noqa: S704 - it was escaped


def line(strip: Strip) -> Markup:
    """A line of a table, cell by cell, as markup.

    By hand: a dossier has thousands of cells, and Jinja asks five things of each.
    """
    row = f'<tr class="{strip.style}">' if strip.style else "<tr>"
    cells = [
        f'<th scope="row">{ordinals(text)}</th>' if css == LABEL else f'<td class="{css}">{quoted(text)}</td>'
        for text, css in strip.squares
    ]
    return Markup("".join((row, *cells, "</tr>")))  # noqa: S704 - the texts were escaped, the classes are our own


@cache
def environment() -> Environment:
    """The templates' environment; made once, for it caches what it compiles."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters["css_string"] = css_string
    found.filters["ordinals"] = ordinals
    found.filters["line"] = line
    return found
