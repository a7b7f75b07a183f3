"""A dossier printed: set, put on paper, its bookmarks and its pages' numbers added."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from forms import Nature, split_key
from models import Problem
from rendering.finishing import Finish
from rendering.pages.document import html_of, lay_out, titles_of
from rendering.pages.words import day_and_hour
from rendering.stamps import Stamp
from resolvers.rows import RowContent

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from rendering.pdf import Printer
    from resolvers.rows import DossierContent, TabContent

# Below, two halves take as long as the whole.
LEAST_HALVED: Final = 1_500
# Of a tab whose rows are added, on a form to be filled by hand: a page of them.
BLANK_ROWS: Final = 18


async def print_dossier(  # noqa: PLR0913 - what a print is made of
    printer: Printer,
    content: DossierContent,
    at: datetime,
    *,
    accessible: bool = False,
    only: Collection[str] | None = None,
    blank: bool = False,
) -> bytes:
    """The PDF of a dossier, or of `only` some of its tabs, given at `at`. Raises as `Printer.print_html`.

    A long one is printed in two halves at once where nobody else is printing.
    """
    # Setting the pages is a tenth of a second of pure computing: other jobs go on meanwhile.
    layout = await asyncio.to_thread(lay_out, content, only, blank=blank)
    cells = layout.cells
    halves = printer.idle and len(layout.tabs) > 1 and cells >= LEAST_HALVED
    ending = ending_of(content, at, only)

    async def made(*, halves: bool) -> bytes:
        html, *rest = await asyncio.to_thread(html_of, layout, halves=halves)
        return await printer.print_html(
            html, tabs=layout.tabs, cells=cells, accessible=accessible, rest=rest, ending=ending
        )

    try:
        return await made(halves=halves)
    except Problem as problem:
        # Two prints of a Chromium that writes its tags in another way are not put together.
        if not halves or problem.code != "PRINT_INCOMPLETE":
            raise
        return await made(halves=False)


def ending_of(content: DossierContent, at: datetime, only: Collection[str] | None = None) -> Finish:
    """What our own hand adds to a print of a dossier, or of `only` some of its tabs."""
    stamp = Stamp(f"Édité le {day_and_hour(at)}", cover=content.whole and only is None)
    return Finish(titles_of(content, only), stamp, at)


def blanked(content: DossierContent) -> DossierContent:
    """The form of a dossier without a value, to be filled by hand: no condition hides anything of it."""
    tabs = tuple(
        replace(tab, values={}, forced={}, rows=_rows(content, tab), hidden=False, hidden_lines=frozenset())
        for tab in content.tabs
    )
    return replace(content, tabs=tabs, verification=None, crossings=(), previous={})


def _rows(content: DossierContent, tab: TabContent) -> tuple[RowContent, ...]:
    """Lines to write on, in a tab that has rows."""
    dynamic = content.pack.tabs[split_key(tab.code)[0]].nature is Nature.DYNAMIC
    return (RowContent("", {}),) * BLANK_ROWS if dynamic else ()
