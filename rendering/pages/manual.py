"""From the chapters of `docs/manual/` to the HTML of the users' manual: the same chapters, the same page."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from rendering.pages.environment import environment

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "manual"
_CHAPTER = re.compile(r"(\d+)-[a-z0-9-]+\.md")
_LINK = re.compile(r'href="(?:README|(\d+)-[a-z0-9-]+)\.md(?:#[^"]*)?"')
# A page to print may show no picture: it would have to fetch it (`rendering.isolation`).
_IMAGE = re.compile(r"<p><img [^>]*></p>")
# The way to the chapters beside it is for those who read on a screen.
_TRAIL = re.compile(r"\n\[[^\n]*\]\([^\n]*\.md\)[^\n]*\n")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its number (0: the introduction), its title, its body as HTML."""

    number: int
    title: str
    body: Markup


@cache
def chapters() -> tuple[Chapter, ...]:
    """The introduction, then the chapters of this version by number."""
    named = {int(found[1]): path for path in FOLDER.iterdir() if (found := _CHAPTER.fullmatch(path.name))}
    paths = {0: FOLDER / "README.md", **dict(sorted(named.items()))}
    return tuple(_chapter(number, path.read_text(encoding="utf-8")) for number, path in paths.items())


@cache
def manual_html() -> str:
    """The whole HTML document to print: nothing in it is fetched from anywhere."""
    return environment().get_template("manual.html.jinja").render(chapters=chapters())


@cache
def manual_key() -> str:
    """Where the printed manual is kept: another text is another file."""
    return f"manual/{hashlib.sha256(manual_html().encode()).hexdigest()[:32]}.pdf"


def _chapter(number: int, text: str) -> Chapter:
    head, _, rest = text.partition("\n")
    # Raw HTML stays text: a chapter is words, tables and pictures.
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(_TRAIL.sub("\n", rest))
    body = _LINK.sub(lambda link: f'href="#chapitre-{link[1] or 0}"', body)
    body = _IMAGE.sub("", body)
    return Chapter(number, head.lstrip("# ").strip(), Markup(body))  # noqa: S704 - made of our own chapters
